/*
 * Subsets of at most k of n things, drawn at random without one twice: what
 * a search for examples tries (Quan, arXiv 2405.16579, section 3.3).
 */
#ifndef AUGCON_SUBSET_H
#define AUGCON_SUBSET_H

#include <stddef.h>
#include <stdint.h>

enum { SUBSET_MAX = 16 };

struct subset {
	size_t v[SUBSET_MAX];	/* ascending */
	size_t n;
};

struct subsets {
	struct subset *v;	/* owned */
	size_t n, cap;
};

int subset_has(const struct subset *, size_t);
int subset_is(const struct subset *, const struct subset *);

/*
 * Adds a subset of 1 to k (at most n and SUBSET_MAX) of the numbers below n
 * that is not there yet; each size is as likely as another.  1; 0 when all
 * seem to be there; -1 without memory.
 */
int subset_draw(struct subsets *, size_t n, size_t k, uint64_t *rng);
int subset_add(struct subsets *, const struct subset *);	/* 0, -1 */
void subsets_free(struct subsets *);

#endif
