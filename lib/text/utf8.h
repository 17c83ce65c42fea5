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
 * its length in bytes (1 to 4).
 */
size_t utf8_next(const char *s, size_t len, uint32_t *cp);

/* The code point before s + at (at > 0); returns its length in bytes. */
size_t utf8_prev(const char *s, size_t at, uint32_t *cp);

/* Is the character at s, len bytes of it, one of a set's (valid UTF-8)? */
int utf8_is_in(const char *s, size_t len, const char *set);

/* Writes cp (a scalar value) to out; returns 1 to 4. */
size_t utf8_put(uint32_t cp, char out[4]);

#endif
