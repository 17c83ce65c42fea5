/*
 * From pairs to a scorer and to figures that say how good it is on roots it
 * did not see.  Roots are never cut: all pairs of a root are in one fold.
 * Word statistics are learnt from the fitted roots alone, in each fold too.
 */
#ifndef AUGCON_TRAIN_H
#define AUGCON_TRAIN_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/evaluate.h"
#include "augcon/given.h"
#include "augcon/pairs.h"
#include "augcon/scorer.h"
#include "base/buf.h"

enum { TRAIN_FOLDS = 5, TRAIN_LAMBDAS = 9 };

struct train_opt {
	double holdout;		/* share of the roots that is only measured on;
				   0: measured on the folds, fitted on all */
	uint64_t seed;		/* which root goes where; nothing else */
	const struct schema *schema;	/* what the scorer looks at */
	const struct given *given;	/* for every line of a pair; NULL: the
					   schema asks for nothing */
	enum fit_kind loss;
};

struct train_report {
	struct eval eval;
	size_t folds;		/* 0: too few roots to hold any out */
	size_t roots, held_roots, held_pairs;
	struct {
		double lambda, loss;	/* mean over the folds' pairs */
		struct eval_share right;
	} grid[TRAIN_LAMBDAS];
	size_t chosen;		/* in grid */
	struct eval_share fold[TRAIN_FOLDS];	/* at the chosen lambda */
};

/*
 * The pairs are joined and at least one.  NULL: `why` says why.  The
 * report's eval is the caller's to free, also then.
 */
struct scorer *train(struct pairs *, const struct train_opt *,
    struct train_report *, struct buf *why);

#endif
