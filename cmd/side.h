/*
 * A file beside the output (what is dropped, ac-tune's trials): open before
 * anything is asked, so that what cannot be written is not found out when all
 * is paid for.
 */
#ifndef CMD_SIDE_H
#define CMD_SIDE_H

#include "rec/filter.h"
#include "rec/out.h"

/*
 * NULL: no file, and side_end() does nothing; out_abandon() leaves nothing of
 * one.  Ends with 74, with nothing of the output left.
 */
void side_begin(struct out *, const char *path, struct filter *);

/* Writes the lines and closes.  0, or -1: the filter knows why. */
int side_end(struct out *, const struct buf *lines, struct filter *);

#endif
