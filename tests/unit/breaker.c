/* The breaker: when it opens, when it probes, when it closes. */
#include <math.h>

#include "check.h"
#include "llm/breaker.h"
#include "llm/share.h"

static struct share words;
static struct breaker b, other;

static void
fresh(void)
{
	memset(&words, 0, sizeof(words));
	breaker_init(&b, &words);
	breaker_init(&other, &words);
}

/* So many failures, the last of which opens it if any does. */
static enum breaker_news
fail(unsigned n, int away, double now)
{
	enum breaker_news news = BREAKER_SAME;

	while (n-- > 0 && news == BREAKER_SAME)
		news = breaker_failure(&b, away, now, now);
	return news;
}

/* Opens it at `now`. */
static void
open_at(double now)
{
	fresh();
	breaker_answer(&b, now - 2, now - 1);
	CHECK(fail(10, 1, now) == BREAKER_OPENED);
}

static void
test_opening(void)
{
	unsigned i;

	/* Not before the first answer. */
	fresh();
	CHECK(fail(1000, 1, 100) == BREAKER_SAME);
	CHECK(breaker_wait(&b, 100) == 0);
	/* Ten in a row without a connection. */
	fresh();
	breaker_answer(&b, 100, 100);
	CHECK(fail(9, 1, 101) == BREAKER_SAME);
	CHECK(breaker_wait(&b, 101) == 0);
	CHECK(fail(1, 1, 102) == BREAKER_OPENED);
	CHECK(b.open && breaker_age(&b, 105) == 3);
	/* An answer, or a failure of another kind, ends the row. */
	fresh();
	for (i = 0; i < 5; i++) {
		breaker_answer(&b, 100, 100);
		breaker_answer(&b, 100, 100);
		CHECK(fail(1, 1, 100) == BREAKER_SAME);
	}
	fresh();
	for (i = 0; i < 12; i++)
		breaker_answer(&b, 100, 100);
	CHECK(fail(9, 1, 100) == BREAKER_SAME);
	CHECK(fail(1, 0, 100) == BREAKER_SAME);
	CHECK(fail(1, 1, 100) == BREAKER_SAME);
}

static void
test_share(void)
{
	unsigned i;

	/* More than half of twenty. */
	fresh();
	breaker_answer(&b, 100, 100);
	CHECK(fail(18, 0, 100) == BREAKER_SAME);
	CHECK(fail(1, 0, 100) == BREAKER_OPENED);
	fresh();
	for (i = 0; i < 10; i++)
		breaker_answer(&b, 100, 100);
	CHECK(fail(10, 0, 100) == BREAKER_SAME);
	CHECK(fail(1, 0, 100) == BREAKER_OPENED);
	/* Half a minute counts. */
	fresh();
	breaker_answer(&b, 100, 100);
	CHECK(fail(18, 0, 100) == BREAKER_SAME);
	CHECK(fail(18, 0, 131) == BREAKER_SAME);
	CHECK(fail(2, 0, 131) == BREAKER_OPENED);
	/* Many answers longer ago than is remembered are forgotten. */
	fresh();
	for (i = 0; i < 1000; i++)
		breaker_answer(&b, 100, 100);
	CHECK(fail(32, 0, 100) == BREAKER_SAME);
	CHECK(fail(1, 0, 100) == BREAKER_OPENED);
}

static void
test_probes(void)
{
	static const double steps[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };
	double now = 1000, wait;
	size_t i;

	open_at(now);
	for (i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		wait = breaker_wait(&b, now);
		CHECK(fabs(wait - steps[i]) < 1e-3);
		now += wait + 1e-6;
		CHECK(breaker_wait(&b, now) == 0);
		/* No second one meanwhile. */
		CHECK(breaker_wait(&b, now) > 0);
		CHECK(breaker_failure(&b, 1, now, now) == BREAKER_SAME);
	}
}

static void
test_closing(void)
{
	open_at(1000);
	/* Answers to what was sent before say nothing of now. */
	CHECK(breaker_answer(&b, 990, 1000.1) == BREAKER_SAME);
	CHECK(breaker_answer(&b, 990, 1000.1) == BREAKER_SAME);
	CHECK(b.open && breaker_wait(&b, 1000.2) > 0);
	CHECK(breaker_wait(&b, 1001.1) == 0);
	CHECK(breaker_answer(&b, 1001.1, 1001.2) == BREAKER_SAME);
	/* The second probe at once, then no third. */
	CHECK(breaker_wait(&b, 1001.21) == 0);
	CHECK(breaker_wait(&b, 1001.22) > 0.5);
	CHECK(breaker_answer(&b, 1001.21, 1001.3) == BREAKER_CLOSED);
	CHECK(breaker_wait(&b, 1001.3) == 0 && breaker_wait(&b, 1001.3) == 0);
	CHECK(breaker_age(&b, 1100) == 0);
	/* Late failures of the outage do not open it again. */
	CHECK(fail(1, 0, 1002) == BREAKER_SAME);
	{
		unsigned i;

		for (i = 0; i < 100; i++)
			CHECK(breaker_failure(&b, 1, 999, 1010) ==
			    BREAKER_SAME);
	}
	/* A good and a bad probe are none. */
	open_at(1000);
	CHECK(breaker_wait(&b, 1001.1) == 0);
	CHECK(breaker_answer(&b, 1001.1, 1001.2) == BREAKER_SAME);
	CHECK(breaker_wait(&b, 1001.3) == 0);
	CHECK(breaker_failure(&b, 1, 1001.3, 1001.4) == BREAKER_SAME);
	CHECK(breaker_wait(&b, 1002.4) == 0);
	CHECK(breaker_answer(&b, 1002.4, 1002.5) == BREAKER_SAME);
	CHECK(b.open);
}

static void
test_two(void)
{
	static const double steps[] = { 1, 2, 4, 8, 16, 32, 60 };
	double now = 1000, wait;
	unsigned taken;
	size_t i;

	/* Two processes: each probe is one's, and they come no faster. */
	open_at(now);
	CHECK(breaker_wait(&other, now) > 0 && other.open);
	for (i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		wait = breaker_wait(i & 1 ? &b : &other, now);
		CHECK(fabs(wait - steps[i]) < 1e-3);
		now += wait + 1e-6;
		taken = breaker_wait(i & 2 ? &b : &other, now) == 0;
		taken += breaker_wait(i & 2 ? &other : &b, now) == 0;
		CHECK(taken == 1);
	}
	/* Who comes late into the outage probes no oftener. */
	breaker_init(&other, &words);
	now += breaker_wait(&other, now) + 1e-6;
	CHECK(breaker_wait(&other, now) == 0);
	CHECK(breaker_wait(&other, now) > 59);
	/* One finds it back: so do all. */
	now += 61;
	CHECK(breaker_wait(&b, now) == 0);
	CHECK(breaker_answer(&b, now, now + 0.1) == BREAKER_SAME);
	CHECK(breaker_wait(&b, now + 0.2) == 0);
	CHECK(breaker_answer(&b, now + 0.2, now + 0.3) == BREAKER_CLOSED);
	CHECK(other.open && breaker_wait(&other, now + 0.4) == 0);
	CHECK(!other.open);
	/* The second to see it open does not put the probe off. */
	open_at(2000);
	other.answered = 1;
	for (i = 0; i < 10; i++)
		breaker_failure(&other, 1, 2000.9, 2000.9);
	CHECK(other.open && breaker_wait(&other, 2001.01) == 0);
}

static void
test_stale(void)
{
	fresh();
	atomic_store(&words.probe, (uint64_t)(50000 * 1e9));
	CHECK(breaker_wait(&b, 100) == 0 && !b.open);
	breaker_answer(&b, 100, 100);
	CHECK(fail(10, 1, 101) == BREAKER_OPENED);
	CHECK(fabs(breaker_wait(&b, 101) - 1) < 1e-6);
	/* A probe long due, from a process that has died: taken at once. */
	fresh();
	atomic_store(&words.probe, (uint64_t)(100 * 1e9));
	atomic_store(&words.outage, (uint64_t)(90 * 1e9));
	CHECK(breaker_wait(&b, 5000) == 0 && b.open);
	CHECK(breaker_wait(&b, 5000) > 59);
}

int
main(void)
{
	test_opening();
	test_share();
	test_probes();
	test_closing();
	test_two();
	test_stale();
	return check_end("breaker");
}
