/* A simulation (gate_sim.h): the clients, and what drives it on. */
#ifndef GATE_SIM_RUN_H
#define GATE_SIM_RUN_H

#include "gate_sim.h"

static void
sim_count_limit(struct sim_client *k)
{
	k->limit += (k->sim->now - k->limit_at) * k->gate.limit.now;
	k->limit_at = k->sim->now;
}

static struct sim_call *
sim_next(struct sim_client *k)
{
	struct sim_call *c = heap_pop(&k->ready);

	if (c != NULL || k->fresh == 0)
		return c;
	k->fresh--;
	c = mem_new(1, sizeof(*c));
	if (c == NULL)
		abort();
	c->client = k;
	c->id = k->sim->seq++;
	return c;
}

static void
sim_send(struct sim *s, struct sim_call *c)
{
	const struct sim_server *v = &s->server;

	s->sent++;
	if (c->begun <= 0)
		c->begun = s->now;
	c->hint = 0;
	c->work = sim_between(s, v->low, v->high);
	if (sim_is_in(v->away, s->now))
		sim_reply(s, c, GATE_AWAY);
	else
		sim_at(s, s->now + v->net, EV_ARRIVE, c);
}

static void
sim_wait(struct sim *s, struct sim_call *c, double seconds)
{
	sim_at(s, s->now + seconds, EV_WAKE, c);
}

/* As try_to_send(): 1: sent or put off, 0: not now. */
static int
sim_try(struct sim_client *k, struct sim_call *c)
{
	struct sim *s = k->sim;
	double wait = c->is_retry ? gate_retry_wait(&k->gate, s->now) : 0;

	if (wait > 0) {
		sim_wait(s, c, wait + 0.001);
		return 1;
	}
	wait = gate_enter(&k->gate, 100, c->is_retry, s->now, &c->pass);
	if (wait == 0) {
		sim_send(s, c);
		return 1;
	}
	heap_push(&k->ready, c->id, 0, c);
	k->pump_at = wait > 0 ? s->now + fmax(wait, 1e-6) : 0;
	if (wait > 0)
		sim_at(s, k->pump_at, EV_PUMP, &k->pump);
	return 0;
}

static void
sim_pump(struct sim_client *k)
{
	struct sim_call *c;

	k->pump_at = 0;
	while ((c = sim_next(k)) != NULL && sim_try(k, c))
		;
}

/* As retry() and again(). */
static void
sim_again(struct sim_client *k, struct sim_call *c)
{
	struct sim *s = k->sim;
	double wait = rng_unit(&s->rng) * gate_backoff(&k->gate);

	c->is_retry = c->end != GATE_REFUSED;
	if (c->is_retry && !(c->end == GATE_AWAY && k->gate.breaker.open) &&
	    ++c->tries > 5) {
		s->failed++;
		free(c);
		return;
	}
	if (c->hint > 0)
		gate_pause(&k->gate, s->now + c->hint, s->now);
	wait = fmax(wait, c->hint * (1 + rng_unit(&s->rng) * 0.1));
	sim_wait(s, c, fmax(0.05, wait));
}

static void
sim_done(struct sim *s, struct sim_call *c)
{
	struct sim_client *k = c->client;
	enum breaker_news news;

	sim_count_limit(k);
	news = gate_leave(&k->gate, &c->pass, c->end, 100, s->now);
	k->opened += news == BREAKER_OPENED;
	k->closed += news == BREAKER_CLOSED;
	s->refused += c->end == GATE_REFUSED;
	s->broken += c->end == GATE_BROKEN;
	s->away += c->end == GATE_AWAY;
	if (c->end == GATE_ANSWER) {
		s->answers++;
		s->last = s->now;
		s->longest = fmax(s->longest, s->now - c->begun);
		free(c);
	} else {
		sim_again(k, c);
	}
	sim_pump(k);
}

/* The next record of a client that gets one now and then. */
static void
sim_supply(struct sim_client *k)
{
	struct sim *s = k->sim;

	if (!sim_is_in(k->idle, s->now))
		k->fresh++;
	sim_at(s, s->now + k->every, EV_WAKE, &k->supply);
}

static void
sim_event(struct sim *s, struct sim_call *c, uint64_t version)
{
	struct sim_client *k = c->client;

	if (c->kind == EV_ARRIVE) {
		sim_arrive(s, c);
	} else if (c->kind == EV_SERVED) {
		sim_served(s, c, version);
	} else if (c->kind == EV_DONE) {
		sim_done(s, c);
	} else {
		if (c == &k->supply)
			sim_supply(k);
		else if (c->kind == EV_WAKE)
			heap_push(&k->ready, c->id, 0, c);
		else if (k->pump_at > s->now)
			return;		/* an older one */
		sim_pump(k);
	}
}

/* On to this time, or to where nothing happens any more. */
static void
sim_until(struct sim *s, double seconds)
{
	double end = SIM_START + seconds;
	uint64_t version;
	unsigned i;

	while (s->events.n > 0 && (double)s->events.v[0].major * 1e-9 <= end) {
		s->now = (double)s->events.v[0].major * 1e-9;
		version = s->events.v[0].minor;
		sim_event(s, heap_pop(&s->events), version);
	}
	if (s->events.n > 0)
		s->now = end;
	sim_catch_up(s);
	for (i = 0; i < s->nclients; i++)
		sim_count_limit(&s->client[i]);
}

/* Counts from here. */
static void
sim_mark(struct sim *s)
{
	unsigned i;

	s->sent = s->answers = s->refused = s->broken = s->away = 0;
	s->busy = s->longest = 0;
	for (i = 0; i < s->nclients; i++)
		s->client[i].limit = 0;
}

/*
 * One more client with `fresh` records; those of a simulation share the
 * words of `url`.
 */
static struct sim_client *
sim_join(struct sim *s, const char *url, const struct llm_opt *o,
    uint64_t fresh)
{
	struct sim_client *k = &s->client[s->nclients++];
	struct buf why = BUF_INIT;

	k->sim = s;
	k->opt = *o;
	k->fresh = fresh;
	k->limit_at = s->now;
	k->pump.client = k->supply.client = k;
	if (gate_open(&k->gate, &k->opt, url, NULL, s->now, &why) < 0)
		abort();
	sim_at(s, s->now, EV_PUMP, &k->pump);
	return k;
}

static struct sim *
sim_new(const struct sim_server *server, uint64_t seed)
{
	struct sim *s = mem_new(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->server = *server;
	if (s->server.away[1] > 0) {
		s->server.away[0] += SIM_START;
		s->server.away[1] += SIM_START;
	}
	if (s->server.down[1] > 0) {
		s->server.down[0] += SIM_START;
		s->server.down[1] += SIM_START;
	}
	s->now = s->busy_at = s->bucket_at = SIM_START;
	s->bucket = server->burst;
	s->rng = seed;
	return s;
}

static void
sim_free_calls(struct heap *h)
{
	struct sim_call *c;

	while ((c = heap_pop(h)) != NULL)
		if (c->client != NULL && c != &c->client->pump &&
		    c != &c->client->supply)
			free(c);
	heap_free(h);
}

static void
sim_free(struct sim *s)
{
	unsigned i;

	for (i = 0; i < s->nclients; i++) {
		sim_free_calls(&s->client[i].ready);
		gate_close(&s->client[i].gate);
	}
	sim_free_calls(&s->events);
	sim_free_calls(&s->line);
	sim_free_calls(&s->share);
	free(s);
}

#endif
