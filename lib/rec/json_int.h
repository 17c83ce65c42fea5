/*
 * What json.c (the scan) and json_text.c (strings and numbers) share: how
 * the bytes of a string are passed over, most of them eight or sixteen at a
 * time.
 * Inline, for it is their inner loop.
 */
#ifndef REC_JSON_INT_H
#define REC_JSON_INT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/*
 * Not 0 when a byte of x, taken as eight bytes, ends a plain run: a quote, a
 * backslash, a control byte or one that is not ASCII.  Of the bytes whose
 * top bit is then set the lowest is such a one; those above it may not be.
 */
static inline uint64_t
json_special(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\';

	return (x | (x - ones * 0x20) | (quote - ones) | (slash - ones)) &
	    high;
}

#ifdef __SSE2__
/* The same for sixteen bytes at once, exactly: a bit for each. */
static inline unsigned
json_special16(const unsigned char *p)
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
static inline size_t
json_plain_before(uint64_t marks)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(marks) / 8;
#else
	(void)marks;
	return 0;		/* no more than is known; they go by one */
#endif
}

/* The first byte from p that no plain run has, or the end. */
static inline const unsigned char *
json_skip_plain(const unsigned char *p, const unsigned char *end)
{
	uint64_t x, marks;

#ifdef __SSE2__
	while (end - p >= 16) {
		unsigned hits = json_special16(p);

		if (hits != 0)
			return p + __builtin_ctz(hits);
		p += 16;
	}
#endif
	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		marks = json_special(x);
		if (marks != 0) {
			p += json_plain_before(marks);
			break;
		}
	}
	while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* U+1000 to U+CFFF at p, most of what is not ASCII in CJK text. */
static inline int
json_is_cjk(const unsigned char *p, const unsigned char *end)
{
	return end - p >= 3 && p[0] >= 0xe1 && p[0] <= 0xec &&
	    ((p[1] ^ 0x80) | (p[2] ^ 0x80)) < 0x40;
}

/* One character that is not ASCII: its length in bytes, 0 when invalid. */
static inline size_t
json_wide(const unsigned char *p, size_t left)
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

#endif
