/*
 * Text as the terms that a question and a context are compared by: folded
 * words, and pairs of neighbouring letters for scripts without blanks (a
 * lone letter stays alone).  Terms are kept as hashes, so the work on them
 * is the same for every language.
 */
#ifndef AUGCON_TERMS_H
#define AUGCON_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {			/* marks of a question's terms */
	TERM_STOP = 1,		/* function word */
	TERM_DIGIT = 2,		/* has a digit 0-9; contexts have this too */
	TERM_ASK = 4,		/* question word */
	TERM_COUNT = 8,		/* asks for a number or a date */
	TERM_SELF = 16,		/* "passage", "text": speaks of its source */
	TERM_PAIR = 32		/* two letters of a script without blanks */
};

struct term {
	uint64_t hash;
	uint64_t stem;		/* of its first letters, for inflected forms */
	unsigned marks;
	unsigned letters;	/* code points */
};

struct terms {
	struct term *v;		/* owned */
	size_t n, cap;
	size_t points;		/* code points of the text */
	int asked;		/* ends with a question mark */
};

/* A zeroed struct is ready.  A question's terms are marked in full. */
enum terms_of { TERMS_CONTEXT, TERMS_QUESTION };

/*
 * The terms of valid UTF-8 into out (emptied first); `scratch` is kept
 * between calls so that it is allocated once.  0, or -1 without memory.
 */
int terms_set(struct terms *out, enum terms_of, const char *, size_t len,
    struct buf *scratch);
void terms_free(struct terms *);

/* The hash that a term of this spelling has. */
uint64_t terms_hash(const char *, size_t len);

/*
 * Calls fn with the spelling of each term, in order, until it returns
 * non-zero; returns that, 0 at the end, or -1 without memory.
 */
int terms_each(const char *, size_t len, struct buf *scratch,
    int (*fn)(void *, const char *, size_t), void *arg);

#endif
