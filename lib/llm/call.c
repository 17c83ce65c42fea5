/* A call from its opening to the wire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "llm/flow_int.h"

void
call_free(struct call *c)
{
	struct call *twin;

	while ((twin = c->twins) != NULL) {
		c->twins = twin->next;
		call_free(twin);
	}
	free(c->messages);
	free(c->schema);
	free(c->id);
	buf_free(&c->body);
	buf_free(&c->more);
	buf_free(&c->weak);
	http_req_free(&c->req);
	free(c);
}

/* The seed of a request: from --seed, the record and the sample alone. */
static uint32_t
seed_of(const char *seed, const char *id, unsigned long sample)
{
	struct buf b = BUF_INIT;
	char hex[9];

	buf_fmt(&b, "%s %s %lu", seed, id, sample);
	sha256_hex(buf_cstr(&b), b.len, hex, 8);
	buf_free(&b);
	return (uint32_t)strtoul(hex, NULL, 16) & 0x7fffffff;
}

int
call_body(struct flow *w, struct call *c)
{
	struct chat_ask ask = { c->messages, buf_cstr(&c->more), c->schema,
	    c->format, w->opt->seed != NULL,
	    (c->seed + c->bad) & 0x7fffffff };

	buf_reset(&c->body);
	chat_body(w->opt, &ask, &c->body);
	c->req.body = c->body.s;
	c->req.len = c->body.len;
	return buf_ok(&c->body) ? 0 : flow_no_memory(w);
}

int
flow_ask(struct flow *w, struct job *job, const struct flow_ask *a)
{
	struct call *c = mem_new(1, sizeof(*c));

	if (c == NULL)
		return flow_no_memory(w);
	c->job = job;
	c->tag = a->tag;
	c->sample = a->sample;
	c->seq = w->calls++;
	c->messages = mem_dup(a->messages, strlen(a->messages));
	c->schema = a->schema ? mem_dup(a->schema, strlen(a->schema)) : NULL;
	c->id = mem_dup(a->id, strlen(a->id));
	if (c->messages == NULL || c->id == NULL ||
	    (a->schema != NULL && c->schema == NULL)) {
		call_free(c);
		return flow_no_memory(w);
	}
	if (w->opt->seed != NULL)
		c->seed = seed_of(w->opt->seed, c->id, c->sample);
	if (call_body(w, c) < 0 || heap_push(&w->ready, job->seq, c->seq,
	    c) < 0) {
		call_free(c);
		return flow_no_memory(w);
	}
	cache_key(w->endpoint.space ? w->endpoint.space : "", c->body.s,
	    c->body.len, c->sample, c->key);
	job->open++;
	return 0;
}

static struct call *
find_twin(const struct flow *w, const struct call *c)
{
	struct call *other;

	for (other = w->flying; other != NULL; other = other->next)
		if (memcmp(other->key, c->key, CACHE_KEY) == 0)
			return other;
	return NULL;
}

/* Lets c, and those that wait for it, wait for its twin's answer. */
static void
join_twin(struct call *twin, struct call *c)
{
	struct call **end = &c->twins;

	while (*end != NULL)
		end = &(*end)->next;
	*end = twin->twins;
	twin->twins = c;
	c->next = c->twins;
	c->twins = NULL;
}

static int
need_http(struct flow *w)
{
	struct http_opt o = { w->endpoint.url, w->endpoint.header,
	    w->opt->cacert, w->opt->timeout, w->opt->connect_timeout,
	    w->opt->jobs, w->endpoint.loopback };

	if (w->http == NULL)
		w->http = http_new(&o, &w->filter.why);
	return w->http == NULL ? -1 : 0;
}

/* -vv: where the request goes and what it says; the key is in neither. */
static void
show_request(const struct flow *w, const struct call *c)
{
	fprintf(stderr, "%s: POST %s %s\n", die_name(), w->endpoint.url,
	    c->body.s);
}

static int
send(struct flow *w, struct call *c)
{
	double now = clock_now();

	if (need_http(w) < 0)
		return -1;
	if (c->schema != NULL && c->format < w->format) {
		c->format = w->format;
		c->changed = 1;
		if (call_body(w, c) < 0)
			return -1;
	}
	if (!c->started)
		c->deadline = now + w->opt->deadline;
	c->started = 1;
	c->sent = now;
	c->req.owner = c;
	if (http_start(w->http, &c->req, c->deadline - now) < 0)
		return flow_no_memory(w);
	if (w->filter.opt->verbose > 1)
		show_request(w, c);
	c->next = w->flying;
	w->flying = c;
	w->filter.running = ++w->nflying;
	w->requests++;
	return 0;
}

/* A line of OpenAI's batch format in the place of a request. */
static int
show(struct flow *w, struct call *c)
{
	struct buf line = BUF_INIT;
	int r;

	buf_str(&line, "{\"custom_id\":\"");
	buf_str(&line, c->key);
	buf_str(&line, "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
	    "\"body\":");
	buf_add(&line, c->body.s, c->body.len);
	buf_str(&line, "}\n");
	w->dry++;
	w->tokens_in += (double)c->body.len / 4;
	r = filter_put(&w->filter, &line, 0);
	buf_free(&line);
	return r < 0 ? -1 : call_fail(w, c, "not_attempted", 0);
}

/* One call that is ready.  1: it is settled or sent, 0: not now, -1. */
static int
try_one(struct flow *w, struct call *c)
{
	struct call *twin;
	int r;

	if (w->opt->dry_run)
		return show(w, c) < 0 ? -1 : 1;
	if (!c->looked) {
		c->looked = 1;
		r = call_from_cache(w, c);
		if (r != 0)
			return r;
	}
	if (w->opt->offline)
		return call_fail(w, c, "offline", 0) < 0 ? -1 : 1;
	twin = w->cache.dir != NULL && !w->stop ? find_twin(w, c) : NULL;
	if (twin != NULL) {
		join_twin(twin, c);
		return 1;
	}
	if (w->opt->max_requests > 0 && w->requests >= w->opt->max_requests)
		flow_stop(w, AC_DENIED, "--max-requests is reached");
	if (w->stop)
		return call_fail(w, c, c->last ? c->last : "not_attempted",
		    c->status) < 0 ? -1 : 1;
	if ((double)w->nflying >= w->limit.now || clock_now() < w->pause)
		return 0;
	return send(w, c) < 0 ? -1 : 1;
}

static int
wake_waiting(struct flow *w)
{
	uint64_t now = (uint64_t)(clock_now() * 1000);
	struct call *c;

	while (w->waiting.n > 0 && (w->waiting.v[0].major <= now || w->stop)) {
		c = heap_pop(&w->waiting);
		if (heap_push(&w->ready, c->job->seq, c->seq, c) < 0)
			return flow_no_memory(w);
	}
	return 0;
}

int
call_pump(struct flow *w)
{
	struct call *c;
	int r;

	if (wake_waiting(w) < 0)
		return -1;
	while ((c = heap_pop(&w->ready)) != NULL) {
		r = try_one(w, c);
		if (r < 0)
			return -1;
		if (r == 0)
			return heap_push(&w->ready, c->job->seq, c->seq, c) <
			    0 ? flow_no_memory(w) : 0;
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
	if (w->ready.n > 0 && w->pause > now && w->pause - now < most)
		most = w->pause - now;
	return most;
}
