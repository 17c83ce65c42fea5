#!/bin/sh
# Batch engines: the lines of -n go out, --replies takes the outputs in.  The
# engines here are jq over the replies that a live run has kept; a live run is
# what the result must equal, to the byte.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
AC_CACHE_NS=batch
export AC_CACHE_NS

# live COMMAND...: < in > want by a server, its replies in ./live.
live() {
	server
	"$@" --cache live < in > want 2> err
	equal $? 0 "exit of a live run"
	server_stop
	unset AC_BASE_URL
}

# kept: request lines to lines {id, body}: the kept reply of each.
kept() {
	jq -r .custom_id > kept.ids
	find live -type f -exec awk 'FNR == 2 {
		n = split(FILENAME, part, "/")
		printf "{\"id\":\"%s%s\",\"body\":%s}\n", part[n - 1],
		    part[n], $0
	}' {} + | grep -F -f kept.ids
}

# openai, vllm: to lines of those engines; not in the order of the requests.
openai() {
	kept | jq -c '{id: "batch_req_1", custom_id: .id, response: {
	    status_code: 200, request_id: "req_1", body: .body}, error: null}'
}

vllm() {
	kept | jq -c '{id: "vllm-1", custom_id: .id, response: {
	    status_code: 200, request_id: "vllm-batch-1", body: .body},
	    error: null}'
}

# failure NUMBER JQ: the failed line of the request with this number.
failure() {
	sed -n "$1p" req | jq -c "{id: \"x\", custom_id} + $2"
}

# without NUMBER...: a file of replies lacks those of some requests.
without() {
	for i; do
		sed -n "$i"p req | jq -r .custom_id
	done > ids
	grep -vF -f ids
}

# One pass for all there is, in the form of both engines.
for f in "ac-ask" "ac-ask --samples 2" "ac-answer"; do
	begin "whole-$(echo "$f" | tr -d ' ')"
	contexts 12 | sed 's/}$/,"question":"Why?"}/' > in
	[ "$f" = ac-answer ] || sed -i 's/,"question":.*/}/' in
	live $f
	run 0 $f -n
	mv out req
	equal "$(lines req)" "$(lines want)" "requests"
	for engine in openai vllm; do
		$engine < req > rep
		run 0 $f --replies rep
		same out want
		check "not a word" test ! -s err
	done
	# What is not in a file.
	(exec < /dev/null; $f --replies /dev/stdin in > out 2> err)
	equal $? 1 "exit without replies"
	equal "$(grep -c '"code":"offline"' out)" "$(lines want)" "offline"
	$f --replies /dev/stdin in < rep > out 2> err
	equal $? 0 "exit with replies from a pipe"
	same out want
done

# Not the server, not even where there is one; and replies are kept.
begin kept
contexts 6 > in
live ac-ask
run 0 ac-ask -n
mv out req
openai < req > rep
server
run 0 ac-ask --replies rep --cache mine
same out want
run 0 ac-ask --cache mine --offline
same out want
equal "$(asked)" 0 "requests"
run 0 ac-ask --replies rep --stats stats
equal "$(jq .requests stats)" 0 "requests in --stats"
server_stop
unset AC_BASE_URL

# The ids of -n and --replies agree without a name for the server, too.
begin unnamed
contexts 3 > in
live ac-ask
run 0 ac-ask -n
mv out req
vllm < req > rep
unset AC_CACHE_NS
AC_BASE_URL=http://127.0.0.1:9/v1
export AC_BASE_URL
run 0 ac-ask -n
jq -r .custom_id out > ids
jq -r .custom_id req | paste - ids | while read -r old new; do
	grep -F "$old" rep | sed "s/$old/$new/"
done > rep2
equal "$(lines rep2)" 3 "replies renamed"
run 0 ac-ask --replies rep2
same out want
unset AC_BASE_URL
AC_CACHE_NS=batch
export AC_CACHE_NS

# Failures of a batch are those of a live run, and a second batch heals them.
begin failures
contexts 12 > in
live ac-ask
run 0 ac-ask -n
mv out req
{
	openai < req | without 2 3 4 5 6 7 8 9
	failure 2 '{response: {status_code: 400, request_id: "r", body:
	    {error: {message: "bad", code: null}}}, error: null}'
	failure 3 '{response: {status_code: 500, request_id: "r", body:
	    {error: {message: "oh", code: null}}}, error: null}'
	failure 4 '{response: {status_code: 400, request_id: "r", body: null},
	    error: {object: "error", message: "m", code: 400,
	    type: "context_length_exceeded"}}'
	failure 5 '{response: null, error: {code: "batch_expired",
	    message: "This request could not be executed."}}'
	failure 6 '{response: null, error: {code: "request_timeout",
	    message: "m"}}'
	failure 7 '{response: {status_code: 200, body: {choices: [{message:
	    {content: "Hello."}, finish_reason: "stop"}]}}, error: null}'
	failure 8 '{response: {status_code: 200, body: {choices: [{message:
	    {content: "{\"question\":\"Wh"}, finish_reason: "length"}]}},
	    error: null}'
} > rep
run 1 ac-ask --replies rep
jq -r 'select(.error) | "\(.id) \(.error.code) \(.error.status)"' out > got
cat > want.got <<'X'
r002 bad_request 400
r003 http 500
r004 too_long 400
r005 offline null
r006 http 408
r007 bad_reply null
r008 truncated null
r009 offline null
X
same got want.got
grep -v '"error"' out > got
awk 'NR < 2 || NR > 9' want > want.got
same got want.got
mv out in
run 0 ac-ask -n
mv out req2
sed -n 2,9p req > want.req
same req2 want.req
vllm < req2 > rep2
run 0 ac-ask --replies rep2
same out want
# Both outputs in one file do the same at once.
contexts 12 > in
cat rep rep2 > both
run 0 ac-ask --replies both
same out want

# 401 and 429 of some requests of a batch stop nothing.
begin refused
contexts 4 > in
live ac-ask
run 0 ac-ask -n
mv out req
{
	openai < req | without 1 2
	failure 1 '{response: {status_code: 401, body: {error: {}}}}'
	failure 2 '{response: {status_code: 429, body: {error:
	    {code: "rate_limit_exceeded"}}}}'
} > rep
run 1 ac-ask --replies rep
jq -r 'select(.error) | .error.code' out > got
printf 'forbidden\nhttp\n' > want.got
same got want.got
grep -v '"error"' out > got
sed -n 3,4p want > want.got
same got want.got

# Lines that are no replies are said once, and cost nobody else's.
begin damage
contexts 4 > in
live ac-ask
run 0 ac-ask -n
mv out req
{
	echo
	echo 'upstream timeout'
	openai < req
	echo '{"custom_id":"x"}'
	openai < req | head -1 | cut -c1-99
} > rep
run 0 ac-ask --replies rep
same out want
has err "rep:2:"
equal "$(grep -c 'rep:' err)" 1 "lines about it"
# The requests, taken for replies.
run 1 ac-ask --replies req
has err "req:1: neither a response nor an error"
run 2 ac-ask --replies no/such/file
has err "no/such/file"
run 2 ac-ask --replies .
check "nothing out" test ! -s out

# A tree, level by level: each batch asks about the leaves of the last one.
for by in cut rewrite; do
	begin "tree-$by"
	contexts 6 > in
	live ac-split --by $by
	cp in level
	passes=0
	while [ $passes -lt 40 ]; do
		ac-split --by $by -d 1 -n < level > req 2> err
		equal $? 0 "exit of -n"
		[ -s req ] || break
		openai < req > rep
		ac-split --by $by -d 1 --replies rep < level > next 2> err
		equal $? 0 "exit of level $passes"
		mv next level
		passes=$((passes + 1))
	done
	check "more than one level" test $passes -gt 1
	check "an end" test $passes -lt 40
	same level want
done

# The page's examples, with a stand-in for the engine.
begin page
contexts 4 > chunks.ndjson
cp chunks.ndjson in
live ac-split
mv want tree.want
jq -c '{id, context}' tree.want > tree.ndjson
cp tree.ndjson in
live ac-ask
mkdir bin
cat > bin/vllm <<'X'
#!/bin/sh
# vllm run-batch --model NAME -i FILE -o FILE
[ "$#" -eq 7 ] && [ "$1 $2 $4 $6" = "run-batch --model -i -o" ] || exit 1
X
{
	sed -n '/^kept()/,/^}/p; /^vllm()/,/^}/p' "$top/tests/cmd/batch.sh"
	echo 'vllm < "$5" > "$7"'
} >> bin/vllm
chmod +x bin/vllm
awk '
	/^\.Sh / { on = $2 == "BATCHES" }
	/^\.Ed/ { block = 0 }
	block
	/^\.Bd -literal/ && on { block = 1 }
' "$top/man/augcon.7" > script
PATH=$work/page/bin:$PATH sh -eu script > out 2> err
equal $? 0 "exit of the examples"
show err
same asked.ndjson want
same grown.ndjson tree.want
finish
