/*
 * The filter of AugCon (Quan, arXiv 2405.16579, section 3.2): questions are
 * visited by score, and one that is too close (ROUGE-L, rouge.h) to one
 * already kept is dropped.  Exact: every engine gives the same verdicts.
 */
#ifndef AUGCON_DEDUP_H
#define AUGCON_DEDUP_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/rouge.h"

enum dedup_verdict {
	DEDUP_KEPT,
	DEDUP_CLOSE,		/* too close to `of` */
	DEDUP_FULL		/* after a full quota, `of`; not compared */
};

struct dedup_question {
	size_t token;		/* where its tokens start in `tokens` */
	double score;		/* NAN: none; visited last */
	uint32_t ntokens;
	uint32_t root;		/* 0, 1, 2, ... */
	uint32_t of, lcs;	/* of DEDUP_CLOSE: the kept one, and L, */
	float cosine;		/* or the cosine */
	enum dedup_verdict verdict;
};

enum dedup_engine { DEDUP_INDEX, DEDUP_BRUTE };

struct dedup_rule {
	struct rouge_test test;
	enum dedup_engine engine;
	int all;		/* compare across roots too */
	uint32_t keep;		/* per root, or of all; 0: no limit */
	unsigned threads;	/* at least 1 */
	/*
	 * Not NULL: by meaning, not ROUGE-L.  A vector of dim numbers and of
	 * length 1 for each question; a pair whose product is at least
	 * `cosine` is too close.
	 */
	const float *vectors;
	size_t dim;
	double cosine;
	/*
	 * From how many questions a root is indexed, how many threads look
	 * up at a time, and how many times a token occurs that is looked up
	 * together with another; 0: good numbers.  No verdict depends on
	 * these, nor on the threads.
	 */
	uint32_t many, block, often;
};

/*
 * Gives each of n (less than 2^32) questions its verdict.  They are visited
 * by score, highest first, then in their order; `of` of a DEDUP_CLOSE is the
 * first kept one, in visiting order, that is too close.  `quota` (NULL:
 * none) says how many to keep at most of each of nroots roots.  0, or -1
 * without memory.
 */
int dedup_select(const struct dedup_rule *, const uint32_t *tokens,
    struct dedup_question *, size_t n, const uint32_t *quota,
    size_t nroots);

#endif
