/* The records of a command that can do nothing before it has them all. */
#ifndef CMD_WHOLE_H
#define CMD_WHOLE_H

#include "base/buf.h"
#include "rec/filter.h"

struct whole {
	/*
	 * Takes a record.  0; AC_USAGE: *why says file, line and what is
	 * wrong with it; AC_BUG without memory.
	 */
	int (*take)(void *arg, struct rec *, struct buf *why);
	void *arg;
};

/*
 * Gives each record of an open filter to `take`, up to the end, a signal or
 * the first that is of no use; a line that is no record, or is too long, is
 * of none.  0, or the exit code: AC_USAGE with *why, AC_IO, AC_BUG.
 */
int whole_read(const struct whole *, struct filter *, struct buf *why);

#endif
