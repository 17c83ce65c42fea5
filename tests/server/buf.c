/* Bytes: a growing buffer, slices of it, a digest, the clock. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server.h"

int64_t
now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

void *
must(void *p)
{
	if (p == NULL) {
		fputs("acserver: out of memory\n", stderr);
		exit(70);
	}
	return p;
}

void
buf_room(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 1024;

	if (b->cap - b->n >= n)
		return;
	if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		must(NULL);
	while (cap - b->n < n)
		cap *= 2;
	b->p = must(realloc(b->p, cap));
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	buf_room(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	buf_room(b, 256);
	va_start(ap, fmt);
	n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= b->cap - b->n) {
		buf_room(b, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
		va_end(ap);
	}
	b->n += (size_t)n;
}

void
buf_fill(struct buf *b, const char *s, size_t times)
{
	while (times-- > 0)
		buf_str(b, s);
}

/* As the inside of a JSON string; bytes above 0x7f go as they are. */
void
buf_escape(struct buf *b, struct slice s)
{
	size_t i, from = 0;
	unsigned char c;

	for (i = 0; i < s.n; i++) {
		c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(b, s.p + from, i - from);
		if (c == '\n')
			buf_str(b, "\\n");
		else if (c < 0x20)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_fmt(b, "\\%c", c);
		from = i + 1;
	}
	buf_add(b, s.p + from, s.n - from);
}

void
buf_quote(struct buf *b, struct slice s)
{
	buf_add(b, "\"", 1);
	buf_escape(b, s);
	buf_add(b, "\"", 1);
}

void
buf_name(struct buf *b, const char *s)
{
	if (s == NULL)
		buf_str(b, "null");
	else
		buf_quote(b, slice_of(s));
}

void
buf_free(struct buf *b)
{
	free(b->p);
	memset(b, 0, sizeof *b);
}

void
buf_clear(struct buf *b)
{
	if (b->cap > 1 << 20)
		buf_free(b);
	b->n = 0;
}

struct slice
slice_of(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){ b->p ? b->p : "", b->n };
}

bool
slice_is(struct slice s, const char *t)
{
	return s.n == strlen(t) && memcmp(s.p, t, s.n) == 0;
}

bool
slice_starts(struct slice s, const char *t)
{
	return s.n >= strlen(t) && memcmp(s.p, t, strlen(t)) == 0;
}

bool
slice_ends(struct slice s, const char *t)
{
	size_t n = strlen(t);

	return s.n >= n && memcmp(s.p + s.n - n, t, n) == 0;
}

const char *
slice_find(struct slice s, const char *t)
{
	size_t n = strlen(t);
	const char *p = s.p, *q;

	while (s.n >= n && (size_t)(p - s.p) <= s.n - n) {
		q = memchr(p, t[0], s.n - n + 1 - (size_t)(p - s.p));
		if (q == NULL)
			return NULL;
		if (memcmp(q, t, n) == 0)
			return q;
		p = q + 1;
	}
	return NULL;
}

double
slice_double(struct slice s)
{
	char t[64];
	size_t n = s.n < sizeof t - 1 ? s.n : sizeof t - 1;

	if (s.p == NULL)
		return 0;
	memcpy(t, s.p, n);
	t[n] = '\0';
	return strtod(t, NULL);
}

long
slice_long(struct slice s)
{
	double d = slice_double(s);

	return d > -1e15 && d < 1e15 ? (long)d : 0;
}

/* Spreads a digest over all its bits, for choices made by it. */
uint64_t
mix(uint64_t h)
{
	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	return h ^ h >> 31;
}

/* FNV-1a, 64 bits. */
uint64_t
digest(struct slice s)
{
	uint64_t h = 14695981039346656037u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}
