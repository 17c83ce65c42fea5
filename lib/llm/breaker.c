#include "llm/breaker.h"

#include <math.h>
#include <string.h>

#include "llm/share.h"

static const double WINDOW = 30;	/* seconds that outcomes count */
static const double STEP_MOST = 60;	/* between two probes */

/* Another process took the probe: seconds until it is looked for again. */
static const double TAKEN = 0.05;

enum {
	ROW = 10,		/* tries without a connection */
	ENOUGH = 20,		/* outcomes for a verdict on their share */
	GOOD = 2		/* probes that close it */
};

void
breaker_init(struct breaker *b, struct share *words)
{
	memset(b, 0, sizeof(*b));
	b->words = words;
	b->row_most = ROW;
}

static double
next_probe(const struct breaker *b, double now)
{
	return share_read(&b->words->probe, now, 2 * STEP_MOST);
}

static void
remember(struct breaker *b, int failed, double now)
{
	b->kept[b->n % BREAKER_KEPT].when = now;
	b->kept[b->n++ % BREAKER_KEPT].failed = failed;
}

/* Did more than half of the last half minute's fail? */
static int
mostly_failing(const struct breaker *b, double now)
{
	size_t i, n = b->n < BREAKER_KEPT ? b->n : BREAKER_KEPT;
	unsigned all = 0, failed = 0;

	for (i = 0; i < n; i++)
		if (b->kept[i].when > now - WINDOW) {
			all++;
			failed += b->kept[i].failed != 0;
		}
	return all >= ENOUGH && 2 * failed > all;
}

static void
see(struct breaker *b, int open, double now)
{
	b->open = open;
	b->changed = now;
	b->good = 0;
	b->n = 0;
	b->row = 0;
}

enum breaker_news
breaker_answer(struct breaker *b, double sent, double now)
{
	b->answered = 1;
	if (sent < b->changed)
		return BREAKER_SAME;
	b->row = 0;
	remember(b, 0, now);
	if (!b->open)
		return BREAKER_SAME;
	if (++b->good < GOOD) {
		share_set(&b->words->probe, now);
		return BREAKER_SAME;
	}
	share_set(&b->words->probe, 0);
	see(b, 0, now);
	return BREAKER_CLOSED;
}

enum breaker_news
breaker_failure(struct breaker *b, int away, double sent, double now)
{
	if (sent < b->changed)
		return BREAKER_SAME;
	b->row = away ? b->row + 1 : 0;
	b->good = 0;
	remember(b, 1, now);
	if (b->open || !b->answered ||
	    (b->row < b->row_most && !mostly_failing(b, now)))
		return BREAKER_SAME;
	see(b, 1, now);
	/* Unless another process was first. */
	if (next_probe(b, now) <= 0) {
		share_set(&b->words->outage, now);
		share_set(&b->words->probe, now + 1);
	}
	return BREAKER_OPENED;
}

/* So long after it opened, or 1 second after a good probe. */
static double
step(const struct breaker *b, double now)
{
	double since = share_read(&b->words->outage, now, 0);

	if (b->good > 0)
		return 1;
	if (since <= 0)
		since = b->changed;
	return fmin(STEP_MOST, now - since + 1);
}

double
breaker_wait(struct breaker *b, double now)
{
	uint64_t old = atomic_load(&b->words->probe);
	double probe = next_probe(b, now);

	if (probe <= 0) {
		if (b->open)
			see(b, 0, now);	/* another process's probes were good */
		return 0;
	}
	if (!b->open)
		see(b, 1, now);
	if (now < probe)
		return probe - now;
	/* One process takes the probe, and sets when the next is due. */
	return atomic_compare_exchange_strong(&b->words->probe, &old,
	    share_word(now + step(b, now))) ? 0 : TAKEN;
}

double
breaker_age(const struct breaker *b, double now)
{
	return b->open ? now - b->changed : 0;
}
