/* Lines held back come out as they went in, from memory and from a file. */
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "check.h"
#include "rec/hold.h"

enum { LINES = 3000 };

/* Line i of a set: a letter, repeated a number of times that i decides. */
static size_t
length_of(size_t i, uint64_t set)
{
	uint64_t x = rng_mix(i, set);

	return x % 50 == 0 ? (size_t)(x >> 8) % 5000 : (size_t)(x >> 8) % 100;
}

static void
fill(struct hold *h, size_t n, uint64_t set)
{
	struct buf *line, why = BUF_INIT;
	size_t i, k;

	for (i = 0; i < n; i++) {
		line = hold_line(h);
		if (line == NULL)
			abort();
		for (k = length_of(i, set); k > 0; k--)
			buf_byte(line, 'a' + (int)(i % 26));
		buf_byte(line, '\n');
		if (hold_done(h, &why) != 0)
			abort();
	}
	buf_free(&why);
}

static int
is_line(const char *s, size_t len, size_t i, uint64_t set)
{
	size_t k;

	if (len != length_of(i, set) + 1 || s[len - 1] != '\n')
		return 0;
	for (k = 0; k + 1 < len; k++)
		if (s[k] != 'a' + (int)(i % 26))
			return 0;
	return 1;
}

/* In order, with a line from anywhere in between, which must not disturb. */
static size_t
wrong_lines(struct hold *h, size_t n, uint64_t set)
{
	struct buf why = BUF_INIT;
	uint64_t seed = set;
	size_t i, k, len, wrong = 0;
	const char *s;

	for (i = 0; i < n; i++) {
		k = (size_t)rng_below(&seed, n);
		wrong += hold_get(h, k, &s, &len, &why) != 0 ||
		    !is_line(s, len, k, set);
		wrong += hold_next(h, i, &s, &len, &why) != 0 ||
		    !is_line(s, len, i, set);
	}
	buf_free(&why);
	return wrong;
}

int
main(void)
{
	static const size_t max[] = { 0, 1, 1000, 70000, HOLD_MEMORY };
	struct buf why = BUF_INIT;
	struct hold h;
	size_t i;

	for (i = 0; i < sizeof(max) / sizeof(max[0]); i++) {
		hold_init(&h);
		h.max = max[i];
		fill(&h, LINES, i);
		CHECK(h.n == LINES);
		CHECK((h.fd >= 0) == (max[i] < HOLD_MEMORY));
		CHECK(wrong_lines(&h, LINES, i) == 0);
		hold_reset(&h);
		CHECK(h.n == 0 && h.fd == -1 && h.max == max[i]);
		fill(&h, 10, i + 9);
		CHECK(wrong_lines(&h, 10, i + 9) == 0);
		hold_free(&h);
	}

	/* A folder that is not there is an error with a reason, not a loss. */
	setenv("TMPDIR", "/nonexistent", 1);
	hold_init(&h);
	h.max = 0;
	buf_str(hold_line(&h), "line\n");
	CHECK(hold_done(&h, &why) == -1);
	CHECK(strstr(buf_cstr(&why), "/nonexistent") != NULL);
	hold_free(&h);
	buf_free(&why);
	return check_end("hold");
}
