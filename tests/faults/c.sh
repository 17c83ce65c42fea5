#!/bin/sh
# Fault matrix, part C: HTTP/2 over TLS.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"
. "$top/tests/faults/tls.inc"

# ready [OPTION...]: certificates once, both servers anew.
ready() {
	if [ -z "$certs" ]; then
		has_tls || return
		(mkdir "$work/certs" && cd "$work/certs" && certificates)
		certs=$work/certs
	fi
	server -B
	front good -2 "$@"
}

# h2 COMMAND...: go, over HTTP/2; the log holds what both have seen: the
# streams are the requests, what came through tells whose answers are whose.
h2() {
	go "$@" -u "$url" --cacert "$certs/ca.pem" --http2
	jq -c '.method = "RELAY"' "$log" > "$work/h2.log"
	cat "$tls_log" >> "$work/h2.log"
	relayed=$log
	log=$work/h2.log
	check "HTTP/2 was spoken" test -s "$tls_log"
}

# once_and_always FAULT [CODE]: at the first stream of three, at all of one.
once_and_always() {
	records 3 > in
	ready -c "$1,ok" || return
	h2 ac-answer
	all_ok
	records 1 > in
	ready -c "$1"
	h2 ac-answer
	equal "$(result r1)" "E(${2:-transport})" "always $1"
	equal $code 1 "exit"
	check "$(lines "$tls_log") streams" test "$(lines "$tls_log")" -le 18
	oracle
}

goaway_below() {
	# NO_ERROR and ENHANCE_YOUR_CALM.
	once_and_always goaway:0
	once_and_always goaway:11
}

goaway_after() {
	records 3 > in
	ready -c after,ok || return
	h2 ac-answer -j 1
	all_ok -j 1
	equal "$(grep -vc late "$tls_log")" 3 "streams"
	ready -c after
	h2 ac-answer -j 1
	all_ok -j 1
	equal "$(grep -vc late "$tls_log")" 3 "streams"
}

rst_stream() {
	# INTERNAL_ERROR and CANCEL, before and in the middle of the body.
	for fault in rst:2 rst:8 rstmid:2 rstmid:8; do
		once_and_always $fault
	done
}

# libcurl sends a refused stream again by itself, five times at most; with
# two retries of ours these are 18.
refused_stream() {
	once_and_always rst:7
}

few_streams() {
	records 200 > in
	ready -M 1 || return
	h2 ac-answer -j 50
	all_ok -j 50
	records 2 > in
	ready -M 0
	h2 ac-answer --timeout 2s --retries 0
	for r in r1 r2; do
		equal "$(result $r)" 'E(timeout)' "no streams: $r"
	done
	oracle -w
}

lost_streams() {
	records 60 > in
	ready -c 'hold:50*50,ok' || return
	h2 ac-answer -j 50 --fixed
	# A stream may have been counted and die with its connection unsent.
	all_ok -j 50 -w
	equal "$(grep -c hold "$tls_log")" 50 "streams lost"
	check "at once" grep -q '"inflight":50,' "$tls_log"
}

h2c() {
	records 2 > in
	server -B -k $key
	go ac-answer --http2
	equal $code 2 "exit"
	has err https
	equal "$(asked)" 0 "requests"
	check "no output" test ! -s out
}

rows C "$@"
