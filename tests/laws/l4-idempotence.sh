#!/bin/sh
# L4: f(f(x)) = f(x), without a request; and what failed is tried again, so
# that a second run over the output makes it the clean output to the byte.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer

for f in $maps; do
	begin $f
	server
	# ac-check looks again at what it has looked at, and asks the cache.
	[ $f != verify ] || AC_CACHE=$PWD/cache
	input $f 20 > in
	run 0 filter $f
	cp out want
	before=$(asked)
	mv out in
	run 0 filter $f
	same out want
	equal "$(asked)" "$before" "requests after the second run"
	AC_CACHE=
	calls $f || continue

	# Every third attempt fails, and is not tried again.
	input $f 20 > in
	server -r 33:500
	run 0 filter $f --retries 0 --give-up 1000 --max-errors 100%
	check "some have failed" grep -q '"error":' out
	server
	mv out in
	run 0 filter $f
	lacks out '"error"'
	same out want
done

# Blanks stand where they stood before the error came and went.
begin blanks
server -c 500,500,500,ok
printf '{ "id" : "a" ,\t"context" : "A text of some length stands here." \t}  \r\n' > in
printf '{"error" :{"by":"ac-ask"} , "id":"b","context":"A text of some length is here." }\n' >> in
run 1 ac-ask --retries 0
mv out failed
server
run 0 ac-ask
mv out want
mv failed in
run 0 ac-ask
same out want

# Lines that are no records go through as often as you like.
begin odd-lines
server
{
	contexts 2
	printf '{"torn":\n[1]\n"text"\n\377\n\377a\n\377ab\n\377abc\n{"a":1}\n{"context":5}\n'
} > in
for f in ask cut cohesion answer score; do
	run 1 filter $f
	cp out in.$f
	filter $f in.$f > again 2> err
	equal $? 1 "exit of $f over its failed records"
	same again in.$f
done

# One filter's error is none of the next one's.
begin foreign
cat > in <<'X'
{"id":"a","error":{"by":"ac-chunk","code":"bad_json","message":"x"}}
{"id":"b","context":"A text of some length stands here.","error":"of another tool"}
X
run 0 ac-ask
same out in
finish
