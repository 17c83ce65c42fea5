#include <math.h>
#include <stdlib.h>

#include "augcon/dedup.h"
#include "base/mem.h"

/* A question in visiting order. */
struct visit {
	double score;
	uint32_t scope;		/* those of one scope are compared */
	uint32_t i;
};

/* What one selection works with. */
struct run {
	const struct dedup_rule *rule;
	const uint32_t *tokens;
	struct dedup_question *q;
	const uint32_t *quota;	/* by root, or NULL */
	uint32_t *have;		/* kept so far, by root */
	uint32_t *kept;		/* of the scope at hand, in visiting order */
	size_t nkept;
	struct rouge_lcs lcs;
	uint32_t *row;		/* scratch of the plain table */
};

static int
by_visit(const void *pa, const void *pb)
{
	const struct visit *a = pa, *b = pb;

	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	if (isnan(a->score) != isnan(b->score))
		return isnan(a->score) ? 1 : -1;
	if (a->score > b->score || a->score < b->score)
		return a->score > b->score ? -1 : 1;
	return a->i < b->i ? -1 : a->i > b->i;
}

static struct visit *
visiting_order(const struct dedup_rule *rule,
    const struct dedup_question *q, size_t n)
{
	struct visit *order = mem_new(n, sizeof(*order));
	size_t i;

	if (order == NULL)
		return NULL;
	for (i = 0; i < n; i++) {
		order[i].score = q[i].score;
		order[i].scope = rule->all ? 0 : q[i].root;
		order[i].i = (uint32_t)i;
	}
	qsort(order, n, sizeof(*order), by_visit);
	return order;
}

/* The limit that stands in the way of keeping one more, or 0. */
static uint32_t
full(const struct run *r, const struct dedup_question *q)
{
	if (r->quota != NULL && r->have[q->root] >= r->quota[q->root])
		return r->quota[q->root];
	return r->nkept >= r->rule->keep ? r->rule->keep : 0;
}

static int
too_close(struct run *r, struct dedup_question *q, uint32_t of, size_t lcs)
{
	if (!rouge_close(&r->rule->test, lcs, q->ntokens, r->q[of].ntokens))
		return 0;
	q->verdict = DEDUP_CLOSE;
	q->of = of;
	q->lcs = (uint32_t)lcs;
	return 1;
}

/* The oracle: every kept question, by the plain table. */
static int
compare_brute(struct run *r, struct dedup_question *q)
{
	const struct dedup_question *k;
	size_t i, lcs;

	for (i = 0; i < r->nkept; i++) {
		k = &r->q[r->kept[i]];
		lcs = rouge_lcs_plain(r->tokens + q->token, q->ntokens,
		    r->tokens + k->token, k->ntokens, r->row);
		if (too_close(r, q, r->kept[i], lcs))
			return 1;
	}
	return 0;
}

/* The same, but lengths that cannot be close are passed over. */
static int
compare_bits(struct run *r, struct dedup_question *q)
{
	const struct dedup_question *k;
	size_t i, lcs, lo, hi;

	rouge_lcs_set(&r->lcs, r->tokens + q->token, q->ntokens);
	rouge_lengths(&r->rule->test, q->ntokens, &lo, &hi);
	for (i = 0; i < r->nkept; i++) {
		k = &r->q[r->kept[i]];
		if (k->ntokens < lo || k->ntokens > hi)
			continue;
		lcs = rouge_lcs(&r->lcs, r->tokens + k->token, k->ntokens);
		if (too_close(r, q, r->kept[i], lcs))
			return 1;
	}
	return 0;
}

static void
visit(struct run *r, uint32_t i)
{
	struct dedup_question *q = &r->q[i];

	q->of = full(r, q);
	if (q->of > 0) {
		q->verdict = DEDUP_FULL;
		return;
	}
	if (r->rule->engine == DEDUP_BRUTE ?
	    compare_brute(r, q) : compare_bits(r, q))
		return;
	q->verdict = DEDUP_KEPT;
	r->kept[r->nkept++] = i;
	if (r->quota != NULL)
		r->have[q->root]++;
}

static int
run_init(struct run *r, size_t n, size_t nroots)
{
	size_t i, j, longest = 0;
	uint32_t nids = 0;

	for (i = 0; i < n; i++) {
		if (r->q[i].ntokens > longest)
			longest = r->q[i].ntokens;
		for (j = 0; j < r->q[i].ntokens; j++)
			if (r->tokens[r->q[i].token + j] >= nids)
				nids = r->tokens[r->q[i].token + j] + 1;
	}
	r->have = mem_new(nroots, sizeof(*r->have));
	r->kept = mem_new(n, sizeof(*r->kept));
	r->row = mem_new(longest + 1, sizeof(*r->row));
	if (rouge_lcs_init(&r->lcs, nids, longest) == -1)
		return -1;
	return r->have != NULL && r->kept != NULL && r->row != NULL ? 0 : -1;
}

int
dedup_select(const struct dedup_rule *rule, const uint32_t *tokens,
    struct dedup_question *q, size_t n, const uint32_t *quota,
    size_t nroots)
{
	struct run r = { .rule = rule, .tokens = tokens, .q = q,
	    .quota = quota };
	struct visit *order = visiting_order(rule, q, n);
	int ret = run_init(&r, n, nroots);
	size_t i;

	if (order == NULL)
		ret = -1;
	for (i = 0; ret == 0 && i < n; i++) {
		if (i > 0 && order[i].scope != order[i - 1].scope)
			r.nkept = 0;
		visit(&r, order[i].i);
	}
	free(order);
	free(r.have);
	free(r.kept);
	free(r.row);
	rouge_lcs_free(&r.lcs);
	return ret;
}
