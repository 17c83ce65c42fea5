/* The lines of a batch go out as what they have turned out to be. */
#ifndef CMD_VERDICTS_H
#define CMD_VERDICTS_H

#include "held.h"
#include "rec/filter.h"

struct verdicts {
	struct out dropped;	/* fd -1: dropped records are only counted */
	const char *member;	/* of those: why */
	const char *id;		/* the member that names a record */
	const char *question;	/* the member that is compared */
	enum rouge_measure measure;
	int by_cosine;		/* not by it */
	unsigned long kept, close, full;
	unsigned long bare;	/* questions without tokens */
	unsigned long ranked;	/* questions with a score */
};

/* "null", or the bytes of a record's id. */
void verdicts_id(struct rec *, const char *name, struct buf *out);

/* How close a question of DEDUP_CLOSE is to the one kept for it. */
void verdicts_value(const struct verdicts *, const struct held *, size_t i,
    struct buf *out);

/*
 * All lines, in order: to the output, to the dropped, to the errors.  0, or
 * -1: stop, f->why says why.
 */
int verdicts_put(struct verdicts *, struct filter *, struct held *);

#endif
