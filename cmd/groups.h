/*
 * Which questions were found to be close to one another: a line for each
 * kept one that others were dropped for (ac-dedup --groups).
 */
#ifndef CMD_GROUPS_H
#define CMD_GROUPS_H

#include "held.h"
#include "verdicts.h"

/*
 * Writes those of a batch that is decided, in the order of the kept ones.
 * A line of many members goes out in pieces.  0, or -1: stop, f->why says
 * why.  Ends without memory.
 */
int groups_put(const struct verdicts *, struct out *, struct filter *,
    struct held *);

#endif
