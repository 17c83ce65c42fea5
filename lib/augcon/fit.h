/*
 * Pairwise logistic regression: the w that minimises
 *     mean log(1 + exp(-w.z)) + lambda/2 |w|^2
 * over rows z, the scaled feature differences "better minus worse" of pairs
 * (AugCon, arXiv 2405.16579, section 3.2: -log sigmoid(s+ - s-)).  It is L2
 * logistic regression without an intercept: strictly convex, one optimum.
 * Sums run in a fixed order in doubles, so the same rows give the same bits.
 */
#ifndef AUGCON_FIT_H
#define AUGCON_FIT_H

#include <stddef.h>

enum fit_kind { FIT_LOGISTIC, FIT_AUGCON, FIT_KINDS };	/* fit_augcon.h */

struct fit {
	enum fit_kind kind;
	/*
	 * Rows of nown numbers, each continued by one of ngiven; these are
	 * many (embeddings), so they are kept in half the space.
	 */
	const double *own;
	const float *given;
	size_t nown, ngiven;
	const size_t *row;	/* which rows count; n of them */
	size_t n;
	const double *scale;	/* by column: every z is multiplied by it */
	double lambda;
	int rough;		/* for comparing lambdas: see fit_solve() */
	const unsigned char *only;	/* by column: 0 holds its w at 0; NULL:
					   all columns take part */
	/* FIT_AUGCON: the rows of the worse [0] and the better [1]. */
	const double *own_of[2];
	const float *given_of[2];
};

/* "logistic", "augcon". */
extern const char *const fit_kinds[FIT_KINDS];

/* Columns. */
size_t fit_dim(const struct fit *);

/*
 * 1 / the mean norm of the rows in the columns from `from` to before `to`,
 * which are all of one sort; 1 when they are all zero.
 */
double fit_scale(const struct fit *, size_t from, size_t to);

/*
 * From w, where a good guess saves time and 0 is none, to within 1e-5 |w| of
 * the optimum: since the objective curves by lambda at least, the gradient
 * tells.  When rough, to within 1e-2 |w|, or to where the gradient is below
 * 1e-6 |w| or the patience at an end, as it may be with embeddings and a
 * lambda that is far too small.  FIT_AUGCON goes on from there.  0, or -1
 * without memory.
 */
int fit_solve(const struct fit *, double *w);

/*
 * Ends a gradient, the sum over the rows: its mean, scaled, with what lambda
 * adds; 0 in the columns that are held.  Returns lambda/2 |w|^2.
 */
double fit_penalty(const struct fit *, const double *w, double *g);

/* w . z of one row, scaled. */
double fit_margin(const struct fit *, const double *w, size_t row);

/* log(1 + exp(-x)) and 1 / (1 + exp(-x)) without overflow. */
double fit_loss(double x);
double fit_sigmoid(double x);

#endif
