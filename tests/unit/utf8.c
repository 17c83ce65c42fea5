/* UTF-8: what is refused, counting, decoding there and back. */
#include "text/utf8.h"

#include <stdlib.h>

#include "check.h"

/* The definition, one byte at a time (Unicode 3.9, table 3-7). */
static size_t
slow_valid(const unsigned char *s, size_t len)
{
	size_t i = 0, n, k;
	uint32_t cp;

	while (i < len) {
		n = s[i] < 0x80 ? 1 : s[i] < 0xc0 ? 0 : s[i] < 0xe0 ? 2 :
		    s[i] < 0xf0 ? 3 : s[i] < 0xf8 ? 4 : 0;
		if (n == 0 || n > len - i)
			return i;
		cp = n == 1 ? s[i] : s[i] & (0x7fu >> n);
		for (k = 1; k < n; k++) {
			if ((s[i + k] & 0xc0) != 0x80)
				return i;
			cp = cp << 6 | (s[i + k] & 0x3f);
		}
		if ((n == 2 && cp < 0x80) || (n == 3 && cp < 0x800) ||
		    (n == 4 && cp < 0x10000) || cp > 0x10ffff ||
		    (cp >= 0xd800 && cp < 0xe000))
			return i;
		i += n;
	}
	return len;
}

static void
test_sequences(void)
{
	static const unsigned char edge[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f,
	    0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
	    0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff };
	enum { N = sizeof(edge) };
	unsigned char s[4];
	size_t i, len, wrong = 0;

	/* Every four of the bytes where the table changes. */
	for (i = 0; i < (size_t)N * N * N * N; i++) {
		s[0] = edge[i % N];
		s[1] = edge[i / N % N];
		s[2] = edge[i / N / N % N];
		s[3] = edge[i / N / N / N];
		for (len = 1; len <= 4; len++)
			wrong += utf8_valid((char *)s, len) !=
			    slow_valid(s, len);
	}
	CHECK(wrong == 0);
}

static void
test_sets(void)
{
	static const char set[] = "克é米a";

	CHECK(utf8_is_in("克", 3, set) && utf8_is_in("米。", 3, set));
	CHECK(utf8_is_in("é", 2, set) && utf8_is_in("abc", 1, set));
	CHECK(!utf8_is_in("千", 3, set) && !utf8_is_in("b", 1, set));
	/* In a set's bytes, and no character of it. */
	CHECK(!utf8_is_in("\x85\x8b", 2, set) && !utf8_is_in("a", 1, ""));
}

/* A bad byte anywhere in a long text is found, whatever stands before. */
static void
test_places(void)
{
	static const char *const fill[] = { "a", "\xc3\xa9",
	    "\xe4\xbd\xa0", "\xf0\x9f\x98\x80" };
	char s[128];
	size_t f, n, len, at, wrong = 0;

	for (f = 0; f < 4; f++) {
		n = strlen(fill[f]);
		for (len = 0; len + n <= 64; len += n)
			memcpy(s + len, fill[f], n);
		CHECK(utf8_valid(s, len) == len);
		CHECK(utf8_count(s, len) == len / n);
		for (at = 0; at < len; at++) {
			char keep = s[at];

			s[at] = (char)0xff;
			wrong += utf8_valid(s, len) != at / n * n;
			s[at] = keep;
			wrong += utf8_valid(s, at) != at / n * n;
		}
	}
	CHECK(wrong == 0);
}

static void
test_code_points(void)
{
	uint32_t cp, back, before;
	size_t n, wrong = 0;
	char s[8] = "x";

	for (cp = 0; cp <= 0x10ffff; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		n = utf8_put(cp, s + 1);
		wrong += utf8_valid(s, n + 1) != n + 1;
		wrong += utf8_next(s + 1, n, &back) != n || back != cp;
		wrong += utf8_prev(s, n + 1, &before) != n || before != cp;
		wrong += utf8_count(s, n + 1) != 2;
	}
	CHECK(wrong == 0);
}

int
main(void)
{
	test_sets();
	test_sequences();
	test_places();
	test_code_points();
	return check_end("utf8");
}
