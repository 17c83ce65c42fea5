/* A reply as it comes in: the few headers that the engine reads, its body. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "llm/http_int.h"

void
http_reply_begin(struct http_req *r, size_t max)
{
	buf_reset(&r->reply);
	r->reply.max = max;
	buf_reset(&r->headers);
	r->fault = HTTP_FINE;
	r->status = r->code = 0;
	r->error[0] = '\0';
	r->wires = 0;
	r->header_bytes = 0;
	r->no_memory = 0;
	r->is_stream = r->is_framed = 0;
	memset(&r->alive, 0, sizeof(r->alive));
	r->seen = 0;
}

static int
begins(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	/* Names of headers are letters: case is one bit. */
	return len >= n && (s[0] | 0x20) == (with[0] | 0x20) &&
	    strncasecmp(s, with, n) == 0;
}

/* The others only count against the cap. */
static int
wanted(const char *s, size_t len)
{
	static const char *const names[] = { "retry-after:", "retry-after-ms:",
	    "date:", "x-should-retry:", "x-ratelimit-", "location:",
	    "x-request-id:", "request-id:", "content-type:",
	    "anthropic-ratelimit-" };
	size_t i;

	if (len == 0 || strchr("rdxlca", s[0] | 0x20) == NULL)
		return 0;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (begins(s, len, names[i]))
			return 1;
	return 0;
}

/* What a header says of the body: a stream, and whether its end is known. */
static void
look(struct http_req *r, const char *s, size_t len)
{
	if (begins(s, len, "content-type: text/event-stream"))
		r->is_stream = 1;
	if (begins(s, len, "content-length:") ||
	    begins(s, len, "transfer-encoding:"))
		r->is_framed = 1;
}

int
http_reply_head(struct http_req *r, const char *s, size_t len)
{
	size_t i, stop = len;
	char *to;

	r->header_bytes += len;
	if (r->header_bytes > HTTP_HEADER_MAX)
		return -1;
	if (begins(s, len, "HTTP/")) {
		buf_reset(&r->headers);		/* after a 100 Continue */
		r->is_stream = 0;
		r->is_framed = begins(s, len, "HTTP/2");
	}
	look(r, s, len);
	if (!wanted(s, len))
		return 0;
	while (stop > 0 && strchr("\r\n", s[stop - 1]) != NULL)
		stop--;
	to = buf_room(&r->headers, stop + 1);
	if (to == NULL) {
		r->no_memory = 1;
		return -1;
	}
	for (i = 0; i < stop && s[i] != ':'; i++)
		to[i] = (char)tolower((unsigned char)s[i]);
	r->headers.len += i;
	buf_add(&r->headers, s + i, stop - i);
	buf_byte(&r->headers, '\n');
	r->no_memory = !buf_ok(&r->headers);
	return r->no_memory ? -1 : 0;
}

/* Does it bring anything?  What only keeps a connection alive does not. */
static int
brings(struct http_req *r, const char *s, size_t len)
{
	size_t i;

	if (r->is_stream)
		return sse_progress(&r->alive, s, len);
	for (i = 0; i < len && isspace((unsigned char)s[i]); i++)
		;
	return i < len;
}

int
http_reply_body(struct http_req *r, const char *s, size_t len)
{
	if (brings(r, s, len))
		r->seen = clock_now();
	buf_add(&r->reply, s, len);
	if (buf_ok(&r->reply))
		return 0;
	r->no_memory = r->reply.len + len <= r->reply.max;
	return -1;
}

const char *
http_header(const struct http_req *r, const char *name, size_t *len)
{
	const char *s = buf_cstr(&r->headers), *end;
	size_t n = strlen(name);

	for (; *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		if (*s != *name || strncmp(s, name, n) != 0 || s[n] != ':')
			continue;
		s += n + 1;
		while (*s == ' ' || *s == '\t')
			s++;
		*len = (size_t)(end - s);
		return s;
	}
	return NULL;
}

void
http_req_free(struct http_req *r)
{
	buf_free(&r->reply);
	buf_free(&r->headers);
}
