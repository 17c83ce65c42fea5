/*
 * Where the terms of a question stand in a context: the facts from which the
 * features are made.  One pass over the context, linear in it.
 */
#ifndef AUGCON_MATCH_H
#define AUGCON_MATCH_H

#include <stddef.h>

#include "augcon/df.h"
#include "augcon/terms.h"

/* Of a longer question the first terms stand for all. */
enum { MATCH_MAX = 64 };

enum match_window { MATCH_NEAR, MATCH_WIDE, MATCH_WINDOWS };

struct match {
	size_t m;		/* question terms looked at */
	size_t n;		/* context terms */
	size_t distinct;	/* different question terms */
	struct match_term {
		uint64_t hash, stem;
		unsigned marks;
		double weight;	/* rarity, 0 to 1; little for function words */
		size_t exact;	/* times in the context */
		size_t soft;	/* times with the same beginning only */
	} term[MATCH_MAX];
	unsigned char id[MATCH_MAX];	/* of each question term, its number */
	size_t lcs;		/* longest common subsequence, in terms */
	size_t span;		/* longest run of terms both have */
	double best[MATCH_WINDOWS];	/* heaviest window: weight matched */
	size_t best_at, best_end;	/* the near window, context terms */
	int best_digit;		/* it holds a number the question lacks */
	double mean;		/* where heavy matches stand, 0 to 1 */
	size_t heavy;		/* how many of those there are */
};

struct match_work;		/* scratch, used again and again */
struct match_work *match_work_new(void);
void match_work_free(struct match_work *);

/* 0, or -1 without memory. */
int match_terms(struct match *, const struct terms *context,
    const struct terms *question, const struct df *, struct match_work *);

#endif
