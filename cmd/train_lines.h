/* Lines of training data (ac-train-scorer(1)) as they become pairs. */
#ifndef CMD_TRAIN_LINES_H
#define CMD_TRAIN_LINES_H

#include "augcon/pairs.h"
#include "augcon/report.h"
#include "augcon/siblings.h"
#include "rec/filter.h"

struct train_into {		/* where lines go; neither is joined yet */
	struct pairs *pairs;
	struct siblings *siblings;
	struct report *report;
};

/*
 * Reads all of them, the first `plain` files as lines with a label and the
 * others as trees: counts in the report, reports lines that are of no use,
 * and hashes every line into sum, in hex.  0, or -1: stop, f->why says why.
 */
int train_lines(struct filter *, const struct train_into *, size_t plain,
    char sum[65]);

#endif
