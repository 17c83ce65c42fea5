/* The scan of JSON text. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rec/json.h"
#include "rec/json_int.h"

/* Where a scan stands; `at` moves forward only. */
struct cursor {
	const char *s;
	size_t at, len;
	struct buf *why;
	int nul;
	size_t longest, names;
};

static int
fail(const struct cursor *c, const char *what)
{
	buf_fmt(c->why, "column %zu: %s", c->at + 1, what);
	return -1;
}

static void
blanks(struct cursor *c)
{
	char b;

	/* Mostly there is none, which one look tells. */
	for (; c->at < c->len && (b = c->s[c->at]) <= ' '; c->at++)
		if (b != ' ' && b != '\t' && b != '\r' && b != '\n')
			return;
}

/* Bytes of the characters from p on that are not ASCII; 0: invalid. */
static size_t
wides(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *from = p;
	size_t n = 1;

	while (n > 0 && p < end && *p >= 0x80) {
		while (json_is_cjk(p, end))
			p += 3;
		if (p == end || *p < 0x80)
			break;
		n = json_wide(p, (size_t)(end - p));
		p += n;
	}
	return n > 0 ? (size_t)(p - from) : 0;
}

static int
escape(struct cursor *c)
{
	size_t i;

	if (c->at + 1 >= c->len)
		return fail(c, "string not closed");
	if (c->s[c->at + 1] != 'u') {
		if (strchr("\"\\/bfnrt", c->s[c->at + 1]) == NULL ||
		    c->s[c->at + 1] == '\0')
			return fail(c, "no such escape");
		c->at += 2;
		return 0;
	}
	for (i = 2; i < 6; i++)
		if (c->at + i >= c->len || c->s[c->at + i] == '\0' ||
		    strchr("0123456789abcdefABCDEF", c->s[c->at + i]) == NULL)
			return fail(c, "\\u needs four hex digits");
	if (memcmp(c->s + c->at + 2, "0000", 4) == 0)
		c->nul = 1;
	c->at += 6;
	return 0;
}

/* At the opening quote; leaves `at` behind the closing one. */
static int
string(struct cursor *c, char *plain)
{
	const unsigned char *s = (const unsigned char *)c->s;
	const unsigned char *p = s + c->at + 1, *end = s + c->len;
	size_t n;

	*plain = 1;
	for (;;) {
		p = json_skip_plain(p, end);
		c->at = (size_t)(p - s);
		if (p == end)
			return fail(c, "string not closed");
		if (*p == '"') {
			c->at++;
			return 0;
		}
		if (*p == '\\') {
			*plain = 0;
			if (escape(c) < 0)
				return -1;
			p = s + c->at;
		} else if (*p < 0x20) {
			return fail(c, "control byte in a string");
		} else {
			n = wides(p, end);
			if (n == 0)
				return fail(c, "not UTF-8");
			p += n;
		}
	}
}

static size_t
digits(struct cursor *c)
{
	size_t from = c->at;

	while (c->at < c->len && c->s[c->at] >= '0' && c->s[c->at] <= '9')
		c->at++;
	return c->at - from;
}

static int
number(struct cursor *c)
{
	size_t from, begin = c->at;

	if (c->s[c->at] == '-')
		c->at++;
	from = c->at;
	if (digits(c) == 0)
		return fail(c, "no value");
	if (c->s[from] == '0' && c->at - from > 1) {
		c->at = from;
		return fail(c, "number with a leading zero");
	}
	if (c->at < c->len && c->s[c->at] == '.') {
		c->at++;
		if (digits(c) == 0)
			return fail(c, "number ends in a point");
	}
	if (c->at < c->len && (c->s[c->at] | 0x20) == 'e') {
		c->at++;
		if (c->at < c->len &&
		    (c->s[c->at] == '+' || c->s[c->at] == '-'))
			c->at++;
		if (digits(c) == 0)
			return fail(c, "number without its exponent");
	}
	if (c->at - begin > c->longest)
		c->longest = c->at - begin;
	return 0;
}

static int
word(struct cursor *c, const char *w)
{
	size_t n = strlen(w);

	if (c->len - c->at < n || memcmp(c->s + c->at, w, n) != 0)
		return fail(c, "no value");
	c->at += n;
	return 0;
}

/* A value that is no bracket. */
static int
scalar(struct cursor *c, enum json_kind *kind, char *plain)
{
	*plain = 0;
	if (c->at >= c->len)
		return fail(c, "text ends in the middle");
	switch (c->s[c->at]) {
	case '"':
		*kind = JSON_STRING;
		return string(c, plain);
	case 't':
		*kind = JSON_TRUE;
		return word(c, "true");
	case 'f':
		*kind = JSON_FALSE;
		return word(c, "false");
	case 'n':
		*kind = JSON_NULL;
		return word(c, "null");
	default:
		*kind = JSON_NUMBER;
		return number(c);
	}
}

/* A key, its colon and the blanks around. */
static int
key(struct cursor *c, size_t *from, size_t *len, char *plain)
{
	if (c->at >= c->len || c->s[c->at] != '"')
		return fail(c, c->at >= c->len ? "text ends in the middle" :
		    "no member name");
	c->names++;
	*from = c->at + 1;
	if (string(c, plain) < 0)
		return -1;
	*len = c->at - 1 - *from;
	blanks(c);
	if (c->at >= c->len || c->s[c->at] != ':')
		return fail(c, "no ':' after a member name");
	c->at++;
	blanks(c);
	return 0;
}

/* A member has begun at depth 1. */
static int
member_begin(struct json_scan *j, struct cursor *c)
{
	struct json_member *m;

	if (mem_grow(&j->v, &j->cap, j->n + 1, sizeof(*j->v)) < 0)
		return -2;
	m = &j->v[j->n];
	if (key(c, &m->key, &m->key_len, &m->key_plain) < 0)
		return -1;
	m->val = c->at;
	return 0;
}

static void
member_end(struct json_scan *j, const struct cursor *c, enum json_kind kind,
    char plain)
{
	struct json_member *m = &j->v[j->n++];

	m->val_len = c->at - m->val;
	m->kind = kind;
	m->val_plain = plain;
}

/*
 * Brackets are kept on a stack of bytes, so depth costs memory of the
 * text's own size and no recursion.
 */
static int
scan(struct json_scan *j, struct cursor *c)
{
	enum json_kind kind = JSON_NULL;
	size_t depth = 0, from, len;
	char open = 0, plain = 0;
	int r;

value:
	if (c->at < c->len && (c->s[c->at] == '{' || c->s[c->at] == '[')) {
		if (mem_grow(&j->stack, &j->stack_cap, depth + 8, 1) < 0)
			return -2;
		open = c->s[c->at++];
		j->stack[depth++] = (unsigned char)open;
		if (depth > j->depth)
			j->depth = depth;
		if (depth == 1)
			j->kind = open == '{' ? JSON_OBJECT : JSON_ARRAY;
		blanks(c);
		if (c->at < c->len && c->s[c->at] == (open == '{' ? '}' : ']'))
			goto close;
		goto element;
	}
	if (scalar(c, &kind, &plain) < 0)
		return -1;
	if (depth == 0)
		j->kind = kind;
after:
	if (depth == 1 && j->kind == JSON_OBJECT)
		member_end(j, c, kind, plain);
	if (depth == 0)
		return 0;
	blanks(c);
	if (c->at >= c->len)
		return fail(c, "text ends in the middle");
	if (c->s[c->at] == ',') {
		c->at++;
		blanks(c);
		goto element;
	}
	if (c->s[c->at] != (open == '{' ? '}' : ']'))
		return fail(c, "no ',' between values");
close:
	if (depth == 1)
		j->end = c->at;
	c->at++;
	kind = open == '{' ? JSON_OBJECT : JSON_ARRAY;
	plain = 0;
	depth--;
	open = depth > 0 ? (char)j->stack[depth - 1] : 0;
	goto after;
element:
	if (open == '{') {
		r = depth == 1 ? member_begin(j, c) :
		    key(c, &from, &len, &plain);
		if (r < 0)
			return r;
	}
	goto value;
}

int
json_scan(struct json_scan *j, const char *s, size_t len, struct buf *why)
{
	struct cursor c = { .s = s, .at = 0, .len = len, .why = why };
	int r;

	j->n = j->depth = 0;
	blanks(&c);
	if (c.at == len)
		return fail(&c, "no value");
	r = scan(j, &c);
	j->nul = c.nul;
	j->longest = c.longest;
	j->names = c.names;
	if (r < 0)
		return r;
	blanks(&c);
	return c.at == len ? 0 : fail(&c, "text after the value");
}

void
json_scan_free(struct json_scan *j)
{
	free(j->v);
	free(j->stack);
	memset(j, 0, sizeof(*j));
}
