/* What an index is asked. */
#include "augcon/index_int.h"
#include "base/cpu.h"

enum {
	CHUNK = 256,		/* entries looked at between two checks */
	LINE = 64 / sizeof(struct entry)	/* of them that come together */
};

/* What is searched for, and the least number found so far. */
struct goal {
	const struct asked *a;
	uint32_t best, lcs;
};

/*
 * Writes which of n entries may be too close to out; returns how many.  No
 * branch depends on them: most fail, but which is chance.
 */
static inline __attribute__((always_inline)) size_t
sieve(const struct asked *a, const struct entry *v, size_t n, uint16_t *out)
{
	const uint64_t bits = a->bits, sides = a->sides, most = a->most;
	const uint32_t more = a->more, more_sides = a->more_sides;
	size_t i, found = 0;

	for (i = 0; i < n; i++) {
		out[found] = (uint16_t)i;
		found += index_ones((bits ^ v[i].bits) & sides) +
		    index_ones((more ^ v[i].more) & more_sides) <= most;
	}
	return found;
}

/* The same with the length known: either side loses what it has alone. */
static inline __attribute__((always_inline)) int
allows(const struct index *x, const struct asked *a, const struct entry *e)
{
	uint64_t n = x->kept[e->number].n, m = a->m;

	m -= index_ones(a->bits & ~e->bits) + index_ones(a->more & ~e->more);
	n -= index_ones(e->bits & ~a->bits) + index_ones(e->more & ~a->more);
	return index_enough(x, m < n ? m : n, a->m,
	    x->kept[e->number].n);
}

/*
 * Leaves those of n found entries that may be too close with the length
 * known; returns how many.  What is read of them lies anywhere, so all is
 * asked for before the first is looked at.
 */
static inline __attribute__((always_inline)) size_t
narrow(const struct index *x, const struct asked *a, const struct entry *e,
    uint16_t *found, size_t n)
{
	size_t i, left = 0;

	for (i = 0; i < n; i++)
		__builtin_prefetch(&x->kept[e[found[i]].number]);
	for (i = 0; i < n; i++)
		if (allows(x, a, &e[found[i]])) {
			__builtin_prefetch(
			    &x->q[x->kept[e[found[i]].number].i]);
			found[left++] = found[i];
		}
	for (i = 0; i < left; i++)
		__builtin_prefetch(x->tokens +
		    x->q[x->kept[e[found[i]].number].i].token);
	return left;
}

static inline __attribute__((always_inline)) void
search_any(const struct index *x, struct probe *p, struct goal *g,
    const struct list *l)
{
	const struct entry *e;
	uint16_t found[CHUNK];
	uint32_t lcs;
	size_t i, j, n, some;

	for (i = 0; i < l->n && l->v[i].number < g->best; i += some) {
		e = l->v + i;
		some = l->n - i < CHUNK ? l->n - i : CHUNK;
		for (j = 0; j < some; j += LINE)
			__builtin_prefetch(&e[j]);
		n = sieve(g->a, e, some, found);
		n = narrow(x, g->a, e, found, n);
		for (j = 0; j < n && e[found[j]].number < g->best; j++)
			if (probe_compare(x, p, g->a, e[found[j]].number,
			    &lcs)) {
				g->best = e[found[j]].number;
				g->lcs = lcs;
			}
	}
}

/* The fresh ones of a key, newest first. */
static inline __attribute__((always_inline)) void
search_fresh_any(const struct index *x, struct probe *p, struct goal *g,
    uint32_t key)
{
	const struct fresh *f;
	const struct entry *e;
	uint16_t found;
	uint32_t i, lcs;

	for (i = x->head[key]; i > 0; i = f->next) {
		f = &x->fresh[i - 1];
		e = &f->entry;
		if (e->number < g->best && sieve(g->a, e, 1, &found) == 1 &&
		    allows(x, g->a, e) &&
		    probe_compare(x, p, g->a, e->number, &lcs)) {
			g->best = e->number;
			g->lcs = lcs;
		}
	}
}

static inline __attribute__((always_inline)) void
search_keys_any(const struct index *x, struct probe *p, struct goal *g,
    int fresh)
{
	const struct keys *keys = &g->a->keys;
	size_t i;

	for (i = 0; i < keys->n; i++)
		if (fresh)
			search_fresh_any(x, p, g, keys->v[i]);
		else
			search_any(x, p, g, &x->list[keys->v[i]]);
}

/* The same, counting bits in one instruction. */
CPU_POPCNT static void
search_keys_popcnt(const struct index *x, struct probe *p, struct goal *g,
    int fresh)
{
	search_keys_any(x, p, g, fresh);
}

static void
search_keys(const struct index *x, struct probe *p, struct goal *g,
    int fresh)
{
	if (x->popcnt)
		search_keys_popcnt(x, p, g, fresh);
	else
		search_keys_any(x, p, g, fresh);
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
try_odd(const struct index *x, struct probe *p, struct goal *g, size_t from,
    size_t end)
{
	size_t i;

	if (g->a->m == 0 && x->empty != NONE)
		try_all(x, p, g, x->empty, x->empty + 1);
	for (i = 0; g->a->m > 0 && i < x->nside && g->best == NONE; i++)
		if (x->side[i] >= from && x->side[i] < end)
			try_all(x, p, g, x->side[i], x->side[i] + 1);
}

/*
 * Is it less work to compare with every kept one?  So it is when the keys
 * meet the same ones again and again: those of a long text, or of one made
 * of a few tokens that all have, of which bitmaps say nothing either.
 */
static int
is_dense(const struct index *x, const struct asked *a, int fresh,
    size_t nkept)
{
	enum { LOOKS = 4 };	/* that take as long as L of a short text */
	size_t most = a->m > ROUGE_SHORT ? nkept : LOOKS * nkept, work = 0, i;

	for (i = 0; i < a->keys.n && work <= most; i++)
		work += fresh ? 1 : x->list[a->keys.v[i]].n;
	return a->m > LONG || work > most;
}

static uint32_t
find(const struct index *x, struct probe *p, size_t k, int fresh,
    uint32_t *lcs)
{
	struct goal g = { .a = &p->ask[k], .best = NONE };
	size_t from = fresh ? x->merged : 0;
	size_t end = fresh ? x->nkept : x->merged;

	probe_turn(x, p);
	if (is_dense(x, g.a, fresh, end - from)) {
		try_all(x, p, &g, (uint32_t)from, (uint32_t)end);
	} else {
		try_odd(x, p, &g, from, end);
		search_keys(x, p, &g, fresh);
	}
	*lcs = g.lcs;
	return g.best == NONE ? NONE : x->kept[g.best].i;
}

uint32_t
index_find(const struct index *x, struct probe *p, size_t k, uint32_t *lcs)
{
	const struct keys *keys;
	size_t i, j;

	if (k == 0)
		for (i = 0; i < p->n; i++) {
			keys = &p->ask[i].keys;
			for (j = 0; j < keys->n; j++)
				__builtin_prefetch(
				    x->list[keys->v[j]].v);
		}
	return find(x, p, k, 0, lcs);
}

uint32_t
index_find_fresh(const struct index *x, struct probe *p, size_t k,
    uint32_t *lcs)
{
	return find(x, p, k, 1, lcs);
}
