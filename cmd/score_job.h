/* ac-score's records: what is asked about each, and its score. */
#ifndef CMD_SCORE_JOB_H
#define CMD_SCORE_JOB_H

#include "augcon/scorer.h"
#include "llm/llm.h"
#include "rec/filter.h"

struct scoring {
	struct scorer *scorer;
	const char *in, *out;	/* names of members */
	int force, explain;
};

/* Runs to the end and returns the exit code. */
int score_run(const struct scoring *, const struct filter_opt *,
    const struct llm_opt *, char **files, size_t n);

#endif
