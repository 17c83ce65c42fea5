#include <string.h>

#include "llm/sse_int.h"

static void
sse_free(struct sse *e)
{
	buf_free(&e->text);
	buf_free(&e->refusal);
	buf_free(&e->finish);
	buf_free(&e->id);
	buf_free(&e->model);
	buf_free(&e->usage);
	buf_free(&e->error);
	buf_free(&e->data);
	json_scan_free(&e->scan);
}

/* An empty line: the event is whole. */
static int
dispatch(struct sse *e)
{
	size_t len = e->data.len;
	int r = 0;

	if (!buf_ok(&e->data)) {
		buf_fmt(e->why, "an event of more than %d bytes, or no memory",
		    SSE_EVENT_MAX);
		r = -1;
	} else if (e->has_data) {
		while (len > 0 && memchr(" \t\n", e->data.s[len - 1],
		    3) != NULL)
			len--;
		if (len == 6 && memcmp(e->data.s, "[DONE]", 6) == 0)
			e->done = 1;
		else if (len > 0)
			r = sse_take(e);
	}
	buf_reset(&e->data);
	e->has_data = e->named_error = 0;
	return r;
}

/* The value of a field: what follows its colon and one blank. */
static const char *
field(const char *s, size_t len, const char *name, size_t *value_len)
{
	size_t n = strlen(name);

	if (len < n || memcmp(s, name, n) != 0 || (len > n && s[n] != ':'))
		return NULL;
	n += len > n;
	n += len > n && s[n] == ' ';
	*value_len = len - n;
	return s + n;
}

static int
take_line(struct sse *e, const char *s, size_t len)
{
	const char *value;
	size_t n;

	if (len == 0)
		return dispatch(e);
	if ((value = field(s, len, "data", &n)) != NULL) {
		if (e->has_data)
			buf_byte(&e->data, '\n');
		buf_add(&e->data, value, n);
		e->has_data = 1;
	} else if ((value = field(s, len, "event", &n)) != NULL) {
		e->named_error = n == 5 && memcmp(value, "error", 5) == 0;
	}
	return 0;
}

/*
 * All lines.  A last event without its empty line is one too: were it cut,
 * it would be no JSON.
 */
static int
take_lines(struct sse *e, const char *s, size_t len)
{
	const char *end = s + len, *p;

	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	while (s < end && !e->done) {
		for (p = s; p < end && *p != '\n' && *p != '\r'; p++)
			;
		if (take_line(e, s, (size_t)(p - s)) < 0)
			return -1;
		if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
			p++;
		s = p < end ? p + 1 : end;
	}
	return e->done ? 0 : dispatch(e);
}

int
sse_join(const char *s, size_t len, int framed, struct buf *out,
    struct buf *why)
{
	struct sse e = { .data = { .max = SSE_EVENT_MAX }, .why = why };
	struct buf reply = BUF_INIT;
	int r = -1;

	if (take_lines(&e, s, len) == 0 && sse_write(&e, framed,
	    &reply) == 0) {
		if (buf_ok(&e.text) && buf_ok(&e.refusal) &&
		    buf_ok(&e.finish) && buf_ok(&e.id) && buf_ok(&e.model) &&
		    buf_ok(&e.usage) && buf_ok(&e.error) && buf_ok(&reply)) {
			buf_add(out, reply.s, reply.len);
			r = buf_ok(out) ? 0 : -1;
		}
		if (r < 0)
			buf_str(why, "out of memory");
	}
	buf_free(&reply);
	sse_free(&e);
	return r;
}

enum { AT_START, IN_COMMENT, IN_FIELD };

int
sse_progress(struct sse_alive *a, const char *s, size_t len)
{
	static const char bom[] = "\xef\xbb\xbf";
	int some = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (a->bom < 3 && s[i] == bom[a->bom]) {
			a->bom++;
			continue;
		}
		a->bom = 3;
		if (s[i] == '\n' || s[i] == '\r')
			a->line = AT_START;
		else if (a->line == AT_START)
			a->line = s[i] == ':' ? IN_COMMENT : IN_FIELD;
		some |= a->line == IN_FIELD && s[i] != ' ' && s[i] != '\t' &&
		    s[i] != '\n' && s[i] != '\r';
	}
	return some;
}
