#!/bin/sh
# Azure OpenAI (Microsoft Learn: "Azure OpenAI REST API reference", "Content
# filtering", "Quotas and limits").
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=0123456789abcdef AC_API=azure
export AC_API_KEY AC_API
path='/openai/deployments/d1?api-version=2024-10-21'

begin plain
says <<'E'
> POST /openai/deployments/d1/chat/completions?api-version=2024-10-21
> api-key: 0123456789abcdef
> !Authorization
< HTTP/1.1 200 OK
< Content-Type: application/json
< x-ratelimit-remaining-requests: 9
< x-ratelimit-remaining-tokens: 9000
< apim-request-id: 5f0c
< x-ms-region: Sweden Central
{"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"low"}},"finish_reason":"stop","index":0,"logprobs":null,"message":{"content":"It burned in 1846.","refusal":null,"role":"assistant"}}],"created":1741569952,"id":"chatcmpl-1","model":"gpt-4o-2024-11-20","object":"chat.completion","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}],"system_fingerprint":"fp_1","usage":{"completion_tokens":6,"prompt_tokens":700,"prompt_tokens_details":{"cached_tokens":0},"total_tokens":706}}
E
talk 0 ac-answer
becomes .answer '"It burned in 1846."'
counts '[.tokens_in, .tokens_out]' '[700,6]'

path=/openai/deployments/d1

# The prompt is filtered with 400, the answer with 200.
begin filter
says <<'E'
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 400 Bad Request
{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":true,"detected":true}}}}}
E
talk 1 ac-ask -f
becomes '[.error.code, .error.status]' '["refused",400]'
says <<'E'
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"content_filter_results":{"violence":{"filtered":true,"severity":"medium"}},"finish_reason":"content_filter","index":0,"message":{"role":"assistant"}}],"usage":{"completion_tokens":3,"prompt_tokens":700}}
E
talk 1 ac-answer
becomes .error.code '"refused"'

# Resets are whole seconds here; -1 and 0 say nothing.
begin limit
says <<'E'
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 429 Too Many Requests
< x-ratelimit-remaining-tokens: 0
< x-ratelimit-reset-tokens: 1
{"error":{"code":"RateLimitReached","message":"Your requests to m for gpt-4o in Sweden Central have exceeded the token rate limit."}}
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 429 Too Many Requests
< x-ratelimit-remaining-tokens: -1
< x-ratelimit-reset-tokens: 0
{"statusCode":429,"message":"Rate limit is exceeded. Try again in 1 seconds."}
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"message":{"content":"In 1846."},"finish_reason":"stop"}]}
E
begun=$(date +%s)
talk 0 ac-answer --retries 0
becomes .answer '"In 1846."'
check "a second is waited for" [ $(($(date +%s) - begun)) -ge 1 ]

begin deployment
says <<'E'
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 404 Not Found
{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}
E
talk 76 ac-answer
becomes .error.code '"http"'
has err 'The API deployment for this resource does not exist.'

begin key
says <<'E'
> POST /openai/deployments/d1/chat/completions
< HTTP/1.1 401 PermissionDenied
{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}
E
talk 77 ac-answer
becomes .error.code '"forbidden"'

begin reasoning
says <<'E'
> POST /openai/deployments/d1/chat/completions
> +"max_completion_tokens":4096
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"In 1846.","role":"assistant"}}],"usage":{"completion_tokens":70,"completion_tokens_details":{"reasoning_tokens":64},"prompt_tokens":700}}
E
talk 0 ac-answer --rename-param max_tokens=max_completion_tokens
becomes .answer '"In 1846."'
counts .tokens_out 70

# API versions before 2024-08-01 know no json_schema.
begin schema
says <<'E'
> POST /openai/deployments/d1/chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
{"error":{"code":"BadRequest","message":"response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later"}}
> POST /openai/deployments/d1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"{\"question\":\"When did it burn?\"}","role":"assistant"}}]}
> POST /openai/deployments/d1/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"{\"question\":\"Who burned it?\"}","role":"assistant"}}]}
E
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"The mill at Orle burned down in 1848."}
E
talk 0 ac-ask
becomes .question '"When did it burn?" "Who burned it?"'
finish
