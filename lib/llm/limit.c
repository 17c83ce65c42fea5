#include "llm/limit.h"

#include <math.h>
#include <string.h>

static const double START = 4, SHRINK = 0.7, GROW = 1.1;

/*
 * The sum: what a request that is taken weighs against a refusal, where the
 * server is full, and below what the limit may grow.  With half of all
 * refused at random it is full once in some thousand requests, and the limit
 * loses little then.
 */
static const double TAKEN = 3, FULL = 12, CALM = 2;

/* A limit found again and again is tried after so many rounds at most. */
enum { PATIENCE = 16 };

/* The guard. */
static const double HOLD = 60;		/* seconds without growth, at least */
static const double HOLD_TURNS = 10;	/* so many latencies */
static const double WINDOW = 5;		/* seconds, at least */
static const double WINDOW_TURNS = 2;	/* so many latencies */
static const double SLOWER = 2.5;	/* times the first answers */
static const double SPARE = 1.5;	/* of what suffices */
static const double BUSY = 0.9;		/* of the limit in use */
static const double SAME = 0.95;	/* of the output before */
enum {
	FIRST = 16,		/* requests that are the first ones */
	FIRST_LEAST = 8,	/* answers among them that tell */
	WINDOW_LEAST = 100	/* answers in a window */
};

void
limit_init(struct limit *l, unsigned long jobs, int fixed)
{
	memset(l, 0, sizeof(*l));
	l->most = (double)jobs;
	l->fixed = fixed;
	limit_restart(l);
}

static void
new_window(struct limit *l, double now)
{
	l->begun = now;
	l->output = l->latency = 0;
	l->all = l->busy = 0;
}

static void
set(struct limit *l, double to)
{
	l->now = fmin(l->most, fmax(1, to));
	l->answered = l->peak = 0;
}

void
limit_restart(struct limit *l)
{
	set(l, l->fixed ? l->most : START);
	l->found = 0;
	l->patience = 1;
	l->grown = 0;
	l->excess = 0;
	l->before = l->hold = 0;
	new_window(l, 0);
}

static void
lower(struct limit *l, double to, double now)
{
	set(l, to);
	l->found = 1;
	l->lowered = now;
	l->excess = 0;
	l->before = 0;
	new_window(l, now);
	if (l->grown && l->patience < PATIENCE)
		l->patience *= 2;
	l->grown = 0;
}

/* The sum, with what was sent since the last refusal. */
static double
pressure(const struct limit *l)
{
	if (l->now <= (double)l->at)
		return 0;
	return fmax(0, l->excess - TAKEN * (double)(l->over - l->last));
}

static void
grow(struct limit *l)
{
	if (l->now >= l->most)
		return;
	set(l, l->found ? floor(fmax(l->now + 1, l->now * GROW)) :
	    l->now * 2);
	/* The server has taken what the last growth let through. */
	if (l->grown && l->patience > 1)
		l->patience /= 2;
	l->grown = 1;
}

/* The end of a trial: has the lower limit cost anything? */
static void
end_trial(struct limit *l, double rate, int busy)
{
	if (!busy || rate < SAME * l->before_rate)
		set(l, l->before);
	/* Latency that did not come from waiting is the server's own. */
	if (busy && rate < SAME * l->before_rate)
		l->first *= SPARE;
	l->before = 0;
}

static void
judge(struct limit *l, double now)
{
	double rate = l->output / (now - l->begun);
	double mean = l->latency / (double)l->all;
	double first = l->first / (double)l->nfirst;
	int busy = 5 * l->busy >= 4 * l->all;

	if (l->before > 0) {
		end_trial(l, rate, busy);
		l->hold = now + fmax(HOLD, HOLD_TURNS * mean);
	} else if (busy && l->nfirst >= FIRST_LEAST && mean > SLOWER * first) {
		l->before = l->now;
		l->before_rate = rate;
		set(l, ceil(SPARE * l->now * first / mean));
		l->found = 1;
	}
	new_window(l, now);
}

static void
guard(struct limit *l, const struct limit_try *t, double tokens, double now)
{
	double took = now - t->sent;

	if (t->order < FIRST) {
		l->first += took;
		l->nfirst++;
	}
	if (l->begun <= 0)
		new_window(l, now);
	l->latency += took;
	l->output += tokens > 0 ? tokens : 1;
	l->all++;
	l->busy += (double)(t->level + 1) >= BUSY * l->now;
	if (l->all >= WINDOW_LEAST && now - l->begun >= fmax(WINDOW,
	    WINDOW_TURNS * l->latency / (double)l->all))
		judge(l, now);
}

void
limit_sent(struct limit *l, unsigned long level, double now,
    struct limit_try *t)
{
	t->sent = now;
	t->order = l->sent++;
	t->refused = l->refused;
	t->level = level;
	t->over = l->over;
	l->over += level >= l->at;
	if (level >= l->peak)
		l->peak = level + 1;
}

void
limit_answer(struct limit *l, const struct limit_try *t, double tokens,
    double now)
{
	if (l->fixed)
		return;
	guard(l, t, tokens, now);
	if (now < l->hold || l->before > 0)
		return;
	/* What a limit allows is no experience unless it was made use of. */
	if ((double)++l->answered >= l->patience * l->now &&
	    (double)l->peak >= l->now && pressure(l) < CALM)
		grow(l);
}

void
limit_refused(struct limit *l, const struct limit_try *t, double now)
{
	unsigned long doomed = l->refused - t->refused;
	unsigned long taken = t->over > l->last ? t->over - l->last : 0;

	l->refused++;
	if (t->over >= l->last)
		l->last = t->over + 1;
	/* Refusals of what was sent before the last step are old news. */
	if (l->fixed || t->sent < l->lowered)
		return;
	l->at = t->level > doomed ? t->level - doomed : 0;
	l->excess = fmax(0, l->excess - TAKEN * (double)taken) + 1;
	if (l->excess >= FULL)
		lower(l, (double)l->at, now);
}

void
limit_slow(struct limit *l, const struct limit_try *t, double now)
{
	if (!l->fixed && t->sent >= l->lowered)
		lower(l, floor(l->now * SHRINK), now);
}
