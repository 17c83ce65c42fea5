#!/bin/sh
# Many processes on one pipe: lines stay whole, whatever their length.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer

# long N BYTES: records of about that length.
long() {
	contexts "$1" | awk -v n="$2" '{
		sub(/"}$/, "")
		head = $0
		sub(/.*"context":"/, "")
		s = $0
		while (length(s) < n)
			s = s " " $0
		print head " " s "\",\"question\":null}"
	}'
}

# shards K: in to the files shard/1 ... shard/K.
shards() {
	mkdir shard
	awk -v k="$1" '{ print > ("shard/" (1 + NR % k)) }' in
}

# How many bytes a line may have for the system to keep it whole: 4096.  At
# 6 kB half of them would break, at 20 kB nearly all.
for size in 500 6000 20000; do
	begin xargs-$size
	long 240 $size > in
	check "lines of $size" test "$(head -1 in | wc -c)" -gt $size
	server
	run 0 ac-ask
	sort out > want
	shards 8
	ls shard/* | xargs -P 8 -n 1 ac-ask -j 4 | sort > got
	same got want
	ls shard/* | xargs -P 8 -n 1 ac-split --by cohesion --max-depth 1 |
	    sort > got
	ac-split --by cohesion --max-depth 1 in | sort > want
	same got want
done

begin slow-reader
long 60 20000 > in
shards 6
sed 's/"question":null/"question":"Why was it sold to them?"/' in > asked
for i in 1 2 3 4 5 6; do
	sed 's/"question":null/"question":"Why was it sold to them?"/' shard/$i > x
	mv x shard/$i
done
ac-score -S "$work/scorer" asked | sort > want
ls shard/* | xargs -P 6 -n 1 ac-score -S "$work/scorer" |
    { sleep 0.3; cat; } | sort > got
same got want

begin parallel
if command -v parallel > /dev/null && parallel --version 2> err | grep -q GNU
then
	contexts 30 > in
	server
	run 0 ac-ask
	mv out want
	parallel --will-cite --pipe -N 7 -k ac-ask -q < in > got 2> err
	same got want
	run 0 ac-split
	mv out want
	parallel --will-cite --pipe -N 7 -j 3 -k ac-split -q < in > got 2> err
	same got want
else
	skip "no GNU parallel"
fi

# Appending to one file from many processes: each line whole.
begin append
server
long 60 9000 > in
run 0 ac-ask
sort out > want
shards 6
: > all
for i in 1 2 3 4 5 6; do
	ac-ask shard/$i >> all 2> err.$i &
	pids="$pids $!"
done
wait $pids
sort all > got
same got want
finish
