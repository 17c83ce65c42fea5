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

struct fit {
	const double *z;	/* rows of dim numbers, not yet scaled */
	size_t dim;
	const size_t *row;	/* which rows count; n of them */
	size_t n;
	double scale;		/* every z is multiplied by it */
	double lambda;
	const unsigned char *only;	/* by column: 0 holds its w at 0; NULL:
					   all columns take part */
};

/* 1 / the mean norm of the rows, or 1 when they are all zero. */
double fit_scale(const struct fit *);

/* Writes w, dim numbers.  0, or -1 without memory. */
int fit_solve(const struct fit *, double *w);

/* w . z * scale of one row. */
double fit_margin(const struct fit *, const double *w, size_t row);

/* log(1 + exp(-x)) and 1 / (1 + exp(-x)) without overflow. */
double fit_loss(double x);
double fit_sigmoid(double x);

#endif
