/*
 * Lines that wait for a decision, in memory while they are few and in a
 * file without a name (in $TMPDIR, else /tmp) when they are many.
 */
#ifndef REC_HOLD_H
#define REC_HOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { HOLD_MEMORY = 32 << 20 };	/* bytes, by default */

struct hold {
	size_t max;		/* bytes to keep in memory */
	struct buf text;	/* the newest lines, not in the file */
	uint64_t stored;	/* bytes in the file */
	uint64_t *at;		/* owned; where each line starts */
	size_t n, cap;
	int fd;			/* -1: no file */
	struct buf window;	/* a stretch of the file */
	uint64_t window_at;
	struct buf one;		/* a line of the file */
};

void hold_init(struct hold *);
void hold_free(struct hold *);

/* Forgets the lines and keeps the memory, unless that is much. */
void hold_reset(struct hold *);

/*
 * Begins line number n: its bytes, newline included, are to be added to the
 * buffer returned, then hold_done() is called.  NULL without memory.
 */
struct buf *hold_line(struct hold *);
/* 0, or -1: no memory, or the file cannot be written; *why. */
int hold_done(struct hold *, struct buf *why);

/*
 * Line i with its newline, as bytes that are the holder's and good until the
 * next such call.  hold_next is for going through the lines in order, it
 * reads more at once; hold_get for one here and there.  0, or -1: *why.
 */
int hold_next(struct hold *, size_t i, const char **s, size_t *len,
    struct buf *why);
int hold_get(struct hold *, size_t i, const char **s, size_t *len,
    struct buf *why);

#endif
