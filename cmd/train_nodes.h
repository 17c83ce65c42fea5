/* Lines of a tree of questions (ac-split(1), ac-ask(1)) for --siblings. */
#ifndef CMD_TRAIN_NODES_H
#define CMD_TRAIN_NODES_H

#include "augcon/report.h"
#include "augcon/siblings.h"
#include "rec/filter.h"

struct train_nodes {
	struct filter *f;
	struct siblings *siblings;
	struct report_tree *count;
	struct buf id, parent, root, context, question;
};

/*
 * Takes one line: adds its question, or counts it as one that has none,
 * that another filter failed, or that is worse by its label.  0, or -1 when
 * it is of no use; r->why says why.
 */
int train_node(struct train_nodes *, struct rec *);

void train_nodes_free(struct train_nodes *);

#endif
