/*
 * ac-answer as the engine sees it (llm/flow.h): a job is a record, a call
 * asks for one answer to its question, and of several one is taken.
 */
#ifndef CMD_ANSWER_JOB_H
#define CMD_ANSWER_JOB_H

#include <stddef.h>

#include "augcon/choose.h"
#include "llm/flow.h"
#include "manner.h"

/*
 * Answers to one question at most.  Each has a sample of its own for seed and
 * cache, the record's and so many times k: no question has as many samples.
 */
enum { ANSWERS_MAX = 1000, ANSWERS_APART = 1 << 20 };

struct answers {
	struct manner manner;
	const struct shown *shown;	/* examples, or NULL */
	char examples[17];	/* the hash of their file */
	const char *in, *out, *id;	/* names of members */
	int force;		/* answer where there is an answer */
	unsigned long samples;	/* answers to each question; 0: one, */
	enum choose_how how;	/* of which none is chosen */
};

/* Runs to the end and returns the exit code; what is wrong has been said. */
int answer_run(struct answers *, const struct filter_opt *,
    const struct llm_opt *, char **files, size_t n);

#endif
