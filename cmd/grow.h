/*
 * How a tree grows (Quan, arXiv 2405.16579, section 3.1): what becomes of a
 * node that is looked at for the first time, and of one whose reply has
 * come.  Asks nobody and waits for nothing.
 */
#ifndef CMD_GROW_H
#define CMD_GROW_H

#include <stddef.h>

#include "augcon/idf.h"
#include "node.h"
#include "tree.h"

struct grow {
	struct how how;
	const struct idf *idf;		/* of --by cohesion, or NULL */
	unsigned long levels;		/* to add to an input line; 0: all */
	unsigned long min_length;	/* code points; shorter: a leaf */
	int no_question;		/* none is asked for, none kept */
	int force;			/* split nodes and leaves are open */
};

/* True when a context has too few code points, or none but blanks. */
int grow_is_short(const struct grow *, const struct node *);

/*
 * Looks at the nodes that nobody has looked at, and at the children that
 * come of it, up to one that a model is to be asked about, be it for its
 * units' embeddings.  1: *index is
 * such a node; 0: none is left; -1: no memory.
 */
int grow_next(const struct grow *, struct tree *, size_t *index);

/*
 * Cuts the nodes that wait for embeddings, when all that were asked for are
 * answered; one that has none fails.  How many there were, or -1.
 */
long grow_waiting(struct tree *);

/* Makes of a node what its reply says: a split, or a leaf.  0 or -1. */
int grow_apply(const struct grow *, struct tree *, size_t index,
    const struct parts *);

#endif
