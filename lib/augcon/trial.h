/*
 * One fit of some pairs and its measure on others, the step that train.c
 * repeats over folds and lambdas.  Parts are numbers that train.c gives.
 */
#ifndef AUGCON_TRIAL_H
#define AUGCON_TRIAL_H

#include <stddef.h>

#include "augcon/evaluate.h"
#include "augcon/fit.h"
#include "augcon/given.h"
#include "augcon/pairs.h"

/*
 * A row has the lexical features whether the scorer looks at them or not:
 * its rivals do.
 */
struct trial {
	struct pairs *p;		/* borrowed */
	const struct given *given;	/* borrowed; NULL: nothing was asked */
	struct schema schema;		/* of a row */
	size_t dim, ngiven;		/* numbers in it; behind the lexical */
	struct match_work *match;
	unsigned char *part;		/* by pair */
	double *good, *bad, *z;		/* by pair: the lexical features; z is
					   good - bad */
	float *apart;			/* by pair: the given numbers' good -
					   bad, made once */
	enum fit_kind loss;
	float *of[2];			/* FIT_AUGCON: those of bad and good */
	size_t *row, *out;		/* pairs fitted on, pairs measured on */
	size_t nrow, nout;
	struct eval_pair *seen;		/* measured so far */
	size_t nseen;
	double *margin;			/* by lambda and pair, for train.c */
	unsigned char *used;		/* contexts, then questions, counted */
	unsigned char *sees, *blind;	/* by column: the scorer has it; it
					   sees no context */
	double *scale, *here, *there;	/* by column; scratch */
	int rough;			/* as the problems are (fit.h) */
};

/* A fitted scorer and its blind rival; by column. */
struct trial_model {
	struct df *df;			/* trial_model_free leaves it */
	double scale[BLOCKS];
	double *w, *blind;
	double longer;			/* 1: longer is better, -1: shorter */
};

struct trial_opt {
	const struct schema *schema;	/* of the scorer */
	const struct given *given;
	size_t lambdas;			/* margins that a pair gets */
	enum fit_kind loss;
};

/* 0 or -1; free either way. */
int trial_init(struct trial *, struct pairs *, const struct trial_opt *);
void trial_free(struct trial *);

/* All weights 0.  0 or -1; free either way. */
int trial_model_init(const struct trial *, struct trial_model *);
void trial_model_free(struct trial_model *);

/* `part` is measured on, all else but `never` is fitted on. */
void trial_choose(struct trial *, unsigned part, unsigned never);

/* The table of the contexts and better questions fitted on, or NULL. */
struct df *trial_words(struct trial *);

/* Fills good, bad and z for n pairs.  0, or -1 without memory. */
int trial_extract(struct trial *, const struct df *, const size_t *row,
    size_t n);

/*
 * The problem of the pairs fitted on; they are extracted.  Its scales are
 * the trial's, by column, and by block in `scale`.
 */
struct fit trial_problem(struct trial *, double lambda,
    double scale[BLOCKS]);

/*
 * All of the above for one lambda, from the weights in m->w as a guess; the
 * rival only where there are pairs to measure.  m->df is NULL or to be freed.
 */
int trial_fit(struct trial *, struct trial_model *, double lambda);

/* Adds the pairs measured on to `seen`.  0, or -1 without memory. */
int trial_measure(struct trial *, const struct trial_model *);

#endif
