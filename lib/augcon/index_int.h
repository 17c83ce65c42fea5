/* The index from within: index.c fills it, index_find.c asks it. */
#ifndef AUGCON_INDEX_INT_H
#define AUGCON_INDEX_INT_H

#include "augcon/index.h"

enum {
	LONG = UINT16_MAX,	/* tokens; longer ones are not indexed */
	EXACT = 64,		/* lengths below have a part of their own */
	PARTS = EXACT + 10 * 8	/* then eight parts for each doubling */
};

/* One token of one kept question. */
struct entry {
	uint64_t bits;		/* half of its bitmap */
	uint32_t kept;
	uint16_t n;		/* tokens of the kept question */
	uint16_t at;		/* tokens of it before this one in the order */
};

struct part {
	struct entry *v;	/* by number of the kept question */
	uint32_t n, cap;
};

/* The entries of one token, apart by length once they are many. */
struct list {
	struct part all;
	struct part *part;	/* PARTS of them, or NULL */
};

struct kept {
	uint64_t bits[2];
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
	struct kept *kept;
	size_t nkept, kept_cap;
	uint32_t *side;		/* numbers of empty and LONG ones */
	size_t nside, side_cap;
	int popcnt;		/* the processor counts bits */
};

struct probe {
	struct rouge_lcs lcs;
	uint64_t *sorted;	/* rank, position */
	uint64_t bits[2];
	size_t m;
	int set;		/* lcs holds the question asked about */
	uint32_t asked;		/* how many questions so far */
	uint32_t *seen;		/* by kept question: when it was compared */
	uint32_t *mark;		/* by token id: when it was in a long one */
};

/*
 * Puts the tokens of question i in the index's order and makes its bitmap.
 * The second of two equal tokens sets a bit of its own.
 */
void probe_set(const struct index *, struct probe *, uint32_t i);

/* The rank of the token at place i of the order. */
static inline uint32_t
probe_rank(const struct probe *p, size_t i)
{
	return (uint32_t)(p->sorted[i] >> 32);
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

#endif
