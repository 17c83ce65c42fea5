/*
 * Text to tokens, as token ids: equal tokens of one vocabulary have equal
 * ids.  The tokenisers (ac-dedup(1) says more):
 *   unicode  NFKC, case folding, NFKC; runs of letters, numbers and marks;
 *            scripts without blanks one letter a token, with its marks; all
 *            else separates
 *   google   lower case, runs of [a-z0-9], as rouge_score 0.1.2 does
 *   space    split at the six ASCII blanks, bytes as they are
 *   augcon   as unicode, case kept, each punctuation or symbol a token
 */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum token_mode { TOKEN_UNICODE, TOKEN_GOOGLE, TOKEN_SPACE, TOKEN_AUGCON };

/* Strings to ids 0, 1, 2, ...; all memory is the vocabulary's. */
struct vocab;
struct vocab *vocab_new(void);
void vocab_free(struct vocab *);
/* The id of a token, added when new; UINT32_MAX without memory. */
uint32_t vocab_id(struct vocab *, const char *, size_t);
/* The id of a token, or UINT32_MAX when the vocabulary lacks it. */
uint32_t vocab_find(const struct vocab *, const char *, size_t);
size_t vocab_size(const struct vocab *);
/* The token of an id (not NUL-terminated); owned by the vocabulary. */
const char *vocab_token(const struct vocab *, uint32_t id, size_t *len);

struct tokens {
	uint32_t *v;		/* owned */
	size_t n, cap;
};

/*
 * Calls fn for each token of a text, in order, until it returns non-zero;
 * returns that, 0 at the end, or -1 without memory.  `scratch` holds the
 * normalised text between calls, so that it is allocated once.  All tokens
 * lie in it, or in the text, until the end: neighbours touch.
 */
int token_each(enum token_mode, const char *text, size_t len,
    struct buf *scratch, int (*fn)(void *, const char *, size_t), void *arg);

/*
 * The ids of a text's tokens into out (emptied first).  A long text is
 * normalised by pieces, so that memory is for the ids.  0 or -1.
 */
int token_ids(enum token_mode, const char *text, size_t len, struct vocab *,
    struct buf *scratch, struct tokens *out);
void tokens_free(struct tokens *);

#endif
