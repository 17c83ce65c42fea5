#!/bin/sh
# L7: killed at any moment, a filter has written whole lines and a prefix of
# the full run; the next run pays for nothing twice but what was in flight.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
jobs=6

# prefix FILE: whole lines, the first ones of want.
prefix() {
	head -c "$(wc -c < "$1")" want | cmp -s - "$1" &&
	    { [ ! -s "$1" ] ||
	    [ "$(tail -c 1 "$1" | od -An -c | tr -d ' ')" = '\n' ]; }
}

replies() {
	find cache -type f ! -name '.new*' | wc -l | tr -d ' '
}

# killed SIGNAL SECONDS COMMAND...: it reads descriptor 3; its exit code is
# in $code.
killed() {
	signal=$1 after=$2
	shift 2
	"$@" <&3 &
	pid=$!
	sleep "$after"
	kill "-$signal" $pid 2> /dev/null
	wait $pid 2> /dev/null
	code=$?
}

for f in ask answer verify cut tune; do
	begin $f
	case $f in
	cut|tune) n=8 ;;
	*) n=60 ;;
	esac
	input $f $n > in
	server
	run 0 filter $f --cache whole
	mv out want
	whole=$(asked)
	for after in 0.02 0.15 0.35 0.6; do
		rm -rf cache
		server -d 10-60
		case $f in
		ask) set -- ac-ask ;;
		answer) set -- ac-answer ;;
		verify) set -- ac-check --judge --rewrite ;;
		cut) set -- ac-split ;;
		tune) set -- ac-tune -q --trials 6 ;;
		esac
		set -- "$@" --cache cache -j $jobs
		killed 9 $after "$@" in 3< /dev/null > out 2> err
		check "a prefix after $after s" prefix out
		# What the server had begun when we left ends there.
		sleep 0.1
		[ -d cache ] && kept=$(replies) || kept=0
		paid=$(asked)
		check "in flight: $paid asked, $kept kept" \
		    test $((paid - kept)) -le $jobs
		run 0 "$@"
		same out want
		equal "$(($(asked) - paid))" $((whole - kept)) \
		    "asked by the second run"
		# The third run asks nothing at all.
		paid=$(asked)
		run 0 "$@"
		same out want
		equal "$(asked)" "$paid" "requests after the third run"
	done
	# A few kills one after the other.
	rm -rf cache
	server -d 10-60
	for after in 0.1 0.15 0.1 0.2; do
		killed 9 $after "$@" in 3< /dev/null > out 2> err
		check "a prefix" prefix out
	done
	paid=$(asked)
	run 0 "$@" --stats stats
	same out want
	check "$(asked) asked of $whole" \
	    test "$(asked)" -le $((whole + 4 * jobs))
	equal "$(jq .requests stats)" $(($(asked) - paid)) "requests in --stats"
done

# Filters without a model, fed slowly.
for f in cohesion score check; do
	begin $f
	input $f 40 > in
	run 0 filter $f
	mv out want
	for after in 0.1 0.3; do
		rm -f pipe
		mkfifo pipe
		{ while IFS= read -r l; do printf '%s\n' "$l"; sleep 0.02; done; } \
		    < in > pipe 2> /dev/null &
		case $f in
		cohesion) set -- ac-split --by cohesion ;;
		score) set -- ac-score -S "$work/scorer" ;;
		check) set -- ac-check ;;
		esac
		killed 9 $after "$@" 3< pipe > out 2> err
		check "a prefix after $after s" prefix out
	done
	rm -f pipe out ready
	mkfifo pipe
	{ head -n 5 in; wait_for 20 test -s out && : > ready; } > pipe &
	"$@" < pipe > out 2> err
	check "a line goes out when it is ready" test -e ready
done

# The other two write at the end or as they read; a kill leaves a prefix.
begin dedup
input dedup 400 > in
run 0 ac-dedup
mv out want
{ head -200 in; sleep 0.4; } | killed 9 0.2 ac-dedup 3<&0 > out 2> err
check "a prefix" prefix out

begin chunk
contexts 300 | sed 's/.*"context":"//; s/"}$//' > in
run 0 ac-chunk
mv out want
{ head -200 in; sleep 0.4; } | killed 9 0.2 ac-chunk 3<&0 > out 2> err
check "a prefix" prefix out

# With -o, FILE.part is the prefix and FILE is not there.
begin output
input ask 60 > in
server
run 0 ac-ask
mv out want
server -d 10-60
killed 9 0.3 ac-ask --cache cache -j 2 -o out.ndjson in 3< /dev/null 2> err
check "no out.ndjson" test ! -e out.ndjson
check "a prefix" prefix out.ndjson.part
run 0 ac-ask --cache cache -o out.ndjson in
same out.ndjson want
check "no part" test ! -e out.ndjson.part
finish
