#!/bin/sh
# DeepSeek (API documentation: "Create Chat Completion", "Error Codes", "Rate
# Limit", "JSON Output", "Thinking Mode").  Empty lines keep a connection
# alive while a request waits.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=sk-ds-test-9
export AC_API_KEY
path=

begin plain
says <<'E'
> POST /chat/completions
> Authorization: Bearer sk-ds-test-9
< HTTP/1.1 200 OK
< Content-Type: application/json
< x-ds-trace-id: 0f




{"id":"a1","object":"chat.completion","created":1741569952,"model":"deepseek-chat","choices":[{"index":0,"message":{"role":"assistant","content":"In 1846."},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":412,"completion_tokens":5,"total_tokens":417,"prompt_tokens_details":{"cached_tokens":384},"prompt_cache_hit_tokens":384,"prompt_cache_miss_tokens":28},"system_fingerprint":"fp_1"}
E
talk 0 ac-answer
becomes .answer '"In 1846."'
counts '[.tokens_in, .tokens_out, .tokens_cached]' '[412,5,384]'

# Only json_object is there: learned once for the run.
begin schema
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"The mill at Orle burned down in 1848."}
E
says <<'E'
> POST /chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}
> POST /chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"{\n  \"question\": \"When did it burn?\"\n}"},"finish_reason":"stop"}]}
> POST /chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"{\n  \"question\": \"Who burned it?\"\n}"},"finish_reason":"stop"}]}
E
talk 0 ac-ask
becomes .question '"When did it burn?" "Who burned it?"'
counts .requests 3

# JSON mode may answer with nothing, says its page: asked once more.
begin empty
says <<'E'
> POST /chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"stop"}]}
> POST /chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"{\"question\": \"When did it burn?\"}"},"finish_reason":"stop"}]}
E
talk 0 ac-ask -f
becomes .question '"When did it burn?"'

begin overload
says <<'E'
> POST /chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 18"},"finish_reason":"insufficient_system_resource"}]}
> POST /chat/completions
< HTTP/1.1 429 Too Many Requests
{"error":{"message":"Rate limit reached","type":"rate_limit_error","param":null,"code":"rate_limit_error"}}
> POST /chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"message":"Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.","type":"service_unavailable_error","param":null,"code":"service_unavailable_error"}}
> POST /chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 1846."},"finish_reason":"stop"}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

begin errors
says <<'E'
> POST /chat/completions
< HTTP/1.1 402 Payment Required
{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}
E
talk 77 ac-answer
becomes '[.error.code, .error.status]' '["forbidden",402]'
says <<'E'
> POST /chat/completions
< HTTP/1.1 401 Unauthorized
{"error":{"message":"Authentication Fails (no such user)","type":"authentication_error","param":null,"code":"invalid_request_error"}}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'
says <<'E'
> POST /chat/completions
< HTTP/1.1 422 Unprocessable Entity
{"error":{"message":"Failed to deserialize the JSON body into the target type: max_tokens: invalid value","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}
E
talk 1 ac-answer
becomes .error.code '"bad_request"'
says <<'E'
> POST /chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"content_filter"}]}
E
talk 1 ac-answer
becomes .error.code '"refused"'

begin thinking
says <<'E'
> POST /chat/completions
> +"thinking":{"type":"enabled"}
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 1846.","reasoning_content":"It says so."},"finish_reason":"stop"}],"usage":{"prompt_tokens":40,"completion_tokens":30,"completion_tokens_details":{"reasoning_tokens":25}}}
E
talk 0 ac-answer --set 'thinking={"type":"enabled"}'
becomes .answer '"In 1846."'
counts .tokens_out 30
finish
