/* What ac-train-scorer reads: lines with a label, then trees. */
#ifndef CMD_TRAIN_FILES_H
#define CMD_TRAIN_FILES_H

#include <stddef.h>

#include "base/opt.h"

struct train_files {
	char **v;		/* owned, as the strings are */
	size_t n, plain;	/* the first `plain` are no trees */
};

/*
 * Of the operands and the values of --siblings.  Without operands standard
 * input is read too, unless it is a terminal or a tree is read from it, and
 * in any case when there are no trees.  Ends with 2 when it is read twice.
 */
void train_files(struct train_files *, char **operands, size_t n,
    const struct opt_list *trees);
void train_files_free(struct train_files *);

#endif
