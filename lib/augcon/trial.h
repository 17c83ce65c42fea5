/*
 * One fit of some pairs and its measure on others, the step that train.c
 * repeats over folds and lambdas.  Parts are numbers that train.c gives.
 */
#ifndef AUGCON_TRIAL_H
#define AUGCON_TRIAL_H

#include <stddef.h>

#include "augcon/evaluate.h"
#include "augcon/features.h"
#include "augcon/fit.h"
#include "augcon/pairs.h"

struct trial {
	struct pairs *p;		/* borrowed */
	struct match_work *match;
	unsigned char *part;		/* by pair */
	double *good, *bad, *z;		/* by pair: FEATURES numbers; z is
					   good - bad */
	size_t *row, *out;		/* pairs fitted on, pairs measured on */
	size_t nrow, nout;
	struct eval_pair *seen;		/* measured so far */
	size_t nseen;
	double *margin;			/* by lambda and pair, for train.c */
	unsigned char *used;		/* contexts, then questions, counted */
	unsigned char blind[FEATURES];	/* columns that see no context */
};

/* A fitted scorer and its two blind rivals. */
struct trial_model {
	struct df *df;			/* the caller frees it */
	double scale;
	double w[FEATURES], blind[FEATURES];
	double longer;			/* 1: longer is better, -1: shorter */
};

/* `lambdas`: how many margins a pair gets.  0 or -1; free either way. */
int trial_init(struct trial *, struct pairs *, size_t lambdas);
void trial_free(struct trial *);

/* `part` is measured on, all else but `never` is fitted on. */
void trial_choose(struct trial *, unsigned part, unsigned never);

/* The table of the contexts and better questions fitted on, or NULL. */
struct df *trial_words(struct trial *);

/* Fills good, bad and z for n pairs.  0, or -1 without memory. */
int trial_extract(struct trial *, const struct df *, const size_t *row,
    size_t n);

/* The problem of the pairs fitted on; they are extracted. */
struct fit trial_problem(const struct trial *, double lambda);

/* All of the above for one lambda; m->df is NULL or to be freed. */
int trial_fit(struct trial *, struct trial_model *, double lambda);

/* Adds the pairs measured on to `seen`.  0, or -1 without memory. */
int trial_measure(struct trial *, const struct trial_model *);

#endif
