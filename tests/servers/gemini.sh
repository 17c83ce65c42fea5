#!/bin/sh
# Gemini's OpenAI layer (Gemini API documentation: "OpenAI compatibility",
# "Troubleshooting guide", "Rate limits"; google.rpc error details).  Errors
# come in a list, the wait in the body, and a text may hold another error.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"
AC_API_KEY=AIza-test-key-0042
export AC_API_KEY
path=/v1beta/openai/

begin plain
says <<'E'
> POST /v1beta/openai/chat/completions
> Authorization: Bearer AIza-test-key-0042
> +"type":"json_schema"
< HTTP/1.1 200 OK
< Content-Type: application/json
< Server-Timing: gfet4t7; dur=912
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"{\n  \"question\": \"When did the mill at Orle burn down?\"\n}","role":"assistant"}}],"created":1741569952,"id":"abc","model":"gemini-2.5-flash","object":"chat.completion","usage":{"completion_tokens":14,"prompt_tokens":1180,"total_tokens":1320}}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out]' '[1180,14]'

begin refusal
says <<'E'
> POST /v1beta/openai/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"content_filter: PROHIBITED_CONTENT","index":0,"message":{"role":"assistant"}}],"usage":{"completion_tokens":0,"prompt_tokens":90}}
E
talk 1 ac-answer
becomes .error.code '"refused"'

begin limit
says <<'E'
> POST /v1beta/openai/chat/completions
< HTTP/1.1 429 Too Many Requests
[{
  "error": {
    "code": 429,
    "message": "You exceeded your current quota, please check your plan.",
    "status": "RESOURCE_EXHAUSTED",
    "details": [
      { "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [ { "quotaMetric": "generate_content_free_tier_requests",
          "quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier" } ] },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo",
        "retryDelay": "0.060s" }
    ]
  }
}
]
> POST /v1beta/openai/chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"message":"{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"The model is overloaded. Please try again later.\",\n    \"status\": \"UNAVAILABLE\"\n  }\n}\n","code":503,"status":"Service Unavailable"}}
> POST /v1beta/openai/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"In 1846.","role":"assistant"}}]}
E
talk 0 ac-answer --retries 1
becomes .answer '"In 1846."'

# A quota of a day is over for this run, whatever wait stands beside it.
begin day
says <<'E'
> POST /v1beta/openai/chat/completions
< HTTP/1.1 429 Too Many Requests
[{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier","quotaValue":"250"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"38s"}]}}]
E
talk 77 ac-answer
becomes .error.code '"forbidden"'

# A bad key is a 400 here.
begin key
says <<'E'
> POST /v1beta/openai/chat/completions
< HTTP/1.1 400 Bad Request
[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}]
E
talk 77 ac-ask -f
becomes '[.error.code, .error.status]' '["forbidden",400]'

begin too-long
says <<'E'
> POST /v1beta/openai/chat/completions
< HTTP/1.1 400 Bad Request
[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]
E
talk 1 ac-answer
becomes .error.code '"too_long"'

# Thoughts, asked for in Gemini's own member, come in the content.
begin thinking
says <<'E'
> POST /v1beta/openai/chat/completions
> +"extra_body":{"google":{"thinking_config":{"include_thoughts":true}}}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"<thought>\nThe year is said.\n</thought>\nIn 1846.","role":"assistant"}}]}
E
talk 0 ac-answer \
    --set 'extra_body={"google":{"thinking_config":{"include_thoughts":true}}}'
becomes .answer '"In 1846."'

begin schema
says <<'E'
> POST /v1beta/openai/chat/completions
> +json_schema
< HTTP/1.1 400 Bad Request
[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"additionalProperties\" at 'generation_config.response_schema': Cannot find field.","status":"INVALID_ARGUMENT"}}]
> POST /v1beta/openai/chat/completions
> +"response_format":{"type":"json_object"}
< HTTP/1.1 200 OK
{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"{\"question\": \"When did it burn?\"}","role":"assistant"}}]}
E
talk 0 ac-ask -f
becomes .question '"When did it burn?"'
finish
