#!/bin/sh
# Ollama (docs/openai.md "OpenAI compatibility", docs/faq.md on OLLAMA_MAX_QUEUE
# and on the context length).  It cuts long prompts without a word.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/servers/talk.inc"

begin plain
says <<'E'
> POST /v1/chat/completions
> +"max_tokens":1024
> +"type":"json_schema"
< HTTP/1.1 200 OK
< Content-Type: application/json
{"id":"chatcmpl-283","object":"chat.completion","created":1741569952,"model":"llama3.2","system_fingerprint":"fp_ollama","choices":[{"index":0,"message":{"role":"assistant","content":"{ \"question\": \"When did the mill at Orle burn down?\" }"},"finish_reason":null}],"usage":{"prompt_tokens":1012,"completion_tokens":15,"total_tokens":1027}}
E
talk 0 ac-ask -f
becomes .question '"When did the mill at Orle burn down?"'
counts '[.tokens_in, .tokens_out]' '[1012,15]'

# A prompt cut to num_ctx: a warning, or an error by choice.
begin cut
awk 'BEGIN { printf "{\"id\":\"a\",\"question\":\"Which words?\",\"context\":\""
    for (i = 0; i < 8000; i++) printf "word%d and ", i % 10
    print "the end.\"}" }' > in
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"The last ones."},"finish_reason":"stop"}],"usage":{"prompt_tokens":2050,"completion_tokens":4}}
E
talk 0 ac-answer
becomes .answer '"The last ones."'
has err 'prompt'
talk 1 ac-answer --strict-prompt
becomes .error.code '"prompt_truncated"'

begin overload
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 503 Service Unavailable
{"error":{"message":"server busy, please try again.  maximum pending requests exceeded","type":"api_error","param":null,"code":null}}
> POST /v1/chat/completions
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 1846."},"finish_reason":"stop"}]}
E
talk 0 ac-answer
becomes .answer '"In 1846."'

begin model
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 404 Not Found
{"error":{"message":"model \"m\" not found, try pulling it first","type":"not_found_error","param":null,"code":null}}
E
talk 76 ac-answer
becomes .error.code '"http"'
has err 'try pulling it first'

# Its own API's form of an error.
begin bare
says <<'E'
> POST /v1/chat/completions
< HTTP/1.1 400 Bad Request
{"error":"\"m\" does not support chat"}
E
talk 1 ac-answer
becomes .error.code '"bad_request"'
has err 'does not support chat'

begin thinking
says <<'E'
> POST /v1/chat/completions
> +"reasoning_effort":"low"
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"In 1846.","reasoning":"It says so."},"finish_reason":"stop"}]}
E
talk 0 ac-answer --set 'reasoning_effort="low"'
becomes .answer '"In 1846."'

# It takes json_schema and may not heed it: labels, in Chinese too.
begin schema
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"奥尔勒的磨坊在一八四六年烧毁了。后来又重建了。"}
E
says <<'E'
> POST /v1/chat/completions
> +json_schema
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"**Question:** When did the mill burn?"},"finish_reason":"stop"}]}
> POST /v1/chat/completions
> +json_schema
< HTTP/1.1 200 OK
{"choices":[{"index":0,"message":{"role":"assistant","content":"{“问题”：“磨坊是哪一年\n烧毁的？”}"},"finish_reason":"stop"}]}
E
talk 0 ac-ask
becomes .question '"When did the mill burn?" "磨坊是哪一年 烧毁的？"'
finish
