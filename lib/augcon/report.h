/*
 * What ac-train-scorer says about a training: lines for people, warnings,
 * and one JSON object.  Each appends to a buffer; whoever prints checks it
 * with buf_ok().  No clock and no path, so equal runs say equal things.
 */
#ifndef AUGCON_REPORT_H
#define AUGCON_REPORT_H

#include "augcon/pairs.h"
#include "augcon/scorer.h"
#include "augcon/siblings.h"
#include "augcon/train.h"
#include "base/buf.h"

struct report_tree {		/* lines of trees of questions */
	const struct siblings *made;	/* NULL: no tree was given */
	unsigned long questions;
	unsigned long without, failed, worse;	/* left out: no question,
						   another's error, label 0 */
};

struct report {
	struct pairs *pairs;
	const struct train_report *train;
	const struct scorer *scorer;
	unsigned long good, bad;	/* lines with a question */
	unsigned long lost_good, lost_bad;	/* with another's error */
	unsigned long unlabelled, broken;
	unsigned long unasked;		/* a model was asked about in vain, */
	size_t unpaired;		/* and the pairs that they were in */
	struct report_tree tree;
};

/*
 * What came in and what became of it, a line or three: the counts, of the
 * tree, and what gave no pair by name, the first of it.  Before training.
 */
void report_input(const struct report *, struct buf *);

/* The table and the figures below it; a line each, with its newline. */
void report_table(const struct report *, struct buf *);

/* What speaks against the scorer, and what to do; a line each. */
void report_warnings(const struct report *, struct buf *);

/* All of it and more as a JSON object (ac-train-scorer(1), REPORT FILE). */
void report_json(const struct report *, const struct buf *warnings,
    struct buf *);

#endif
