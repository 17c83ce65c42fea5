#!/bin/sh
# All real questions, by the index and by brute force: what is kept, what is
# dropped, and because of which.  A quarter of a minute on two cores; with
# sanitizers, which take many times as long, a quarter of them.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# brute MEASURE: the oracle's answer, in want.MEASURE.
brute() {
	ac-dedup --scope all --threshold 0.7 --measure "$1" --engine brute \
	    --dropped "want.$1.dropped" in > "want.$1" 2> "err.$1"
}

n=100000
! grep -q __asan_init "$top/bin/ac-dedup" || n=2600

begin real
if [ -r "$data/questions-squad-dev.txt" ]; then
	# Scores repeat, some are missing.
	head -n $n "$data/questions-squad-dev.txt" | sed 's/[\\"]//g' |
	    awk '{ printf "{\"id\":%d,\"question\":\"%s\"%s}\n", NR, $0,
		NR % 11 ? sprintf(",\"score\":%d", NR * 7919 % 1009) : "" }' \
	    > in
	brute f &
	brute precision
	wait
	for m in f precision; do
		for t in 1 2; do
			run 0 ac-dedup --scope all --threshold 0.7 \
			    --measure $m --threads $t --dropped dropped
			same out want.$m
			same dropped want.$m.dropped
		done
	done
	equal "$(cat want.f want.f.dropped | wc -l | tr -d ' ')" \
	    "$(lines in)" "in = kept + dropped"
	check "some are dropped" test -s want.f.dropped
else
	skip "no questions-squad-dev.txt"
fi

finish
