/*
 * The index from within: index.c is its memory, index_add.c fills it,
 * index_find.c asks it, probe.c is what a question is to it.
 */
#ifndef AUGCON_INDEX_INT_H
#define AUGCON_INDEX_INT_H

#include "augcon/index.h"

enum {
	LONG = UINT16_MAX,	/* tokens; longer ones are not indexed */
	EXACT = 64,		/* lengths below have a part of their own */
	PARTS = EXACT + 10 * 8,	/* then eight parts for each doubling */
	SEEN = 512		/* comparisons that are remembered */
};

static const uint32_t NONE = UINT32_MAX;

/*
 * Kept questions that have a token, by their number.  The bitmaps lie
 * together, for they are what a search reads; the numbers lie behind them,
 * in the same block.
 */
struct part {
	uint64_t *bits;		/* half of the bitmap */
	uint32_t n, cap;
};

/* The kept questions of one token, apart by length once they are many. */
struct list {
	struct part all;
	struct part *part;	/* PARTS of them, or NULL */
};

/* One token of a fresh question. */
struct fresh {
	uint64_t bits;
	uint32_t rank, number;
	uint32_t next;		/* of the same rank, plus one; 0: none */
	uint32_t n;		/* tokens of the question */
};

struct kept {
	uint64_t bits[2];	/* none when longer than LONG */
	uint32_t i, n;		/* question, tokens */
};

struct index {
	struct rouge_test test;
	uint64_t per_lcs, per_m, per_n, plus;	/* the test, as a sum */
	const uint32_t *tokens;
	const struct dedup_question *q;
	size_t n, nids, longest;
	size_t shortest;	/* not counting empty ones */
	uint32_t *rank;		/* of a token id; the rarest is 0 */
	struct list *list;	/* by rank */
	uint32_t *head;		/* by rank: the newest fresh one, plus one */
	struct fresh *fresh;
	size_t nfresh, fresh_cap;
	struct kept *kept;
	size_t nkept, kept_cap;
	size_t merged;		/* kept ones from here on are fresh */
	uint32_t empty;		/* number of the first without tokens */
	uint32_t *side;		/* numbers of those longer than LONG */
	size_t nside, side_cap;
	int popcnt;		/* the processor counts bits */
};

/* A question asked about. */
struct asked {
	const struct dedup_question *q;
	uint32_t i;
	uint32_t *rank;		/* owned; of its tokens, rarest first */
	size_t rank_cap, m;
	uint64_t bits[2];
	size_t lo, hi;		/* lengths that can be close, 1 to LONG */
	size_t end;		/* tokens of the order that are looked up */
};

struct probe {
	struct asked ask[PROBE_MANY];
	size_t n;
	struct rouge_lcs lcs;
	const struct asked *set;	/* whose tokens lcs holds, or NULL */
	uint32_t turn;		/* how many questions so far */
	uint64_t seen[SEEN];	/* turn, number: compared of late */
	uint32_t *mark;		/* by token id: when it was in a long one */
};

/* A new search: what was marked for the last one no longer counts. */
void probe_turn(const struct index *, struct probe *);

/*
 * True when the question and a kept one are too close, and then L.  A pair
 * that meets at several tokens is mostly compared once.
 */
int probe_compare(const struct index *, struct probe *,
    const struct asked *, uint32_t number, uint32_t *lcs);

/* True when the token at place i of the order stands there first. */
static inline int
asked_first(const struct asked *a, size_t i)
{
	return i == 0 || a->rank[i] != a->rank[i - 1];
}

static inline uint32_t *
part_numbers(const struct part *l)
{
	return (uint32_t *)(l->bits + l->cap);
}

/* The part for questions of n tokens, 1 to LONG; longer ones come later. */
static inline unsigned
part_of(size_t n)
{
	unsigned doublings = 0;

	if (n < EXACT)
		return (unsigned)n;
	while (n >> doublings >= 2 * EXACT)
		doublings++;
	return EXACT + 8 * doublings + (unsigned)(n >> doublings) % EXACT / 8;
}

/* The least number of tokens in a part. */
static inline size_t
part_least(unsigned part)
{
	if (part < EXACT)
		return part;
	part -= EXACT;
	return (size_t)(EXACT + part % 8 * 8) << part / 8;
}

/* What an upper bound on L decides, of texts that are not empty. */
static inline int
index_enough(const struct index *x, uint64_t lcs, uint64_t m, uint64_t n)
{
	return x->per_lcs * lcs + x->plus > x->per_m * m + x->per_n * n;
}

static inline uint64_t
index_ones(uint64_t v)
{
	return (uint64_t)__builtin_popcountll(v);
}

/* Do the bitmaps, both halves, leave it open that these are too close? */
static inline int
index_allows(const struct index *x, const struct asked *q,
    const struct kept *k)
{
	uint64_t a, b;

	if (q->m > LONG || k->n > LONG)
		return 1;
	a = q->m - index_ones(q->bits[0] & ~k->bits[0]) -
	    index_ones(q->bits[1] & ~k->bits[1]);
	b = k->n - index_ones(k->bits[0] & ~q->bits[0]) -
	    index_ones(k->bits[1] & ~q->bits[1]);
	return index_enough(x, a < b ? a : b, q->m, k->n);
}

#endif
