/*
 * ac-ask as the engine sees it (llm/flow.h): a job is a record with what it
 * becomes (items.h), a call asks for one question.
 */
#ifndef CMD_ASK_JOB_H
#define CMD_ASK_JOB_H

#include <stddef.h>

#include "items.h"
#include "llm/flow.h"
#include "manner.h"

struct ask {
	struct prompts prompts[ITEM_PROMPTS];
	struct item_opt item;
	const char *in;		/* name of the context's member */
	const struct llm_opt *llm;
	const struct shown *shown;	/* with the good prompt, or NULL */
	int force;		/* ask where there is a question */
	struct buf question;	/* of the reply that was judged last */
};

/* Runs to the end and returns the exit code; what is wrong has been said. */
int ask_run(struct ask *, const struct filter_opt *, char **files, size_t n);

#endif
