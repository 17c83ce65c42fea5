/* The gate: what is asked in which order, what is taken, what comes back. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "llm/gate.h"
#include "llm/rate.h"

static char work[] = "/tmp/gate.XXXXXX";
static struct gate g, h;
static struct gate_pass pass[64];
static struct buf why;

/* A gate of its own for each test. */
static void
open_gate(struct gate *to, const struct llm_opt *o, const char *url)
{
	buf_reset(&why);
	CHECK(gate_open(to, o, url, NULL, 100, &why) == 0);
}

static double
enter(struct gate *at, double tokens, double now, unsigned i)
{
	return gate_enter(at, tokens, 0, now, &pass[i]);
}

/* As breaker.c opens: an answer, then ten without a connection. */
static void
go_away(struct gate *at, double now)
{
	unsigned i;

	CHECK(enter(at, 1, now, 0) == 0);
	gate_leave(at, &pass[0], GATE_ANSWER, 0, now);
	for (i = 0; i < 10; i++) {
		CHECK(enter(at, 1, now, 0) == 0);
		CHECK(gate_leave(at, &pass[0], GATE_AWAY, 0, now) ==
		    (i < 9 ? BREAKER_SAME : BREAKER_OPENED));
	}
}

static void
test_options(void)
{
	struct llm_opt o = { .jobs = 4, .retries = 5, .rate = "ten" };

	CHECK(gate_open(&g, &o, "u", NULL, 100, &why) == -1);
	CHECK_STR(buf_cstr(&why), "--rate 'ten': must be N/s, N/m or N/h");
	buf_reset(&why);
	/* Slots need a file. */
	o.rate = NULL;
	o.global_jobs = 2;
	setenv("XDG_RUNTIME_DIR", "/nonexistent", 1);
	setenv("TMPDIR", "/nonexistent", 1);
	CHECK(gate_open(&g, &o, "u", NULL, 100, &why) == -1);
	CHECK(strstr(buf_cstr(&why), "--global-j") != NULL);
	buf_reset(&why);
	o.global_jobs = 0;
	CHECK(gate_open(&g, &o, "u", NULL, 100, &why) == 0);
	gate_close(&g);
	setenv("XDG_RUNTIME_DIR", work, 1);
}

static void
test_flying(void)
{
	struct llm_opt o = { .jobs = 2, .retries = 5 };

	open_gate(&g, &o, "http://flying");
	CHECK(enter(&g, 1, 100, 0) == 0 && enter(&g, 1, 100, 1) == 0);
	CHECK(enter(&g, 1, 100, 2) == -1);
	/* Full comes before all else: nothing is worth waiting for yet. */
	gate_pause(&g, 105, 100);
	CHECK(enter(&g, 1, 100, 2) == -1);
	CHECK(gate_leave(&g, &pass[0], GATE_GONE, 0, 101) == BREAKER_SAME);
	CHECK(fabs(enter(&g, 1, 101, 0) - 4) < 1e-6);
	CHECK(enter(&g, 1, 105.01, 0) == 0);
	CHECK(g.flying == 2);
	gate_close(&g);
}

static void
test_pause(void)
{
	struct llm_opt o = { .jobs = 4, .retries = 5 };

	open_gate(&g, &o, "http://pause");
	open_gate(&h, &o, "http://pause");
	gate_pause(&g, 130, 100);
	CHECK(fabs(enter(&h, 1, 100, 0) - 30) < 1e-6);
	/* A shorter one does not shorten it; one out of all bounds is none. */
	gate_pause(&h, 110, 100);
	CHECK(fabs(enter(&g, 1, 100, 0) - 30) < 1e-6);
	gate_close(&h);
	open_gate(&h, &o, "http://pause2");
	share_set(&h.share.words->pause, 100 + 2 * GATE_PAUSE_MAX);
	CHECK(enter(&h, 1, 100, 0) == 0);
	gate_close(&h);
	gate_close(&g);
}

/* What is taken before a later check says no is given back. */
static void
test_order(void)
{
	struct llm_opt o = { .jobs = 8, .retries = 20, .rate = "1/s",
	    .tpm = 6000, .global_jobs = 3 };
	uint64_t requests, tokens;
	unsigned i;

	open_gate(&g, &o, "http://order");
	CHECK(enter(&g, 50, 100, 0) == 0);
	requests = atomic_load(&g.share.words->requests);
	CHECK(requests > 0);
	tokens = atomic_load(&g.share.words->tokens);
	CHECK(tokens > 0);
	/* --rate says no: no slot is kept, no token taken. */
	CHECK(enter(&g, 50, 100, 1) > 0);
	CHECK(atomic_load(&g.share.words->requests) == requests);
	CHECK(atomic_load(&g.share.words->tokens) == tokens);
	/* --tpm says no: the request is given back, too. */
	CHECK(enter(&g, 2000, 101.1, 1) == 0);
	requests = atomic_load(&g.share.words->requests);
	tokens = atomic_load(&g.share.words->tokens);
	CHECK(enter(&g, 50, 102.2, 2) > 15);
	CHECK(atomic_load(&g.share.words->tokens) == tokens);
	CHECK(atomic_load(&g.share.words->requests) <= requests + 200000000);
	CHECK(share_enter(&g.share) >= 0);	/* the third slot is free */
	share_leave(&g.share, 2);
	gate_leave(&g, &pass[0], GATE_ANSWER, 50, 103);
	gate_leave(&g, &pass[1], GATE_ANSWER, 2000, 103);
	gate_close(&g);

	/* The breaker says no: all is given back, also the slot. */
	o.rate = "100/s";
	o.tpm = 600000;
	open_gate(&g, &o, "http://order2");
	go_away(&g, 200);
	requests = atomic_load(&g.share.words->requests);
	tokens = atomic_load(&g.share.words->tokens);
	for (i = 0; i < 1000; i++)
		CHECK(enter(&g, 1000, 200.5, 0) > 0);
	CHECK(atomic_load(&g.share.words->requests) <=
	    (uint64_t)(200.51 * 1e9));
	CHECK(atomic_load(&g.share.words->tokens) <=
	    (uint64_t)(200.51 * 1e9));
	CHECK(g.flying == 0);
	for (i = 0; i < 3; i++)
		CHECK(share_enter(&g.share) >= 0);
	for (i = 0; i < 3; i++)
		share_leave(&g.share, (long)i);
	/* Nobody but the rate says no: the probe is not used up. */
	while (rate_take(&g.share.words->requests, 100, 1, 201.1) <= 0)
		;
	CHECK(enter(&g, 1, 201.1, 0) > 0);
	CHECK(enter(&g, 1, 202.5, 0) == 0);
	gate_close(&g);
}

static void
test_slots(void)
{
	struct llm_opt o = { .jobs = 8, .retries = 5, .global_jobs = 3 };
	unsigned i;

	open_gate(&g, &o, "http://slots");
	open_gate(&h, &o, "http://slots");
	for (i = 0; i < 2; i++)
		CHECK(enter(&g, 1, 100, i) == 0);
	CHECK(enter(&h, 1, 100, 2) == 0);
	CHECK(enter(&h, 1, 100, 3) > 0 && enter(&g, 1, 100, 3) > 0);
	gate_leave(&g, &pass[0], GATE_BROKEN, 0, 100);
	CHECK(enter(&h, 1, 100, 3) == 0);
	CHECK(enter(&g, 1, 100, 0) > 0);
	gate_close(&h);
	CHECK(enter(&g, 1, 100, 0) == 0);
	gate_close(&g);
}

static void
test_tokens(void)
{
	struct llm_opt o = { .jobs = 8, .retries = 5, .tpm = 60000 };

	open_gate(&g, &o, "http://tokens");
	/* Reserved 5000, used 100: the next needs not wait five seconds. */
	CHECK(enter(&g, 5000, 100, 0) == 0);
	CHECK(enter(&g, 5000, 100, 1) > 4.9);
	gate_leave(&g, &pass[0], GATE_ANSWER, 100, 100.2);
	CHECK(enter(&g, 5000, 100.2, 0) == 0);
	/* What never left comes back, what was lost does not. */
	gate_leave(&g, &pass[0], GATE_AWAY, 0, 100.3);
	CHECK(enter(&g, 5000, 100.3, 0) == 0);
	gate_leave(&g, &pass[0], GATE_BROKEN, 0, 100.4);
	CHECK(enter(&g, 5000, 100.4, 0) > 4.5);
	/* Used more than reserved: it is owed. */
	CHECK(enter(&g, 100, 200, 0) == 0);
	gate_leave(&g, &pass[0], GATE_ANSWER, 10100, 201);
	CHECK(enter(&g, 100, 201, 0) > 8.9);
	gate_close(&g);
}

static void
test_budgets(void)
{
	struct llm_opt o = { .jobs = 64, .retries = 5, .fixed = 1 };
	double now = 100;
	unsigned i, n = 0;

	/* Retries: some at once, then ten a second. */
	open_gate(&g, &o, "http://budget");
	while (gate_enter(&g, 1, 1, now, &pass[0]) == 0) {
		gate_leave(&g, &pass[0], GATE_GONE, 0, now);
		n++;
	}
	CHECK(n == 20);
	CHECK(gate_retry_wait(&g, now) > 0.09);
	/* First tries are not held back by it, and let a tenth pass. */
	for (i = 0; i < 11; i++) {
		CHECK(enter(&g, 1, now, 0) == 0);
		gate_leave(&g, &pass[0], GATE_GONE, 0, now);
	}
	CHECK(gate_enter(&g, 1, 1, now, &pass[0]) == 0);
	CHECK(gate_enter(&g, 1, 1, now, &pass[1]) > 0);
	CHECK(gate_enter(&g, 1, 1, now + 0.11, &pass[1]) == 0);
	gate_close(&g);
	/* Refusals: some at once, then two a second and two an answer. */
	open_gate(&g, &o, "http://refusals");
	for (n = 0; enter(&g, 1, now, 0) == 0; n++)
		gate_leave(&g, &pass[0], GATE_REFUSED, 0, now);
	CHECK(n == 20);
	CHECK(fabs(enter(&g, 1, now, 0) - 0.5) < 1e-6);
	CHECK(enter(&g, 1, now + 0.51, 0) == 0);
	gate_leave(&g, &pass[0], GATE_ANSWER, 0, now + 0.51);
	for (n = 0; enter(&g, 1, now + 0.51, 0) == 0; n++)
		gate_leave(&g, &pass[0], GATE_REFUSED, 0, now + 0.51);
	CHECK(n == 3);
	gate_close(&g);
}

static void
test_backoff(void)
{
	struct llm_opt o = { .jobs = 64, .retries = 5, .fixed = 1 };
	double now = 100;
	unsigned i;

	open_gate(&g, &o, "http://backoff");
	CHECK(gate_backoff(&g) == 0.5);
	/* A round of refusals is one step. */
	for (i = 0; i < 10; i++)
		CHECK(enter(&g, 1, now, i) == 0);
	for (i = 0; i < 10; i++)
		gate_leave(&g, &pass[i], GATE_REFUSED, 0, now + 1);
	CHECK(gate_backoff(&g) == 0.5);
	/* So are those that follow each other before all had their turn. */
	for (i = 0; i < 8; i++) {
		CHECK(enter(&g, 1, now + 1 + 0.01 * i, 0) == 0);
		gate_leave(&g, &pass[0], GATE_REFUSED, 0, now + 1.1);
	}
	CHECK(gate_backoff(&g) == 0.5);
	for (i = 1; i < 20; i++) {
		now += 100;
		CHECK(enter(&g, 1, now, 0) == 0);
		gate_leave(&g, &pass[0], GATE_REFUSED, 0, now + 1);
		CHECK(gate_backoff(&g) == fmin(60, 0.5 * exp2(i)));
	}
	now += 100;
	CHECK(enter(&g, 1, now, 0) == 0);
	gate_leave(&g, &pass[0], GATE_ANSWER, 0, now);
	CHECK(gate_backoff(&g) == 0.5);
	gate_close(&g);
}

/* After an outage both processes begin slowly. */
static void
test_restart(void)
{
	struct llm_opt o = { .jobs = 64, .retries = 20 };
	double now = 100;

	open_gate(&g, &o, "http://restart");
	open_gate(&h, &o, "http://restart");
	g.limit.now = h.limit.now = 64;
	go_away(&g, now);
	CHECK(enter(&h, 1, now, 0) > 0 && h.breaker.open);
	now += 1.01;
	CHECK(enter(&g, 1, now, 0) == 0);
	CHECK(gate_leave(&g, &pass[0], GATE_ANSWER, 0, now) == BREAKER_SAME);
	CHECK(enter(&g, 1, now, 0) == 0);
	CHECK(gate_leave(&g, &pass[0], GATE_ANSWER, 0, now) ==
	    BREAKER_CLOSED);
	CHECK(g.limit.now == 4);
	CHECK(enter(&h, 1, now, 0) == 0 && h.limit.now == 4);
	gate_close(&h);
	gate_close(&g);
	/* One retry at most: two failures in a row are enough. */
	o.retries = 1;
	open_gate(&g, &o, "http://restart2");
	CHECK(enter(&g, 1, now, 0) == 0);
	gate_leave(&g, &pass[0], GATE_ANSWER, 0, now);
	CHECK(enter(&g, 1, now, 0) == 0);
	CHECK(gate_leave(&g, &pass[0], GATE_AWAY, 0, now) == BREAKER_SAME);
	CHECK(enter(&g, 1, now, 0) == 0);
	CHECK(gate_leave(&g, &pass[0], GATE_AWAY, 0, now) == BREAKER_OPENED);
	gate_close(&g);
}

int
main(void)
{
	char command[64];

	if (mkdtemp(work) == NULL)
		return 1;
	test_options();
	test_flying();
	test_pause();
	test_order();
	test_slots();
	test_tokens();
	test_budgets();
	test_backoff();
	test_restart();
	buf_free(&why);
	snprintf(command, sizeof(command), "rm -rf %s", work);
	CHECK(system(command) == 0);
	return check_end("gate");
}
