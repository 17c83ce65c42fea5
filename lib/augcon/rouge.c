#include <stdlib.h>
#include <string.h>

#include "augcon/rouge.h"
#include "base/cpu.h"
#include "base/mem.h"

#define WORD ROUGE_SHORT	/* tokens of a text in one machine word */
#define DIGITS "0123456789"

/* So that 2 * den * L fits 64 bits for any list of fewer than 2^33 tokens. */
enum { DECIMALS = 9 };

int
rouge_threshold(struct rouge_test *t, const char *s, struct buf *why)
{
	size_t whole = strspn(s, DIGITS), nfrac, i;
	const char *frac = s + whole + (s[whole] == '.');

	nfrac = strspn(frac, DIGITS);
	if (whole + nfrac == 0 || frac[nfrac] != '\0')
		goto bad;
	while (nfrac > 0 && frac[nfrac - 1] == '0')
		nfrac--;
	if (nfrac > DECIMALS) {
		buf_fmt(why, "%s has more than %d decimals", s, DECIMALS);
		return -1;
	}
	t->num = 0;
	t->den = 1;
	for (i = 0; i < whole && t->num <= 1; i++)
		t->num = t->num * 10 + (uint64_t)(s[i] - '0');
	if (t->num > 1)
		goto bad;
	for (i = 0; i < nfrac; i++) {
		t->num = t->num * 10 + (uint64_t)(frac[i] - '0');
		t->den *= 10;
	}
	if (t->num > 0 && t->num <= t->den)
		return 0;
bad:
	buf_fmt(why, "%s is no decimal above 0 and at most 1", s);
	return -1;
}

int
rouge_close(const struct rouge_test *t, size_t lcs, size_t m, size_t n)
{
	if (m == 0 || n == 0) {
		if (m != n)
			return 0;
		lcs = m = n = 1;	/* two empty lists are the same */
	}
	if (t->measure == ROUGE_F)
		return 2 * t->den * lcs > t->num * (m + n);
	return t->den * lcs >= t->num * m;
}

size_t
rouge_need(const struct rouge_test *t, size_t m, size_t n)
{
	uint64_t need;

	if (m == 0 || n == 0)
		return rouge_close(t, 0, m, n) ? 0 : SIZE_MAX;
	if (t->measure == ROUGE_F)
		need = t->num * (m + n) / (2 * t->den) + 1;
	else
		need = (t->num * m + t->den - 1) / t->den;
	return need <= m && need <= n ? (size_t)need : SIZE_MAX;
}

/*
 * L is at most the shorter length, so F > num/den asks for
 * n (2 den - num) > num m when n <= m and n num < (2 den - num) m when
 * n >= m; precision asks for den n >= num m only.
 */
void
rouge_lengths(const struct rouge_test *t, size_t m, size_t *lo, size_t *hi)
{
	uint64_t rest = 2 * t->den - t->num;

	if (m == 0) {
		*hi = 0;
		*lo = rouge_close(t, 0, 0, 0) ? 0 : 1;
	} else if (t->measure == ROUGE_F) {
		*lo = (size_t)(t->num * m / rest + 1);
		*hi = (size_t)((rest * m - 1) / t->num);
	} else {
		*lo = (size_t)((t->num * m + t->den - 1) / t->den);
		*hi = SIZE_MAX;
	}
}

double
rouge_value(enum rouge_measure measure, size_t lcs, size_t m, size_t n)
{
	if (m == 0 || n == 0)
		return m == n ? 1 : 0;
	if (measure == ROUGE_F)
		return 2 * (double)lcs / (double)(m + n);
	return (double)lcs / (double)m;
}

size_t
rouge_lcs_plain(const uint32_t *a, size_t m, const uint32_t *b, size_t n,
    uint32_t *row)
{
	uint32_t diagonal, above;
	size_t i, j;

	memset(row, 0, (n + 1) * sizeof(*row));
	for (i = 0; i < m; i++) {
		diagonal = 0;
		for (j = 1; j <= n; j++) {
			above = row[j];
			if (a[i] == b[j - 1])
				row[j] = diagonal + 1;
			else if (row[j - 1] > above)
				row[j] = row[j - 1];
			diagonal = above;
		}
	}
	return row[n];
}

int
rouge_lcs_init(struct rouge_lcs *x, size_t nids, size_t longest)
{
	x->mask = mem_new(nids, sizeof(*x->mask));
	x->carry = mem_new(longest / WORD + 1, sizeof(*x->carry));
	x->a = NULL;
	x->m = 0;
	x->popcnt = cpu_popcnt();
	return x->mask != NULL && x->carry != NULL ? 0 : -1;
}

void
rouge_lcs_free(struct rouge_lcs *x)
{
	free(x->mask);
	free(x->carry);
	x->mask = x->carry = NULL;
}

static void
mask_set(uint64_t *mask, const uint32_t *a, size_t m)
{
	size_t i;

	for (i = 0; i < m; i++)
		mask[a[i]] |= UINT64_C(1) << i;
}

static void
mask_clear(uint64_t *mask, const uint32_t *a, size_t m)
{
	size_t i;

	for (i = 0; i < m; i++)
		mask[a[i]] = 0;
}

/*
 * The table has one word a token id, whatever the length: a short text
 * stays set from one comparison to the next, a long one is set a word's
 * worth at a time inside the comparison.
 */
void
rouge_lcs_set(struct rouge_lcs *x, const uint32_t *a, size_t m)
{
	if (x->m <= WORD)
		mask_clear(x->mask, x->a, x->m);
	x->a = a;
	x->m = m;
	if (m <= WORD)
		mask_set(x->mask, a, m);
}

static inline __attribute__((always_inline)) size_t
ones(uint64_t v)
{
	return (size_t)__builtin_popcountll(v);
}

/* The bits of the first m (1 to 64) tokens. */
static uint64_t
low(size_t m)
{
	return UINT64_MAX >> (WORD - m);
}

static inline __attribute__((always_inline)) size_t
lcs_word_any(const uint64_t *mask, size_t m, const uint32_t *b, size_t n)
{
	uint64_t v = UINT64_MAX, u;
	size_t j;

	for (j = 0; j < n; j++) {
		u = v & mask[b[j]];
		v = (v + u) | (v - u);
	}
	return ones(~v & low(m));
}

CPU_POPCNT static size_t
lcs_word_popcnt(const uint64_t *mask, size_t m, const uint32_t *b, size_t n)
{
	return lcs_word_any(mask, m, b, n);
}

static size_t
lcs_word(const struct rouge_lcs *x, const uint32_t *b, size_t n)
{
	return x->popcnt ? lcs_word_popcnt(x->mask, x->m, b, n) :
	    lcs_word_any(x->mask, x->m, b, n);
}

/*
 * One word of a longer text.  The sum's carry into this word, one bit a
 * token of b, was left by the word before and is replaced by its own.
 */
static size_t
lcs_stretch(const uint64_t *mask, uint64_t *carry, size_t m,
    const uint32_t *b, size_t n)
{
	uint64_t v = UINT64_MAX, u, sum, in, out;
	size_t j;

	for (j = 0; j < n; j++) {
		in = carry[j / WORD] >> j % WORD & 1;
		u = v & mask[b[j]];
		sum = v + u;
		out = sum < v;
		sum += in;
		out |= sum < in;
		carry[j / WORD] ^= (in ^ out) << j % WORD;
		v = sum | (v - u);
	}
	return ones(~v & low(m));
}

/* Any text, a word's worth after the other. */
static size_t
lcs_words(struct rouge_lcs *x, const uint32_t *a, size_t m,
    const uint32_t *b, size_t n, size_t need)
{
	size_t at, some, lcs = 0;

	memset(x->carry, 0, (n / WORD + 1) * sizeof(*x->carry));
	for (at = 0; at < m && lcs + (m - at) >= need; at += some) {
		some = m - at < WORD ? m - at : WORD;
		mask_set(x->mask, a + at, some);
		lcs += lcs_stretch(x->mask, x->carry, some, b, n);
		mask_clear(x->mask, a + at, some);
	}
	return lcs;
}

/*
 * Long texts first lose what both begin and end with: some longest common
 * subsequence has it all, so the rest needs no look at it.
 */
size_t
rouge_lcs_need(struct rouge_lcs *x, const uint32_t *b, size_t n, size_t need)
{
	size_t least = x->m < n ? x->m : n, head = 0, tail = 0, both;

	if (x->m <= WORD)
		return least > 0 ? lcs_word(x, b, n) : 0;
	while (head < least && x->a[head] == b[head])
		head++;
	while (tail < least - head &&
	    x->a[x->m - 1 - tail] == b[n - 1 - tail])
		tail++;
	both = head + tail;
	return both + lcs_words(x, x->a + head, x->m - both, b + head,
	    n - both, need > both ? need - both : 0);
}

size_t
rouge_lcs(struct rouge_lcs *x, const uint32_t *b, size_t n)
{
	return rouge_lcs_need(x, b, n, 0);
}
