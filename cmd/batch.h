/*
 * The lines that ac-dedup has read and not yet written, one root's with
 * --grouped, or all: every line in its place, a question among them or not.
 * What the questions are compared by, tokens here, is added to each by
 * whoever has it.  All end without memory; -1 is a stop, and f->why says
 * why.
 */
#ifndef CMD_BATCH_H
#define CMD_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/dedup.h"
#include "rec/filter.h"
#include "rec/hold.h"
#include "scored.h"
#include "text/token.h"

/* What a line is; else the number of its question. */
#define BATCH_PASSED UINT32_MAX
#define BATCH_FAILED (UINT32_MAX - 1)

struct batch {
	struct hold lines;
	uint32_t *what;		/* each line is */
	size_t what_cap;
	struct dedup_question *q;
	uint32_t *line_of;	/* by question */
	size_t nq, q_cap, line_of_cap;
	struct tokens tokens;	/* of all questions */
	struct vocab *words, *roots;
	uint32_t *quota;	/* by root */
	size_t quota_cap;
	struct tokens one;	/* scratch: one question's */
	struct buf scratch;
};

void batch_init(struct batch *);
void batch_free(struct batch *);

/* Forgets all lines, and keeps memory for the next. */
void batch_reset(struct batch *);

/* A line that passes, and one that has failed; both are counted. */
int batch_pass(struct batch *, struct filter *, struct rec *);
int batch_fail(struct batch *, struct filter *, struct rec *,
    const char *code, const char *message);

/* True when questions are held, and none of this root. */
int batch_is_foreign(const struct batch *, const struct buf *root);

/*
 * A question, which becomes the last one, without tokens.  The first of a
 * root says how many of it are kept at most: one for every share code
 * points of its context, but at least one.
 */
int batch_add(struct batch *, struct filter *, struct rec *,
    const struct scored *, unsigned long share);

/* The tokens of the last question. */
void batch_tokens(struct batch *, enum token_mode, const struct buf *text);

/* The record of question i once more, to be freed by the caller. */
int batch_record(struct batch *, struct filter *, size_t i, struct rec *);

#endif
