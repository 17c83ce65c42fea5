/* What one thread asks an index with: a question, made ready. */
#include <stdlib.h>
#include <string.h>

#include "augcon/index_int.h"
#include "base/mem.h"

struct probe *
probe_new(const struct index *x)
{
	struct probe *p = mem_new(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	if (x->longest > ROUGE_SHORT)
		p->mark = mem_new(x->nids, sizeof(*p->mark));
	p->seen = mem_new(x->n, sizeof(*p->seen));
	if (rouge_lcs_init(&p->lcs, x->nids, x->longest) == -1 ||
	    p->seen == NULL || (x->longest > ROUGE_SHORT && p->mark == NULL)) {
		probe_free(p);
		return NULL;
	}
	return p;
}

void
probe_free(struct probe *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < PROBE_MANY; i++) {
		free(p->ask[i].rank);
		free(p->ask[i].keys.v);
	}
	free(p->keys.v);
	free(p->seen);
	rouge_lcs_free(&p->lcs);
	free(p->mark);
	free(p);
}

static int
by_rank(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

static void
sort(uint32_t *v, size_t n)
{
	size_t i, j;
	uint32_t x;

	if (n > 32) {
		qsort(v, n, sizeof(*v), by_rank);
		return;
	}
	for (i = 1; i < n; i++) {
		x = v[i];
		for (j = i; j > 0 && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/*
 * The bitmap of the tokens in order.  The second of two equal tokens sets a
 * bit of its own.
 */
static void
set_bits(struct asked *a)
{
	uint64_t again = 0, bit;
	size_t j;

	a->bits = a->more = 0;
	for (j = 0; j < a->m; j++) {
		again = asked_first(a, j) ? 0 : again + 1;
		bit = (a->rank[j] + (again << 32)) *
		    UINT64_C(0x9e3779b97f4a7c15) >> 32;
		bit = bit * 96 >> 32;
		if (bit < 64)
			a->bits |= UINT64_C(1) << bit;
		else
			a->more |= UINT32_C(1) << (bit - 64);
	}
}

/*
 * How many bits may differ.  Each that the candidate (kept one) has alone is
 * one of the m - L (n - L) tokens lost, so there are at most m + n - 2L, and
 * F > num / den says 2L > (m + n) num / den.  For precision those of the
 * candidate count, m - L of m.
 */
static void
set_most(const struct index *x, struct asked *a)
{
	const struct rouge_test *t = &x->test;
	size_t lo, hi;

	rouge_lengths(t, a->m, &lo, &hi);
	hi = hi < LONG ? hi : LONG;
	if (t->measure == ROUGE_F) {
		a->sides = UINT64_MAX;
		a->more_sides = UINT32_MAX;
		a->most = ((a->m + hi) * (t->den - t->num) + t->den - 1) /
		    t->den - 1;
	} else {
		a->sides = a->bits;
		a->more_sides = a->more;
		a->most = a->m - lo;
	}
}

/* Puts the tokens of question i in the index's order. */
static int
set_one(const struct index *x, struct asked *a, uint32_t i)
{
	const uint32_t *t = x->tokens + x->q[i].token;
	size_t j;

	a->q = &x->q[i];
	a->i = i;
	a->m = a->q->ntokens;
	a->keys.n = 0;
	if (a->m == 0 || a->m > LONG)
		return 0;
	if (mem_grow(&a->rank, &a->rank_cap, a->m, sizeof(*a->rank)) == -1)
		return -1;
	for (j = 0; j < a->m; j++)
		a->rank[j] = x->rank[t[j]];
	sort(a->rank, a->m);
	set_bits(a);
	set_most(x, a);
	if (index_keys_find(x, a, &a->keys) == -1)
		return -1;
	for (j = 0; j < a->keys.n; j++)
		__builtin_prefetch(&x->list[a->keys.v[j]]);
	return 0;
}

int
probe_set(const struct index *x, struct probe *p, const uint32_t *i,
    size_t n)
{
	const uint32_t *t;
	size_t k, j;

	p->n = n;
	p->set = NULL;
	for (k = 0; k < n; k++)
		__builtin_prefetch(x->tokens + x->q[i[k]].token);
	for (k = 0; k < n; k++) {
		t = x->tokens + x->q[i[k]].token;
		for (j = 0; j < x->q[i[k]].ntokens && j < ROUGE_SHORT; j++)
			__builtin_prefetch(&x->rank[t[j]]);
	}
	for (k = 0; k < n; k++)
		if (set_one(x, &p->ask[k], i[k]) == -1)
			return -1;
	return 0;
}

void
probe_turn(const struct index *x, struct probe *p)
{
	p->set = NULL;
	if (++p->turn > 0)
		return;
	memset(p->seen, 0, x->n * sizeof(*p->seen));
	if (p->mark != NULL)
		memset(p->mark, 0, x->nids * sizeof(*p->mark));
	p->turn = 1;
}

/*
 * For long texts, whose bitmaps are full and whose L is dear: 0 when too
 * many tokens of the kept one do not occur in the question at all.
 */
static int
tokens_allow(const struct index *x, const struct probe *p, size_t need,
    const struct kept *k)
{
	const uint32_t *t = x->tokens + x->q[k->i].token;
	size_t lost = 0, i;

	for (i = 0; i < k->n && lost <= k->n - need; i++)
		lost += p->mark[t[i]] != p->turn;
	return lost <= k->n - need;
}

/* What is done once a question, when there is something to compare with. */
static void
set_lcs(const struct index *x, struct probe *p, const struct asked *a)
{
	const uint32_t *t = x->tokens + a->q->token;
	size_t i;

	if (p->set == a)
		return;
	p->set = a;
	rouge_lcs_set(&p->lcs, t, a->m);
	if (a->m > ROUGE_SHORT)
		for (i = 0; i < a->m; i++)
			p->mark[t[i]] = p->turn;
}

int
probe_compare(const struct index *x, struct probe *p, const struct asked *a,
    uint32_t number, uint32_t *lcs)
{
	const struct kept *k = &x->kept[number];

	size_t need = rouge_need(&x->test, a->m, k->n);

	if (p->seen[number] == p->turn || need > k->n)
		return 0;
	p->seen[number] = p->turn;
	set_lcs(x, p, a);
	if (a->m > ROUGE_SHORT && !tokens_allow(x, p, need, k))
		return 0;
	*lcs = (uint32_t)rouge_lcs_need(&p->lcs,
	    x->tokens + x->q[k->i].token, k->n, need);
	return rouge_close(&x->test, *lcs, a->m, k->n);
}
