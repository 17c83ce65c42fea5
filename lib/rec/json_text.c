/* JSON strings as text and back, and numbers written. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rec/json.h"
#include "rec/json_int.h"
#include "text/utf8.h"

/* The four hex digits at p, scanned ones. */
static uint32_t
hex4(const char *p)
{
	const char *end = p + 4;
	uint32_t x = 0;

	for (; p < end; p++)
		x = x << 4 | (uint32_t)(*p <= '9' ? *p - '0' :
		    (*p | 0x20) - 'a' + 10);
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
		at = (size_t)(json_skip_plain(s + at, s + len) - s);
		if (!is_cjk(p + at, len - at))
			return at;
		do
			at += 3;
		while (is_cjk(p + at, len - at));
	}
}

/* The character at p that cannot go out as it is, most often: its bytes. */
static size_t
quote_one(struct buf *b, const char *p, size_t len)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	uint32_t cp = (unsigned char)*p;
	const char *hit;
	size_t n = cp < 0x80 ? 1 : json_wide((const unsigned char *)p, len);

	if (n == 0) {
		buf_str(b, "\xef\xbf\xbd");
		return 1;
	}
	if (n > 1)
		utf8_next(p, len, &cp);
	hit = cp != 0 && cp < 0x80 ? strchr(from, (int)cp) : NULL;
	if (hit != NULL)
		buf_add(b, (char[2]){ '\\', to[hit - from] }, 2);
	else if (cp < 0x20 || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		buf_fmt(b, "\\u%04x", (unsigned)cp);
	else
		buf_add(b, p, n);
	return n;
}

void
json_escape(struct buf *b, const char *text, size_t len)
{
	size_t at = 0, n;

	buf_room(b, len + 2);		/* enough for most, at once */
	while (at < len) {
		n = plain_run(text + at, len - at);
		buf_add(b, text + at, n);
		at += n;
		if (at < len)
			at += quote_one(b, text + at, len - at);
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
