/*
 * The body of a request that wants no answer (enum llm_want).
 *
 * Choices: chat completions tell the likeliest tokens in top_logprobs, 20 at
 * most (OpenAI and DeepSeek API references; vLLM's --max-logprobs; llama.cpp
 * and Ollama tell as many), completions in logprobs, which OpenAI limits to
 * 5.  Where a server wants less, --set says so.
 *
 * Echo: completions with echo and logprobs tell the prompt's own tokens:
 * vLLM, SGLang and OpenAI's old models do.  SGLang takes logprobs 0 for none,
 * and vLLM and others refuse max_tokens 0 or answer it with an error, so both
 * are 1, as lm-evaluation-harness sends them.  llama.cpp refuses echo, or
 * takes it and tells the generated token alone (its issues 8942 and 27174);
 * Ollama does not know it, and OpenAI's chat models have no completions.
 */
#include <string.h>

#include "llm/chat_int.h"
#include "rec/json.h"

static void
begin(const struct llm_opt *opt, struct buf *b)
{
	buf_byte(b, '{');
	if (chat_member(opt, "model", 1, b))
		json_quote(b, opt->model, strlen(opt->model));
}

/* One token, the likeliest. */
static void
add_sampling(const struct llm_opt *opt, struct buf *b)
{
	if (chat_member(opt, "temperature", 1, b))
		buf_byte(b, '0');
	if (chat_member(opt, "max_tokens", 1, b))
		buf_byte(b, '1');
}

static void
end(const struct llm_opt *opt, struct buf *b)
{
	chat_others(opt, b);
	buf_byte(b, '}');
}

void
chat_embed_body(const struct llm_opt *opt, const char *text, struct buf *b)
{
	begin(opt, b);
	if (chat_member(opt, "input", 1, b))
		json_quote(b, text, strlen(text));
	end(opt, b);
}

void
chat_choices_body(const struct llm_opt *opt, const char *messages,
    struct buf *b)
{
	struct chat_ask ask = { .messages = messages, .more = "" };
	int plain = opt->api == LLM_COMPLETIONS;

	begin(opt, b);
	chat_messages(opt, &ask, b);
	add_sampling(opt, b);
	if (chat_member(opt, "logprobs", 1, b))
		buf_str(b, plain ? "5" : "true");
	if (chat_member(opt, "top_logprobs", !plain, b))
		buf_str(b, "20");
	end(opt, b);
}

void
chat_echo_body(const struct llm_opt *opt, const char *text, struct buf *b)
{
	begin(opt, b);
	if (chat_member(opt, "prompt", 1, b))
		json_quote(b, text, strlen(text));
	add_sampling(opt, b);
	if (chat_member(opt, "logprobs", 1, b))
		buf_byte(b, '1');
	if (chat_member(opt, "echo", 1, b))
		buf_str(b, "true");
	end(opt, b);
}
