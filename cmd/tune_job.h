/* ac-tune as the engine sees it (llm/flow.h): a job is a record in a trial. */
#ifndef CMD_TUNE_JOB_H
#define CMD_TUNE_JOB_H

#include "llm/flow.h"
#include "tune.h"

extern const struct flow_ops tune_ops;	/* the command is a struct tune_round */

struct tune_round {
	struct tune *tune;
	const unsigned char *trials;	/* which of them; NULL: from on */
	size_t from;
	int final;		/* the final part, else the pool */
	size_t trial, record;	/* where it has come to */
};

/*
 * Answers the records of the round's trials, but for those they show, and
 * has each answer judged.  0, or an exit code with the reason said or in the
 * filter; a signal ends it too.
 */
int tune_ask(struct flow *, struct tune_round *);

#endif
