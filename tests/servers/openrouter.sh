#!/bin/sh
# OpenRouter (API documentation: "Errors and Debugging", "Reasoning Tokens",
# "Limits").  What goes wrong once a model has begun comes with 200.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=sk-or-v1-test
export AC_API_KEY
path=/api/v1

begin plain
says <<'E'
> POST /api/v1/chat/completions
> Authorization: Bearer sk-or-v1-test
< HTTP/1.1 200 OK
< Content-Type: application/json
< X-Generation-Id: gen-1

         
{"id":"gen-1","provider":"DeepInfra","model":"m","object":"chat.completion","created":1741569952,"choices":[{"logprobs":null,"finish_reason":"stop","native_finish_reason":"stop","index":0,"message":{"role":"assistant","content":"{\"question\":\"When did the mill at Orle burn down?\"}","refusal":null,"reasoning":null}}],"usage":{"prompt_tokens":1040,"completion_tokens":12,"total_tokens":1052,"cost":0.0001,"prompt_tokens_details":{"cached_tokens":1000}}}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out, .tokens_cached]' '[1040,12,1000]'

# Two errors with 200, then the answer.
begin inside
says <<'E'
> POST /api/v1/chat/completions
< HTTP/1.1 200 OK
{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"upstream connect error","provider_name":"X"}},"user_id":"u"}
> POST /api/v1/chat/completions
< HTTP/1.1 200 OK
{"id":"gen-2","choices":[{"finish_reason":"error","native_finish_reason":"error","index":0,"message":{"role":"assistant","content":"In 18"},"error":{"code":502,"message":"Upstream error"}}]}
> POST /api/v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"In 1846."}}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

begin limit
says <<'E'
> POST /api/v1/chat/completions
< HTTP/1.1 429 Too Many Requests
< Retry-After: 1
{"error":{"message":"Rate limit exceeded: free-models-per-min.","code":429,"metadata":{"headers":{"X-RateLimit-Limit":"20","X-RateLimit-Remaining":"0"}}}}
> POST /api/v1/chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"message":"There is no available model provider that meets your routing requirements","code":503}}
> POST /api/v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"In 1846."}}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

# No money; but with Retry-After it is only held back for what is in flight.
begin money
says <<'E'
> POST /api/v1/chat/completions
< HTTP/1.1 402 Payment Required
< Retry-After: 0.05
{"error":{"message":"This request would exceed your balance with what is in flight.","code":402,"metadata":{"limit_source":"openrouter_in_flight_budget"}}}
> POST /api/v1/chat/completions
< HTTP/1.1 402 Payment Required
{"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits","code":402}}
E
talk 77 ac-answer
becomes '[.error.code, .error.status]' '["forbidden",402]'

begin moderation
says <<'E'
> POST /api/v1/chat/completions
< HTTP/1.1 403 Forbidden
{"error":{"message":"Your chosen model requires moderation and your input was flagged","code":403,"metadata":{"reasons":["violence"],"flagged_input":"The mill...","provider_name":"X","model_slug":"m"}}}
E
talk 1 ac-answer
becomes '[.error.code, .error.status]' '["refused",403]'

begin key
says <<'E'
> POST /api/v1/chat/completions
< HTTP/1.1 401 Unauthorized
{"error":{"message":"No auth credentials found","code":401}}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'

begin reasoning
says <<'E'
> POST /api/v1/chat/completions
> +"reasoning":{"effort":"low"}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"In 1846.","reasoning":"It says so.","reasoning_details":[{"type":"reasoning.text","text":"It says so."}]}}]}
E
talk 0 ac-answer --set 'reasoning={"effort":"low"}'
becomes .answer '"In 1846."'

begin schema
says <<'E'
> POST /api/v1/chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"response_format json_schema is not supported\"}}","provider_name":"X"}}}
> POST /api/v1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"{\"question\": \"When did it burn?\"}"}}]}
E
talk 0 ac-ask -f
becomes .question '"When did it burn?"'
finish
