/*
 * How many requests may be in flight.  From min(jobs, 4) the limit doubles
 * every time as many are answered, until the server is first full; then it
 * grows by a tenth.
 *
 * A server that refuses when it is full is told from one that refuses at
 * random by a cumulative sum (Page 1954): a refusal adds one, a request that
 * was taken takes off three, and a dozen make the server full.  What was sent
 * between two refusals was taken, since refusals come at once and in turn,
 * so an answer need not be waited for.  The limit becomes the number that
 * were in flight when the server refused, less those that it was about to
 * refuse too.  A limit that was found so is left later each time.
 *
 * A server that never refuses but lets requests wait is seen by its latency:
 * when an answer takes much longer than the first ones did, a limit that
 * should do as well by Little's law (in flight = rate x latency), with as
 * much again to spare, is tried, and kept if the output stays the same.
 */
#ifndef LLM_LIMIT_H
#define LLM_LIMIT_H

struct limit {
	double now;		/* the limit, a whole number */
	double most;		/* --jobs */
	int fixed;		/* --fixed: nothing below moves it */
	int found;		/* the server was full, since a fresh start */
	double lowered;		/* when the limit was last lowered, or 0 */
	unsigned long answered;	/* since it changed, */
	unsigned patience;	/* and so many times the limit let it grow, */
	unsigned long peak;	/* if so many were in flight at once */
	int grown;		/* its last change */

	unsigned long sent, refused;	/* so far */
	unsigned long at;	/* in flight when it last refused */
	unsigned long over;	/* sent at that level or above, so far, */
	unsigned long last;	/* and up to the last refusal */
	double excess;		/* the sum above */

	/* The guard: a window of answers, and the first ones of all. */
	double begun;		/* of the window, 0: none yet */
	double output;		/* tokens, or answers, in it */
	double latency;		/* sum of seconds */
	unsigned long all, busy;	/* answers; with the limit in use */
	double first;		/* seconds that the first answers took */
	unsigned long nfirst;
	double before, before_rate;	/* a lower limit is on trial */
	double hold;		/* no growth before this */
};

/* A request, as it is sent. */
struct limit_try {
	double sent;		/* seconds on the clock */
	unsigned long order;	/* requests sent before it, */
	unsigned long refused;	/* refusals seen before it, */
	unsigned long level;	/* others in flight */
	unsigned long over;	/* sent before it, the server perhaps full */
};

void limit_init(struct limit *, unsigned long jobs, int fixed);
/* Begins slowly again: after an outage. */
void limit_restart(struct limit *);

/* A request is sent while `level` others are in flight. */
void limit_sent(struct limit *, unsigned long level, double now,
    struct limit_try *);

/*
 * How it ends: answered, with so many tokens, 0: unknown; refused, since the
 * server is full; timed out.  Nothing is to be said of other ends.
 */
void limit_answer(struct limit *, const struct limit_try *, double tokens,
    double now);
void limit_refused(struct limit *, const struct limit_try *, double now);
void limit_slow(struct limit *, const struct limit_try *, double now);

#endif
