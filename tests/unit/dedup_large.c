/* Large sets by index and by brute force; what the index holds. */
#include "augcon/index_int.h"
#include "base/rng.h"
#include "dedup.h"

/* Larger sets, in which many lists are long; lengths from 0 to 300. */
static void
large(void)
{
	enum { N = 1500, LONGEST = 300 };
	static const char *const at[] = { "0.5", "0.7", "0.85", "0.9" };
	struct dedup_question *q = calloc(2 * N, sizeof(*q));
	uint32_t *v = calloc(N * LONGEST, sizeof(*v)), j, n, k, l;
	struct dedup_rule rule;
	uint64_t seed = 11;
	size_t used;
	unsigned i, wrong = 0, kept = 0;

	if (q == NULL || v == NULL)
		abort();
	for (i = 0; i < 8; i++) {
		rule = rule_of(i % 2 ? ROUGE_F : ROUGE_PRECISION, at[i / 2],
		    1);
		used = 0;
		for (j = 0; j < N; j++) {
			n = (uint32_t)rng_below(&seed, rng_below(&seed, 60)
			    ? 24 : LONGEST);
			k = j > 0 ? (uint32_t)rng_below(&seed, j) : 0;
			memset(&q[j], 0, sizeof(q[j]));
			q[j].token = used;
			q[j].ntokens = n;
			q[j].score = (double)rng_below(&seed, 100);
			for (l = 0; l < n; l++)
				v[used++] = l < q[k].ntokens &&
				    rng_below(&seed, 12) > 0 ?
				    v[q[k].token + l] :
				    (uint32_t)rng_below(&seed,
				    1 + rng_below(&seed, i % 3 ? 40 : 500));
		}
		memcpy(q + N, q, N * sizeof(*q));
		rule.block = 500;
		rule.often = i % 4 * 100;
		rule.threads = 1 + i % 3;
		wrong += dedup_select(&rule, v, q, N, NULL, 1) == -1;
		rule.engine = DEDUP_BRUTE;
		wrong += dedup_select(&rule, v, q + N, N, NULL, 1) == -1;
		for (j = 0; j < N; j++) {
			wrong += q[j].verdict != q[N + j].verdict ||
			    q[j].of != q[N + j].of ||
			    q[j].lcs != q[N + j].lcs;
			kept += q[j].verdict == DEDUP_KEPT;
		}
	}
	CHECK(wrong == 0);
	CHECK(kept > 2 * N && kept < 7 * N);
	free(q);
	free(v);
}

/*
 * Texts longer than the index takes (2^16 tokens) and empty ones among short
 * ones, by a kept one first and by a candidate first.
 */
static void
vast(void)
{
	enum { VAST = 65600, N = 6 };
	static const uint32_t length[N] = { VAST, VAST, 65000, 5, 0, 0 };
	static const double score[2][N] = { { 6, 5, 4, 3, 2, 1 },
	    { 4, 5, 6, 1, 2, 3 } };
	static const char *const want[2] = { "kkckkc", "ckkkck" };
	struct dedup_rule rule = rule_of(ROUGE_F, "0.9", 1);
	uint32_t *v = calloc(N * VAST, sizeof(*v));
	struct dedup_question q[N];
	unsigned i, j, wrong = 0;

	if (v == NULL)
		abort();
	rule.many = 1;
	rule.block = 2;
	for (j = 0; j < N * VAST; j++)
		v[j] = j % VAST % 3000;
	for (j = 0; j < VAST; j++)
		v[VAST + j] = 4000 + j % 3;	/* unlike the rest */
	for (i = 0; i < 2; i++) {
		rule.threads = 2 - i;
		memset(q, 0, sizeof(q));
		for (j = 0; j < N; j++) {
			q[j].token = (size_t)j * VAST;
			q[j].ntokens = length[j];
			q[j].score = score[i][j];
		}
		wrong += dedup_select(&rule, v, q, N, NULL, 1) == -1;
		for (j = 0; j < N; j++)
			wrong += "kcf"[q[j].verdict] != want[i][j];
	}
	CHECK(wrong == 0);
	free(v);
}

/*
 * How many keys a question of n different tokens has, at most, of any
 * frequency: a dozen places with one another, or one each.
 */
static size_t
most_keys(struct dedup_rule rule, uint32_t n)
{
	struct dedup_question q[2] = { { .ntokens = n }, { .ntokens = 1 } };
	uint32_t v[LENGTH], i;
	struct keys keys = { .v = NULL };
	struct asked a = { .m = n };
	struct index *x;
	size_t most = 0;

	for (i = 0; i < n; i++)
		v[i] = i;
	a.rank = v;
	for (rule.often = 1; rule.often < 3; rule.often++) {
		x = index_new(&rule, v, q, 2, LENGTH);
		if (x == NULL || index_keys_find(x, &a, &keys) == -1)
			abort();
		most = keys.n > most ? keys.n : most;
		if (index_keys_add(x, &a, &keys) == -1)
			abort();
		most = keys.n > most ? keys.n : most;
		index_free(x);
	}
	free(keys.v);
	return most;
}

/* The memory of a kept question, and the work of a look-up, are bounded. */
static void
bounds(void)
{
	static const char *const at[] = { "0.3", "0.6", "0.66", "0.67", "0.7",
	    "0.85", "0.9", "0.99" };
	uint32_t n, i, wrong = 0;

	for (i = 0; i < 8; i++)
		for (n = 1; n < LENGTH; n += 1 + n / 16) {
			wrong += most_keys(rule_of(ROUGE_F, at[i], 1), n) >
			    2 * n + 90;
			wrong += most_keys(rule_of(ROUGE_PRECISION, at[i], 1),
			    n) > n;
		}
	CHECK(wrong == 0);
}

int
main(void)
{
	large();
	vast();
	bounds();
	return check_end("dedup_large");
}
