/*
 * Lines from files or standard input, one after the other, without waiting
 * for more than there is.
 */
#ifndef REC_IN_H
#define REC_IN_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

enum { IN_LINE_MAX = 64 << 20 };	/* bytes; ac-record(5) names it */

struct in {
	char **files;		/* borrowed; none: stdin */
	size_t nfiles, file;	/* file: index of the next to open */
	const char *name;	/* of the open one, "-" for stdin */
	int fd;			/* -1: none open */
	unsigned long line;	/* lines read of it */
	char *s;		/* owned: bytes read and not yet handed out */
	size_t at, len, cap;
	size_t seen;		/* bytes from `at` known to hold no newline */
	int eof, rest;
	int stay;		/* in_line() ends with each file */
	off_t bytes;		/* handed out so far, over all files */
	off_t total;		/* of all files together, or -1: unknown */
};

/*
 * Checks that every file can be read before anything is done.  "-" is stdin.
 * -1: *why names the file and the reason.
 */
int in_open(struct in *, char **files, size_t n, struct buf *why);
void in_close(struct in *);

enum in_status { IN_END, IN_LINE, IN_WAIT, IN_CUT, IN_FAIL };

/*
 * The next line that is not empty, as a malloc'ed string without its
 * newline, which the caller frees.  A byte order mark at a file's start is
 * skipped.  IN_WAIT: with block 0, nothing is there yet; or a signal came.
 * IN_CUT: the start of a line longer than IN_LINE_MAX, its rest comes from
 * in_rest().  IN_FAIL: *why.
 */
enum in_status in_line(struct in *, int block, char **s, size_t *len,
    struct buf *why);

/* More of a cut line: 1 and bytes appended to out, 0 at its end, -1. */
int in_rest(struct in *, struct buf *out, struct buf *why);

/*
 * For a reader that treats each file by itself, with `stay` set: goes on to
 * the next.  1, 0: there is none, -1: *why.
 */
int in_next(struct in *, struct buf *why);

/*
 * Some bytes of the open file as they are, borrowed until the next call;
 * says IN_LINE for them, IN_END at its end, IN_WAIT and IN_FAIL as above.
 */
enum in_status in_bytes(struct in *, int block, const char **s, size_t *len,
    struct buf *why);

/* The descriptor to wait on, or -1 when reading never waits (a file). */
int in_poll_fd(const struct in *);

#endif
