/* ac-dedup's run: everything opened, the job done, everything closed. */
#ifndef CMD_DEDUP_RUN_H
#define CMD_DEDUP_RUN_H

#include <stddef.h>

#include "dedup_files.h"
#include "llm/llm.h"

/* Returns the exit code; what is wrong has been said. */
int dedup_run(struct dedup_job *, const struct filter_opt *,
    const struct llm_opt *, const struct dedup_files *, char **files,
    size_t n);

#endif
