/* Which directive a request gets, and the line in the log about it. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

/*
 * How often each message was asked about.  Open addressing, never more than
 * half full; key 0 is a free place.
 */
static struct count {
	uint64_t key;
	unsigned n;
} *counts;
static size_t places, used;

static struct count *
place(uint64_t key)
{
	size_t i = (size_t)(key ^ key >> 32) & (places - 1);

	while (counts[i].key != 0 && counts[i].key != key)
		i = (i + 1) & (places - 1);
	return &counts[i];
}

static void
grow(void)
{
	struct count *old = counts;
	size_t i, n = places;

	places = n ? n * 2 : 1024;
	counts = must(calloc(places, sizeof *counts));
	for (i = 0; i < n; i++)
		if (old[i].key != 0)
			*place(old[i].key) = old[i];
	free(old);
}

/* 0 at the first call with this key, then 1, 2 ... */
static unsigned
count(uint64_t key)
{
	struct count *c;

	key |= 1;
	if (used * 2 >= places)
		grow();
	c = place(key);
	if (c->key == 0) {
		c->key = key;
		used++;
	}
	return c->n++;
}

/* The k-th of a,b,c; the last one repeats. */
static struct slice
pick(struct slice list, unsigned long k)
{
	const char *p;

	while ((p = memchr(list.p, ',', list.n)) != NULL) {
		if (k-- == 0) {
			list.n = (size_t)(p - list.p);
			break;
		}
		list.n -= (size_t)(p - list.p) + 1;
		list.p = p + 1;
	}
	return list;
}

/* What follows the first colon of "NUMBER:DIRECTIVE". */
static struct slice
after_colon(const char *s)
{
	const char *p = strchr(s, ':');

	return slice_of(p ? p + 1 : "ok");
}

/* A share of the requests, chosen by their bytes and the attempt. */
static bool
unlucky(const struct server *s, const struct ask *a)
{
	uint64_t h = a->msgid + a->attempt * 0x9e3779b97f4a7c15u;

	return s->chance != NULL &&
	    mix(h) % 10000 < (uint64_t)(atof(s->chance) * 100);
}

static struct slice
directive(struct server *s, struct ask *a, int64_t now)
{
	struct slice d = slice_of("ok");

	if (s->first == 0)
		s->first = now;
	if (a->list.p != NULL || s->chance != NULL)
		a->attempt = count(a->msgid);
	if (s->early != NULL && (double)(now - s->first) <
	    atof(s->early) * 1e6)
		return after_colon(s->early);
	if (s->script != NULL)
		d = pick(slice_of(s->script), s->calls);
	s->calls++;
	if (!slice_is(d, "ok"))
		return d;
	if (a->list.p != NULL)
		d = pick(a->list, a->attempt);
	if (slice_is(d, "ok") && unlucky(s, a))
		d = after_colon(s->chance);
	return d;
}

static const char *
key_state(const struct server *s, const struct request *q)
{
	if (!q->authorized)
		return "none";
	return s->key == NULL ? "given" : slice_is(q->auth, s->key) ? "ok" :
	    "bad";
}

/* The log is JSON even where the body is not: bytes become U+00XX then. */
static void
log_body(struct buf *b, struct slice body)
{
	size_t i;

	if (js_valid(body)) {
		buf_quote(b, body);
		return;
	}
	buf_str(b, "\"");
	for (i = 0; i < body.n; i++)
		if ((unsigned char)body.p[i] < 0x80)
			buf_escape(b, (struct slice){ body.p + i, 1 });
		else
			buf_fmt(b, "\\u%04x", (unsigned char)body.p[i]);
	buf_str(b, "\"");
}

static void
log_request(struct server *s, const struct ask *a, long conn, unsigned nth,
    struct slice done, int64_t now)
{
	const struct request *q = a->req;
	static struct buf b;

	buf_clear(&b);
	buf_fmt(&b, "{\"n\":%lu,\"conn\":%ld,\"req\":%u,\"ms\":%.3f,"
	    "\"method\":", s->requests, conn, nth,
	    (double)(now - s->start) / 1e3);
	buf_quote(&b, q->method);
	buf_str(&b, ",\"path\":");
	buf_quote(&b, q->path);
	buf_fmt(&b, ",\"body\":\"%016llx\",\"msg\":\"%016llx\",\"attempt\":%u,"
	    "\"auth\":\"%s\",\"inflight\":%ld,\"bytes\":%zu,\"do\":",
	    (unsigned long long)a->id, (unsigned long long)a->msgid,
	    a->attempt, key_state(s, q), s->inflight, q->body.n);
	buf_quote(&b, done);
	if (s->log_body) {
		buf_str(&b, ",\"text\":");
		log_body(&b, q->body);
	}
	buf_str(&b, "}\n");
	fwrite(b.p, 1, b.n, s->log);
	/* Before the reply: whoever has that finds its line here. */
	fflush(s->log);
}

/* The paths that are not about a prompt. */
static struct slice
other(struct server *s, const struct ask *a, struct reply *r, int64_t now)
{
	const struct request *q = a->req;

	r->delay_ms = 0;
	if (slice_ends(q->path, "/stats")) {
		buf_fmt(&r->body, "{\"requests\":%lu,\"done\":%lu,"
		    "\"refused\":%lu,\"conns\":%lu,\"open\":%ld,"
		    "\"inflight\":%ld,\"peak\":%ld,\"busy_ms\":%.3f,"
		    "\"ms\":%.3f}\n", s->requests, s->done, s->refused,
		    s->conns, s->open, s->inflight, s->peak,
		    (double)s->busy_us / 1e3, (double)(now - s->start) / 1e3);
	} else if (slice_ends(q->path, "/props") && s->slots > 0) {
		buf_fmt(&r->body, "{\"total_slots\":%ld}\n", s->slots);
	} else if (slice_ends(q->path, "/health")) {
		buf_str(&r->body, "{\"status\":\"ok\"}\n");
	} else if (slice_ends(q->path, "/models")) {
		buf_str(&r->body, "{\"object\":\"list\",\"data\":[{\"id\":"
		    "\"scripted\",\"object\":\"model\",\"created\":"
		    "1700000000,\"owned_by\":\"tests\"}]}\n");
	} else {
		reply_error(r, 404, "", "invalid_request_error", NULL,
		    "No such route.");
		return slice_of("noroute");
	}
	reply_http(r, 200, "");
	return slice_of("info");
}

static struct slice
choose(struct server *s, struct ask *a, struct reply *r, const char *why,
    int64_t now)
{
	bool open = slice_ends(a->req->path, "/health") ||
	    slice_ends(a->req->path, "/stats"), connect;
	struct slice d;

	if (s->key != NULL && !open &&
	    strcmp(key_state(s, a->req), "ok") != 0) {
		reply_error(r, 401, "", "invalid_request_error",
		    "invalid_api_key", "Incorrect API key provided.");
		return slice_of("nokey");
	}
	connect = slice_is(a->req->method, "CONNECT");
	if (!connect && (a->api == OTHER ||
	    !slice_is(a->req->method, "POST")))
		return other(s, a, r, now);
	if (why != NULL) {
		reply_error(r, 400, "", "invalid_request_error", "bad_body",
		    why);
		fprintf(stderr, "acserver: request %lu: %s\n", s->requests,
		    why);
		return slice_of("badbody");
	}
	if (s->max_inflight > 0 && s->inflight > s->max_inflight) {
		reply_error(r, 429, "", "rate_limit_error",
		    "rate_limit_exceeded", "Too many requests at a time.");
		r->delay_ms = 0;
		s->refused++;
		return slice_of("full");
	}
	d = directive(s, a, now);
	if (!fault_run(r, a, d)) {
		fprintf(stderr, "acserver: no directive %.*s\n", (int)d.n,
		    d.p);
		reply_reset(r);
		reply_error(r, 400, "", "invalid_request_error",
		    "unknown_directive", "The test names no known directive.");
	}
	return d;
}

/* Fills r for the request in a->req; `why` says what is wrong with it. */
void
serve(struct server *s, struct ask *a, const char *why, long conn,
    unsigned nth, struct reply *r)
{
	int64_t now = now_us();
	struct slice d;

	reply_reset(r);
	s->requests++;
	if (s->inflight > s->peak)
		s->peak = s->inflight;
	d = choose(s, a, r, why, now);
	if (r->delay_ms < 0)
		r->delay_ms = s->delay_lo + (long)(mix(a->id) %
		    (uint64_t)(s->delay_hi - s->delay_lo + 1));
	if (s->log != NULL)
		log_request(s, a, conn, nth, d, now);
}
