#!/bin/sh
# vLLM (documentation: "OpenAI-Compatible Server", "Structured Outputs",
# "Reasoning Outputs").
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"

begin plain
says <<'E'
> POST /v1/chat/completions
> !Authorization
> +"response_format":{"type":"json_schema","json_schema":{"name":"reply","strict":true,"schema":{"type":"object"
< HTTP/1.1 200 OK
< date: Thu, 26 Nov 2026 08:00:00 GMT
< server: uvicorn
< content-type: application/json
{"id":"chatcmpl-7f","object":"chat.completion","created":1741569952,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{\"question\": \"When did the mill at Orle burn down?\"}","refusal":null,"annotations":null,"audio":null,"function_call":null,"tool_calls":[],"reasoning":null},"logprobs":null,"finish_reason":"stop","stop_reason":null,"token_ids":null}],"service_tier":null,"system_fingerprint":null,"usage":{"prompt_tokens":1240,"total_tokens":1256,"completion_tokens":16,"prompt_tokens_details":{"cached_tokens":1232}},"prompt_logprobs":null,"kv_transfer_params":null}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out, .tokens_cached]' '[1240,16,1232]'

# Thoughts beside the content, under the older name, and in the content where
# no parser was chosen (the template has opened them).
begin reasoning
for i in 1 2 3; do
	echo "{\"id\":$i,\"context\":\"The mill burned in 184$i.\",\"question\":\"When?\"}"
done > in
says <<'E'
> POST /v1/chat/completions
> +"chat_template_kwargs":{"enable_thinking":true}
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"\n\nIn 1841.","reasoning":"The text says it."},"finish_reason":"stop"}]}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 1842.","reasoning_content":"The text says it."},"finish_reason":"stop"}]}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"The text says it.\n</think>\n\nIn 1843."},"finish_reason":"stop"}]}
E
talk 0 ac-answer --set 'chat_template_kwargs={"enable_thinking":true}'
becomes .answer '"In 1841." "In 1842." "In 1843."'

begin thought-away
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":null,"reasoning":"The text says"},"finish_reason":"length"}]}
E
talk 1 ac-answer
becomes .error.code '"truncated"'

# A base model: one text, its end is where the next message would begin.
begin completions
says <<'E'
> POST /v1/completions
> +"prompt":"--- system\nWrite one question
> +When did it burn?\n\nThe mill
> +\n\n--- assistant\n","temperature":0.85,"max_tokens":1024,"stop":["\n--- "]
> -"messages"
< HTTP/1.1 200 OK
{"id":"cmpl-8e","object":"text_completion","created":1741569952,"model":"m","choices":[{"index":0,"text":"{\"question\": \"When did the mill burn?\"}","logprobs":null,"finish_reason":"stop","stop_reason":"\n--- ","prompt_logprobs":null}],"usage":{"prompt_tokens":900,"total_tokens":912,"completion_tokens":12,"prompt_tokens_details":null}}
E
cat > p.txt <<'E'
--- system
Write one question about the text.

--- user
When did it burn?

The mill burned in 1846.

--- assistant
{"question": "In which year did the mill burn?"}

--- user
{{context}}
E
talk 0 ac-ask -f --api completions -p ./p.txt
becomes .question '"When did the mill burn?"'
counts '[.tokens_in, .tokens_out]' '[900,12]'

# Errors, as they are now and as they were.
begin errors
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"error":{"message":"This model's maximum context length is 4096 tokens. However, you requested 9000 tokens (7976 in the messages, 1024 in the completion). Please reduce the length of the messages or completion. None","type":"BadRequestError","param":null,"code":400}}
E
talk 1 ac-answer
becomes '[.error.code, .error.status]' '["too_long",400]'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.","type":"BadRequestError","param":null,"code":400}
E
talk 1 ac-answer
becomes .error.code '"too_long"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 404 Not Found
{"error":{"message":"The model `m` does not exist.","type":"NotFoundError","param":null,"code":404}}
E
talk 76 ac-answer
becomes .error.code '"http"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 401 Unauthorized
{"error":"Unauthorized"}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 404 Not Found
{"detail":"Not Found"}
E
talk 76 ac-answer
has err 'Not Found'

# It has no word for "full": what a proxy before it says.
begin overload
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 503 Service Unavailable
< Content-Type: text/html
< Retry-After: 0.05
<html><body><h1>503 Service Unavailable</h1></body></html>
> POST /v1/chat/completions
< HTTP/1.1 500 Internal Server Error
{"error":{"message":"EngineCore encountered an issue.","type":"InternalServerError","param":null,"code":500}}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"In 1846."},"finish_reason":null}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

# A schema that the grammar engine cannot do.
begin schema
says <<'E'
> POST /v1/chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
{"error":{"message":"The provided JSON schema contains features not supported by xgrammar.","type":"BadRequestError","param":null,"code":400}}
> POST /v1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"{\"question\":\"When did it burn?\"}"},"finish_reason":"stop"}]}
> POST /v1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"{\"question\":\"Who burned it?\"}"},"finish_reason":"stop"}]}
E
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"The mill at Orle burned down in 1848."}
E
talk 0 ac-ask
becomes .question '"When did it burn?" "Who burned it?"'

# Numbers that are none are no JSON.
begin nan
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"In 1846."},"logprobs":{"content":[{"token":"In","logprob":NaN,"bytes":null,"top_logprobs":[]}]},"finish_reason":"stop"}]}
E
talk 1 ac-answer --retries 0 --set logprobs=true
becomes .error.code '"malformed_response"'
finish
