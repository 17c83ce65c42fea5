/*
 * HTTP/2 (RFC 9113) as far as a client's POST requests need it.  Request
 * headers are not decoded: every stream is a chat completion.  Response
 * headers are literals without indexing (RFC 7541, 6.2.2).
 */
#include <stdlib.h>
#include <string.h>

#include "tls.h"

enum { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING,
	GOAWAY, WINDOW_UPDATE };
enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4 };
enum { REFUSED = 7 };		/* REFUSED_STREAM */
enum { HEAD = 9, FRAME_MAX = 16384, PREFACE = 24 };

static void
put32(unsigned char *p, uint32_t x)
{
	p[0] = (unsigned char)(x >> 24);
	p[1] = (unsigned char)(x >> 16);
	p[2] = (unsigned char)(x >> 8);
	p[3] = (unsigned char)x;
}

static uint32_t
get32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static void
frame(struct conn *c, int type, int flags, uint32_t stream, const void *p,
    size_t n)
{
	unsigned char out[HEAD + FRAME_MAX];

	put32(out, (uint32_t)n << 8);
	out[3] = (unsigned char)type;
	out[4] = (unsigned char)flags;
	put32(out + 5, stream);
	if (n > 0)
		memcpy(out + HEAD, p, n);
	conn_write(c, out, HEAD + n);
}

static void
window_update(struct conn *c, uint32_t stream, size_t n)
{
	unsigned char p[4];

	put32(p, (uint32_t)n);
	frame(c, WINDOW_UPDATE, 0, stream, p, 4);
}

static void
rst_stream(struct conn *c, uint32_t stream, uint32_t code)
{
	unsigned char p[4];

	put32(p, code);
	frame(c, RST_STREAM, 0, stream, p, 4);
}

static void
goaway(struct conn *c, uint32_t last, uint32_t code)
{
	unsigned char p[8];

	put32(p, last);
	put32(p + 4, code);
	frame(c, GOAWAY, 0, 0, p, 8);
	c->leaving = true;
}

void
h2_start(struct front *f, struct conn *c)
{
	unsigned char p[6] = { 0, 3 };	/* MAX_CONCURRENT_STREAMS */

	put32(p + 2, (uint32_t)f->max_streams);
	frame(c, SETTINGS, 0, 0, p, 6);
}

static void
stream_end(struct front *f, struct conn *c, struct stream *s)
{
	struct stream **p = &c->streams;

	while (*p != s)
		p = &(*p)->next;
	*p = s->next;
	f->inflight--;
	f->held -= s->held;
	free(s->body.p);
	free(s);
}

static struct stream *
stream_find(struct conn *c, uint32_t id)
{
	struct stream *s = c->streams;

	while (s != NULL && s->id != id)
		s = s->next;
	return s;
}

static long
stream_count(const struct conn *c)
{
	const struct stream *s;
	long n = 0;

	for (s = c->streams; s != NULL; s = s->next)
		n++;
	return n;
}

static void
send_headers(struct conn *c, uint32_t id, int status)
{
	static const char type[] = "\0\014content-type\020application/json";
	struct bytes b = { NULL, 0, 0 };
	char text[8];

	/* 0x08: a literal for the name at place 8, ":status". */
	snprintf(text, sizeof text, "\x08\x03%03d", status % 1000);
	bytes_add(&b, text, 5);
	bytes_add(&b, type, sizeof type - 1);
	frame(c, HEADERS, END_HEADERS, id, b.p, b.n);
	free(b.p);
}

/* The first n bytes of an answer; with all of them the stream ends. */
static void
send_data(struct conn *c, uint32_t id, const struct bytes *b, size_t n)
{
	size_t at, k;

	for (at = 0; at < n; at += k) {
		k = n - at < FRAME_MAX ? n - at : FRAME_MAX;
		frame(c, DATA, at + k == b->n ? END_STREAM : 0, id,
		    b->p + at, k);
	}
}

static void
answer(struct front *f, struct conn *c, struct stream *s, int half)
{
	struct bytes b = { NULL, 0, 0 };
	int status = 502;

	if (fetch(f->target, &s->body, &status, &b) < 0)
		c->dead = true;
	send_headers(c, s->id, status);
	send_data(c, s->id, &b, half ? b.n / 2 : b.n);
	free(b.p);
}

/* Lets streams wait until there are n of them, then drops them all. */
static void
hold(struct front *f, struct stream *s, long n)
{
	struct conn *c;
	struct stream *other;

	s->held = true;
	if (++f->held < n)
		return;
	for (c = f->list; c != NULL; c = c->next)
		for (other = c->streams; other != NULL; other = other->next)
			c->dead = c->dead || other->held;
}

/* A whole request is there: what its directive wants. */
static void
act(struct front *f, struct conn *c, struct stream *s)
{
	char *arg = strchr(s->fault, ':');
	long n = arg != NULL ? atol(arg + 1) : 0;
	size_t len = arg != NULL ? (size_t)(arg - s->fault) :
	    strlen(s->fault);

	if (strncmp(s->fault, "hold", len) == 0)
		hold(f, s, n);
	if (s->held || strcmp(s->fault, "late") == 0 ||
	    strcmp(s->fault, "full") == 0)
		return;
	if (strncmp(s->fault, "goaway", len) == 0) {
		goaway(c, s->id > 2 ? s->id - 2 : 0, (uint32_t)n);
	} else if (strncmp(s->fault, "rst", len) == 0) {
		rst_stream(c, s->id, (uint32_t)n);
	} else if (strncmp(s->fault, "rstmid", len) == 0) {
		answer(f, c, s, 1);
		rst_stream(c, s->id, (uint32_t)n);
	} else {
		answer(f, c, s, 0);
		if (strncmp(s->fault, "after", len) == 0)
			goaway(c, s->id, 0);
	}
	stream_end(f, c, s);
}

static void
on_headers(struct front *f, struct conn *c, uint32_t id, int flags)
{
	struct stream *s = calloc(1, sizeof *s);

	if (s == NULL)
		fail("memory");
	s->id = id;
	s->next = c->streams;
	c->streams = s;
	f->inflight++;
	/* What comes behind GOAWAY has crossed it and is not served. */
	if (c->leaving)
		memcpy(s->fault, "late", 5);
	else if (stream_count(c) > f->max_streams)
		memcpy(s->fault, "full", 5);
	else
		script_pick(f->script, f->requests, s->fault);
	log_request(f, c, id, s->fault);
	/* RFC 9113, 5.1.2, lets a stream over the limit be refused. */
	if (s->fault[0] == 'f' && f->max_streams > 0) {
		rst_stream(c, id, REFUSED);
		stream_end(f, c, s);
		return;
	}
	if (flags & END_STREAM)
		act(f, c, s);
}

static void
on_data(struct front *f, struct conn *c, uint32_t id, int flags,
    const unsigned char *p, size_t n)
{
	struct stream *s = stream_find(c, id);

	if (n > 0)
		window_update(c, 0, n);
	if (s == NULL)
		return;
	bytes_add(&s->body, p, n);
	if (flags & END_STREAM)
		act(f, c, s);
	else if (n > 0)
		window_update(c, id, n);
}

static void
on_frame(struct front *f, struct conn *c, const unsigned char *p, size_t n)
{
	int type = p[3], flags = p[4];
	uint32_t id = get32(p + 5) & 0x7fffffff;
	struct stream *s;

	if (type == HEADERS)
		on_headers(f, c, id, flags);
	else if (type == DATA)
		on_data(f, c, id, flags, p + HEAD, n);
	else if (type == SETTINGS && !(flags & ACK))
		frame(c, SETTINGS, ACK, 0, NULL, 0);
	else if (type == PING && !(flags & ACK))
		frame(c, PING, ACK, 0, p + HEAD, n);
	else if (type == RST_STREAM && (s = stream_find(c, id)) != NULL)
		stream_end(f, c, s);
}

/* Runs the whole frames in c->in. */
void
h2_run(struct front *f, struct conn *c)
{
	size_t n;

	if (!c->begun) {
		if (c->in.n < PREFACE)
			return;
		if (memcmp(c->in.p, "PRI * HTTP/2.0", 14) != 0)
			c->dead = true;
		bytes_take(&c->in, PREFACE);
		c->begun = true;
	}
	while (!c->dead && c->in.n >= HEAD) {
		n = get32(c->in.p) >> 8;
		if (c->in.n < HEAD + n)
			return;
		on_frame(f, c, c->in.p, n);
		bytes_take(&c->in, HEAD + n);
	}
}

void
h2_free(struct front *f, struct conn *c)
{
	while (c->streams != NULL)
		stream_end(f, c, c->streams);
}
