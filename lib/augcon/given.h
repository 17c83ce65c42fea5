/*
 * The numbers that a model gave for questions and contexts, from which the
 * blocks beside the lexical one are made.  Whoever asked for them puts them
 * here; nothing is asked from here.
 */
#ifndef AUGCON_GIVEN_H
#define AUGCON_GIVEN_H

#include <stddef.h>

#include "augcon/blocks.h"

/* What there is to be asked about a question and its context. */
enum given_what {
	GIVEN_CONTEXT,		/* embedding of the context, length 1 */
	GIVEN_QUESTION,		/* of the question */
	GIVEN_STATE,		/* of both in one text */
	GIVEN_AFTER,		/* log-probability of the question's tokens
				   after the context: mean, least */
	GIVEN_ALONE,		/* the same without it: mean */
	GIVEN_JUDGE,		/* log odds of yes */
	GIVEN
};

/* How many numbers that is; 0: the schema does not need it. */
size_t given_width(const struct schema *, enum given_what);
int given_needed(const struct schema *, enum given_what);

/*
 * Fills the part of a row behind the lexical block, from all that the schema
 * needs.
 */
void given_row(const struct schema *, const float *const v[GIVEN],
    double *out);

/* The same numbers of many texts, by some number that they have. */
struct given {
	struct given_table {
		float *v;
		unsigned char *has;
		size_t n, width;
	} of[GIVEN];
};

/* All zero is ready too.  No table has room yet. */
void given_init(struct given *);
void given_free(struct given *);

/*
 * Keeps numbers of text i of n.  The first of a kind says how wide all are.
 * 0, or -1 without memory.
 */
int given_put(struct given *, enum given_what, size_t i, size_t n,
    const float *v, size_t width);

/* NULL where there are none. */
const float *given_get(const struct given *, enum given_what, size_t i);

#endif
