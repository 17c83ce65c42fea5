/*
 * Log-probabilities (natural logarithms) as servers send them: the value of
 * `logprobs` in a reply, which is flow_reply.text of LLM_CHOICES and LLM_ECHO.
 *
 * Chat completions say {"content":[{"token","logprob","bytes","top_logprobs":
 * [{"token","logprob"},...]},...]}, as OpenAI, vLLM, llama.cpp, Ollama and
 * DeepSeek do; completions say {"tokens":[],"token_logprobs":[],
 * "top_logprobs":[{TOKEN:number},...],"text_offset":[]}, as OpenAI's old
 * models, vLLM and SGLang do, and llama.cpp says the first form there too.
 * Both are read wherever they stand.  vLLM's own prompt_logprobs need not be
 * asked for: with echo it says the same in the second form.  llama.cpp has no
 * logprobs at all where its own first token is only a part of a character, as
 * 是 may be with an English tokenizer.
 *
 * Replies are not trusted: a log-probability is a finite number of at most
 * 0.01 (rounding makes some a little more than 0), and one below
 * LOGPROB_LEAST counts as that: vLLM writes -9999 for minus infinity,
 * llama.cpp -3.4e38.
 *
 * Functions return 0; 1: *why says what the reply lacks; -1: no memory.
 */
#ifndef LLM_LOGPROB_H
#define LLM_LOGPROB_H

#include <stddef.h>

#include "base/buf.h"

enum { LOGPROB_LEAST = -100 };

/*
 * The logarithm of the odds that the first token begins a yes rather than a
 * no: log P(yes) - log P(no), each summed over the tokens listed that begin
 * such a word (yesno_start()).  Where one of the two is not listed, its
 * log-probability is taken to be the least listed one, or that of all that is
 * not listed (at least 1e-6) where that is less.  1 when neither is listed.
 */
int logprob_yes(const char *json, size_t len, double *odds, struct buf *why);

struct logprob_sum {
	size_t n;		/* tokens */
	double mean, least;	/* of their log-probabilities */
};

/*
 * The tokens of an echoed text whose first byte that is no blank lies at or
 * after byte `from` of the text.  Where tokens lie follows from their own
 * texts, which must make the text from its beginning to its end: text_offset
 * counts code points here, bytes there, and is -1 with SGLang.  A token that
 * is only a part of a character (U+FFFD, "bytes:\xe6", nothing at all) is
 * placed by its neighbours.  A token before the text (<s>) and those behind
 * it, which the server has made up, are passed over.  The very first token
 * may be without a value, and then does not count.
 */
int logprob_text(const char *json, size_t len, const char *text, size_t from,
    struct logprob_sum *, struct buf *why);

#endif
