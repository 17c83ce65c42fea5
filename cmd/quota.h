/*
 * More trees of a root, until it has as many questions as its length asks
 * for (ac-split --quota).  The lines of all its trees are adjacent.
 */
#ifndef CMD_QUOTA_H
#define CMD_QUOTA_H

#include <stddef.h>

#include "tree.h"

struct quota {
	unsigned long chars;	/* 1.15 questions per so many code points */
	unsigned long max_rounds;	/* trees beside the first */
};

enum quota_verdict {
	QUOTA_MET,		/* also: the root grows no tree of its own */
	QUOTA_MORE,		/* the root of another tree was added */
	QUOTA_ROUNDS,		/* it has had all its trees and is short */
	QUOTA_BROKEN		/* it is short, and a node failed or is open */
};

/* What a root has and wants. */
struct quota_count {
	size_t have;
	double want;
};

/* Of trees that are all grown.  A verdict, or -1 without memory. */
int quota_judge(const struct quota *, struct tree *, struct quota_count *);

/*
 * 1: the record names the root that the first one is of; 0: it does not; -1
 * without memory.
 */
int quota_joins(const struct tree_names *, struct rec *first, struct rec *);

#endif
