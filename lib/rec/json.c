#include "rec/json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/mem.h"
#include "text/utf8.h"

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

/*
 * Not 0 when a byte of x, taken as eight bytes, ends a plain run: a quote, a
 * backslash, a control byte or one that is not ASCII.  Of the bytes whose
 * top bit is then set the lowest is such a one; those above it may not be.
 */
static uint64_t
special(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\';

	return (x | (x - ones * 0x20) | (quote - ones) | (slash - ones)) &
	    high;
}

#ifdef __SSE2__
/* The same for sixteen bytes at once, exactly: a bit for each. */
static unsigned
special16(const unsigned char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	/* As signed bytes, what is not ASCII is below every blank. */
	__m128i odd = _mm_cmplt_epi8(x, _mm_set1_epi8(0x20));

	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(x, _mm_set1_epi8('"')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(x, _mm_set1_epi8('\\')));
	return (unsigned)_mm_movemask_epi8(odd);
}
#endif

/* How many of eight bytes in memory come before the first special one. */
static size_t
plain_before(uint64_t marks)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(marks) / 8;
#else
	(void)marks;
	return 0;		/* no more than is known; they go by one */
#endif
}

/* One character that is not ASCII: its length in bytes, 0 when invalid. */
static size_t
wide(const unsigned char *p, size_t left)
{
	/* The common case, U+0800 to U+FFFF but surrogates. */
	if (left >= 3 && (p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 &&
	    (p[2] & 0xc0) == 0x80 && (p[0] != 0xe0 || p[1] >= 0xa0) &&
	    (p[0] != 0xed || p[1] < 0xa0))
		return 3;
	if (left >= 2 && p[0] >= 0xc2 && p[0] <= 0xdf && (p[1] & 0xc0) == 0x80)
		return 2;
	if (left >= 4 && p[0] >= 0xf0 && p[0] <= 0xf4 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 &&
	    (p[3] & 0xc0) == 0x80 && (p[0] != 0xf0 || p[1] >= 0x90) &&
	    (p[0] != 0xf4 || p[1] < 0x90))
		return 4;
	return 0;
}

/* Bytes of the characters from p on that are not ASCII; 0: invalid. */
static size_t
wides(const unsigned char *p, const unsigned char *end)
{
	size_t n, all = 0;

	do {
		n = wide(p + all, (size_t)(end - p) - all);
		all += n;
	} while (n > 0 && p + all < end && p[all] >= 0x80);
	return all;
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

/* The first byte from p that no plain run has, or the end. */
static const unsigned char *
skip_plain(const unsigned char *p, const unsigned char *end)
{
	uint64_t x, marks;

#ifdef __SSE2__
	while (end - p >= 16) {
		unsigned hits = special16(p);

		if (hits != 0)
			return p + __builtin_ctz(hits);
		p += 16;
	}
#endif
	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		marks = special(x);
		if (marks != 0) {
			p += plain_before(marks);
			break;
		}
	}
	while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
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
		p = skip_plain(p, end);
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

static uint32_t
hex4(const char *p)
{
	uint32_t x = 0;
	int i, c;

	for (i = 0; i < 4; i++) {
		c = p[i];
		x = x << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return x;
}

/*
 * The escape at p, a scanned one, as n bytes of UTF-8; returns its length, 0
 * for no text.
 */
static size_t
unescape(const char *p, size_t left, char utf8[4], size_t *n)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	uint32_t cp, low;
	size_t len = 6;

	if (p[1] != 'u') {
		utf8[0] = to[strchr(from, p[1]) - from];
		*n = 1;
		return 2;
	}
	cp = hex4(p + 2);
	if (cp >= 0xd800 && cp < 0xdc00 && left >= 12 && p[6] == '\\' &&
	    p[7] == 'u') {
		low = hex4(p + 8);
		if (low >= 0xdc00 && low < 0xe000) {
			cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
			len = 12;
		}
	}
	if (cp == 0 || (cp >= 0xd800 && cp < 0xe000))
		return 0;
	*n = utf8_put(cp, utf8);
	return len;
}

int
json_unquote(const char *raw, size_t len, struct buf *out)
{
	const char *p = raw + 1, *end = raw + len - 1, *slash;
	char utf8[4];
	size_t n, bytes;

	buf_room(out, len);		/* at once: it only gets shorter */
	while (p < end) {
		slash = memchr(p, '\\', (size_t)(end - p));
		n = slash == NULL ? (size_t)(end - p) : (size_t)(slash - p);
		buf_add(out, p, n);
		p += n;
		if (p < end) {
			n = unescape(p, (size_t)(end - p), utf8, &bytes);
			if (n == 0)
				return -1;
			buf_add(out, utf8, bytes);
			p += n;
		}
	}
	return 0;
}

int
json_is(const char *raw, size_t len, const char *text, size_t text_len)
{
	const char *p = raw + 1, *end = raw + len - 1;
	char utf8[4];
	size_t n, bytes;

	for (; p < end; p += n) {
		n = bytes = 1;
		utf8[0] = *p;
		if (*p == '\\')
			n = unescape(p, (size_t)(end - p), utf8, &bytes);
		if (n == 0 || bytes > text_len ||
		    memcmp(utf8, text, bytes) != 0)
			return 0;
		text += bytes;
		text_len -= bytes;
	}
	return text_len == 0;
}

/* U+3000 to U+CFFF at p, most of what is not ASCII in CJK text. */
static int
is_cjk(const char *p, size_t len)
{
	const unsigned char *u = (const unsigned char *)p;

	return len >= 3 && u[0] >= 0xe3 && u[0] <= 0xec &&
	    (u[1] & 0xc0) == 0x80 && (u[2] & 0xc0) == 0x80;
}

/* Bytes at p that go out as they are. */
static size_t
plain_run(const char *p, size_t len)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t at = 0;

	for (;;) {
		at = (size_t)(skip_plain(s + at, s + len) - s);
		if (!is_cjk(p + at, len - at))
			return at;
		do
			at += 3;
		while (is_cjk(p + at, len - at));
	}
}

void
json_escape(struct buf *b, const char *text, size_t len)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *hit;
	uint32_t cp;
	size_t at = 0, n;

	buf_room(b, len + 2);		/* enough for most, at once */
	while (at < len) {
		n = plain_run(text + at, len - at);
		buf_add(b, text + at, n);
		at += n;
		if (at == len)
			break;
		n = 1;
		cp = (unsigned char)text[at];
		if (cp >= 0x80) {
			n = wide((const unsigned char *)text + at, len - at);
			if (n == 0) {
				buf_str(b, "\xef\xbf\xbd");
				at++;
				continue;
			}
			utf8_next(text + at, len - at, &cp);
		}
		hit = cp != 0 && cp < 0x80 ? strchr(from, (int)cp) : NULL;
		if (hit != NULL)
			buf_add(b, (char[2]){ '\\', to[hit - from] }, 2);
		else if (cp < 0x20 || cp == 0x85 || cp == 0x2028 ||
		    cp == 0x2029)
			buf_fmt(b, "\\u%04x", (unsigned)cp);
		else
			buf_add(b, text + at, n);
		at += n;
	}
}

void
json_quote(struct buf *b, const char *text, size_t len)
{
	buf_byte(b, '"');
	json_escape(b, text, len);
	buf_byte(b, '"');
}

/*
 * A number of at most three decimals, as most are that people write.  The
 * quotient is the double next to it, and so what reading it back gives.
 */
static int
short_number(struct buf *b, double x)
{
	double size = fabs(x);
	long n = size < 1e6 ? lround(size * 1000) : 0, scale = 1000;
	int places = 3;

	if (n == 0 || (double)n / 1000 != size)
		return 0;
	for (; n % 10 == 0; n /= 10, scale /= 10)
		places--;
	buf_fmt(b, "%s%ld.%0*ld", x < 0 ? "-" : "", n / scale, places,
	    n % scale);
	return 1;
}

void
json_number(struct buf *b, double x)
{
	char s[40];
	int digits;

	if (x == floor(x) && fabs(x) < 1e15) {
		buf_fmt(b, "%lld", (long long)x);
		return;
	}
	if (short_number(b, x))
		return;
	for (digits = 15; digits <= 17; digits++) {
		snprintf(s, sizeof(s), "%.*g", digits, x);
		if (strtod(s, NULL) == x)
			break;
	}
	buf_str(b, s);
}
