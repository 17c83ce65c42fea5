/* The limit of requests in flight: growth, refusals, timeouts, the guard. */
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "check.h"
#include "llm/limit.h"

static struct limit l;

/* A closed loop: as much is in flight as may be, and is then answered. */
static void
round_of(double latency, double *now)
{
	struct limit_try t[4096];
	unsigned long i, n = (unsigned long)l.now;

	for (i = 0; i < n; i++)
		limit_sent(&l, n - 1, *now, &t[i]);
	*now += latency;
	for (i = 0; i < n; i++)
		limit_answer(&l, &t[i], 0, *now);
}

/* A request sent beside `level` others and refused. */
static void
refuse(unsigned long level, double now)
{
	struct limit_try t;

	limit_sent(&l, level, now, &t);
	limit_refused(&l, &t, now + 0.001);
}

/* One that is taken: its answer does not come yet. */
static struct limit_try
take(unsigned long level, double now)
{
	struct limit_try t;

	limit_sent(&l, level, now, &t);
	return t;
}

static void
test_growth(void)
{
	double now = 10;
	unsigned i;

	limit_init(&l, 64, 0);
	CHECK(l.now == 4);
	for (i = 8; i <= 64; i *= 2) {
		round_of(0.1, &now);
		CHECK(l.now == i);
	}
	round_of(0.1, &now);
	CHECK(l.now == 64);
	limit_init(&l, 3, 0);
	CHECK(l.now == 3);
	limit_init(&l, 1000, 1);
	CHECK(l.now == 1000);
	/* What is not made use of does not grow. */
	limit_init(&l, 64, 0);
	for (i = 0; i < 1000; i++) {
		struct limit_try t = take(0, now);

		limit_answer(&l, &t, 0, now += 0.1);
	}
	CHECK(l.now <= 4);
}

/* Up to `to` without a refusal. */
static double
grown(unsigned long jobs, double to)
{
	double now = 10;

	limit_init(&l, jobs, 0);
	while (l.now < to)
		round_of(0.1, &now);
	return now;
}

static void
test_full(void)
{
	double now = grown(64, 32);
	unsigned i;

	/* The server takes 20 and refuses what comes beside them. */
	for (i = 0; i < 20; i++)
		take(i, now);
	for (i = 0; i < 11; i++)
		refuse(20, now);
	CHECK(l.now == 32);
	refuse(20, now);
	CHECK(l.now == 20);
	/* Those sent before say nothing more. */
	for (i = 0; i < 100; i++)
		refuse(12, now - 0.1);
	CHECK(l.now == 20);
	/* Then it grows by a tenth, not by doubling. */
	now += 1;
	round_of(0.1, &now);
	CHECK(l.now == 20);
	round_of(0.1, &now);
	CHECK(l.now == 22);
}

/* Sent together, refused together: what is doomed too does not count. */
static void
test_doomed(void)
{
	struct limit_try t[32];
	double now = grown(64, 32);
	unsigned i;

	for (i = 0; i < 32; i++)
		t[i] = take(i, now);
	for (i = 12; i < 32; i++)
		limit_refused(&l, &t[i], now + 0.01);
	CHECK(l.now == 12);
}

static void
test_random(void)
{
	uint64_t rng = 1;
	double now = grown(64, 64), least = 64;
	unsigned i;

	/* 30 % at random, at full load: nearly nothing happens. */
	for (i = 0; i < 100000; i++) {
		now += 0.001;
		if (rng_unit(&rng) < 0.3) {
			refuse(63, now);
		} else {
			struct limit_try t = take(63, now);

			limit_answer(&l, &t, 0, now + 0.1);
		}
		least = fmin(least, l.now);
	}
	CHECK(least >= 60);
	/* Without one answer yet, too: those in flight were taken. */
	limit_init(&l, 64, 0);
	l.now = 64;
	for (i = 0; i < 64; i++) {
		while (rng_unit(&rng) < 0.3)
			refuse(i, now);
		take(i, now);
	}
	CHECK(l.now == 64);
}

static void
test_patience(void)
{
	double now = grown(64, 32), rounds = 0;
	unsigned found, i;

	/* Full at 16 time after time: it is tried less and less often. */
	for (found = 0; found < 8; found++) {
		for (rounds = 0; l.now <= 16 && rounds < 100; rounds++)
			round_of(0.1, &now);
		CHECK(l.now > 16 && rounds < 100);
		now += 1;
		for (i = 0; i < 100 && l.now > 16; i++)
			refuse(16, now);
		CHECK(l.now == 16);
		now += 1;
	}
	CHECK(rounds == 16);
	/* When it takes more, the limit is soon up again. */
	for (rounds = 0; l.now < 64 && rounds < 100; rounds++)
		round_of(0.1, &now);
	CHECK(l.now == 64 && rounds < 60);
}

static void
test_slow(void)
{
	struct limit_try t[8];
	double now = grown(64, 64);
	unsigned i;

	for (i = 0; i < 8; i++)
		t[i] = take(i, now);
	limit_slow(&l, &t[0], now + 600);
	CHECK(l.now == 44);
	/* Once for all that were sent before. */
	for (i = 1; i < 8; i++)
		limit_slow(&l, &t[i], now + 600);
	CHECK(l.now == 44);
	for (i = 0; i < 20; i++) {
		now += 1000;
		t[0] = take(0, now);
		limit_slow(&l, &t[0], now + 600);
	}
	CHECK(l.now == 1);
	limit_restart(&l);
	CHECK(l.now == 4);
	limit_init(&l, 64, 1);
	t[0] = take(0, now);
	limit_slow(&l, &t[0], now);
	for (i = 0; i < 100; i++)
		refuse(63, now);
	CHECK(l.now == 64);
}

/* Rounds of a server that does `most` a second, and takes `least` seconds. */
static void
rounds(double most, double least, double seconds, double *now)
{
	double end = *now + seconds;

	while (*now < end)
		round_of(fmax(least, l.now / most), now);
}

static void
test_guard(void)
{
	double now = 10;

	/* Beyond 32 in flight requests only wait: found and kept. */
	limit_init(&l, 256, 0);
	rounds(320, 0.1, 2, &now);
	CHECK(l.now == 256);
	rounds(320, 0.1, 28, &now);
	CHECK(l.now >= 32 && l.now <= 64);
	/* Not --fixed. */
	limit_init(&l, 256, 1);
	rounds(320, 0.1, 30, &now);
	CHECK(l.now == 256);
	/* Latency that comes from no crowd: a trial, and back. */
	limit_init(&l, 64, 0);
	rounds(1e9, 0.1, 10, &now);
	CHECK(l.now == 64);
	rounds(1e9, 0.4, 60, &now);
	CHECK(l.now == 64);
}

int
main(void)
{
	test_growth();
	test_full();
	test_doomed();
	test_random();
	test_patience();
	test_slow();
	test_guard();
	return check_end("limit");
}
