/*
 * The index from within: index.c is its memory, index_key.c where a question
 * is kept and looked for, index_add.c fills it, index_find.c asks it, probe.c
 * is what a question is to it.
 */
#ifndef AUGCON_INDEX_INT_H
#define AUGCON_INDEX_INT_H

#include "augcon/index.h"

enum { LONG = UINT16_MAX };	/* tokens; longer ones are not indexed */

static const uint32_t NONE = UINT32_MAX;

/* A kept question under one of its keys: its bitmap and number. */
struct entry {
	uint64_t bits;
	uint32_t more, number;
};

/* The kept questions of one key, by their number. */
struct list {
	struct entry *v;	/* owned */
	uint32_t n, cap;
};

/* The same of a fresh question. */
struct fresh {
	struct entry entry;
	uint32_t key;
	uint32_t next;		/* of the same key, plus one; 0: none */
};

struct kept {
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
	uint32_t frequent;	/* ranks from here on have keys of two */
	size_t paired;		/* tokens; longer texts have no such keys */
	uint32_t mask;		/* of the hash of such a key */
	size_t nkeys;
	struct list *list;	/* by key */
	uint32_t *head;		/* by key: the newest fresh one, plus one */
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

/* Where a question is kept or looked for. */
struct keys {
	uint32_t *v;		/* owned */
	size_t n, cap;
};

/* A question asked about. */
struct asked {
	const struct dedup_question *q;
	uint32_t i;
	uint32_t *rank;		/* owned; of its tokens, rarest first */
	size_t rank_cap, m;
	uint64_t bits;		/* its bitmap, 96 of them */
	uint32_t more;
	uint32_t more_sides;
	uint64_t sides;		/* bits that count when one has them alone */
	uint64_t most;		/* of them in a pair that can be close */
	struct keys keys;
};

struct probe {
	struct asked ask[PROBE_MANY];
	size_t n;
	struct keys keys;	/* scratch: of a question to be kept */
	struct rouge_lcs lcs;
	const struct asked *set;	/* whose tokens lcs holds, or NULL */
	uint32_t turn;		/* how many questions so far */
	uint32_t *seen;		/* by number: the turn of its last comparison */
	uint32_t *mark;		/* by token id: when it was in a long one */
};

/*
 * The keys that a question of 1 to LONG tokens is looked for with, and those
 * that it is kept under.  0 or -1.
 */
int index_keys_find(const struct index *, const struct asked *,
    struct keys *);
int index_keys_add(const struct index *, const struct asked *, struct keys *);

/* A new search: what was marked for the last one no longer counts. */
void probe_turn(const struct index *, struct probe *);

/*
 * True when the question and a kept one are too close, and then L.  A pair
 * that meets at several keys is compared once.
 */
int probe_compare(const struct index *, struct probe *,
    const struct asked *, uint32_t number, uint32_t *lcs);

/* True when the token at place i of the order stands there first. */
static inline int
asked_first(const struct asked *a, size_t i)
{
	return i == 0 || a->rank[i] != a->rank[i - 1];
}

static inline uint64_t
index_ones(uint64_t v)
{
	return (uint64_t)__builtin_popcountll(v);
}

/* What an upper bound on L decides, of texts that are not empty. */
static inline int
index_enough(const struct index *x, uint64_t lcs, uint64_t m, uint64_t n)
{
	return x->per_lcs * lcs + x->plus > x->per_m * m + x->per_n * n;
}

#endif
