/*
 * An inverted index over kept questions that finds the first one too close
 * to a candidate without comparing it with all; exact.
 *
 * Tokens are put in one order, rarest first, and a question's tokens are
 * numbered in that order.  A pair that is too close has a common subsequence
 * of at least `need` tokens; the rarest token of it is among the first
 * m - need + 1 of the candidate and the first n - need + 1 of the kept one
 * (prefix filter: Chaudhuri, Ganti, Kaushik 2006), so only those are stored
 * and looked up.  When that token is a frequent one, it is looked up together
 * with the next of the common subsequence, which is at most one place
 * further (two tokens say more than one, as in Wang, Li, Feng 2012).  What a
 * look-up finds passes an upper bound on L, made of bitmaps of the tokens (a
 * bit that one has alone is a token lost; after Sandes, Teodoro, Melo 2018),
 * before L itself is computed.  Bounds are of the same whole numbers as the
 * test, so filtering loses nothing.
 *
 * What is kept is fresh first, in chains that are quick to add to; a merge
 * moves it to lists that are quick to search, and threads can share that.
 */
#ifndef AUGCON_INDEX_H
#define AUGCON_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/dedup.h"

struct index;

/*
 * An empty index for questions of q (n of them), which it borrows with
 * their tokens.  Token ids are below nids.  Of the rule it takes the test
 * and `often`.  NULL without memory.
 */
struct index *index_new(const struct dedup_rule *, const uint32_t *tokens,
    const struct dedup_question *q, size_t n, size_t nids);
void index_free(struct index *);

/* Questions kept so far. */
uint32_t index_size(const struct index *);

/* What one thread needs to ask; NULL without memory. */
struct probe;
struct probe *probe_new(const struct index *);
void probe_free(struct probe *);

/*
 * Makes the probe ready to be asked about n questions, 0 to n - 1 below, at
 * most PROBE_MANY: memory is asked for what they all need at once, since
 * waiting for it is most of the time.  0, or -1 without memory.
 */
enum { PROBE_MANY = 16 };
int probe_set(const struct index *, struct probe *, const uint32_t *i,
    size_t n);

/*
 * The first question kept that is too close to question k of the probe, and
 * the pair's L; UINT32_MAX when there is none.  index_find looks at those
 * that are merged, index_find_fresh at the others.  Any number of threads
 * may ask, each with its own probe, while none adds or merges.
 */
uint32_t index_find(const struct index *, struct probe *, size_t k,
    uint32_t *lcs);
uint32_t index_find_fresh(const struct index *, struct probe *, size_t k,
    uint32_t *lcs);

/* Keeps question k of the probe.  0 or -1. */
int index_add(struct index *, struct probe *, size_t k);

/* Forgets what was kept, for the next set of questions of q.  0 or -1. */
int index_reset(struct index *, struct probe *);

/*
 * Merges the fresh ones.  Each of n threads calls index_merge for its share,
 * 0 to n - 1; when all are done one calls index_merged.  0 or -1.
 */
int index_merge(struct index *, size_t share, size_t n);
void index_merged(struct index *);

#endif
