/* What ac-tune says of its search on stderr, and writes of it. */
#ifndef CMD_TUNE_SAY_H
#define CMD_TUNE_SAY_H

#include "tune.h"

/* The winner against the baselines, and how sure it is. */
void tune_say(const struct tune *);

/* A line a trial, then what tune_say() says as one object. */
void tune_log(const struct tune *, struct buf *lines);

/* The winner's records to the output.  0, or -1: the filter knows why. */
int tune_put(const struct tune *);

#endif
