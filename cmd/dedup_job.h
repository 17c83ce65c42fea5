/*
 * ac-dedup at work: records are taken into a batch, and a batch that is
 * complete is decided, written and forgotten.  Who reads the records is
 * another matter: dedup_job_run() does, or else whoever gives each to
 * dedup_job_take() and calls dedup_job_flush() at the end.
 */
#ifndef CMD_DEDUP_JOB_H
#define CMD_DEDUP_JOB_H

#include "augcon/dedup.h"
#include "held.h"
#include "scored.h"
#include "short_roots.h"
#include "vectors.h"
#include "verdicts.h"

struct dedup_job {
	/* What the options come to. */
	struct dedup_rule rule;
	struct scored_names names;
	enum token_mode mode;
	unsigned long share;	/* code points a question; 0: no quota */
	int grouped;		/* a batch is a root */
	struct vectors vectors;	/* with an embedder: by cosine */
	int code;		/* why it stops, or 0 */

	struct verdicts verdicts;
	struct out groups;	/* fd -1: not asked for */
	struct short_roots short_roots;
	struct held held;
	struct scored scored;	/* scratch */
};

/* After the options are set; ends without memory. */
void dedup_job_init(struct dedup_job *);
void dedup_job_free(struct dedup_job *);

/*
 * Takes a record that was read, whatever it is.  With `grouped`, what came
 * before goes out when it is complete.  This and the others: 0, or -1: stop,
 * f->why says why.
 */
int dedup_job_take(struct dedup_job *, struct filter *, struct rec *);

/* Decides and writes what is held. */
int dedup_job_flush(struct dedup_job *, struct filter *);

/* Reads to the end, and flushes. */
int dedup_job_run(struct dedup_job *, struct filter *);

/* What came of it: on stderr, and for --stats. */
void dedup_job_tell(const struct dedup_job *, struct filter *);

#endif
