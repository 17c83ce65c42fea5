/* ROUGE-L: the test in whole numbers, and two ways to the same length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "augcon/rouge.h"
#include "base/rng.h"
#include "check.h"

static struct rouge_test
test_of(enum rouge_measure measure, const char *threshold)
{
	struct rouge_test t = { .measure = measure };
	struct buf why = BUF_INIT;

	if (rouge_threshold(&t, threshold, &why) == -1)
		t.num = t.den = 0;
	buf_free(&why);
	return t;
}

static int
reads(const char *s, uint64_t num, uint64_t den)
{
	struct rouge_test t = test_of(ROUGE_F, s);

	return t.num == num && t.den == den;
}

static void
threshold(void)
{
	static const char *const bad[] = { "", ".", "0", "0.0", "1.1", "2",
	    "1.0000001", "-0.5", "+0.5", "7e-1", "0,7", " 0.7", "0.7 ",
	    "0.1234567891", "nan", "0x1", "99999999999999999999" };
	struct buf why = BUF_INIT;
	struct rouge_test t;
	size_t i;

	CHECK(reads("0.7", 7, 10));
	CHECK(reads("0.70000000000000", 7, 10));
	CHECK(reads(".5", 5, 10));
	CHECK(reads("1", 1, 1));
	CHECK(reads("1.000", 1, 1));
	CHECK(reads("01.0", 1, 1));
	CHECK(reads("0.05", 5, 100));
	CHECK(reads("0.123456789", 123456789, 1000000000));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		buf_reset(&why);
		CHECK(rouge_threshold(&t, bad[i], &why) == -1);
		CHECK(why.len > 0);
	}
	buf_free(&why);
}

/*
 * Of all L <= min(m, n), m, n <= 60, exactly 86 are 7/10 to the point; F
 * keeps every one of them, and the next greater L drops.
 */
static void
ties(void)
{
	struct rouge_test f = test_of(ROUGE_F, "0.7");
	size_t l, m, n, ties = 0, kept = 0, dropped = 0, above = 0;

	for (m = 1; m <= 60; m++)
		for (n = 1; n <= 60; n++)
			for (l = 0; l <= m && l <= n; l++) {
				if (20 * l != 7 * (m + n))
					continue;
				ties++;
				kept += !rouge_close(&f, l, m, n);
				above += l + 1 <= m && l + 1 <= n;
				dropped += l + 1 <= m && l + 1 <= n &&
				    rouge_close(&f, l + 1, m, n);
			}
	CHECK(ties == 86);
	CHECK(kept == 86);
	CHECK(dropped == above);
	CHECK(!rouge_close(&f, 7, 7, 13));
}

/* The formula of rouge-chinese, in doubles, agrees on all lengths. */
static void
formula(void)
{
	struct rouge_test f = test_of(ROUGE_F, "0.7");
	size_t l, m, n, differ = 0;
	double p, r;

	for (m = 1; m <= 60; m++)
		for (n = 1; n <= 60; n++)
			for (l = 0; l <= m && l <= n; l++) {
				p = (double)l / (double)m;
				r = (double)l / (double)n;
				differ += rouge_close(&f, l, m, n) !=
				    (2 * p * r / (p + r + 1e-8) > 0.7);
			}
	CHECK(differ == 0);
}

static void
precision(void)
{
	struct rouge_test p = test_of(ROUGE_PRECISION, "0.7");

	CHECK(rouge_close(&p, 7, 10, 200));
	CHECK(!rouge_close(&p, 6, 10, 6));
	CHECK(!rouge_close(&p, 0, 0, 5));
	CHECK(!rouge_close(&p, 0, 5, 0));
	CHECK(rouge_close(&p, 0, 0, 0));
	p = test_of(ROUGE_PRECISION, "1");
	CHECK(rouge_close(&p, 4, 4, 9));
	CHECK(rouge_close(&p, 0, 0, 0));
	CHECK(!rouge_close(&p, 3, 4, 9));
}

static void
empty(void)
{
	struct rouge_test f = test_of(ROUGE_F, "0.7");

	CHECK(rouge_close(&f, 0, 0, 0));
	CHECK(!rouge_close(&f, 0, 0, 3));
	CHECK(!rouge_close(&f, 0, 3, 0));
	f = test_of(ROUGE_F, "1");
	CHECK(!rouge_close(&f, 0, 0, 0));
	CHECK(!rouge_close(&f, 5, 5, 5));
	CHECK(rouge_value(ROUGE_F, 0, 0, 0) >= 1);
	CHECK(rouge_value(ROUGE_F, 0, 0, 2) <= 0);
	CHECK(rouge_value(ROUGE_PRECISION, 0, 2, 0) <= 0);
}

/* need and lengths promise what close decides, for every small pair. */
static void
bounds(void)
{
	static const char *const at[] = { "0.1", "0.3", "0.5", "0.6667",
	    "0.7", "0.85", "0.999999999", "1" };
	size_t i, l, m, n, lo, hi, need, wrong_need = 0, wrong_range = 0, k;
	struct rouge_test t;
	int measure, possible;

	for (measure = 0; measure < 2; measure++)
		for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
			t = test_of((enum rouge_measure)measure, at[i]);
			for (m = 0; m <= 40; m++) {
				rouge_lengths(&t, m, &lo, &hi);
				for (n = 0; n <= 90; n++) {
					k = m < n ? m : n;
					need = rouge_need(&t, m, n);
					for (l = 0; l <= k; l++)
						wrong_need += (l >= need) !=
						    rouge_close(&t, l, m, n);
					possible = rouge_close(&t, k, m, n);
					wrong_range += possible !=
					    (n >= lo && n <= hi);
				}
			}
		}
	CHECK(wrong_need == 0);
	CHECK(wrong_range == 0);
}

/* A text of n tokens of an alphabet, small ids more often than large. */
static void
draw(uint64_t *seed, uint32_t *v, size_t n, uint64_t alphabet)
{
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = (uint32_t)rng_below(seed,
		    1 + rng_below(seed, alphabet));
}

/* Makes b begin and end like a, by chance: none of it to all. */
static void
draw_ends(uint64_t *seed, const uint32_t *a, size_t m, uint32_t *b, size_t n)
{
	size_t least = m < n ? m : n;
	size_t head = (size_t)rng_below(seed, least + 1);
	size_t tail = (size_t)rng_below(seed, least + 1);

	if (head > 0)
		memcpy(b, a, head * sizeof(*b));
	if (tail > 0)
		memcpy(b + n - tail, a + m - tail, tail * sizeof(*b));
}

static void
engines(void)
{
	static const size_t length[] = { 0, 1, 2, 3, 5, 12, 31, 63, 64, 65,
	    66, 100, 127, 128, 129, 191, 192, 193, 200 };
	static const uint64_t alphabet[] = { 1, 2, 3, 6, 30, 100 };
	enum { LONGEST = 200, NLEN = sizeof(length) / sizeof(length[0]) };
	uint32_t a[LONGEST], b[LONGEST], row[LONGEST + 1];
	struct rouge_lcs x;
	uint64_t seed = 3;
	size_t i, j, s, lcs, want, need, wrong = 0, cases = 0;

	CHECK(rouge_lcs_init(&x, 100, LONGEST) == 0);
	for (s = 0; s < sizeof(alphabet) / sizeof(alphabet[0]); s++)
		for (i = 0; i < NLEN; i++) {
			draw(&seed, a, length[i], alphabet[s]);
			rouge_lcs_set(&x, a, length[i]);
			for (j = 0; j < 3 * NLEN; j++) {
				draw(&seed, b, length[j % NLEN], alphabet[s]);
				if (j >= 2 * NLEN)
					draw_ends(&seed, a, length[i], b,
					    length[j % NLEN]);
				want = rouge_lcs_plain(a, length[i], b,
				    length[j % NLEN], row);
				need = (size_t)rng_below(&seed, want + 9);
				lcs = rouge_lcs_need(&x, b, length[j % NLEN],
				    need);
				wrong += want < need ? lcs >= need :
				    lcs != want;
				lcs = rouge_lcs(&x, b, length[j % NLEN]);
				wrong += lcs != want;
				cases++;
			}
			/* The table is cleared through a, so a is kept. */
			rouge_lcs_set(&x, NULL, 0);
		}
	rouge_lcs_free(&x);
	CHECK(cases == 6498);
	CHECK(wrong == 0);
}

static void
known(void)
{
	uint32_t a[] = { 1, 2, 3, 4, 5, 6 }, b[] = { 1, 3, 9, 5, 2, 6 };
	uint32_t row[7];
	struct rouge_lcs x;

	CHECK(rouge_lcs_plain(a, 6, b, 6, row) == 4);
	CHECK(rouge_lcs_init(&x, 10, 6) == 0);
	rouge_lcs_set(&x, a, 6);
	CHECK(rouge_lcs(&x, b, 6) == 4);
	CHECK(rouge_lcs(&x, a, 6) == 6);
	rouge_lcs_set(&x, b, 6);
	CHECK(rouge_lcs(&x, a, 1) == 1);
	CHECK(rouge_lcs(&x, b, 0) == 0);
	rouge_lcs_free(&x);
}

/* A million tokens, and all of them but two near each other. */
static void
nearly_same(void)
{
	enum { N = 1000000 };
	uint32_t *a = calloc(N, sizeof(*a)), *b = calloc(N, sizeof(*b));
	uint64_t seed = 5;
	struct rouge_lcs x;
	clock_t begun;

	if (a == NULL || b == NULL || rouge_lcs_init(&x, 3001, N) != 0)
		abort();
	draw(&seed, a, N, 3000);
	memcpy(b, a, N * sizeof(*b));
	b[N / 2] = b[N / 2 + 99] = 3000;
	rouge_lcs_set(&x, a, N);
	begun = clock();
	CHECK(rouge_lcs(&x, a, N) == N);
	CHECK(rouge_lcs(&x, b, N) == N - 2);
	CHECK((clock() - begun) / CLOCKS_PER_SEC < 2);
	rouge_lcs_free(&x);
	free(a);
	free(b);
}

int
main(void)
{
	threshold();
	ties();
	formula();
	precision();
	empty();
	bounds();
	known();
	engines();
	nearly_same();
	return check_end("rouge");
}
