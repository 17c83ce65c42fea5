/* The greedy selection against a naive restatement of its definition. */
#include <math.h>

#include "base/rng.h"
#include "dedup.h"

/* The definition, word by word: no order array, no filter, no state. */
static int
before(const struct dedup_question *a, const struct dedup_question *b)
{
	if (isnan(a->score) || isnan(b->score))
		return isnan(a->score) && isnan(b->score) ? a < b :
		    isnan(b->score);
	return a->score > b->score || (a->score >= b->score && a < b);
}

static void
naive_one(const struct dedup_rule *rule, struct set *s,
    const uint32_t *quota, struct dedup_question *q, const char *done)
{
	struct dedup_question *best = NULL, *k;
	uint32_t row[LENGTH + 1], same = 0, root = 0;
	size_t i, lcs;

	for (i = 0; i < s->n; i++) {
		k = &s->q[i];
		if (!done[i] || k->verdict != DEDUP_KEPT)
			continue;
		root += k->root == q->root;
		if (!rule->all && k->root != q->root)
			continue;
		same++;
		lcs = rouge_lcs_plain(s->tokens + q->token, q->ntokens,
		    s->tokens + k->token, k->ntokens, row);
		if (rouge_close(&rule->test, lcs, q->ntokens, k->ntokens) &&
		    (best == NULL || before(k, best))) {
			best = k;
			q->lcs = (uint32_t)lcs;
		}
	}
	q->verdict = best == NULL ? DEDUP_KEPT : DEDUP_CLOSE;
	q->of = best == NULL ? 0 : (uint32_t)(best - s->q);
	if (rule->keep > 0 && same >= rule->keep) {
		q->verdict = DEDUP_FULL;
		q->of = rule->keep;
	}
	if (quota != NULL && root >= quota[q->root]) {
		q->verdict = DEDUP_FULL;
		q->of = quota[q->root];
	}
}

static void
naive(const struct dedup_rule *rule, struct set *s, const uint32_t *quota)
{
	char done[NMAX] = { 0 };
	size_t i, next, round;

	for (round = 0; round < s->n; round++) {
		next = s->n;
		for (i = 0; i < s->n; i++)
			if (!done[i] && (next == s->n ||
			    before(&s->q[i], &s->q[next])))
				next = i;
		naive_one(rule, s, quota, &s->q[next], done);
		done[next] = 1;
	}
}

/* A length where something changes: the words of L, or of a long text. */
static size_t
odd_length(uint64_t *seed, int longer)
{
	static const size_t length[] = { 0, 1, 2, 32, 33, 63, 64, 65, 80,
	    127, 128, 129, 255, 256, 257, LENGTH };

	return length[rng_below(seed, longer ? 16 : 9)];
}

/*
 * Random texts, half of them edits of an earlier one.  The longest, with
 * which the naive way is slow, are in one of 40 sets, and few.
 */
static void
fill(struct set *s, uint64_t *seed)
{
	static const uint64_t alphabet[] = { 3, 6, 12, 30, 100 };
	uint64_t letters = alphabet[rng_below(seed, 5)];
	int longer = rng_below(seed, 40) == 0;
	uint32_t v[LENGTH];
	size_t n, i, k, edits;

	s->n = s->ntokens = 0;
	while (s->n < 20 + rng_below(seed, 100)) {
		if (s->n > 0 && rng_below(seed, 2) == 0) {
			k = (size_t)rng_below(seed, s->n);
			n = s->q[k].ntokens;
			memcpy(v, s->tokens + s->q[k].token, n * sizeof(*v));
			edits = n > 0 ? (size_t)rng_below(seed, 4) : 0;
		} else {
			n = rng_below(seed, 4) == 0 ?
			    odd_length(seed, longer) :
			    (size_t)rng_below(seed, 15);
			edits = n;
		}
		for (i = 0; i < edits; i++)
			v[edits == n ? i : (size_t)rng_below(seed, n)] =
			    (uint32_t)rng_below(seed,
			    1 + rng_below(seed, letters));
		add(s, v, n, (uint32_t)rng_below(seed, NROOTS),
		    rng_below(seed, 5) == 0 ? NAN :
		    (double)rng_below(seed, 8));
	}
	for (i = 0; i < NROOTS; i++)
		s->quota[i] = (uint32_t)(1 + rng_below(seed, 20));
}

static int
same(const struct set *a, const struct set *b)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->q[i].verdict != b->q[i].verdict ||
		    (a->q[i].verdict != DEDUP_KEPT &&
		    a->q[i].of != b->q[i].of) ||
		    (a->q[i].verdict == DEDUP_CLOSE &&
		    a->q[i].lcs != b->q[i].lcs))
			return 0;
	return 1;
}

static void
fuzz(int rounds)
{
	static const char *const at[] = { "0.3", "0.4", "0.5", "0.6", "0.65",
	    "0.7", "0.8", "0.85", "0.9", "1" };
	static const uint32_t often[] = { 0, 1, 2, 4, 10, 40 };
	struct set *a = calloc(1, sizeof(*a)), *b = calloc(1, sizeof(*b));
	uint64_t seed = 7;
	struct dedup_rule rule;
	uint32_t *quota;
	int i, engine, wrong[2] = { 0, 0 }, failed = 0;

	if (a == NULL || b == NULL)
		abort();
	for (i = 0; i < rounds; i++) {
		fill(a, &seed);
		rule = rule_of(rng_below(&seed, 2) ? ROUGE_F :
		    ROUGE_PRECISION, at[rng_below(&seed, 10)],
		    (int)rng_below(&seed, 2));
		rule.keep = rng_below(&seed, 3) == 0 ?
		    (uint32_t)rng_below(&seed, 30) : 0;
		rule.threads = 1 + (unsigned)rng_below(&seed, 2);
		rule.many = rng_below(&seed, 4) == 0 ? 1000 :
		    1 + (uint32_t)rng_below(&seed, 40);
		rule.block = 4 + (uint32_t)rng_below(&seed, 40);
		rule.often = often[rng_below(&seed, 6)];
		quota = rng_below(&seed, 3) == 0 ? a->quota : NULL;
		naive(&rule, a, quota);
		for (engine = 0; engine < 2; engine++) {
			rule.engine = engine ? DEDUP_BRUTE : DEDUP_INDEX;
			memcpy(b, a, sizeof(*b));
			failed += dedup_select(&rule, b->tokens, b->q, b->n,
			    quota, NROOTS) == -1;
			wrong[engine] += !same(a, b);
		}
	}
	CHECK(failed == 0);
	CHECK(wrong[0] == 0);
	CHECK(wrong[1] == 0);
	free(a);
	free(b);
}

int
main(void)
{
	fuzz(2500);
	return check_end("dedup_naive");
}
