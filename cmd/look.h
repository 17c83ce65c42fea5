/* What a scorer sees of a question, and what it makes of it. */
#ifndef CMD_LOOK_H
#define CMD_LOOK_H

#include "augcon/given.h"
#include "augcon/match.h"
#include "augcon/scorer.h"
#include "base/buf.h"

struct look {
	double *row, *part;	/* the scorer's numbers, and what each adds */
	struct match_work *match;
	struct terms context, question;
	struct buf text;	/* the context whose terms are in `context` */
	int ready;		/* there is one */
	struct buf scratch;
};

/* Exits without memory. */
void look_init(struct look *, const struct scorer *);
void look_free(struct look *);

/*
 * Scores a question; `given`, by enum given_what, has what the scorer's
 * schema needs.  Row and part are filled.  0, or -1 without memory.
 */
int look_score(struct look *, const struct scorer *,
    const struct buf *context, const struct buf *question,
    const float *const given[GIVEN], double *score);

/* {"length":0.1,...,"state":[...]}: what each feature adds, in order. */
void look_explain(const struct look *, const struct scorer *, struct buf *);

#endif
