/*
 * How many requests may be in flight (AIMD).  From min(jobs, 4) the limit
 * doubles every time as many are answered, until the server is first full;
 * then it grows by one.  It shrinks when refusals show where the server is
 * full, not for refusals that strike at random: those strike a request sent
 * with few others in flight as often as one sent with many.
 *
 * A server that never refuses but lets requests wait is seen by its output:
 * when a limit higher by a quarter brings less than 5 % more, it goes back
 * and stays a minute.
 */
#ifndef LLM_LIMIT_H
#define LLM_LIMIT_H

#include <stddef.h>

enum {
	LIMIT_KEPT = 32,	/* outcomes kept as evidence */
	LIMIT_BANDS = 256,	/* of levels, in which flights are counted */
	LIMIT_LATENCIES = 63	/* of which the median is taken */
};

struct limit {
	double now;		/* the limit */
	double most;		/* --jobs */
	int fixed;		/* --fixed: nothing below moves it */
	unsigned long answered;	/* since the limit last changed */
	double lowered;		/* when it was last lowered, or 0 */
	int congested;		/* it ever was, since a fresh start */

	struct { double level; int refused; } kept[LIMIT_KEPT];
	size_t nkept;		/* outcomes so far, since it was lowered */
	unsigned flying[LIMIT_BANDS];	/* by the level they were sent at */

	/* The guard: output in a window, and at the limit it is held to. */
	double begun;		/* of the window, 0: none yet */
	double output;		/* tokens, or answers, in it */
	unsigned long all, at_limit;	/* answers; with the limit reached */
	double before, before_rate;	/* a lower limit and its output */
	double hold;		/* no growth before this */
	double latency[LIMIT_LATENCIES];
	size_t nlatency;
};

/* A request and what is known of it when it is over. */
struct limit_try {
	double sent, now;	/* seconds on the clock */
	double level;		/* others in flight when it was sent */
	double tokens;		/* of the answer, 0: unknown */
};

void limit_init(struct limit *, unsigned long jobs, int fixed);
/* Begins slowly again: after an outage. */
void limit_restart(struct limit *);

/* A request is sent while `level` others are in flight. */
void limit_sent(struct limit *, double level);

/* How it ends, one of: answered; refused, since the server is full; */
void limit_answer(struct limit *, const struct limit_try *);
void limit_refused(struct limit *, const struct limit_try *);
/* timed out; in another way. */
void limit_slow(struct limit *, const struct limit_try *);
void limit_gone(struct limit *, const struct limit_try *);

#endif
