/*
 * What people have written, for ac-tune: each record a context, a question
 * about it and, where it is wanted, their answer.
 */
#ifndef CMD_HUMANS_H
#define CMD_HUMANS_H

#include <stddef.h>

#include "base/buf.h"
#include "examples.h"
#include "rec/filter.h"

struct human {
	struct example e;
	struct buf line;	/* its own bytes, newline included */
	struct buf name;	/* JSON: its id, else its number in the input */
	struct buf id;		/* what seeds are made from: flow_identity() */
	const char *file;	/* for messages */
	unsigned long at;
};

struct humans {
	struct human *v;	/* owned */
	size_t n, cap;
};

/*
 * Reads the records of an open filter to the end.  0; AC_USAGE: *why says
 * file, line and what is wrong with a record; AC_IO; AC_BUG without memory.
 */
int humans_read(struct humans *, struct filter *, int with_answer,
    struct buf *why);
void humans_free(struct humans *);

#endif
