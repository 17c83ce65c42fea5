/* UTF-8 checking, decoding and encoding. */
#include "text/utf8.h"

#include <string.h>

#define ASCII_MASK 0x8080808080808080u

/* Eight bytes as one number; only its top bits are looked at. */
static uint64_t
load8(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return w;
}

static int
is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/*
 * Length of the well-formed sequence at p, whose first byte is not ASCII;
 * 0 when it is ill-formed or cut short.  The second byte's range depends on
 * the first: that is where overlong forms and surrogates are refused.
 */
static size_t
sequence(const unsigned char *p, size_t left)
{
	unsigned char c = p[0], lo = 0x80, hi = 0xbf;

	if (c < 0xc2 || c > 0xf4)
		return 0;
	if (c < 0xe0)
		return left >= 2 && is_tail(p[1]) ? 2 : 0;
	if (c < 0xf0) {
		if (c == 0xe0)
			lo = 0xa0;
		else if (c == 0xed)
			hi = 0x9f;
		return left >= 3 && p[1] >= lo && p[1] <= hi &&
		    is_tail(p[2]) ? 3 : 0;
	}
	if (c == 0xf0)
		lo = 0x90;
	else if (c == 0xf4)
		hi = 0x8f;
	return left >= 4 && p[1] >= lo && p[1] <= hi &&
	    is_tail(p[2]) && is_tail(p[3]) ? 4 : 0;
}

/* True for a three-byte sequence of U+1000 to U+CFFF: no special case. */
static int
plain3(const unsigned char *p)
{
	return p[0] >= 0xe1 && p[0] <= 0xec && is_tail(p[1]) && is_tail(p[2]);
}

size_t
utf8_valid(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, n;

	while (i < len) {
		if (p[i] < 0x80) {
			while (len - i >= 16 &&
			    !((load8(p + i) | load8(p + i + 8)) & ASCII_MASK))
				i += 16;
			while (i < len && p[i] < 0x80)
				i++;
			continue;
		}
		while (len - i >= 6 && plain3(p + i) && plain3(p + i + 3))
			i += 6;
		if (i == len || p[i] < 0x80)
			continue;
		n = sequence(p + i, len - i);
		if (n == 0)
			return i;
		i += n;
	}
	return len;
}

int
utf8_ascii(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0;

	while (len - i >= 8 && !(load8(p + i) & ASCII_MASK))
		i += 8;
	while (i < len && p[i] < 0x80)
		i++;
	return i == len;
}

size_t
utf8_count(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	const uint64_t ones = ASCII_MASK >> 7;
	size_t i = 0, tails = 0;
	uint64_t w;

	/* A tail is 10xxxxxx; the product adds the eight bits up. */
	for (; len - i >= 8; i += 8) {
		w = load8(p + i);
		tails += (size_t)(((w >> 7 & ~(w >> 6)) & ones) * ones >> 56);
	}
	for (; i < len; i++)
		tails += (size_t)is_tail(p[i]);
	return len - tails;
}

size_t
utf8_next(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s;

	if (p[0] < 0x80 || len < 2) {
		*cp = p[0];
		return 1;
	}
	if (p[0] < 0xe0 || len < 3) {
		*cp = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
		return 2;
	}
	if (p[0] < 0xf0 || len < 4) {
		*cp = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 |
		    (p[2] & 0x3fu);
		return 3;
	}
	*cp = (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
	    (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
	return 4;
}

size_t
utf8_prev(const char *s, size_t at, uint32_t *cp)
{
	size_t n = 1;

	while (n < 4 && n < at && is_tail((unsigned char)s[at - n]))
		n++;
	utf8_next(s + at - n, n, cp);
	return n;
}

int
utf8_is_in(const char *s, size_t len, const char *set)
{
	while (*set != '\0') {
		if (strncmp(set, s, len) == 0)
			return 1;
		do
			set++;
		while (((unsigned char)*set & 0xc0) == 0x80);
	}
	return 0;
}

size_t
utf8_put(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}
