/*
 * The gate against simulated servers: does it keep them busy, and spare them
 * when they refuse?  -v prints the figures.
 */
#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "gate_sim_run.h"

static int verbose;
static unsigned scenario;

#define say(...) (verbose ? printf(__VA_ARGS__) : 0)

static struct sim_client *
join(struct sim *s, unsigned long jobs, uint64_t fresh)
{
	struct llm_opt o = { .jobs = jobs, .retries = 5 };
	char url[32];

	snprintf(url, sizeof(url), "http://sim/%u", scenario);
	return sim_join(s, url, &o, fresh);
}

static const uint64_t ENDLESS = (uint64_t)1 << 40;

struct figures { double rate, refusals, sends, busy, limit, longest; };

/* Runs `warm` seconds, then measures for `seconds`. */
static struct figures
measure(const char *what, const struct sim_server *v, unsigned long jobs,
    double warm, double seconds)
{
	struct sim *s = sim_new(v, ++scenario);
	struct sim_client *k = join(s, jobs, ENDLESS);
	struct figures f;

	sim_until(s, warm);
	sim_mark(s);
	sim_until(s, warm + seconds);
	f.rate = (double)s->answers / seconds;
	f.refusals = (double)s->refused / (double)(s->answers + 1);
	f.sends = (double)s->sent / (double)(s->answers + 1);
	f.busy = s->busy / seconds;
	f.limit = k->limit / seconds;
	f.longest = s->longest;
	if (verbose)
		printf("%-34s -j%-3lu %8.1f/s %6.2f refusals, %5.2f sends "
		    "an answer, busy %5.1f, limit %5.1f, longest %.1f s\n",
		    what, jobs, f.rate, f.refusals, f.sends, f.busy, f.limit,
		    f.longest);
	sim_free(s);
	return f;
}

static void
test_queue(void)
{
	static const unsigned long jobs[] = { 16, 32, 64 };
	struct sim_server v = { .low = 0.1, .high = 0.1, .slots = 16 };
	size_t i;

	for (i = 0; i < 3; i++)
		CHECK(measure("queue 16 x 100 ms", &v, jobs[i], 2, 120).rate >=
		    0.95 * 160);
}

static void
full(unsigned most, double latency, double net, unsigned long jobs)
{
	struct sim_server v = { .low = latency, .high = latency,
	    .full = most, .net = net };
	double best = most / (latency + 2 * net);
	struct figures f;
	char what[64];

	snprintf(what, sizeof(what), "full at %u, %g ms, net %g ms", most,
	    latency * 1e3, net * 1e3);
	f = measure(what, &v, jobs, 10 + 40 * latency, 30 + 100 * latency);
	CHECK(f.rate >= 0.95 * fmin(best, (double)jobs / (latency + 2 * net)));
	CHECK(f.refusals <= 3);
	CHECK(f.longest <= 8 + 20 * latency);
}

static void
test_full(void)
{
	static const unsigned most[] = { 1, 4, 16, 60 };
	static const double latency[] = { 0.02, 0.1, 2 };
	size_t i, j;

	for (i = 0; i < 4; i++)
		for (j = 0; j < 3; j++) {
			full(most[i], latency[j], 0, 64);
			full(most[i], latency[j], 0.0025, 64);
			full(most[i], latency[j], 0.0001, 16);
		}
}

static void
random_refusals(double share, double low, double high, unsigned long jobs,
    double bar)
{
	struct sim_server v = { .low = low, .high = high, .refuse = share,
	    .net = 0.0005 };
	double latency = (low + high) / 2;
	struct figures f;
	char what[64];

	snprintf(what, sizeof(what), "%g %% refused, %g-%g ms", share * 100,
	    low * 1e3, high * 1e3);
	f = measure(what, &v, jobs, 2 + 10 * latency, 20 + 100 * latency);
	CHECK(f.rate >= bar * (double)jobs / latency);
	CHECK(f.longest <= 8 + 20 * latency);
}

static void
test_random(void)
{
	static const double p[] = { 0.1, 0.3, 0.5 };
	static const double t[][2] = { { 0.02, 0.02 }, { 0.1, 0.1 },
	    { 0.005, 0.2 }, { 1, 1 }, { 5, 5 }, { 1, 9 } };
	size_t i, j;

	for (i = 0; i < 3; i++)
		for (j = 0; j < 6; j++) {
			random_refusals(p[i], t[j][0], t[j][1], 16, 0.8);
			random_refusals(p[i], t[j][0], t[j][1], 64, 0.8);
		}
}

static void
test_rate_limited(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .rate = 10,
	    .burst = 10, .net = 0.001 };
	struct figures f;

	f = measure("10/s, no hint", &v, 64, 10, 120);
	CHECK(f.sends <= 5);
	CHECK(f.rate >= 9);
	f = measure("10/s, no hint", &v, 4, 10, 120);
	CHECK(f.sends <= 5);
	v.retry_after = 1;
	f = measure("10/s, Retry-After: 1", &v, 64, 10, 120);
	CHECK(f.sends <= 5);
	v.low = v.high = 2;
	f = measure("10/s, 2 s, Retry-After: 1", &v, 64, 10, 120);
	v.retry_after = 0;
	f = measure("10/s, 2 s, no hint", &v, 64, 10, 120);
	CHECK(f.sends <= 5);
	v.low = 1;
	v.high = 3;
	f = measure("10/s, 1-3 s, no hint", &v, 64, 10, 120);
	CHECK(f.sends <= 5);
}

static void
test_knee(void)
{
	struct sim_server v = { .low = 0.5, .high = 1.5, .knee = 32,
	    .net = 0.001 };
	struct figures f;

	f = measure("knee 32, 1 s, first minute", &v, 256, 5, 60);
	CHECK(f.rate >= 0.95 * 32);
	f = measure("knee 32, 1 s", &v, 256, 60, 600);
	CHECK(f.rate >= 0.95 * 32);
	CHECK(f.limit >= 32 && f.limit <= 80);
	v.knee = 64;
	f = measure("knee 64, 1 s", &v, 64, 60, 600);
	CHECK(f.rate >= 0.95 * 64);
	v.knee = 4;
	f = measure("knee 4, 1 s", &v, 256, 60, 600);
	CHECK(f.rate >= 0.95 * 4);
	v.knee = 32;
	v.low = 5;
	v.high = 15;
	f = measure("knee 32, 10 s", &v, 256, 300, 3000);
	CHECK(f.rate >= 0.95 * 3.2);
	CHECK(f.limit >= 32 && f.limit <= 80);
	v.low = 0.05;
	v.high = 0.15;
	f = measure("knee 32, 100 ms", &v, 256, 20, 300);
	CHECK(f.rate >= 0.95 * 320);
	CHECK(f.limit >= 32 && f.limit <= 80);
}

static void
test_uneven(void)
{
	struct sim_server v = { .low = 0.005, .high = 0.2, .slots = 64 };

	CHECK(measure("64 slots, 5-200 ms", &v, 64, 0, 10).busy >= 60);
	CHECK(measure("64 slots, 5-200 ms", &v, 64, 10, 200).busy >= 60);
}

/* Latency that comes from no crowd must not cost more than a short trial. */
static void
test_slower(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .slots = 64 };
	struct sim *s = sim_new(&v, ++scenario);
	struct sim_client *k = join(s, 64, ENDLESS);

	sim_until(s, 20);
	s->server.low = s->server.high = 0.4;
	sim_until(s, 22);
	sim_mark(s);
	sim_until(s, 322);
	say("three times slower at 20 s: %.1f/s of 160, limit %g\n",
	    (double)s->answers / 300, k->gate.limit.now);
	CHECK((double)s->answers >= 0.95 * 160 * 300);
	CHECK(k->gate.limit.now == 64);
	sim_free(s);
}

/* The server takes more after a while: the limit follows. */
static void
test_more_room(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .full = 8,
	    .net = 0.0005 };
	struct sim *s = sim_new(&v, ++scenario);

	join(s, 64, ENDLESS);
	sim_until(s, 60);
	s->server.full = 40;
	sim_until(s, 75);
	sim_mark(s);
	sim_until(s, 85);
	say("full at 8, then at 40: %.1f/s of 396 after 15 s\n",
	    (double)s->answers / 10);
	CHECK((double)s->answers >= 0.9 * 396 * 10);
	sim_free(s);
}

static void
outage(const char *what, const struct sim_server *v)
{
	struct sim *s = sim_new(v, ++scenario);
	struct sim_client *k = join(s, 64, 10000);
	unsigned long lost;

	sim_until(s, 20);
	sim_mark(s);
	/* The probe after 1 + 2 + 4 + 8 + 16 seconds finds it back. */
	sim_until(s, 20 + 31 + 2);
	lost = s->away + s->broken;
	CHECK(k->opened == 1 && k->closed == 1);
	sim_mark(s);
	sim_until(s, 20 + 31 + 4);
	say("%s for 20 s: %lu tries, %.1f/s of 160 then", what, lost,
	    (double)s->answers / 2);
	CHECK(lost <= 100);
	CHECK((double)s->answers >= 0.9 * 160 * 2);
	sim_until(s, 400);
	say(", last answer at %.1f s, %lu failed\n", s->last - SIM_START,
	    s->failed);
	CHECK(s->failed == 0 && k->fresh == 0 && s->events.n == 0);
	CHECK(s->last - SIM_START < 10000 / 160.0 + 31 + 5);
	sim_free(s);
}

static void
test_outage(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .slots = 16,
	    .net = 0.0002, .away = { 20, 40 } };

	outage("no connection", &v);
	v.away[0] = v.away[1] = 0;
	v.down[0] = 20;
	v.down[1] = 40;
	outage("errors", &v);
}

/* A fifth of all fails for no reason: tried again, no outage. */
static void
test_broken(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .slots = 16,
	    .net = 0.0002, .broken = 0.2 };
	struct sim *s = sim_new(&v, ++scenario);
	struct sim_client *k = join(s, 64, ENDLESS);

	sim_until(s, 10);
	sim_mark(s);
	sim_until(s, 110);
	say("20 %% broken: %.1f/s of 160, opened %u times\n",
	    (double)s->answers / 100, k->opened);
	CHECK(k->opened == 0);
	CHECK((double)s->answers >= 0.9 * 160 * 100);
	sim_free(s);
}

/* Three processes, one rate, and a server that could do more. */
static void
test_processes(void)
{
	struct sim_server v = { .low = 0.05, .high = 0.3, .slots = 64 };
	struct sim *s = sim_new(&v, ++scenario);
	struct llm_opt o = { .jobs = 16, .retries = 5, .rate = "40/s" };
	unsigned i;

	for (i = 0; i < 3; i++)
		sim_join(s, "http://sim/together", &o, ENDLESS);
	sim_until(s, 10);
	sim_mark(s);
	sim_until(s, 110);
	say("three with --rate 40/s: %.2f/s\n", (double)s->sent / 100);
	CHECK(s->sent >= 3800 && s->sent <= 4200);
	sim_free(s);
}

/* Three processes and an outage: they probe no oftener than one. */
static void
test_processes_away(void)
{
	struct sim_server v = { .low = 0.1, .high = 0.1, .slots = 64,
	    .net = 0.0002, .away = { 20, 140 } };
	struct sim *s = sim_new(&v, ++scenario);
	struct llm_opt o = { .jobs = 16, .retries = 5 };
	unsigned i, open = 0;

	for (i = 0; i < 3; i++)
		sim_join(s, "http://sim/away", &o, 4000);
	sim_until(s, 22);
	sim_mark(s);
	sim_until(s, 140);
	say("three, away for two minutes: %lu tries\n", s->away);
	CHECK(s->away <= 10);
	sim_until(s, 600);
	for (i = 0; i < 3; i++)
		open += (unsigned)s->client[i].gate.breaker.open;
	CHECK(open == 0 && s->failed == 0 && s->events.n == 0);
	sim_free(s);
}

/* Few records for a while: the limit grows by what was made use of. */
static void
test_idle(void)
{
	struct sim_server v = { .low = 0.05, .high = 0.15, .slots = 64,
	    .net = 0.0002 };
	struct sim *s = sim_new(&v, ++scenario);
	struct sim_client *k = join(s, 64, 0);

	k->every = 0.05;
	sim_at(s, s->now, EV_WAKE, &k->supply);
	sim_until(s, 60);
	say("20 records a second for a minute: limit %g", k->gate.limit.now);
	CHECK(k->gate.limit.now <= 8);
	/* Then as many as may be, with pauses. */
	k->every = 0.001;
	k->idle[0] = SIM_START + 90;
	k->idle[1] = SIM_START + 120;
	sim_until(s, 62);
	sim_mark(s);
	sim_until(s, 90);
	say(", then %.1f/s of 640", (double)s->answers / 28);
	CHECK((double)s->answers >= 0.95 * 640 * 28);
	sim_until(s, 160);
	sim_mark(s);
	sim_until(s, 260);
	say(", after a pause %.1f/s, limit %g\n", (double)s->answers / 100,
	    k->gate.limit.now);
	CHECK((double)s->answers >= 0.95 * 640 * 100);
	sim_free(s);
}

int
main(int argc, char **argv)
{
	char dir[] = "/tmp/gate_sim.XXXXXX";
	char rm[64];

	setvbuf(stdout, NULL, _IOLBF, 0);
	verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	if (mkdtemp(dir) == NULL)
		return 1;
	setenv("XDG_RUNTIME_DIR", dir, 1);
	test_queue();
	test_full();
	test_random();
	test_rate_limited();
	test_knee();
	test_uneven();
	test_slower();
	test_more_room();
	test_outage();
	test_broken();
	test_processes();
	test_processes_away();
	test_idle();
	snprintf(rm, sizeof(rm), "rm -rf %s", dir);
	if (system(rm) != 0)
		return 1;
	return check_end("gate_sim");
}
