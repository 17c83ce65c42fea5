#!/bin/sh
# llama.cpp's server (tools/server/README.md: "OpenAI-compatible API
# Endpoints", "GET /health"), and live where `make demo` has left its model.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"

begin plain
says <<'E'
> POST /v1/chat/completions
> +"response_format":{"type":"json_schema"
< HTTP/1.1 200 OK
< Server: llama.cpp
< Content-Type: application/json; charset=utf-8
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"{\"question\": \"When did the mill at Orle burn down?\"}"}}],"created":1741569952,"model":"m.gguf","system_fingerprint":"b6000-x","object":"chat.completion","usage":{"completion_tokens":14,"prompt_tokens":1011,"total_tokens":1025,"prompt_tokens_details":{"cached_tokens":990}},"id":"chatcmpl-x","timings":{"cache_n":990,"prompt_n":21,"predicted_n":14}}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out, .tokens_cached]' '[1011,14,990]'

# While it loads it is waited for, and no try is used up.
begin loading
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}
> POST /v1/chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"In 1846."}}]}
E
talk 0 ac-answer --retries 0
becomes .answer '"In 1846."'

# The code in the body counts, whatever the status.
begin too-long
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}}
E
talk 1 ac-answer
becomes '[.error.code, .error.status]' '["too_long",400]'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}}
E
talk 1 ac-answer
becomes '[.error.code, .error.status]' '["too_long",400]'

begin errors
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 401 Unauthorized
{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 404 Not Found
{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}
E
talk 76 ac-answer
becomes .error.code '"http"'

begin reasoning
cat > in <<'E'
{"id":1,"context":"The mill burned in 1841.","question":"When?"}
{"id":2,"context":"The mill burned in 1842.","question":"When?"}
{"id":3,"context":"The mill burned in 1843.","question":"When?"}
E
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","reasoning_content":"It says so.","content":"In 1841."}}]}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"<think>\nIt says so.\n</think>\n\nIn 1842."}}]}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"length","index":0,"message":{"role":"assistant","content":"<think>\nIt says"}}]}
E
talk 1 ac-answer
becomes '.answer // .error.code' '"In 1841." "In 1842." "truncated"'

begin schema
says <<'E'
> POST /v1/chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
{"error":{"code":400,"message":"failed to parse grammar","type":"invalid_request_error"}}
> POST /v1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 400 Bad Request
{"error":{"code":400,"message":"failed to parse grammar","type":"invalid_request_error"}}
> POST /v1/chat/completions
> -"response_format"
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"Sure. {\"question\": \"When did it burn?\"}"}}]}
E
talk 0 ac-ask -f
becomes .question '"When did it burn?"'

# The schema's grammar takes the quote of a title for the end of the string:
# such a question is asked for again, and taken when no better one comes.
begin quote
# writes CONTENT...: the replies of a conversation.
writes() {
	for content; do
		echo '> POST /v1/chat/completions'
		echo '< HTTP/1.1 200 OK'
		jq -nc --arg content "$content" '{choices: [{finish_reason:
		    "stop", index: 0, message: {role: "assistant",
		    $content}}]}'
	done | says
}
echo '{"id":1,"context":"The letters from the mill are by Anna Feld."}' > in
writes '{"question": "Who wrote "}' '{"question": "Who wrote the letters?"}'
talk 0 ac-ask
becomes .question '"Who wrote the letters?"'
writes '{"question": "Who wrote "}' '{"question": "Who wrote the "}'
talk 0 ac-ask --retries 1
becomes .question '"Who wrote"'
echo '{"id":1,"context":"Anna Feld wrote at the mill. It burned in 1846."}' > in
writes '{"question": "Who wrote ", "cut": 1}' \
    '{"question": "Who wrote at the mill?", "cut": 1}'
talk 0 ac-split --max-depth 1
becomes 'select(.depth == 0) | .question' '"Who wrote at the mill?"'
# It is no better than one that is there.
cat > in <<'E'
{"id":1,"context":"The letters from the mill are by Anna Feld.","question":"Who wrote these letters of the passage?","answer":"Anna Feld."}
E
writes '{"question": "Who wrote "}'
talk 0 ac-check --rewrite --retries 0
becomes .question '"Who wrote these letters of the passage?"'

# Live: a chat, a chat with a schema, completions with and without one.
begin live
python=$top/build/demo/venv/bin/python
if [ ! -e "$top/build/demo/venv/complete" ]; then
	skip "no model: make demo gets one"
	finish
fi
"$python" "$top/examples/demo/serve.py" --slots 1 server > /dev/null 2>&1 &
server_pid=$!
if ! wait_for 60 test -e server/env; then
	bad "the server does not start"
	finish
fi
set -a
. server/env
set +a
export AC_MAX_TOKENS=60 AC_SEED=1 AC_TEMPERATURE=0
cat > p.txt <<'E'
--- system
Write one question that the text answers. Reply in JSON: {"question": "..."}

--- user
Honeybees that have found flowers dance when they come home.

--- assistant
{"question": "When do honeybees dance?"}

--- user
Rye dough is sour because bacteria live in it beside the yeast.

--- assistant
{"question": "Why is rye dough sour?"}

--- user
{{context}}
E
sed 's/Reply in.*//; s/{"question": "\(.*\)"}/About this: \1/' p.txt > q.txt
echo '{"id":"a","context":"The Norra lighthouse burned whale oil until 1921.","question":"x"}' > in
for api in chat completions; do
	run 0 ac-ask -f -p ./p.txt --api $api --stats stats
	check "$api: a question" jq -e '.question | length > 4' out > /dev/null
	check "$api: in one try" jq -e '.requests == 1 and .tokens_in > 90' \
	    stats > /dev/null
	run 0 ac-answer -p ./q.txt --api $api
	check "$api: an answer" jq -e '.answer | length > 0' out > /dev/null
	check "$api: of one message" jq -e '.answer | contains("---") | not' \
	    out > /dev/null
done
finish
