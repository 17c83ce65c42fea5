/* What ac-train-scorer asks a model about the questions of its pairs. */
#ifndef CMD_TRAIN_ASK_H
#define CMD_TRAIN_ASK_H

#include "augcon/given.h"
#include "augcon/pairs.h"
#include "augcon/report.h"
#include "llm/llm.h"
#include "rec/filter.h"

struct train_ask {
	struct pairs *pairs;		/* joined */
	struct schema *schema;		/* its dim is found out */
	struct given *given;		/* is filled */
	struct report *report;
};

/*
 * Asks about every line that is in a pair, each text once.  Those for which
 * calls fail are reported and counted, and their pairs are taken out.  0, or
 * an exit code with the reason said or in the filter.
 */
int train_ask(const struct train_ask *, struct filter *,
    const struct llm_opt *);

#endif
