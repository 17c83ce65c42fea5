/* The rate of --rate and --tpm: bursts, debts, what is given back. */
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "check.h"
#include "llm/rate.h"

static _Atomic uint64_t word;

/* Takes as fast as may be from `now` until `end`; how often. */
static unsigned
take_all(double per_second, double amount, double now, double end)
{
	unsigned n = 0;
	double wait;

	while (now < end) {
		wait = rate_take(&word, per_second, amount, now);
		if (wait > 0)
			now += wait;
		else
			n++;
	}
	return n;
}

static void
test_parse(void)
{
	static const char *const bad[] = { "", "10", "10/", "/s", "10/d",
	    "10/ss", "-1/s", "0/s", "0.0/m", "nan/s", "inf/s", "1e3/s",
	    "0x10/s", " 10/s", "10 /s", "10/s ", "1.2.3/s", ".", "./s" };
	size_t i;

	CHECK(rate_parse("10/s") == 10);
	CHECK(rate_parse("600/m") == 10);
	CHECK(rate_parse("5000/h") == 5000.0 / 3600);
	CHECK(rate_parse("0.5/s") == 0.5);
	CHECK(rate_parse(".5/m") == 0.5 / 60);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		CHECK(rate_parse(bad[i]) == -1);
		if (rate_parse(bad[i]) != -1)
			printf("\t'%s'\n", bad[i]);
	}
}

static void
test_burst(void)
{
	unsigned n;

	/* What a second allows at once, then evenly. */
	atomic_store(&word, 0);
	n = take_all(10, 1, 5000, 5000.0001);
	CHECK(n == 10);
	n = take_all(10, 1, 5000.0001, 5010.00005);
	CHECK(n >= 99 && n <= 101);
	/* Time off is no credit beyond the burst. */
	n = take_all(10, 1, 6000, 6000.0001);
	CHECK(n == 10);
	/* A minute's worth is not to be had at once. */
	atomic_store(&word, 0);
	n = take_all(600.0 / 60, 1, 7000, 7001.00005);
	CHECK(n <= 21);
}

static void
test_slow(void)
{
	/* Fewer than one a second: one at once, then one each so long. */
	atomic_store(&word, 0);
	CHECK(rate_take(&word, 0.5, 1, 100) == 0);
	CHECK(fabs(rate_take(&word, 0.5, 1, 100) - 2) < 1e-6);
	CHECK(fabs(rate_take(&word, 0.5, 1, 101.5) - 0.5) < 1e-6);
	CHECK(rate_take(&word, 0.5, 1, 102.001) == 0);
	atomic_store(&word, 0);
	CHECK(take_all(1.0 / 60, 1, 1000, 1600.5) == 11);
}

static void
test_takers(void)
{
	uint64_t rng = 7;
	double next[4] = { 1000, 1000, 1000, 1000 }, wait;
	unsigned n[4] = { 0 }, i, all;

	/* Four that share the word and come at odd times. */
	atomic_store(&word, 0);
	for (;;) {
		unsigned least = 0;

		for (i = 1; i < 4; i++)
			if (next[i] < next[least])
				least = i;
		if (next[least] >= 1100)
			break;
		wait = rate_take(&word, 20, 1, next[least]);
		n[least] += wait <= 0;
		next[least] += wait + 0.001 * rng_unit(&rng);
	}
	all = n[0] + n[1] + n[2] + n[3];
	CHECK(all >= 1980 && all <= 2021);
	for (i = 0; i < 4; i++)
		CHECK(n[i] > 300);
}

static void
test_tokens(void)
{
	/* More than a burst is taken when nothing is owed, and delays. */
	atomic_store(&word, 0);
	CHECK(rate_take(&word, 100, 1000, 50) == 0);
	CHECK(rate_take(&word, 100, 10, 50) > 9 - 1e-6);
	CHECK(rate_take(&word, 100, 10, 59.2) == 0);
	/* What was not used comes back. */
	atomic_store(&word, 0);
	CHECK(rate_take(&word, 100, 1000, 50) == 0);
	rate_give(&word, 100, 950, 51);
	CHECK(rate_take(&word, 100, 50, 51) == 0);
	/* More than was reserved is owed, also when the debt was paid. */
	atomic_store(&word, 0);
	CHECK(rate_take(&word, 100, 10, 50) == 0);
	rate_give(&word, 100, -1000, 80);
	CHECK(rate_take(&word, 100, 100, 80) > 9);
	CHECK(rate_take(&word, 100, 100, 90.001) == 0);
	/* Nothing lies before the clock began. */
	atomic_store(&word, 0);
	rate_give(&word, 100, 1e9, 80);
	CHECK(atomic_load(&word) == 0);
}

static void
test_stale(void)
{
	/* Of a machine that has been up for longer, or anything. */
	atomic_store(&word, (uint64_t)(90000 * 1e9));
	CHECK(rate_take(&word, 10, 1, 100) == 0);
	CHECK(atomic_load(&word) < (uint64_t)(102 * 1e9));
	atomic_store(&word, UINT64_MAX);
	CHECK(rate_take(&word, 10, 1, 100) == 0);
	/* A long debt is none: one an hour. */
	atomic_store(&word, 0);
	CHECK(rate_take(&word, 1.0 / 3600, 1, 100) == 0);
	CHECK(rate_take(&word, 1.0 / 3600, 1, 101) > 3598);
}

int
main(void)
{
	test_parse();
	test_burst();
	test_slow();
	test_takers();
	test_tokens();
	test_stale();
	return check_end("rate");
}
