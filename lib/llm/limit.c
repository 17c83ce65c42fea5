#include "llm/limit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double START = 4, SHRINK = 0.7;
static const double HOLD = 60;		/* seconds that the guard holds */
static const double WINDOW = 5;		/* seconds, at least two medians */

void
limit_init(struct limit *l, unsigned long jobs, int fixed)
{
	memset(l, 0, sizeof(*l));
	l->most = (double)jobs;
	l->fixed = fixed;
	limit_restart(l);
}

void
limit_restart(struct limit *l)
{
	l->now = l->fixed ? l->most : fmin(l->most, START);
	l->answered = 0;
	l->congested = 0;
	l->nkept = 0;
	l->begun = l->before = 0;
}

static void
lower(struct limit *l, double to, double now)
{
	l->now = fmax(1, fmax(floor(l->now * SHRINK), to));
	l->congested = 1;
	l->lowered = now;
	l->answered = 0;
	l->nkept = 0;
	l->begun = l->before = 0;
}

static void
keep(struct limit *l, double level, int refused)
{
	l->kept[l->nkept % LIMIT_KEPT].level = level;
	l->kept[l->nkept++ % LIMIT_KEPT].refused = refused;
}

static size_t
band(const struct limit *l, double level)
{
	double b = l->most > LIMIT_BANDS ? level * LIMIT_BANDS / l->most :
	    level;

	return b < LIMIT_BANDS ? (size_t)b : LIMIT_BANDS - 1;
}

/* Requests in flight that were sent at this level or above. */
static unsigned
flying_at(const struct limit *l, double level)
{
	size_t b = band(l, level);
	unsigned n = 0;

	for (; b < LIMIT_BANDS; b++)
		n += l->flying[b];
	return n;
}

/*
 * The lowest level from which on the server refused three or more and more
 * than three times as many as it took, what is in flight counted as taken,
 * since a refusal comes at once and an answer does not; -1: no such level.
 */
static double
full_at(const struct limit *l)
{
	size_t i, j, n = l->nkept < LIMIT_KEPT ? l->nkept : LIMIT_KEPT;
	unsigned refused, taken;
	double level, full = -1;

	for (i = 0; i < n; i++) {
		level = l->kept[i].level;
		if (!l->kept[i].refused || (full >= 0 && level >= full))
			continue;
		refused = 0;
		taken = flying_at(l, level);
		for (j = 0; j < n; j++)
			if (l->kept[j].level >= level) {
				refused += l->kept[j].refused != 0;
				taken += l->kept[j].refused == 0;
			}
		if (refused >= 3 && refused > 3 * taken)
			full = level;
	}
	return full;
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median_latency(const struct limit *l)
{
	double v[LIMIT_LATENCIES];
	size_t n = l->nlatency < LIMIT_LATENCIES ? l->nlatency :
	    LIMIT_LATENCIES;

	memcpy(v, l->latency, n * sizeof(*v));
	qsort(v, n, sizeof(*v), by_size);
	return n > 0 ? v[n / 2] : 0;
}

/* The end of a window: has the last rise of the limit brought anything? */
static void
judge(struct limit *l, double now)
{
	double rate = l->output / (now - l->begun);
	int busy = 5 * l->at_limit >= 4 * l->all;

	if (busy && l->before > 0 && l->now >= 1.25 * l->before) {
		if (rate < 1.05 * l->before_rate) {
			l->now = l->before;
			l->congested = 1;
			l->hold = now + HOLD;
		} else {
			l->before = 0;
		}
	}
	if (busy && l->before <= 0) {
		l->before = l->now;
		l->before_rate = rate;
	}
	l->begun = now;
	l->output = 0;
	l->all = l->at_limit = 0;
}

static void
guard(struct limit *l, const struct limit_try *t)
{
	if (l->begun <= 0)
		l->begun = t->now;
	l->latency[l->nlatency++ % LIMIT_LATENCIES] = t->now - t->sent;
	l->output += t->tokens > 0 ? t->tokens : 1;
	l->all++;
	l->at_limit += t->level + 1 >= 0.9 * l->now;
	if (t->now - l->begun >= WINDOW &&
	    t->now - l->begun >= 2 * median_latency(l))
		judge(l, t->now);
}

void
limit_sent(struct limit *l, double level)
{
	l->flying[band(l, level)]++;
}

void
limit_gone(struct limit *l, const struct limit_try *t)
{
	size_t b = band(l, t->level);

	if (l->flying[b] > 0)
		l->flying[b]--;
}

void
limit_answer(struct limit *l, const struct limit_try *t)
{
	limit_gone(l, t);
	if (l->fixed)
		return;
	if (t->sent >= l->lowered)
		keep(l, t->level, 0);
	guard(l, t);
	if (t->now < l->hold || ++l->answered < (unsigned long)l->now)
		return;
	l->answered = 0;
	l->now = fmin(l->most, l->congested ? l->now + 1 : l->now * 2);
}

void
limit_refused(struct limit *l, const struct limit_try *t)
{
	double full;

	limit_gone(l, t);
	/* Refusals of what was sent before the last step are old news. */
	if (l->fixed || t->sent < l->lowered)
		return;
	keep(l, t->level, 1);
	full = full_at(l);
	if (full >= 0)
		lower(l, full, t->now);
}

void
limit_slow(struct limit *l, const struct limit_try *t)
{
	limit_gone(l, t);
	if (!l->fixed && t->sent >= l->lowered)
		lower(l, 0, t->now);
}
