/* The roots that stay short of their quota (ac-dedup --short). */
#ifndef CMD_SHORT_ROOTS_H
#define CMD_SHORT_ROOTS_H

#include "held.h"
#include "rec/filter.h"

struct short_roots {
	struct out out;		/* fd -1: they are only counted */
	unsigned long nroots, nshort;
	unsigned long missing;	/* questions that they lack */
	unsigned long alike;	/* of theirs that were too close */
};

/* Those of a batch that is decided, in the order they came.  0 or -1. */
int short_roots_put(struct short_roots *, struct filter *,
    const struct held *);

#endif
