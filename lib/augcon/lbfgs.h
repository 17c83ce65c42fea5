/*
 * L-BFGS (Nocedal 1980; Liu and Nocedal 1989), with a
 * backtracking line search on Armijo's condition.  The caller computes the
 * function; the same calls give the same steps on every machine.
 *
 *	lbfgs_init(&l, n);
 *	do
 *		f = my_function(l.x, l.g);	(value, and gradient into l.g)
 *	while (lbfgs_step(&l, f));
 */
#ifndef AUGCON_LBFGS_H
#define AUGCON_LBFGS_H

#include <stddef.h>

enum { LBFGS_MEMORY = 30 };	/* corrections that are kept */

struct lbfgs {
	size_t n;
	double *x;		/* where to evaluate; at the end, the best */
	double *g;		/* the gradient there, filled by the caller */
	double tolerance;	/* end when |g| <= tolerance * max(1, |x|) */
	unsigned limit;		/* end after so many evaluations */
	unsigned calls;

	double *at, *at_g, f;	/* the point of the last accepted step */
	double *dir, slope, step;
	double *s[LBFGS_MEMORY], *y[LBFGS_MEMORY], rho[LBFGS_MEMORY];
	unsigned stored, next;
	double *all;		/* the one allocation behind these */
};

/* All zero is the first x.  0, or -1 without memory; free either way. */
int lbfgs_init(struct lbfgs *, size_t n);
void lbfgs_free(struct lbfgs *);

/* 1: evaluate at l.x again, 0: done. */
int lbfgs_step(struct lbfgs *, double f);

#endif
