/*
 * ac-split as the engine sees it (llm/flow.h): a job is the tree of a record
 * or, with a quota, all trees of a root; a call is a question about a node.
 */
#ifndef CMD_SPLIT_JOB_H
#define CMD_SPLIT_JOB_H

#include <stddef.h>

#include "grow.h"
#include "llm/flow.h"
#include "quota.h"

struct split {
	struct grow grow;
	struct quota quota;		/* chars 0: one tree a record */
	struct tree_names names;
};

/* Runs to the end and returns the exit code; what is wrong has been said. */
int split_run(const struct split *, const struct filter_opt *,
    const struct llm_opt *, char **files, size_t n);

#endif
