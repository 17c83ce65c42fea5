/*
 * The body of a chat request, and what a reply says (OpenAI's chat
 * completions as llama.cpp, vLLM, Ollama and others speak them).
 */
#ifndef LLM_CHAT_H
#define LLM_CHAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "llm/llm.h"
#include "rec/doc.h"

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

/* Appends the request body; the order of members is fixed. */
void chat_body(const struct llm_opt *, const struct chat_ask *, struct buf *);

/* What a reply says; texts are the reply's own (zero it before). */
struct chat_reply {
	struct buf text;	/* the answer, `<think>` cut, trimmed */
	int truncated, refused, open_think;
	int has_error;		/* an `error` member */
	int error_status;	/* its numeric code, or 0 */
	struct buf error_code;	/* words of code, type, status; blanks between */
	struct buf error_text;	/* its message */
	double tokens_in, tokens_out, tokens_cached;
};

/*
 * Reads a body.  0: a complete answer or a complete error; -1: neither,
 * *why says what is malformed.
 */
int chat_parse(const char *body, size_t len, struct chat_reply *,
    struct buf *why);
void chat_reply_free(struct chat_reply *);

/*
 * The JSON object in a model's answer: the text itself, or what stands in
 * ``` fences, or the first balanced {...} in prose; line ends and tabs that
 * stand raw in its strings are forgiven.  Freed with doc_free(); NULL: *why.
 */
struct doc *chat_object(const char *text, size_t len, struct buf *why);

#endif
