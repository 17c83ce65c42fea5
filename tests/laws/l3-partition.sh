#!/bin/sh
# L3: f(a + b) = f(a) + f(b) for a file cut at line ends; with --quota cut
# between roots.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

# cut_file K: in to part.1 ... part.K, of unequal length.
cut_file() {
	awk -v k="$1" '{
		line[NR] = $0
	}
	END {
		for (i = 1; i <= k; i++)
			printf "" > ("part." i)
		for (i = 1; i <= NR; i++)
			print line[i] > ("part." int(1 + k * ((i - 1) / NR) ^ 1.5))
	}' in
}

# Some records fail for good, some lines are none; messages must not know
# where a line stood.
spoil() {
	awk 'NR % 8 == 3 { sub(/"context":"/, "&@@refusal@@ ") }
	    NR % 8 == 6 { print "{\"torn\":"; print "[" NR "]" }
	    NR % 8 == 7 { print "{\"context\":" NR ",\"question\":null}" }
	    { print }'
}

for f in $maps; do
	begin $f
	input $f 20 | spoil > in
	run 0 filter $f --max-errors 100%
	mv out want
	check "some records fail" grep -q '"code":"missing_field"' want
	for k in 2 3 7; do
		cut_file $k
		for i in $(awk "BEGIN {
		    for (i = 1; i <= $k; i++) print i }"); do
			filter $f --max-errors 100% "part.$i" 2> err ||
			    bad "exit $? for part $i of $k"
		done > got
		same got want
	done
done

# A tree that is half grown is cut anywhere too.
begin half-grown
contexts 12 > in
run 0 ac-split -d 2
mv out in
run 0 ac-split
mv out want
cut_file 5
for i in 1 2 3 4 5; do ac-split part.$i; done > got
same got want

# Seeds are made from the record, not from its place.
begin seeds
contexts 9 > in
run 0 ac-ask --seed 7 --samples 2
mv out want
cut_file 4
for i in 1 2 3 4; do ac-ask --seed 7 --samples 2 part.$i; done > got
same got want

# Documents: a file at a time.
begin chunk
contexts 30 | sed 's/.*"context":"//; s/"}$//' > all
for i in 1 2 3; do
	awk -v i=$i 'int((NR + 9) / 10) == i { print; print "" }' all \
	    > doc$i.txt
done
ac-chunk doc1.txt doc2.txt doc3.txt > want
for i in 1 2 3; do ac-chunk doc$i.txt; done > got
check "there are chunks" test -s want
same got want
finish
