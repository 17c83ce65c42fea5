/*
 * Worked examples from a file: records whose answer to a question about a
 * context is as answers should be, by people mostly (Quan, section 3.3).
 */
#ifndef CMD_EXAMPLES_H
#define CMD_EXAMPLES_H

#include <stddef.h>

#include "base/buf.h"

struct example {
	struct buf context, question, answer;
};

struct examples {
	struct example *v;	/* owned */
	size_t n, cap;
	/* Of the lines of the last file; sha256sum's where none is empty. */
	char hash[17];
};

/* A prompt with more is a mistake. */
enum { EXAMPLES_MAX = 4 << 20 };	/* bytes of a file */

/*
 * Appends the records of a file, their answers only where they are wanted
 * (with_answer).  Ends with 2, the line and the reason when one of them is of
 * no use, the file holds none, or it is too large.
 */
void examples_read(struct examples *, const char *path, int with_answer);
void examples_free(struct examples *);

#endif
