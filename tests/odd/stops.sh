#!/bin/sh
# Exit codes 2, 75, 76 and 77: why a run cannot begin or is stopped.  What is
# in flight is delivered, the rest goes out as not_attempted: every line is
# there.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start

# stops CODE RECORDS COMMAND...: the run stops, says so, loses nothing.
stops() {
	want=$1
	n=$2
	shift 2
	run $want "$@"
	equal "$(lines out)" $n "lines"
	has err "ac-ask: stopping: "
	check "some were not attempted" grep -q '"code":"not_attempted"' out
	sed 's/,"error":{[^}]*}//' out > got
	grep -q '"question"' out || same got in
}

contexts 60 > "$work/in60"

begin usage
contexts 2 > in
server
run 2 env -u AC_MODEL ac-ask
has err 'AC_MODEL'
run 2 env -u AC_BASE_URL ac-ask
has err 'AC_BASE_URL'
run 2 ac-ask -p none.txt
run 2 ac-ask -D nothing
run 2 ac-ask --set 'x=[1'
run 2 ac-ask --negative some
run 2 ac-ask --samples 2 --negative fs
run 2 ac-ask --offline --no-cache
run 2 ac-split -d 0
run 2 ac-split -d -1
run 2 ac-split --by cohesion --quota 35
run 2 ac-split --quota 35 -d 2
run 2 ac-split --by middle --idf in
run 2 ac-split --by cohesion --idf in
run 2 ac-score
run 2 ac-score -S in
equal "$(asked)" 0 "requests"
printf -- '--- user\n{{nothing}}\n' > ./prompt.txt
run 2 ac-ask -p prompt.txt
has err nothing
printf -- '--- user\n{{context}} in {{style}}\n' > ./prompt.txt
run 2 ac-ask -p prompt.txt
run 0 ac-ask -p prompt.txt -D style=prose
: > ./prompt.txt
run 2 ac-ask -p prompt.txt

begin temporary
cp "$work/in60" in
server -c 500
stops 75 60 ac-ask --retries 0 --give-up 5
# No server at all.
server_stop
AC_BASE_URL=http://127.0.0.1:9/v1
stops 75 60 ac-ask --retries 0 --give-up 5
has out '"code":"transport"'
# A wait of more than ten minutes is named and not sat through.
server -c 429:3600
stops 75 60 ac-ask
check "the time is named" \
    grep -qE '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}' err
lacks out 3600
check "few requests: $(asked)" test "$(asked)" -le 16
# Nor one that would end behind --deadline.
begun=$(date +%s)
server -c 429:30
head -1 in > x
mv x in
run 1 ac-ask --deadline 5s
has out '"status":429'
check "no wait" test $(($(date +%s) - begun)) -lt 5
cp "$work/in60" in
# It comes back in the middle: what was answered is there.
server -c ok,ok,ok,500
stops 75 60 ac-ask -j 1 --retries 0 --give-up 3
equal "$(grep -c '"question"' out)" 3 "questions"
equal "$(grep -c '"code":"http"' out)" 3 "failures"
equal "$(grep -c '"code":"not_attempted"' out)" 54 "not attempted"
has out '"status":500'

begin protocol
cp "$work/in60" in
for d in 404 redir:302:self html "redir:307:http://127.0.0.1:9/"; do
	server -c $d
	stops 76 60 ac-ask --retries 0
done
# 400 ten times, and nothing else before.
server -c 400
stops 76 60 ac-ask
equal "$(grep -c '"code":"bad_request"' out)" "$(grep -vc not_attempted out)" \
    "all 400"
# One success, and a 400 is the record's own fault.
server -c ok,400
run 1 ac-ask -j 1 --give-up 1000
equal "$(grep -c '"code":"bad_request"' out)" 59 "all others"
# Replies that say something else, one after the other.
server -c other
stops 76 60 ac-ask --retries 0 --give-up 5
has out '"code":"bad_reply"'

begin denied
cp "$work/in60" in
for d in 401 403 quota spend; do
	server -c $d
	stops 77 60 ac-ask
done
server -c ok,ok,spend
stops 77 60 ac-ask -j 1
equal "$(grep -c '"question"' out)" 2 "questions"
server
stops 77 60 ac-ask --max-requests 5
equal "$(asked)" 5 "requests"
# All that was needed is no stop too few.
head -5 in > x
mv x in
server
run 0 ac-ask --max-requests 5
equal "$(grep -c '"question"' out)" 5 "questions"

# The loop of augcon(7) ends: the cache keeps what was paid.
begin loop
contexts 20 > in
server
run 0 ac-ask
mv out want
AC_CACHE=cache
server
rounds=0
until ac-ask --max-requests 7 -o out in 2> err; do
	code=$?
	rounds=$((rounds + 1))
	[ $code -eq 77 ] && [ $rounds -lt 9 ] || break
done
same out want
equal "$(asked)" 20 "requests in $rounds rounds"
AC_CACHE=
finish
