/*
 * UTF-8 by hand (RFC 3629; Unicode 3.9, table 3-7): no overlong forms, no
 * surrogates, nothing above U+10FFFF.  Lengths are bytes unless "code
 * points" is said.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Length of the longest valid prefix: equal to len when all is valid. */
size_t utf8_valid(const char *s, size_t len);

/* Code points in valid UTF-8. */
int utf8_ascii(const char *s, size_t len);	/* no byte over 0x7f */
size_t utf8_count(const char *s, size_t len);

/*
 * Decodes the code point at s, len >= 1 bytes of valid UTF-8, and returns
 * its length in bytes (1 to 4).  Inline, for it is in many an inner loop.
 */
static inline size_t
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

/* The code point before s + at (at > 0); returns its length in bytes. */
size_t utf8_prev(const char *s, size_t at, uint32_t *cp);

/* Writes cp (a scalar value) to out; returns 1 to 4. */
size_t utf8_put(uint32_t cp, char out[4]);

#endif
