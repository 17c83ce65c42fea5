#include "llm/breaker.h"

#include <string.h>

#include "llm/share.h"

static const double WINDOW = 30;	/* seconds that outcomes count */
static const double STEP_MOST = 60;	/* between two probes */

enum {
	ROW = 10,		/* tries without a connection */
	ENOUGH = 20,		/* outcomes for a verdict on their share */
	GOOD = 2		/* probes that close it */
};

void
breaker_init(struct breaker *b, _Atomic uint64_t *word)
{
	memset(b, 0, sizeof(*b));
	b->word = word;
	b->row_most = ROW;
	b->step = 1;
}

static double
next_probe(const struct breaker *b, double now)
{
	return share_read(b->word, now, 2 * STEP_MOST);
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
see_open(struct breaker *b, double now)
{
	b->open = 1;
	b->since = now;
	b->good = 0;
	b->step = 1;
}

static enum breaker_news
see_closed(struct breaker *b)
{
	b->open = 0;
	b->n = 0;
	b->row = 0;
	return BREAKER_CLOSED;
}

enum breaker_news
breaker_answer(struct breaker *b, double now)
{
	b->answered = 1;
	b->row = 0;
	remember(b, 0, now);
	if (!b->open)
		return BREAKER_SAME;
	if (++b->good < GOOD) {
		atomic_store(b->word, (uint64_t)(now * 1e9));
		return BREAKER_SAME;
	}
	atomic_store(b->word, 0);
	return see_closed(b);
}

enum breaker_news
breaker_failure(struct breaker *b, int away, double now)
{
	b->row = away ? b->row + 1 : 0;
	remember(b, 1, now);
	if (b->open)
		b->good = 0;
	if (b->open || !b->answered ||
	    (b->row < b->row_most && !mostly_failing(b, now)))
		return BREAKER_SAME;
	see_open(b, now);
	share_later(b->word, now + b->step, now, 2 * STEP_MOST);
	return BREAKER_OPENED;
}

double
breaker_wait(struct breaker *b, double now)
{
	uint64_t old = atomic_load(b->word);
	double probe = next_probe(b, now), next;

	if (probe <= 0) {
		if (b->open)
			see_closed(b);	/* another process's probe was good */
		return 0;
	}
	if (!b->open)
		see_open(b, now);
	if (now < probe)
		return probe - now;
	b->step = b->good > 0 ? 1 : b->step * 2;
	if (b->step > STEP_MOST)
		b->step = STEP_MOST;
	next = now + b->step;
	/* Another process may take this probe; then the next is waited for. */
	return atomic_compare_exchange_strong(b->word, &old,
	    (uint64_t)(next * 1e9)) ? 0 : 0.05;
}

double
breaker_age(const struct breaker *b, double now)
{
	return b->open ? now - b->since : 0;
}
