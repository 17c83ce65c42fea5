#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
buf_room(struct buf *b, size_t n)
{
	size_t cap, need;
	char *s;

	if (b->bad)
		return NULL;
	if (n >= SIZE_MAX / 2 - b->len || (b->max && b->len + n > b->max)) {
		b->bad = 1;
		return NULL;
	}
	need = b->len + n + 1;
	if (need <= b->cap)
		return b->s + b->len;
	cap = b->cap + b->cap / 2;
	if (cap < need)
		cap = need < 64 ? 64 : need;
	s = realloc(b->s, cap);
	if (s == NULL) {
		b->bad = 1;
		return NULL;
	}
	b->s = s;
	b->cap = cap;
	s[b->len] = '\0';
	return s + b->len;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	char *to = buf_room(b, n);

	if (to == NULL || n == 0)
		return;
	memcpy(to, p, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
buf_byte(struct buf *b, int c)
{
	char byte = (char)c;

	buf_add(b, &byte, 1);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_vfmt(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	size_t room = b->cap - b->len;
	char *to = room > 0 ? b->s + b->len : NULL;
	int n;

	/* Into what room there is, which mostly is enough. */
	va_copy(again, ap);
	n = vsnprintf(to, room, fmt, again);
	va_end(again);
	if (n >= 0 && (size_t)n < room && !b->bad && (b->max == 0 ||
	    b->len + (size_t)n <= b->max)) {
		b->len += (size_t)n;
		return;
	}
	if (to != NULL)
		*to = '\0';
	if (n < 0)
		b->bad = 1;
	to = buf_room(b, n < 0 ? 0 : (size_t)n);
	if (to == NULL)
		return;
	vsnprintf(to, (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
	b->bad = 0;
	if (b->s != NULL)
		b->s[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->s);
	b->s = NULL;
	b->len = b->cap = 0;
	b->bad = 0;
}

int
buf_ok(const struct buf *b)
{
	return !b->bad;
}

int
buf_is_blank(const struct buf *b)
{
	return strspn(buf_cstr(b), " \t\r\n") == b->len;
}

const char *
buf_cstr(const struct buf *b)
{
	return b->s == NULL ? "" : b->s;
}

char *
buf_take(struct buf *b)
{
	char *s;

	buf_room(b, 0);
	s = b->bad ? NULL : b->s;
	if (s == NULL)
		free(b->s);
	b->s = NULL;
	b->len = b->cap = 0;
	b->bad = 0;
	return s;
}
