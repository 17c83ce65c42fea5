/*
 * ac-answer as the engine sees it (llm/flow.h): a job is a record, a call
 * asks for its answer.
 */
#ifndef CMD_ANSWER_JOB_H
#define CMD_ANSWER_JOB_H

#include <stddef.h>

#include "llm/flow.h"
#include "manner.h"

struct answers {
	struct manner manner;
	const struct shown *shown;	/* examples, or NULL */
	const char *in, *out, *id;	/* names of members */
	int force;		/* answer where there is an answer */
};

/* Runs to the end and returns the exit code; what is wrong has been said. */
int answer_run(struct answers *, const struct filter_opt *,
    const struct llm_opt *, char **files, size_t n);

#endif
