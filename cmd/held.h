/*
 * The lines that ac-dedup has read and not yet written, one root's with
 * --grouped, or all: every line in its place, a question among them or not.
 * What the questions are compared by, tokens here, is added to each by
 * whoever has it.  All end without memory; -1 is a stop, and f->why says
 * why.
 */
#ifndef CMD_HELD_H
#define CMD_HELD_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/dedup.h"
#include "rec/filter.h"
#include "rec/hold.h"
#include "scored.h"
#include "text/token.h"

/* What a line is; else the number of its question. */
#define HELD_PASSED UINT32_MAX
#define HELD_FAILED (UINT32_MAX - 1)

/* Why a line has failed that was held as a question. */
struct held_fault {
	const char *code, *message;
	int status;
};

struct held {
	struct hold lines;
	uint32_t *what;		/* each line is */
	size_t what_cap;
	struct held_fault *late;	/* by line; NULL while there is none */
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

void held_init(struct held *);
void held_free(struct held *);

/* Forgets all lines, and keeps memory for the next. */
void held_reset(struct held *);

/* A line that passes, and one that has failed; both are counted. */
int held_pass(struct held *, struct filter *, struct rec *);
int held_fail(struct held *, struct filter *, struct rec *,
    const char *code, const char *message);

/*
 * Question i has failed after all (the texts are not copied).  Its line is
 * a failed one from now on, and held_line() has the error.
 */
void held_fail_later(struct held *, size_t i, const char *code,
    const char *message, int status);

/* True when questions are held, and none of this root. */
int held_is_foreign(const struct held *, const struct buf *root);

/*
 * A question, which becomes the last one, without tokens.  The first of a
 * root says how many of it are kept at most: one for every share code
 * points of its context, but at least one.
 */
int held_add(struct held *, struct filter *, struct rec *,
    const struct scored *, unsigned long share);

/* The tokens of the last question. */
void held_tokens(struct held *, enum token_mode, const struct buf *text);

/* The record of question i once more, to be freed by the caller. */
int held_record(struct held *, struct filter *, size_t i, struct rec *);

/*
 * Line i as it goes out, until the next call; the lines are asked for in
 * order.
 */
int held_line(struct held *, struct filter *, size_t i, struct buf *line);

#endif
