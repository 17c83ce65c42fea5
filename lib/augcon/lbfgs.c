#include "augcon/lbfgs.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/fit_rows.h"
#include "base/mem.h"

int
lbfgs_init(struct lbfgs *l, size_t n)
{
	double *p;
	size_t i;

	memset(l, 0, sizeof(*l));
	if (n > SIZE_MAX / (5 + 2 * LBFGS_MEMORY))
		return -1;
	l->all = mem_new(n * (5 + 2 * LBFGS_MEMORY), sizeof(double));
	if (l->all == NULL)
		return -1;
	l->n = n;
	l->tolerance = 1e-9;
	l->limit = 1000;
	p = l->all;
	l->x = p;
	l->g = p += n;
	l->at = p += n;
	l->at_g = p += n;
	l->dir = p += n;
	for (i = 0; i < LBFGS_MEMORY; i++) {
		l->s[i] = p += n;
		l->y[i] = p += n;
	}
	return 0;
}

void
lbfgs_free(struct lbfgs *l)
{
	free(l->all);
	memset(l, 0, sizeof(*l));
}

/*
 * dir = -H g by the two-loop recursion; H starts as the identity scaled by
 * the newest curvature.
 */
static void
direction(struct lbfgs *l)
{
	double alpha[LBFGS_MEMORY], beta, scale = 1;
	unsigned i, k;
	size_t j;

	for (j = 0; j < l->n; j++)
		l->dir[j] = -l->at_g[j];
	for (i = 0; i < l->stored; i++) {
		k = (l->next + LBFGS_MEMORY - 1 - i) % LBFGS_MEMORY;
		alpha[k] = l->rho[k] * fit_dot(l->s[k], l->dir, l->n);
		fit_add(l->dir, -alpha[k], l->y[k], l->n);
		if (i == 0)
			scale = 1 / (l->rho[k] *
			    fit_dot(l->y[k], l->y[k], l->n));
	}
	for (j = 0; j < l->n; j++)
		l->dir[j] *= scale;
	for (i = l->stored; i-- > 0;) {
		k = (l->next + LBFGS_MEMORY - 1 - i) % LBFGS_MEMORY;
		beta = l->rho[k] * fit_dot(l->y[k], l->dir, l->n);
		fit_add(l->dir, alpha[k] - beta, l->s[k], l->n);
	}
}

/* Remembers the step from at to x, if it shows positive curvature. */
static void
remember(struct lbfgs *l)
{
	double *s = l->s[l->next], *y = l->y[l->next], sy;
	size_t j;

	for (j = 0; j < l->n; j++) {
		s[j] = l->x[j] - l->at[j];
		y[j] = l->g[j] - l->at_g[j];
	}
	sy = fit_dot(s, y, l->n);
	if (sy <= 1e-300 || !isfinite(1 / sy))
		return;
	l->rho[l->next] = 1 / sy;
	l->next = (l->next + 1) % LBFGS_MEMORY;
	if (l->stored < LBFGS_MEMORY)
		l->stored++;
}

/* Takes the point in x as reached. */
static void
accept(struct lbfgs *l, double f)
{
	memcpy(l->at, l->x, l->n * sizeof(double));
	memcpy(l->at_g, l->g, l->n * sizeof(double));
	l->f = f;
}

static int
finish(struct lbfgs *l)
{
	memcpy(l->x, l->at, l->n * sizeof(double));
	memcpy(l->g, l->at_g, l->n * sizeof(double));
	return 0;
}

/* Sets out from `at`: a new direction, and the first x to try on it. */
static int
set_out(struct lbfgs *l)
{
	double g = sqrt(fit_dot(l->at_g, l->at_g, l->n));
	double x = sqrt(fit_dot(l->at, l->at, l->n));

	if (g <= l->tolerance * (x > 1 ? x : 1))
		return finish(l);
	direction(l);
	l->slope = fit_dot(l->dir, l->at_g, l->n);
	l->step = l->stored > 0 ? 1 : 1 / (g > 1 ? g : 1);
	if (!(l->slope < 0))
		return finish(l);
	memcpy(l->x, l->at, l->n * sizeof(double));
	fit_add(l->x, l->step, l->dir, l->n);
	return 1;
}

int
lbfgs_step(struct lbfgs *l, double f)
{
	if (l->calls++ == 0) {
		accept(l, f);
		return isfinite(f) ? set_out(l) : 0;
	}
	if (isfinite(f) && f <= l->f + 1e-4 * l->step * l->slope) {
		remember(l);
		accept(l, f);
		if (l->calls >= l->limit)
			return finish(l);
		return set_out(l);
	}
	l->step /= 2;
	if (l->calls >= l->limit || l->step < 1e-20)
		return finish(l);
	memcpy(l->x, l->at, l->n * sizeof(double));
	fit_add(l->x, l->step, l->dir, l->n);
	return 1;
}
