/* Directives about server-sent events (matrix, part F). */
#include <string.h>

#include "server.h"

static const char chunked[] = "Transfer-Encoding: chunked\r\n";

/* As the other kind of reply than the one that was asked for. */
static void
swap(struct reply *r, const struct ask *a, bool stream)
{
	struct ask b = *a;

	b.stream = stream;
	reply_ok(r, &b);
}

/* The content so far and then nothing, or an error. */
static void
broken(struct reply *r, const struct ask *a, struct slice code)
{
	struct buf *t = &r->say.text;

	answer_say(a, slice_of(""), t);
	for (t->n /= 2; t->n > 0 && (t->p[t->n] & 0xc0) == 0x80; t->n--)
		;
	answer_stream(a, &r->say, false, &r->body);
	if (code.p != NULL)
		buf_fmt(&r->body, "data: {\"error\":{\"code\":%.*s,\"message\""
		    ":\"It went wrong in the middle.\"}}\n\n", (int)code.n,
		    code.p);
	reply_head(r, a, "Content-Length: #\r\n", r->body.n);
	buf_add(&r->wire, r->body.p, r->body.n);
}

/*
 * All that the format allows: a byte order mark, CR alone as line end,
 * comments, other fields, data over two lines; and every byte by itself.
 */
static void
odd_events(struct reply *r, const struct ask *a)
{
	struct buf plain = { NULL, 0, 0 };
	size_t i;

	reply_compose(r, a);
	buf_add(&plain, r->body.p, r->body.n);
	r->body.n = 0;
	buf_str(&r->body, "\xef\xbb\xbf: hello\rretry: 10\revent: message\r"
	    "id: 1\r");
	for (i = 0; i < plain.n; i++)
		if (plain.p[i] == '\n')
			buf_str(&r->body, "\r");
		else if (slice_starts((struct slice){ plain.p + i,
		    plain.n - i }, ",\"choices\""))
			buf_str(&r->body, ",\rdata: ");
		else
			buf_add(&r->body, plain.p + i, 1);
	buf_free(&plain);
	reply_head(r, a, "Content-Length: #\r\n", r->body.n);
	buf_add(&r->wire, r->body.p, r->body.n);
	r->burst = r->head;
	r->step = 1;
	r->drip_end = r->wire.n;
}

static void
endless(struct reply *r, const struct ask *a, bool comments)
{
	char some[8193];

	reply_head(r, a, chunked, 0);
	if (comments) {
		r->burst = r->loop_at = r->head;
		reply_chunk(r, slice_of(": keep-alive\n\n"));
		r->step = r->wire.n - r->head;
		r->step_ms = 200;
		r->drip_end = r->wire.n;
		return;
	}
	memset(some, 'a', sizeof some - 1);
	some[sizeof some - 1] = '\0';
	reply_chunk(r, slice_of("data: {\"id\":\""));
	r->loop_at = r->wire.n;
	reply_chunk(r, slice_of(some));
}

bool
fault_events(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	struct ask b = *a;

	b.stream = true;
	if (slice_is(name, "json"))
		swap(r, a, false);
	else if (slice_is(name, "sse"))
		swap(r, a, true);
	else if (slice_is(name, "ssecut"))
		broken(r, &b, (struct slice){ NULL, 0 });
	else if (slice_is(name, "sseerr"))
		broken(r, &b, arg.n > 0 ? arg : slice_of("502"));
	else if (slice_is(name, "sseodd"))
		odd_events(r, &b);
	else if (slice_is(name, "ssecomments"))
		endless(r, &b, true);
	else if (slice_is(name, "sseflood"))
		endless(r, &b, false);
	else
		return false;
	return true;
}
