/* Lines of training data (ac-train-scorer(1)) as they become pairs. */
#ifndef CMD_TRAIN_LINES_H
#define CMD_TRAIN_LINES_H

#include "augcon/pairs.h"
#include "augcon/report.h"
#include "rec/filter.h"

/*
 * Reads all of them: adds to the pairs, which are not joined yet, counts in
 * the report, reports lines that are of no use, and hashes every line into
 * sum, in hex.  0, or -1: stop, f->why says why.
 */
int train_lines(struct filter *, struct pairs *, struct report *,
    char sum[65]);

#endif
