/* Calls that are ready, to the wire: as gate, bill and clock allow. */
#include <stdio.h>

#include "base/clock.h"
#include "base/die.h"
#include "llm/flow_int.h"

static const double AWAY_MAX = 600;	/* seconds that an outage may last */

static int
need_http(struct flow *w)
{
	struct http_opt o = {
	    .url = { w->endpoint.url[0], w->endpoint.url[1],
	    w->endpoint.url[2] },
	    .auth_header = w->endpoint.header, .socket = w->endpoint.socket,
	    .cacert = w->opt->cacert, .timeout = w->opt->timeout,
	    .connect_timeout = w->opt->connect_timeout,
	    .connections = w->opt->jobs,
	    .max_response = w->opt->max_response,
	    .direct = w->endpoint.loopback, .http2 = w->opt->http2,
	    .at_most_once = w->opt->at_most_once };

	if (w->http == NULL)
		w->http = http_new(&o, &w->filter->why);
	return w->http == NULL ? -1 : 0;
}

/* -vv: where the request goes and what it says; the key is in neither. */
static void
show_request(const struct flow *w, const struct call *c)
{
	fprintf(stderr, "%s: POST %s %s\n", die_name(),
	    w->endpoint.url[c->req.to], c->req.body);
}

/* What goes on the wire: the body that the key is of, or one for a stream. */
static int
wire_body(struct flow *w, struct call *c)
{
	c->req.body = c->body.s;
	c->req.len = c->body.len;
	c->req.to = c->want == LLM_EMBEDDING ? 1 : c->want == LLM_ECHO ? 2 : 0;
	/* What is no answer comes whole: sse.h joins texts alone. */
	if (!w->opt->stream || c->want != LLM_ANSWER)
		return 0;
	buf_reset(&c->wire);
	buf_add(&c->wire, c->body.s, c->body.len);
	chat_stream(w->opt, &c->wire);
	c->req.body = c->wire.s;
	c->req.len = c->wire.len;
	return buf_ok(&c->wire) ? 0 : flow_no_memory(w);
}

static int
send(struct flow *w, struct call *c, double now)
{
	if (wire_body(w, c) < 0)
		return -1;
	if (!c->started)
		c->deadline = now + w->opt->deadline;
	c->started = 1;
	c->req.owner = c;
	if (http_start(w->http, &c->req, c->deadline - now) < 0)
		return flow_no_memory(w);
	if (w->filter->opt->verbose > 1)
		show_request(w, c);
	bill_send(&w->bill, &c->hold);
	flight_add(w, c);
	return 0;
}

/* What the server was found to know less of is not asked for again. */
static int
adapt(struct flow *w, struct call *c)
{
	if (c->schema == NULL || c->format >= w->format)
		return 0;
	c->format = w->format;
	c->changed = 1;
	return call_body(w, c);
}

/* A line of a batch in the place of a request. */
static int
show(struct flow *w, struct call *c)
{
	struct buf line = BUF_INIT;
	int r;

	batch_line(w->opt->api, (int)c->want, c->key, c->body.s, c->body.len,
	    &line);
	w->dry++;
	w->dry_in += bill_tokens(c->body.s, c->body.len);
	w->dry_out += (double)call_max_tokens(w, c);
	r = filter_put(w->filter, &line, 0);
	buf_free(&line);
	return r < 0 ? -1 : call_fail(w, c, "not_attempted", 0);
}

/*
 * Is there money for it?  0: yes; 1: the run has stopped, for there is none;
 * 2: perhaps when others have ended.
 */
static int
afford(struct flow *w, struct call *c)
{
	int r;

	if (w->opt->max_requests > 0 && w->requests >= w->opt->max_requests) {
		flow_stop(w, AC_DENIED, "--max-requests is reached");
		return 1;
	}
	bill_hold(&w->bill, c->body.len, (double)call_max_tokens(w, c),
	    &c->hold);
	r = bill_may_send(&w->bill, &c->hold);
	if (r < 0)
		flow_stop(w, AC_DENIED, "--max-cost is reached");
	return r < 0 ? 1 : r == 0 ? 2 : 0;
}

/* The run has stopped: with the failure it had, or without any try. */
static int
try_to_stop(struct flow *w, struct call *c)
{
	return call_fail(w, c, c->last ? c->last : "not_attempted",
	    c->status) < 0 ? -1 : 1;
}

/* Later, for want of a retry in the budget: others go first. */
static int
put_off(struct flow *w, struct call *c, double due)
{
	return heap_push(&w->waiting, (uint64_t)(due * 1000) + 1, c->seq,
	    c) < 0 ? flow_no_memory(w) : 1;
}

/* Sends a call if the gate lets it.  1: sent or put off, 0: not now, -1. */
static int
try_to_send(struct flow *w, struct call *c)
{
	double now = clock_now(), tokens = 0, wait;

	if (need_http(w) < 0)
		return -1;
	if (c->started && now >= c->deadline)
		return call_give_up(w, c, c->last != NULL ? c->last :
		    "timeout", c->status, "") < 0 ? -1 : 1;
	if (breaker_age(&w->gate.breaker, now) > AWAY_MAX) {
		flow_stop(w, AC_AGAIN, "the endpoint has been away for ten "
		    "minutes");
		return try_to_stop(w, c);
	}
	wait = c->is_retry ? gate_retry_wait(&w->gate, now) : 0;
	if (wait > 0)
		return put_off(w, c, now + wait);
	if (w->opt->tpm > 0)
		tokens = bill_tokens(c->body.s, c->body.len) +
		    (double)call_max_tokens(w, c);
	wait = gate_enter(&w->gate, tokens, c->is_retry, now, &c->pass);
	if (wait != 0) {
		w->pump_at = wait > 0 ? now + wait : 0;
		return 0;
	}
	return send(w, c, now) < 0 ? -1 : 1;
}

/* One call that is ready.  1: it is settled or sent, 0: not now, -1. */
static int
try_one(struct flow *w, struct call *c)
{
	struct call *twin;
	int r;

	if (w->opt->dry_run)
		return show(w, c) < 0 ? -1 : 1;
	r = call_find(w, c);
	if (r != 0)
		return r;
	twin = w->cache.dir != NULL && !w->stop ? flight_twin(w, c) : NULL;
	if (twin != NULL) {
		flight_join(twin, c);
		return 1;
	}
	if (adapt(w, c) < 0)
		return -1;
	r = w->stop ? 1 : afford(w, c);
	if (r == 0)
		return try_to_send(w, c);
	return r == 2 ? 0 : try_to_stop(w, c);
}

static int
wake_waiting(struct flow *w)
{
	uint64_t now = (uint64_t)(clock_now() * 1000);
	struct call *c;

	while (w->waiting.n > 0 && (w->waiting.v[0].major <= now || w->stop)) {
		c = heap_pop(&w->waiting);
		if (call_ready(w, c) < 0)
			return -1;
	}
	return 0;
}

int
call_pump(struct flow *w)
{
	struct call *c;
	int r;

	w->pump_at = 0;
	if (wake_waiting(w) < 0)
		return -1;
	while ((c = heap_pop(&w->ready)) != NULL) {
		r = try_one(w, c);
		if (r < 0)
			return -1;
		if (r == 0)
			return call_ready(w, c);
	}
	return 0;
}

double
call_wait(struct flow *w, double most)
{
	double now = clock_now(), left;

	if (w->waiting.n > 0) {
		left = (double)w->waiting.v[0].major / 1000 - now;
		if (left < most)
			most = left > 0 ? left + 0.001 : 0;
	}
	if (w->pump_at > 0 && w->pump_at - now < most)
		most = w->pump_at > now ? w->pump_at - now : 0;
	return most;
}
