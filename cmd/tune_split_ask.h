/* ac-tune --for split as the engine sees it: a job is a join in a row. */
#ifndef CMD_TUNE_SPLIT_ASK_H
#define CMD_TUNE_SPLIT_ASK_H

#include "llm/flow.h"
#include "tune_split.h"

/* What is asked in a round: some rows, of the joins first to last - 1. */
struct split_round {
	struct tune_split *t;
	const size_t *row;
	size_t nrows, first, last;
	size_t i, join;		/* where it has come to */
};

extern const struct flow_ops split_ops;	/* of a struct split_round */

/* Asks where to cut.  0, or an exit code; a signal ends it too. */
int split_ask(struct flow *, const struct split_round *);

#endif
