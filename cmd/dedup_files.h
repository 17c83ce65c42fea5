/* The files that ac-dedup writes beside its output. */
#ifndef CMD_DEDUP_FILES_H
#define CMD_DEDUP_FILES_H

#include <stddef.h>

#include "dedup_job.h"

struct dedup_files {
	const char *dropped, *groups, *shorts;	/* NULL: not asked for */
};

/*
 * Opens them; `inputs` are guarded as out_open() says.  0, or -1: *why, and
 * nothing that was begun is left.
 */
int dedup_files_open(const struct dedup_files *, struct dedup_job *,
    char *const *inputs, size_t n, struct buf *why);

/*
 * Closes them all; without `done` each stays FILE.part, all its lines whole.
 * 0, or -1: *why, of the first that failed.
 */
int dedup_files_close(struct dedup_job *, int done, struct buf *why);

#endif
