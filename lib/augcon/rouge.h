/*
 * ROUGE-L (Lin 2004, sentence level) over token ids: L is the length of the
 * longest common subsequence of a candidate of m tokens and a kept text of n.
 *   f          F = 2L / (m + n), too close when F > threshold
 *   precision  P = L / m, too close when P >= threshold
 * Two empty lists have similarity 1, an empty and a non-empty one 0.  Tests
 * are in whole numbers: in doubles, 7 of 7 against 7 of 13 tokens is above
 * 0.7 by one formula and not by another.
 */
#ifndef AUGCON_ROUGE_H
#define AUGCON_ROUGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum rouge_measure { ROUGE_F, ROUGE_PRECISION };

struct rouge_test {
	enum rouge_measure measure;
	uint64_t num, den;	/* the threshold as a fraction */
};

/*
 * Reads a threshold, a plain decimal above 0 and at most 1 with at most nine
 * digits after the point.  0, or -1 with the reason in why.
 */
int rouge_threshold(struct rouge_test *, const char *decimal,
    struct buf *why);

/* Is a pair with this L too close? */
int rouge_close(const struct rouge_test *, size_t lcs, size_t m, size_t n);

/* The least L that is too close; SIZE_MAX when none can be. */
size_t rouge_need(const struct rouge_test *, size_t m, size_t n);

/*
 * The lengths n that a kept text can have and be too close to a candidate of
 * m tokens: *lo to *hi, none when *lo > *hi.
 */
void rouge_lengths(const struct rouge_test *, size_t m, size_t *lo,
    size_t *hi);

/* F or P, for print. */
double rouge_value(enum rouge_measure, size_t lcs, size_t m, size_t n);

/*
 * L by the plain table of dynamic programming; the oracle.  row is scratch
 * for n + 1 numbers.
 */
size_t rouge_lcs_plain(const uint32_t *a, size_t m, const uint32_t *b,
    size_t n, uint32_t *row);

/* Tokens of a text that go in one step; a longer one takes more. */
enum { ROUGE_SHORT = 64 };

/* One text, set once, to be compared with many. */
struct rouge_lcs {
	uint64_t *mask;		/* owned; by token id */
	uint64_t *carry;	/* owned; a bit a token of the other text */
	const uint32_t *a;	/* the text set now, borrowed until the next */
	size_t m;
	int popcnt;		/* the processor counts bits */
};

/*
 * Memory for token ids below nids and texts of at most `longest` tokens.
 * 0 or -1; free either way.
 */
int rouge_lcs_init(struct rouge_lcs *, size_t nids, size_t longest);
void rouge_lcs_free(struct rouge_lcs *);
void rouge_lcs_set(struct rouge_lcs *, const uint32_t *a, size_t m);

/*
 * L of the text set and b, bit-parallel (Hyyro 2004): n steps for each
 * ROUGE_SHORT tokens of the text, once both have lost what a long one begins
 * and ends with like the other.
 */
size_t rouge_lcs(struct rouge_lcs *, const uint32_t *b, size_t n);

/* The same, but where L is below `need` it may stop at any number below. */
size_t rouge_lcs_need(struct rouge_lcs *, const uint32_t *b, size_t n,
    size_t need);

#endif
