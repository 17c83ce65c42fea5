/*
 * A simulation of clients that send through a gate (llm/gate.h) and of one
 * server, event after event on a clock that nobody waits for.  A client does
 * what llm/send.c and llm/retry.c do: what failed waits as again() says, what
 * is due goes first, then what has not been sent yet.  Here is the server;
 * gate_sim_run.h has the rest.
 */
#ifndef GATE_SIM_H
#define GATE_SIM_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/mem.h"
#include "base/rng.h"
#include "llm/gate.h"

enum sim_kind { EV_WAKE, EV_PUMP, EV_ARRIVE, EV_SERVED, EV_DONE };

struct sim_call {
	struct sim_client *client;
	enum sim_kind kind;	/* of the event it is in */
	enum gate_end end;
	double hint;		/* of the server, or 0 */
	double work;		/* seconds, with a slot of its own */
	int is_retry, tries;
	uint64_t id;
	double begun;		/* first sent, 0: not yet */
	struct gate_pass pass;
};

/* What a server does with a request; 0: it does not. */
struct sim_server {
	double low, high;	/* seconds of work, evenly between */
	unsigned slots;		/* worked at; others wait in line */
	unsigned knee;		/* worked at full speed; more share it */
	unsigned full;		/* more than these are refused */
	double net;		/* seconds on the way, there or back */
	double refuse;		/* the share refused at random */
	double broken;		/* answered with an error of its own */
	double rate, burst;	/* answers a second; more are refused, */
	double retry_after;	/* saying so */
	double away[2];		/* no connection from, until */
	double down[2];		/* errors of its own from, until */
};

struct sim_client {
	struct sim *sim;
	struct gate gate;
	struct llm_opt opt;
	struct heap ready;
	double pump_at;
	uint64_t fresh;		/* records not yet sent */
	double every;		/* a record comes each so many seconds */
	double idle[2];		/* no more comes from, until */
	struct sim_call pump, supply;
	double limit, limit_at;	/* integral of the limit, and when */
	unsigned opened, closed;
};

enum { SIM_CLIENTS = 4 };

struct sim {
	struct sim_server server;
	struct sim_client client[SIM_CLIENTS];
	unsigned nclients;
	double now, end;
	uint64_t rng, seq;
	struct heap events, line, share;	/* share: by work done */
	unsigned inside;	/* taken by the server and not answered */
	double virtual;		/* work that each of those has had */
	struct sim_call tick;	/* of the event that ends the next of them, */
	uint64_t version;	/* if it is this one */
	double bucket, bucket_at;
	unsigned long sent, answers, refused, broken, away, failed;
	double busy, busy_at;	/* integral of what is worked at */
	double last;		/* answer */
	double longest;		/* from the first try to the answer */
};

#define SIM_START 1000.0	/* seconds on the clock */

static void
sim_at(struct sim *s, double when, enum sim_kind kind, struct sim_call *c)
{
	c->kind = kind;
	heap_push(&s->events, (uint64_t)(when * 1e9), s->seq++, c);
}

static double
sim_between(struct sim *s, double low, double high)
{
	return low + (high - low) * rng_unit(&s->rng);
}

static int
sim_is_in(const double span[2], double now)
{
	return now >= span[0] && now < span[1];
}

/* The server. */

static double
sim_working(const struct sim *s)
{
	unsigned most = s->server.slots ? s->server.slots : s->server.knee;

	return most > 0 ? fmin(s->inside, most) : s->inside;
}

/* How fast a request gets on where the server shares itself out. */
static double
sim_speed(const struct sim *s)
{
	return s->inside > s->server.knee ? (double)s->server.knee /
	    s->inside : 1;
}

/* Up to now, with as many inside as there have been since the last call. */
static void
sim_catch_up(struct sim *s)
{
	double span = s->now - s->busy_at;

	s->busy += span * sim_working(s);
	if (s->server.knee > 0)
		s->virtual += span * sim_speed(s);
	s->busy_at = s->now;
}

static void
sim_reply(struct sim *s, struct sim_call *c, enum gate_end end)
{
	c->end = end;
	sim_at(s, s->now + s->server.net, EV_DONE, c);
}

/* Sets the event that ends the next request of a shared server. */
static void
sim_share_next(struct sim *s)
{
	double left;

	if (s->share.n == 0)
		return;
	left = (double)s->share.v[0].major * 1e-9 - s->virtual;
	s->version = s->seq;
	sim_at(s, s->now + fmax(0, left) / sim_speed(s), EV_SERVED, &s->tick);
}

static void
sim_begin(struct sim *s, struct sim_call *c)
{
	sim_at(s, s->now + c->work, EV_SERVED, c);
}

static int
sim_refuses(struct sim *s)
{
	const struct sim_server *v = &s->server;

	if (v->full > 0 && s->inside >= v->full)
		return 1;
	if (v->refuse > 0 && rng_unit(&s->rng) < v->refuse)
		return 1;
	if (v->rate <= 0)
		return 0;
	s->bucket = fmin(v->burst, s->bucket + v->rate *
	    (s->now - s->bucket_at));
	s->bucket_at = s->now;
	if (s->bucket < 1)
		return 1;
	s->bucket--;
	return 0;
}

static void
sim_arrive(struct sim *s, struct sim_call *c)
{
	const struct sim_server *v = &s->server;

	if (sim_is_in(v->down, s->now) || (v->broken > 0 &&
	    rng_unit(&s->rng) < v->broken)) {
		sim_reply(s, c, GATE_BROKEN);
		return;
	}
	if (sim_refuses(s)) {
		c->hint = v->retry_after;
		sim_reply(s, c, GATE_REFUSED);
		return;
	}
	sim_catch_up(s);
	s->inside++;
	if (v->knee > 0) {
		heap_push(&s->share, (uint64_t)((s->virtual + c->work) * 1e9),
		    s->seq++, c);
		sim_share_next(s);
	} else if (v->slots == 0 || s->inside <= v->slots) {
		sim_begin(s, c);
	} else {
		heap_push(&s->line, s->seq++, 0, c);
	}
}

static void
sim_served(struct sim *s, struct sim_call *c, uint64_t version)
{
	sim_catch_up(s);
	if (s->server.knee > 0) {
		if (version != s->version)
			return;
		c = heap_pop(&s->share);
	}
	s->inside--;
	sim_reply(s, c, GATE_ANSWER);
	if (s->server.knee > 0)
		sim_share_next(s);
	else if ((c = heap_pop(&s->line)) != NULL)
		sim_begin(s, c);
}

#endif
