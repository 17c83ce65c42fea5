/* Directives that are about time: drips, floods, and stale replies. */
#include <string.h>

#include "server.h"

/* What has gone through the head at once, then `step` bytes a time. */
static void
drip(struct reply *r, size_t from, size_t step, long ms)
{
	r->burst = from;
	r->step = step;
	r->step_ms = ms;
	r->drip_end = r->wire.n;
}

static void
slow(struct reply *r, const struct ask *a, bool head, long ms)
{
	if (head) {
		reply_ok(r, a);
		drip(r, 0, 1, ms);
		return;
	}
	reply_head(r, a, "Content-Length: 1000000000\r\n", 0);
	buf_str(&r->wire, "{\"id\":\"aaaaaaaaaaaaaaaa");
	drip(r, r->head, 1, ms);
	r->loop_at = r->wire.n - 8;
}

/* An empty line every 200 ms, as some servers send while they think. */
static void
blank_lines(struct reply *r, const struct ask *a, long count)
{
	reply_compose(r, a);
	reply_head(r, a, "Transfer-Encoding: chunked\r\n", 0);
	buf_fill(&r->wire, "1\r\n\n\r\n", count < 0 ? 5 : (size_t)count);
	drip(r, r->head, 6, 200);
	if (count < 0) {
		r->loop_at = r->head;
		return;
	}
	reply_chunk(r, buf_slice(&r->body));
	buf_str(&r->wire, "0\r\n\r\n");
}

static void
flood(struct reply *r, const struct ask *a, bool head)
{
	static const char line[] = "X-Flood: 0123456789abcdef\r\n";
	char chunk[4097];

	memset(chunk, 'a', sizeof chunk - 1);
	chunk[sizeof chunk - 1] = '\0';
	if (head) {
		buf_str(&r->wire, "HTTP/1.1 200 OK\r\n");
		r->loop_at = r->wire.n;
		buf_fill(&r->wire, line, 2000);
		return;
	}
	reply_head(r, a, "Transfer-Encoding: chunked\r\n", 0);
	reply_chunk(r, slice_of("{\"id\":\""));
	r->loop_at = r->wire.n;
	reply_chunk(r, slice_of(chunk));
}

/* A response that nobody asked for comes that much after the right one. */
static void
stale(struct reply *r, const struct ask *a, long ms)
{
	size_t n;

	reply_ok(r, a);
	n = r->wire.n;
	reply_second(r, a);
	drip(r, n, r->wire.n - n, ms);
}

bool
fault_pace(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	long ms = slice_long(arg);

	if (slice_is(name, "slowhead"))
		slow(r, a, true, ms ? ms : 500);
	else if (slice_is(name, "slowbody"))
		slow(r, a, false, ms ? ms : 200);
	else if (slice_is(name, "blanks"))
		blank_lines(r, a, (long)(slice_double(arg) * 5));
	else if (slice_is(name, "blanksforever"))
		blank_lines(r, a, -1);
	else if (slice_is(name, "headflood") || slice_is(name, "bodyflood"))
		flood(r, a, name.p[0] == 'h');
	else if (slice_is(name, "stale"))
		stale(r, a, ms ? ms : 100);
	else
		return false;
	return true;
}

