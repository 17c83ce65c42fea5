#!/bin/sh
# Fault matrix, part B: HTTP framing.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"

# The connection was used before and is closed when the next request has been
# read: libcurl sends it again by itself.
close_reused() {
	server -B -k $key
	records 3 2 close,ok > in
	go ac-answer -j 1
	all_ok -j 1
	equal "$(jq -s '.[1].req > 1' "$log")" true "reused connection"
	server -B -k $key
	records 3 2 close > in
	go ac-answer -j 1
	ended 'E(transport)' r2
	oracle -j 1
	server -B -k $key
	records 3 2 close > in
	go ac-answer -j 1 --at-most-once
	ended 'E(at_most_once)x1' r2
	oracle -j 1
}

# Once is the end of a try at the stall limit of a minute; the second record
# then meets its deadline.  A limit of 600 s would be too late for both.
stall() {
	server -B -k $key
	{
		records 2 2 halfbody,ok
		records 3 3 halfbody | tail -1
	} > in
	go ac-answer --timeout 600s --deadline 68s --retries 1
	ended 'E(timeout)' r3
	equal "$(result r2)" OK "once"
	check "$seconds s" test $seconds -ge 55 -a $seconds -le 85
	oracle
}

# Nothing below the application can tell: a response that comes late, when
# the next request is out, is taken for that one's.  The oracle sees it, as
# a user's echo check would.
stale() {
	server -B -k $key -d 300
	records 4 1 stale:100 > in
	go ac-answer -j 1
	equal $code 0 "exit"
	equal "$(grep -c '"answer"' out)" 4 "answers"
	jq -nr --slurpfile in in --slurpfile out out --slurpfile e e \
	    --slurpfile log "$log" --slurpfile stats stats --argjson j 1 \
	    --arg wire least -f "$faults/oracle.jq" > complaints
	foreign=$(jq -s 'map(select(.answer | contains("nobody"))) | length' \
	    out)
	if [ "$foreign" -gt 0 ]; then
		has complaints "has another's answer"
	else
		check "no complaint: $(cat complaints)" \
		    test ! -s complaints
	fi
}

# Records come as fast as the server closes connections.
idle_close() {
	server -B -k $key -c idleclose
	records 6 > in
	mv in all
	mkfifo pipe
	(
		for i in 1 2 3 4 5 6; do
			sed -n ${i}p all
			sleep 1
		done > pipe
	) &
	: > in
	cp all in
	runs=$((runs + 1))
	: > e
	acrun -t 60 ac-answer -j 1 --stats stats < pipe > out 2> err
	code=$?
	# What crossed the close was sent and not seen.
	all_ok -j 1 -l
}

rows B "$@"
