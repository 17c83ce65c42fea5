#include <string.h>

#include "augcon/index_int.h"

enum {
	CHUNK = 256,		/* entries looked at between two checks */
	LENGTHY = 64		/* tokens from which L takes many steps */
};

static const uint32_t NONE = UINT32_MAX;

static size_t
probe_prefix(const struct index *x, size_t m)
{
	size_t lo, hi, need;

	rouge_lengths(&x->test, m, &lo, &hi);
	lo = lo > x->shortest ? lo : x->shortest;
	need = rouge_need(&x->test, m, lo);
	return need > m ? 0 : m - need + 1;
}

/* What an upper bound on L, or L itself, decides. */
static inline int
enough(const struct index *x, uint64_t lcs, uint64_t m, uint64_t n)
{
	return x->per_lcs * lcs + x->plus > x->per_m * m + x->per_n * n;
}

static inline uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static inline uint64_t
most(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static inline uint64_t
ones(uint64_t v)
{
	return (uint64_t)__builtin_popcountll(v);
}

/*
 * Writes the numbers of those entries of v (n of them) to out which may be
 * too close to the question, with `at` of whose tokens lost; returns how
 * many.  No branch depends on the entries: most fail, but which is chance.
 */
static inline __attribute__((always_inline)) size_t
sieve_any(const struct index *x, const struct probe *p, uint64_t at,
    const struct entry *v, size_t n, uint32_t *out)
{
	uint64_t m = p->m, bits = p->bits[0], a, b;
	size_t i, found = 0;

	for (i = 0; i < n; i++) {
		a = m - most(at, ones(bits & ~v[i].bits));
		b = v[i].n - most(v[i].at, ones(v[i].bits & ~bits));
		out[found] = v[i].kept;
		found += (size_t)enough(x, least(a, b), m, v[i].n);
	}
	return found;
}

#if defined(__x86_64__) || defined(__i386__)
__attribute__((target("popcnt"))) static size_t
sieve_popcnt(const struct index *x, const struct probe *p, uint64_t at,
    const struct entry *v, size_t n, uint32_t *out)
{
	return sieve_any(x, p, at, v, n, out);
}
#endif

static size_t
sieve(const struct index *x, const struct probe *p, uint64_t at,
    const struct entry *v, size_t n, uint32_t *out)
{
#if defined(__x86_64__) || defined(__i386__)
	if (x->popcnt)
		return sieve_popcnt(x, p, at, v, n, out);
#endif
	return sieve_any(x, p, at, v, n, out);
}

static int
bitmaps_allow(const struct index *x, const struct probe *p,
    const struct kept *k)
{
	uint64_t a, b;

	if (p->m == 0 || k->n == 0)
		return 1;
	a = p->m - ones(p->bits[0] & ~k->bits[0]) -
	    ones(p->bits[1] & ~k->bits[1]);
	b = k->n - ones(k->bits[0] & ~p->bits[0]) -
	    ones(k->bits[1] & ~p->bits[1]);
	return enough(x, least(a, b), p->m, k->n);
}

/*
 * For long texts, whose bitmaps are full and whose L is dear: 0 when too
 * many tokens of the kept one do not occur in the question at all.
 */
static int
tokens_allow(const struct index *x, const struct probe *p,
    const struct kept *k)
{
	const uint32_t *t = x->tokens + x->q[k->i].token;
	size_t need = rouge_need(&x->test, p->m, k->n), lost = 0, i;

	for (i = 0; i < k->n && need <= k->n && lost <= k->n - need; i++)
		lost += p->mark[t[i]] != p->asked;
	return need <= k->n && lost <= k->n - need;
}

/* What is done once a question, when there is something to compare with. */
static void
set_question(const struct index *x, struct probe *p,
    const struct dedup_question *q)
{
	size_t i;

	if (p->set)
		return;
	p->set = 1;
	rouge_lcs_set(&p->lcs, x->tokens + q->token, p->m);
	if (p->m > LENGTHY)
		for (i = 0; i < p->m; i++)
			p->mark[x->tokens[q->token + i]] = p->asked;
}

/*
 * True when the question and a kept one are too close, and then L.  A pair
 * that meets at several tokens is compared once.
 */
static int
compare(const struct index *x, struct probe *p,
    const struct dedup_question *q, uint32_t number, uint32_t *lcs)
{
	const struct kept *k = &x->kept[number];

	if (p->seen[number] == p->asked || !bitmaps_allow(x, p, k))
		return 0;
	p->seen[number] = p->asked;
	set_question(x, p, q);
	if (p->m > LENGTHY && k->n > 0 && !tokens_allow(x, p, k))
		return 0;
	*lcs = (uint32_t)rouge_lcs_need(&p->lcs,
	    x->tokens + x->q[k->i].token, k->n,
	    rouge_need(&x->test, p->m, k->n));
	return rouge_close(&x->test, *lcs, p->m, k->n);
}

/* A new question: what was marked for the last one no longer counts. */
static void
ask(const struct index *x, struct probe *p, uint32_t i)
{
	probe_set(x, p, i);
	if (++p->asked == 0) {
		memset(p->seen, 0, x->n * sizeof(*p->seen));
		memset(p->mark, 0, x->nids * sizeof(*p->mark));
		p->asked = 1;
	}
}

/* The first entry of a kept question from `from` on. */
static size_t
part_from(const struct part *l, uint32_t from)
{
	size_t lo = 0, hi = l->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (l->v[mid].kept < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* What a search is for, and the least number found so far. */
struct goal {
	const struct dedup_question *q;
	uint32_t from, best, lcs;
};

static void
search_part(const struct index *x, struct probe *p, struct goal *g,
    size_t at, const struct part *l)
{
	uint32_t found[CHUNK], lcs;
	size_t i, j, n, some;

	i = g->from > 0 ? part_from(l, g->from) : 0;
	for (; i < l->n && l->v[i].kept < g->best; i += some) {
		some = l->n - i < CHUNK ? l->n - i : CHUNK;
		n = sieve(x, p, at, l->v + i, some, found);
		/* These lie anywhere: ask for all before the first. */
		for (j = 0; j < n; j++)
			__builtin_prefetch(&x->kept[found[j]]);
		for (j = 0; j < n && found[j] < g->best; j++)
			if (compare(x, p, g->q, found[j], &lcs)) {
				g->best = found[j];
				g->lcs = lcs;
			}
	}
}

/*
 * Searches the list of the token at place `at` of the order, of lengths that
 * can be close when the tokens before it are lost.
 */
static void
search(const struct index *x, struct probe *p, struct goal *g, size_t at)
{
	const struct list *l = &x->list[probe_rank(p, at)];
	uint64_t most_n;
	size_t lo, hi;
	unsigned i, end;

	if (l->part == NULL) {
		search_part(x, p, g, at, &l->all);
		return;
	}
	rouge_lengths(&x->test, p->m, &lo, &hi);
	if (x->per_n > 0) {
		most_n = (x->per_lcs * (p->m - at) - 1) / x->per_n;
		hi = most_n < p->m ? 0 : (size_t)most_n - p->m;
	}
	hi = hi < LONG ? hi : LONG;
	end = part_of(hi);
	for (i = part_of(lo); i <= end; i++)
		__builtin_prefetch(l->part[i].v);
	for (i = part_of(lo); i <= end; i++)
		if (l->part[i].n > 0)
			search_part(x, p, g, at, &l->part[i]);
}

uint32_t
index_find(const struct index *x, struct probe *p, uint32_t i,
    uint32_t from, uint32_t *lcs)
{
	struct goal g = { &x->q[i], from, NONE, 0 };
	size_t j, end;
	uint32_t k;

	ask(x, p, i);
	if (p->m > LONG) {
		for (k = from; k < x->nkept; k++)
			if (compare(x, p, g.q, k, lcs))
				return x->kept[k].i;
		return NONE;
	}
	for (j = 0; j < x->nside && g.best == NONE; j++)
		if (x->side[j] >= from &&
		    compare(x, p, g.q, x->side[j], &g.lcs))
			g.best = x->side[j];
	end = p->m > 0 ? probe_prefix(x, p->m) : 0;
	for (j = 0; j < end; j++)
		if (j == 0 || probe_rank(p, j) != probe_rank(p, j - 1))
			search(x, p, &g, j);
	*lcs = g.lcs;
	return g.best == NONE ? NONE : x->kept[g.best].i;
}
