/* What ac-dedup reads of a record: a question, its rank and its root. */
#ifndef CMD_SCORED_H
#define CMD_SCORED_H

#include "base/buf.h"
#include "rec/rec.h"

/* Which members are read. */
struct scored_names {
	const char *question, *by;
	int root;		/* also `root` */
	int chars;		/* also `root_chars` */
};

struct scored {
	struct buf question;
	struct buf root;	/* a lone NUL, which no text holds: none */
	double score;		/* NAN: none */
	long chars;		/* of the root's context, code points */
};

enum { SCORED_PASS, SCORED_TAKE };

/*
 * SCORED_TAKE: it is read; SCORED_PASS: a node without a question; -1: a
 * member is missing or no good, and `why` of the record says which.  Ends
 * without memory.
 */
int scored_read(const struct scored_names *, struct rec *, struct scored *);

void scored_free(struct scored *);

#endif
