/*
 * Is the endpoint there at all?  Once it has answered, a run of tries
 * without a connection, or more failures than answers, opens the breaker:
 * records wait, and single requests probe it after 1, 2, 4 ... 60 seconds.
 * Two good probes close it.  What was sent before it opened or closed says
 * nothing any more.  All processes of a machine share the words that say
 * since when it is open and when the next probe is due (share.h).
 */
#ifndef LLM_BREAKER_H
#define LLM_BREAKER_H

#include <stddef.h>

struct share;

enum { BREAKER_KEPT = 64 };	/* outcomes that are remembered */

struct breaker {
	struct share *words;	/* not owned */
	int answered;		/* the endpoint ever did */
	unsigned row;		/* tries without a connection, in a row */
	unsigned row_most;	/* so many open it */
	struct { double when; int failed; } kept[BREAKER_KEPT];
	size_t n;		/* outcomes so far */
	int open;		/* as this process saw it last, */
	double changed;		/* and when it first saw it so */
	unsigned good;		/* probes in a row */
};

enum breaker_news { BREAKER_SAME, BREAKER_OPENED, BREAKER_CLOSED };

void breaker_init(struct breaker *, struct share *);

/* What a try came to; `away`: there was no connection. */
enum breaker_news breaker_answer(struct breaker *, double sent, double now);
enum breaker_news breaker_failure(struct breaker *, int away, double sent,
    double now);

/*
 * Seconds until a request may be sent, 0: now.  While it is open, 0 takes
 * the probe: it must be sent.
 */
double breaker_wait(struct breaker *, double now);

/* How long this process has seen it open, or 0. */
double breaker_age(const struct breaker *, double now);

#endif
