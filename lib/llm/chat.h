/*
 * A request's body, and what a reply says: OpenAI's chat completions as
 * llama.cpp, vLLM, Ollama and others speak them, and the older completions
 * (`--api completions`) for base models.
 */
#ifndef LLM_CHAT_H
#define LLM_CHAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "llm/llm.h"

/* How the shape of the answer is asked for; a server may know less. */
enum chat_format { CHAT_SCHEMA, CHAT_OBJECT, CHAT_FREE };

struct chat_ask {
	const char *messages;	/* JSON array */
	const char *more;	/* messages to append, "" for none */
	const char *schema;	/* JSON Schema, or NULL: free text */
	enum chat_format format;
	unsigned long max_tokens;
	int has_seed;
	uint32_t seed;
};

/*
 * Checks --set, --drop-param and --rename-param: their form, that no member
 * is sent twice, that what a request cannot lack stays.  -1: *why.
 */
int chat_check(const struct llm_opt *, struct buf *why);

/*
 * Appends the request body; the order of members is fixed.  It is the body
 * that cache keys are made of: nothing in it says whether the reply will
 * come in pieces.
 */
void chat_body(const struct llm_opt *, const struct chat_ask *, struct buf *);

/*
 * The bodies of other wants (enum llm_want): a text's embedding, the choices
 * for the first token of an answer, a text's own tokens (chat_want.c says
 * which servers know them).
 */
void chat_embed_body(const struct llm_opt *, const char *text, struct buf *);
void chat_choices_body(const struct llm_opt *, const char *messages,
    struct buf *);
void chat_echo_body(const struct llm_opt *, const char *text, struct buf *);

/* Makes of a whole body one that asks for a stream, usage at its end. */
void chat_stream(const struct llm_opt *, struct buf *body);

/*
 * Appends messages (a JSON array, and `more` to append) as the text that a
 * base model goes on from (ac-prompt(5), BASE MODELS).
 */
void chat_plain(const char *messages, const char *more, struct buf *);

/*
 * What a reply says; texts are the reply's own (zero it before, but for what
 * was wanted).
 */
struct chat_reply {
	enum llm_want want;
	/*
	 * The answer, thoughts cut, trimmed; else JSON as it came: of
	 * LLM_CHOICES and LLM_ECHO the value of `logprobs`, and then a reply
	 * that stops at the limit of tokens is whole.
	 */
	struct buf text;
	int truncated, refused, open_think;
	int has_error;		/* an error in the place of an answer */
	int error_status;	/* its numeric code, or 0 */
	struct buf error_code;	/* words of code, type, status; a blank each */
	struct buf error_text;	/* its message */
	struct buf error_param;	/* the member of the request it names */
	double retry_delay;	/* seconds it asks for (RetryInfo), or 0 */
	double tokens_in, tokens_out, tokens_cached;
};

/*
 * Reads a body.  0: a complete answer or a complete error; -1: neither,
 * *why says what is malformed.  What a gateway or a framework says in forms
 * of its own ({"detail":...}, {"message":...}) is -1 too, and is an error
 * only to one who knows that the status is one.
 */
int chat_parse(const char *body, size_t len, struct chat_reply *,
    struct buf *why);
void chat_reply_free(struct chat_reply *);

#endif
