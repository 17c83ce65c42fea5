/*
 * How many requests may be in flight: from min(jobs, 4) it doubles every
 * time as many are answered, until the server is first full; then it grows
 * by one, and shrinks by 0.7 when the server is full (AIMD).
 */
#ifndef LLM_LIMIT_H
#define LLM_LIMIT_H

struct limit {
	double now;		/* the limit */
	double most;		/* --jobs */
	unsigned long answered;	/* since the limit last changed */
	double lowered;		/* when it was last lowered, or 0 */
	int congested;		/* it ever was */
};

void limit_init(struct limit *, unsigned long jobs);
void limit_answer(struct limit *);
/* `sent`: when the refused request was sent, on the clock of `now`. */
void limit_full(struct limit *, double sent, double now);

#endif
