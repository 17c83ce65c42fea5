#!/bin/sh
# OpenAI (API reference, "Chat completions"; guides "Error codes", "Rate
# limits", "Structured outputs", "Reasoning", "Prompt caching").
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=sk-test-4f2a
export AC_API_KEY

begin plain
says <<'E'
> POST /v1/chat/completions
> Authorization: Bearer sk-test-4f2a
> Content-Type: application/json
> !api-key
> +"model":"m","messages":[{"role":"system"
> +"response_format":{"type":"json_schema","json_schema":{"name":"reply","strict":true
> -"stream"
< HTTP/1.1 200 OK
< content-type: application/json
< openai-processing-ms: 412
< x-ratelimit-limit-requests: 10000
< x-ratelimit-remaining-requests: 9999
< x-ratelimit-reset-requests: 6ms
< x-request-id: req_0f1e
{
  "id": "chatcmpl-B9MBs8Cj",
  "object": "chat.completion",
  "created": 1741569952,
  "model": "gpt-4.1-2025-04-14",
  "choices": [
    {
      "index": 0,
      "message": {
        "role": "assistant",
        "content": "{\"question\":\"When did the mill at Orle burn down?\"}",
        "refusal": null,
        "annotations": []
      },
      "logprobs": null,
      "finish_reason": "stop"
    }
  ],
  "usage": {
    "prompt_tokens": 1319, "completion_tokens": 10, "total_tokens": 1329,
    "prompt_tokens_details": { "cached_tokens": 1024, "audio_tokens": 0 },
    "completion_tokens_details": { "reasoning_tokens": 0 }
  },
  "service_tier": "default"
}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.requests, .tokens_in, .tokens_out, .tokens_cached]' \
    '[1,1319,10,1024]'

begin refusal
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I'm sorry, I cannot assist with that."},"finish_reason":"stop"}],"usage":{"prompt_tokens":80,"completion_tokens":11}}
E
talk 1 ac-ask -f
becomes .error.code '"refused"'

# A rate limit is waited for, and uses up no try.
begin limit
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 429 Too Many Requests
< retry-after-ms: 60
< x-ratelimit-remaining-requests: 0
< x-ratelimit-reset-requests: 6ms
{"error":{"message":"Rate limit reached for gpt-4.1 in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1.","type":"requests","param":null,"code":"rate_limit_exceeded"}}
> POST /v1/chat/completions
< HTTP/1.1 429 Too Many Requests
< x-ratelimit-remaining-tokens: 0
< x-ratelimit-reset-tokens: 40ms
{"error":{"message":"Rate limit reached for gpt-4.1 on tokens per min (TPM).","type":"tokens","param":null,"code":"rate_limit_exceeded"}}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"In 1846."},"finish_reason":"stop"}]}
E
talk 0 ac-answer --retries 0
becomes .answer '"In 1846."'
counts .requests 3

begin overload
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 503 Service Unavailable
< retry-after-ms: 50
{"error":{"message":"Slow down","type":"server_error","param":null,"code":"slow_down"}}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"In 1846."},"finish_reason":"stop"}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

# No money is no rate limit, though it looks like one.
begin quota
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 429 Too Many Requests
{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}
E
talk 77 ac-answer
becomes '[.error.code, .error.status]' '["forbidden",429]'
has err 'You exceeded your current quota'

begin key
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 401 Unauthorized
{"error":{"message":"Incorrect API key provided: sk-test-4f2a.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'
lacks err 'sk-test-4f2a'

begin model
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 404 Not Found
{"error":{"message":"The model `m` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}
E
talk 76 ac-answer
becomes '[.error.code, .error.status]' '["http",404]'

# Reasoning models: refused members are named with what helps.
begin reasoning
says <<'E'
> POST /v1/chat/completions
> +"temperature":0.2,"max_tokens":4096
< HTTP/1.1 400 Bad Request
{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}
E
talk 1 ac-answer
becomes .error.code '"bad_request"'
has err "add --rename-param max_tokens=max_completion_tokens"
says <<'E'
> POST /v1/chat/completions
> +"temperature":0.2,"max_completion_tokens":4096
> -"max_tokens"
< HTTP/1.1 400 Bad Request
{"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}
E
talk 1 ac-answer --rename-param max_tokens=max_completion_tokens
has err "add --drop-param temperature"
says <<'E'
> POST /v1/chat/completions
> +"max_completion_tokens":40
> -"temperature"
< HTTP/1.1 200 OK
{"choices":[{"message":{"role":"assistant","content":"","refusal":null},"finish_reason":"length"}],"usage":{"prompt_tokens":80,"completion_tokens":40,"completion_tokens_details":{"reasoning_tokens":40}}}
E
talk 1 ac-answer --rename-param max_tokens=max_completion_tokens \
    --drop-param temperature --max-tokens 40
becomes .error.code '"truncated"'

# Models before structured outputs: each form is tried once in a run.
begin schema
for i in 1 2 3; do
	echo "{\"id\":\"$i\",\"context\":\"The mill at Orle burned down in 184$i.\"}"
done > in
says <<'E'
> POST /v1/chat/completions
> +"response_format":{"type":"json_schema"
< HTTP/1.1 400 Bad Request
{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","type":"invalid_request_error","param":null,"code":null}}
> POST /v1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 400 Bad Request
{"error":{"message":"Invalid parameter: 'response_format' of type 'json_object' is not supported with this model.","type":"invalid_request_error","param":"response_format","code":null}}
> POST /v1/chat/completions
> -"response_format"
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"```json\n{\"question\": \"When did it burn?\"}\n```"},"finish_reason":"stop"}]}
> POST /v1/chat/completions
> -"response_format"
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"Question: When did\nthe mill burn?\n\nI hope that helps."},"finish_reason":"stop"}]}
> POST /v1/chat/completions
> -"response_format"
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"{\"question\": \"Who burned it?\"}"},"finish_reason":"stop"}]}
E
talk 0 ac-ask
becomes .question '"When did it burn?" "When did the mill burn?" "Who burned it?"'
counts .requests 5

begin too-long
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}
E
talk 1 ac-answer
becomes .error.code '"too_long"'
finish
