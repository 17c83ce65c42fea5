/*
 * An inverted index over kept questions that finds the first one too close
 * to a candidate without comparing it with all; exact.
 *
 * Tokens are put in one order, rarest first, and a question's tokens are
 * numbered in that order.  A pair that is too close has a common subsequence
 * of at least `need` tokens; the rarest token of it is among the first
 * m - need + 1 of the candidate and the first n - need + 1 of the kept one
 * (prefix filter: Chaudhuri, Ganti, Kaushik 2006), so only those are stored
 * and looked up.  What a look-up finds passes an upper bound on L, made of
 * where the token stands in both orders (the tokens before it are lost) and
 * of bitmaps of the tokens (a bit that one has alone is a token lost; after
 * Sandes, Teodoro, Melo 2018), before L itself is computed.  Bound and L go
 * through the same test, so filtering loses nothing.
 */
#ifndef AUGCON_INDEX_H
#define AUGCON_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/dedup.h"

struct index;

/*
 * An empty index for questions of q (n of them), which it borrows with
 * their tokens.  Token ids are below nids.  NULL without memory.
 */
struct index *index_new(const struct rouge_test *, const uint32_t *tokens,
    const struct dedup_question *q, size_t n, size_t nids);
void index_free(struct index *);

/* Forgets what was kept, for the next set of questions of q. */
void index_reset(struct index *);

/* Questions kept so far. */
uint32_t index_size(const struct index *);

/* What one thread needs to ask; NULL without memory. */
struct probe;
struct probe *probe_new(const struct index *);
void probe_free(struct probe *);

/* Keeps question i; they are numbered 0, 1, 2, ...  0 or -1. */
int index_add(struct index *, struct probe *, uint32_t i);

/*
 * The question of the least number from `from` on that is too close to
 * question i, and the pair's L; UINT32_MAX when there is none.  Any number
 * of threads may ask, each with its own probe, while none adds.
 */
uint32_t index_find(const struct index *, struct probe *, uint32_t i,
    uint32_t from, uint32_t *lcs);

#endif
