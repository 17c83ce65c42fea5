#!/bin/sh
# Anthropic's OpenAI layer (Claude API documentation: "OpenAI SDK
# compatibility", "Errors", "Rate limits").  It reads max_tokens, temperature
# and stop, and ignores response_format and seed.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=sk-ant-test-77
export AC_API_KEY

begin plain
says <<'E'
> POST /v1/chat/completions
> Authorization: Bearer sk-ant-test-77
> +"max_tokens":1024
< HTTP/1.1 200 OK
< content-type: application/json
< anthropic-ratelimit-requests-limit: 50
< anthropic-ratelimit-requests-remaining: 49
< anthropic-ratelimit-requests-reset: 2026-11-26T08:00:01Z
< request-id: req_018EeWyXxfu5pfWkrYcMdjWG
{"id":"msg_013Zva2CMHLNnXjNJJKqJ2EF","choices":[{"finish_reason":"stop","index":0,"message":{"content":"```json\n{\"question\": \"When did the mill at Orle burn down?\"}\n```","role":"assistant"}}],"created":1741569952,"model":"claude-opus-4-6","object":"chat.completion","usage":{"completion_tokens":21,"prompt_tokens":1102,"total_tokens":1123}}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out]' '[1102,21]'

begin refusal
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"id":"msg_1","choices":[{"finish_reason":"content_filter","index":0,"message":{"content":"","role":"assistant"}}]}
E
talk 1 ac-answer
becomes .error.code '"refused"'

# The reset is a moment on the server's clock.
begin limit
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 429 Too Many Requests
< date: Thu, 26 Nov 2026 08:00:00 GMT
< anthropic-ratelimit-output-tokens-remaining: 0
< anthropic-ratelimit-output-tokens-reset: 2026-11-26T08:00:01Z
{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit."},"request_id":"req_1"}
> POST /v1/chat/completions
< HTTP/1.1 529 Overloaded
< x-should-retry: true
{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_2"}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"In 1846.","role":"assistant"}}]}
E
begun=$(date +%s)
talk 0 ac-answer --retries 1
becomes .answer '"In 1846."'
check "a second is waited for" [ $(($(date +%s) - begun)) -ge 1 ]

# Money looks like a rate limit without retry-after, or like a bad request.
begin money
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 429 Too Many Requests
{"type":"error","error":{"type":"rate_limit_error","message":"You have reached your usage tier's monthly limit.","details":{"error_code":"enforced_spend_limit_reached"}},"request_id":"req_3"}
E
talk 77 ac-answer
becomes '[.error.code, .error.status]' '["forbidden",429]'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."},"request_id":"req_4"}
E
talk 77 ac-ask -f
becomes '[.error.code, .error.status]' '["forbidden",400]'
has err 'You will regain access'

begin errors
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210042 tokens > 200000 maximum"},"request_id":"req_5"}
E
talk 1 ac-answer
becomes .error.code '"too_long"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 413 Payload Too Large
< content-type: text/html
<html><head><title>413 Request Entity Too Large</title></head></html>
E
talk 1 ac-answer
becomes .error.code '"too_large"'
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 401 Unauthorized
{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_6"}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'

# Thoughts do not come back; the tokens for them do.
begin thinking
says <<'E'
> POST /v1/chat/completions
> +"thinking":{"type":"enabled","budget_tokens":2000}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"In 1846.","role":"assistant"}}],"usage":{"completion_tokens":640,"prompt_tokens":90}}
E
talk 0 ac-answer --set 'thinking={"type":"enabled","budget_tokens":2000}'
becomes .answer '"In 1846."'
counts .tokens_out 640
finish
