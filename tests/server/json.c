/*
 * Enough JSON to read a request: one strict check of the whole, then walks
 * over slices of it that may trust the bytes.  Nothing recurses.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

enum { DEPTH = 512 };
/* Length of the UTF-8 sequence at p, 0 when it is not one. */
static size_t
utf8_len(const unsigned char *p, const unsigned char *e)
{
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2, i;

	if (p[0] < 0xc2 || p[0] > 0xf4 || (size_t)(e - p) < n)
		return 0;
	for (i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static bool
all_hex(const char *p)
{
	return isxdigit((unsigned char)p[0]) &&
	    isxdigit((unsigned char)p[1]) &&
	    isxdigit((unsigned char)p[2]) && isxdigit((unsigned char)p[3]);
}

/* Past the string whose opening quote is at p, or NULL. */
static const char *
check_string(const char *p, const char *e)
{
	size_t n;

	for (p++; p < e; ) {
		unsigned char c = (unsigned char)*p;

		if (c == '"')
			return p + 1;
		if (c < 0x20)
			return NULL;
		if (c == '\\') {
			if (e - p < 2 || !memchr("\"\\/bfnrtu", p[1], 9))
				return NULL;
			p += 2;
			if (p[-1] == 'u' && (e - p < 4 || !all_hex(p)))
				return NULL;
		} else if (c < 0x80) {
			p++;
		} else {
			n = utf8_len((const unsigned char *)p,
			    (const unsigned char *)e);
			if (n == 0)
				return NULL;
			p += n;
		}
	}
	return NULL;
}

/* Past the number or word at p, or NULL. */
static const char *
check_atom(const char *p, const char *e)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t i, n = 0;

	while (p + n < e && memchr("+-.0123456789Eaeflnrstu", p[n], 23))
		n++;
	for (i = 0; i < 3; i++)
		if (slice_is((struct slice){ p, n }, words[i]))
			return p + n;
	if (n == 0 || (p[0] != '-' && (p[0] < '0' || p[0] > '9')))
		return NULL;
	for (i = 0; i < n; i++)
		if (!memchr("+-.0123456789Ee", p[i], 15))
			return NULL;
	return p + n;
}

static const char *
blanks(const char *p, const char *e)
{
	while (p < e && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

/* Past a key and its colon, or NULL. */
static const char *
check_key(const char *p, const char *e)
{
	p = blanks(p, e);
	if (p == e || *p != '"' || (p = check_string(p, e)) == NULL)
		return NULL;
	p = blanks(p, e);
	return p < e && *p == ':' ? p + 1 : NULL;
}

/*
 * True for one JSON value and nothing after it but blanks.  `open` holds the
 * closing brackets still to come.
 */
bool
js_valid(struct slice s)
{
	const char *p = s.p, *e = s.p + s.n;
	char open[DEPTH];
	size_t deep = 0;

value:
	if ((p = blanks(p, e)) == e)
		return false;
	if (*p == '{' || *p == '[') {
		if (deep == DEPTH)
			return false;
		open[deep++] = *p == '{' ? '}' : ']';
		p = blanks(p + 1, e);
		if (p < e && *p == open[deep - 1])
			goto close;
		if (open[deep - 1] == '}' && (p = check_key(p, e)) == NULL)
			return false;
		goto value;
	}
	p = *p == '"' ? check_string(p, e) : check_atom(p, e);
	if (p == NULL)
		return false;
next:
	p = blanks(p, e);
	if (deep == 0)
		return p == e;
	if (p == e)
		return false;
	if (*p == ',') {
		p++;
		if (open[deep - 1] == '}' && (p = check_key(p, e)) == NULL)
			return false;
		goto value;
	}
	if (*p != open[deep - 1])
		return false;
close:
	p++;
	deep--;
	goto next;
}

/* Past the string at p, in bytes js_valid has seen. */
static const char *
skip_string(const char *p, const char *e)
{
	const char *q;

	for (p++; p < e; p++) {
		if ((p = memchr(p, '"', (size_t)(e - p))) == NULL)
			return e;
		for (q = p; q[-1] == '\\'; q--)
			;
		if ((p - q) % 2 == 0)
			return p + 1;
	}
	return e;
}

static const char *
skip_value(const char *p, const char *e)
{
	size_t deep = 0;

	while (p < e) {
		if (*p == '"') {
			p = skip_string(p, e);
		} else {
			if (*p == '{' || *p == '[')
				deep++;
			else if (*p == '}' || *p == ']')
				deep--;
			else if (deep == 0) {
				while (p < e && !strchr(",]} \n\t\r", *p))
					p++;
				return p;
			}
			p++;
		}
		if (deep == 0)
			return p;
	}
	return p;
}

/* An iterator over the object or array val; empty when it is not one. */
struct slice
js_open(struct slice val, char bracket)
{
	if (val.n < 2 || val.p == NULL || val.p[0] != bracket)
		return (struct slice){ NULL, 0 };
	return (struct slice){ val.p + 1, val.n - 2 };
}

/* The next element; with key != NULL, the next member (its key unquoted). */
bool
js_next(struct slice *it, struct slice *key, struct slice *val)
{
	const char *e = it->p + it->n, *p, *q;

	if (it->p == NULL)
		return false;
	p = blanks(it->p, e);
	if (p < e && *p == ',')
		p = blanks(p + 1, e);
	if (p == e)
		return false;
	if (key != NULL) {
		q = skip_string(p, e);
		*key = (struct slice){ p + 1, (size_t)(q - p) - 2 };
		p = blanks(blanks(q, e) + 1, e);
	}
	q = skip_value(p, e);
	*val = (struct slice){ p, (size_t)(q - p) };
	*it = (struct slice){ q, (size_t)(e - q) };
	return true;
}

struct slice
js_member(struct slice obj, const char *name)
{
	struct slice it = js_open(obj, '{'), key, val;

	while (js_next(&it, &key, &val))
		if (slice_is(key, name))
			return val;
	return (struct slice){ NULL, 0 };
}

static void
add_point(struct buf *out, unsigned long u)
{
	char t[4];
	size_t n = u < 0x80 ? 1 : u < 0x800 ? 2 : u < 0x10000 ? 3 : 4, i;

	for (i = n - 1; i > 0; i--, u >>= 6)
		t[i] = (char)(0x80 | (u & 0x3f));
	t[0] = (char)(n == 1 ? u : (0xf00u >> n & 0xf0) | u);
	buf_add(out, t, n);
}

static unsigned long
hex4(const char *p, const char *e)
{
	char t[5] = "";

	if (e - p < 4)
		return 0;
	memcpy(t, p, 4);
	return strtoul(t, NULL, 16);
}

/* Unescapes a string value onto out; false when val is no string. */
bool
js_text(struct slice val, struct buf *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p, *q, *e, *at;
	unsigned long u, v;

	if (val.n < 2 || val.p == NULL || val.p[0] != '"')
		return false;
	for (p = val.p + 1, e = val.p + val.n - 1; p < e; ) {
		if ((q = memchr(p, '\\', (size_t)(e - p))) == NULL)
			q = e;
		buf_add(out, p, (size_t)(q - p));
		if (q == e)
			break;
		p = q + 2;
		if (q[1] != 'u') {
			at = strchr(from, q[1]);
			buf_add(out, at ? &to[at - from] : &q[1], 1);
			continue;
		}
		u = hex4(p, e);
		p += 4;
		if (u >= 0xd800 && u < 0xdc00 && e - p >= 6 && p[0] == '\\' &&
		    (v = hex4(p + 2, e)) >= 0xdc00 && v < 0xe000) {
			u = 0x10000 + ((u - 0xd800) << 10) + (v - 0xdc00);
			p += 6;
		} else if (u >= 0xd800 && u < 0xe000) {
			u = 0xfffd;
		}
		add_point(out, u);
	}
	return true;
}
