/* What an index is asked. */
#include "augcon/index_int.h"

enum { CHUNK = 256 };		/* entries looked at between two checks */

/* The least number found so far. */
struct goal {
	const struct asked *a;
	uint32_t best, lcs;
};

/* How many tokens at most either side may lose. */
struct slack {
	uint64_t m, n;
};

/*
 * Writes to out which of n bitmaps may be of questions too close; returns
 * how many.  No branch depends on them: most fail, but which is chance.
 */
static inline __attribute__((always_inline)) size_t
sieve(uint64_t bits, struct slack s, const uint64_t *v, size_t n,
    uint16_t *out)
{
	size_t i, found = 0;

	for (i = 0; i < n; i++) {
		out[found] = (uint16_t)i;
		found += (size_t)((index_ones(bits & ~v[i]) <= s.m) &
		    (index_ones(v[i] & ~bits) <= s.n));
	}
	return found;
}

static inline __attribute__((always_inline)) void
search_any(const struct index *x, struct probe *p, struct goal *g,
    struct slack s, const struct part *l)
{
	const uint32_t *number = part_numbers(l);
	uint16_t found[CHUNK];
	uint32_t lcs, k;
	size_t i, j, n, some;

	for (i = 0; i < l->n; i += some) {
		/* The numbers lie apart: a look at them is not free. */
		if (g->best != NONE && number[i] >= g->best)
			return;
		some = l->n - i < CHUNK ? l->n - i : CHUNK;
		n = sieve(g->a->bits[0], s, l->bits + i, some, found);
		/* These lie anywhere: ask for all before the first. */
		for (j = 0; j < n; j++)
			__builtin_prefetch(&x->kept[number[i + found[j]]]);
		for (j = 0; j < n && number[i + found[j]] < g->best; j++) {
			k = number[i + found[j]];
			if (index_allows(x, g->a, &x->kept[k]) &&
			    probe_compare(x, p, g->a, k, &lcs)) {
				g->best = k;
				g->lcs = lcs;
			}
		}
	}
}

#if defined(__x86_64__) || defined(__i386__)
__attribute__((target("popcnt"))) static void
search_popcnt(const struct index *x, struct probe *p, struct goal *g,
    struct slack s, const struct part *l)
{
	search_any(x, p, g, s, l);
}
#endif

static void
search_part(const struct index *x, struct probe *p, struct goal *g,
    struct slack s, const struct part *l)
{
#if defined(__x86_64__) || defined(__i386__)
	if (x->popcnt) {
		search_popcnt(x, p, g, s, l);
		return;
	}
#endif
	search_any(x, p, g, s, l);
}

/*
 * What may be lost against kept texts of lo to hi tokens, all of which can
 * be close: need grows with n, and n - need does not shrink.
 */
static struct slack
slack_of(const struct index *x, size_t m, size_t lo, size_t hi)
{
	struct slack s;

	s.m = m - rouge_need(&x->test, m, lo);
	s.n = x->test.measure == ROUGE_F ?
	    hi - rouge_need(&x->test, m, hi) : UINT64_MAX;
	return s;
}

/*
 * Searches the list of the token at place `at` of the order; the tokens
 * before it are lost.
 */
static void
search(const struct index *x, struct probe *p, struct goal *g, size_t at)
{
	const struct asked *a = g->a;
	const struct list *l = &x->list[a->rank[at]];
	unsigned i, end = part_of(a->hi);
	struct slack s;
	size_t lo, hi;

	if (l->part == NULL) {
		if (l->all.n > 0)
			search_part(x, p, g, slack_of(x, a->m, a->lo, a->hi),
			    &l->all);
		return;
	}
	for (i = part_of(a->lo); i <= end; i++) {
		if (l->part[i].n == 0)
			continue;
		lo = part_least(i);
		hi = part_least(i + 1) - 1;
		s = slack_of(x, a->m, lo > a->lo ? lo : a->lo,
		    hi < a->hi ? hi : a->hi);
		if (at > s.m)
			break;
		search_part(x, p, g, s, &l->part[i]);
	}
}

/* The fresh ones of a token, newest first. */
static void
search_fresh(const struct index *x, struct probe *p, struct goal *g,
    size_t at)
{
	const struct asked *a = g->a;
	const struct fresh *e;
	uint64_t lost;
	uint32_t i, lcs;

	for (i = x->head[a->rank[at]]; i > 0; i = e->next) {
		e = &x->fresh[i - 1];
		lost = index_ones(a->bits[0] & ~e->bits);
		if (e->number < g->best && e->n >= a->lo && e->n <= a->hi &&
		    index_enough(x, a->m - (lost > at ? lost : at), a->m,
		    e->n) && index_allows(x, a, &x->kept[e->number]) &&
		    probe_compare(x, p, a, e->number, &lcs)) {
			g->best = e->number;
			g->lcs = lcs;
		}
	}
}

/* Compares with kept ones one by one, until one is too close. */
static void
try_all(const struct index *x, struct probe *p, struct goal *g,
    uint32_t from, uint32_t end)
{
	for (; from < end && g->best == NONE; from++)
		if (probe_compare(x, p, g->a, from, &g->lcs))
			g->best = from;
}

/* Those that no list holds: without tokens, or too long. */
static void
try_odd(const struct index *x, struct probe *p, struct goal *g, int fresh)
{
	size_t from = fresh ? x->merged : 0, i;
	size_t end = fresh ? x->nkept : x->merged;

	if (g->a->m > LONG) {
		try_all(x, p, g, (uint32_t)from, (uint32_t)end);
	} else if (g->a->m == 0) {
		if (x->empty != NONE)
			try_all(x, p, g, x->empty, x->empty + 1);
	} else {
		for (i = 0; i < x->nside && g->best == NONE; i++)
			if (x->side[i] >= from)
				try_all(x, p, g, x->side[i], x->side[i] + 1);
	}
}

/* Asks for the parts of question k's lists, or with `bits` what they hold. */
static void
ahead(const struct index *x, const struct asked *a, int bits)
{
	enum { LINE = 64 / sizeof(struct part), MOST = 8 * LINE };
	unsigned lo, hi, i, step = bits ? 1 : LINE;
	const struct list *l;
	size_t j;

	if (a->end == 0)
		return;
	lo = part_of(a->lo);
	hi = part_of(a->hi);
	hi = hi < lo + MOST ? hi : lo + MOST;
	for (j = 0; j < a->end; j++) {
		l = &x->list[a->rank[j]];
		if (l->part == NULL && bits)
			__builtin_prefetch(l->all.bits);
		for (i = lo; l->part != NULL && i <= hi; i += step)
			__builtin_prefetch(bits ?
			    (const void *)l->part[i].bits : &l->part[i]);
	}
}

static uint32_t
find(const struct index *x, struct probe *p, size_t k, int fresh,
    uint32_t *lcs)
{
	struct goal g = { .a = &p->ask[k], .best = NONE };
	size_t j;

	probe_turn(x, p);
	try_odd(x, p, &g, fresh);
	for (j = 0; j < g.a->end; j++)
		if (!asked_first(g.a, j))
			continue;
		else if (fresh)
			search_fresh(x, p, &g, j);
		else
			search(x, p, &g, j);
	*lcs = g.lcs;
	return g.best == NONE ? NONE : x->kept[g.best].i;
}

uint32_t
index_find(const struct index *x, struct probe *p, size_t k, uint32_t *lcs)
{
	size_t i;

	if (k == 0) {
		for (i = 0; i < p->n; i++)
			ahead(x, &p->ask[i], 0);
		for (i = 0; i < p->n; i++)
			ahead(x, &p->ask[i], 1);
	}
	return find(x, p, k, 0, lcs);
}

uint32_t
index_find_fresh(const struct index *x, struct probe *p, size_t k,
    uint32_t *lcs)
{
	return find(x, p, k, 1, lcs);
}
