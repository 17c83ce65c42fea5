/* The files that ac-dedup writes beside its output. */
#ifndef CMD_DEDUP_FILES_H
#define CMD_DEDUP_FILES_H

#include <stddef.h>

#include "dedup_job.h"

struct dedup_files {
	const char *dropped, *groups, *shorts;	/* NULL: not asked for */
};

/* Opens them, or ends; `inputs` are guarded as out_open() says. */
void dedup_files_open(const struct dedup_files *, struct dedup_job *,
    char *const *inputs, size_t n);

/* Closes them all.  0, or -1: *why. */
int dedup_files_close(struct dedup_job *, struct buf *why);

#endif
