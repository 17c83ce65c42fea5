/* HTTP/1.1 requests: the head, and bodies sent in chunks. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "server.h"

enum { HEAD_MAX = 65536 };
static const size_t BODY_MAX = (size_t)1 << 30;

static struct slice
trim(struct slice s)
{
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t'))
		s.p++, s.n--;
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* Case does not matter in header names and in the words used here. */
static bool
same(struct slice s, const char *t)
{
	return s.n == strlen(t) && strncasecmp(s.p, t, s.n) == 0;
}

/* The next line of *in without its CRLF; false when there is none. */
static bool
next_line(struct slice *in, struct slice *line)
{
	const char *e = slice_find(*in, "\r\n");

	if (e == NULL)
		return false;
	*line = (struct slice){ in->p, (size_t)(e - in->p) };
	in->n -= line->n + 2;
	in->p += line->n + 2;
	return true;
}

static struct slice
next_word(struct slice *line)
{
	const char *e = memchr(line->p, ' ', line->n);
	struct slice w = { line->p, e ? (size_t)(e - line->p) : line->n };

	line->p += w.n + (e != NULL);
	line->n -= w.n + (e != NULL);
	return w;
}

static bool
read_length(struct slice v, size_t *n)
{
	size_t i;

	if (v.n == 0 || v.n > 12)
		return false;
	for (*n = i = 0; i < v.n; i++) {
		if (!isdigit((unsigned char)v.p[i]))
			return false;
		*n = *n * 10 + (size_t)(v.p[i] - '0');
	}
	return *n <= BODY_MAX;
}

static bool
read_header(struct request *r, struct slice name, struct slice v)
{
	if (same(name, "content-length"))
		return read_length(v, &r->length);
	if (same(name, "transfer-encoding")) {
		r->chunked = true;
		return same(v, "chunked");
	}
	if (same(name, "connection"))
		r->last = same(v, "close");
	else if (same(name, "expect"))
		r->expect = same(v, "100-continue");
	else if (same(name, "authorization") || same(name, "api-key")) {
		r->authorized = true;
		if (v.n > 7 && strncasecmp(v.p, "bearer ", 7) == 0)
			v = (struct slice){ v.p + 7, v.n - 7 };
		r->auth = v;
	}
	return true;
}

int
request_head(struct slice in, struct request *r, size_t *headlen)
{
	const char *end = slice_find(in, "\r\n\r\n"), *colon;
	struct slice line, v;

	memset(r, 0, sizeof *r);
	if (end == NULL)
		return in.n > HEAD_MAX ? -1 : 0;
	*headlen = (size_t)(end - in.p) + 4;
	in.n = *headlen - 2;
	next_line(&in, &line);
	r->method = next_word(&line);
	r->path = next_word(&line);
	if (r->path.n == 0 || !slice_starts(line, "HTTP/1."))
		return -1;
	r->last = slice_is(line, "HTTP/1.0");
	while (next_line(&in, &line)) {
		colon = memchr(line.p, ':', line.n);
		if (colon == NULL || colon == line.p)
			return -1;
		v.p = colon + 1;
		v.n = line.n - (size_t)(colon - line.p) - 1;
		line.n -= v.n + 1;
		if (!read_header(r, line, trim(v)))
			return -1;
	}
	return 1;
}

/*
 * Moves the whole chunks of `in` from *at on to body.  The caller calls it
 * again, with the same *at and body, when more bytes have come.
 */
int
request_chunks(struct slice in, size_t *at, struct buf *body)
{
	struct slice rest, line;
	size_t i, n;

	for (;;) {
		rest = (struct slice){ in.p + *at, in.n - *at };
		if (!next_line(&rest, &line))
			return in.n - *at > 1024 ? -1 : 0;
		for (n = i = 0; i < line.n && isxdigit((unsigned char)
		    line.p[i]) && n < BODY_MAX; i++)
			n = n * 16 + (size_t)(isdigit((unsigned char)line.p[i])
			    ? line.p[i] - '0' : (line.p[i] | 32) - 'a' + 10);
		if (i == 0 || n >= BODY_MAX || body->n > BODY_MAX)
			return -1;
		if (n == 0) {
			if (!next_line(&rest, &line))
				return 0;
			*at = in.n - rest.n;
			return line.n == 0 ? 1 : -1;
		}
		if (rest.n < n + 2)
			return 0;
		if (memcmp(rest.p + n, "\r\n", 2) != 0)
			return -1;
		buf_add(body, rest.p, n);
		*at = in.n - rest.n + n + 2;
	}
}
