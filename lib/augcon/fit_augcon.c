#include "augcon/fit_augcon.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/fit_rows.h"
#include "augcon/lbfgs.h"
#include "base/mem.h"

enum { CALLS = 300 };		/* where it is flat, there is no end */

/* The score of one side's row, without b, at the scaled weights v. */
static double
score(const struct fit *p, int side, size_t row, const double *v)
{
	const float *given = p->given_of[side] + row * p->ngiven;
	double s = fit_dot(p->own_of[side] + row * p->nown, v, p->nown);

	if (p->ngiven > 0)
		fit_rows_dot(&given, 1, v + p->nown, p->ngiven, &s);
	return s;
}

static void
pull(const struct fit *p, int side, size_t row, double by, double *g)
{
	const float *given = p->given_of[side] + row * p->ngiven;

	fit_add(g, by, p->own_of[side] + row * p->nown, p->nown);
	if (p->ngiven > 0)
		fit_rows_add(g + p->nown, &by, &given, 1, p->ngiven);
}

static void
scale(const struct fit *p, const double *x, double *v)
{
	size_t j, dim = fit_dim(p);

	for (j = 0; j < dim; j++)
		v[j] = x[j] * p->scale[j];
}

/* The loss at x, w and behind it b, and its gradient; v is scratch. */
static double
objective(const struct fit *p, const double *x, double *g, double *v)
{
	size_t i, dim = fit_dim(p);
	double f = 0, n = (double)p->n, s;
	int side;

	scale(p, x, v);
	memset(g, 0, (dim + 1) * sizeof(*g));
	for (i = 0; i < p->n; i++)
		for (side = 0; side < 2; side++) {
			s = fit_sigmoid(score(p, side, p->row[i], v) +
			    x[dim]);
			f += side ? -s : s;
			s = s * (1 - s) * (side ? -1 : 1);
			pull(p, side, p->row[i], s, g);
			g[dim] += s / n;
		}
	return f / n + fit_penalty(p, x, g);
}

static void
start(const struct fit *p, const double *w, double *x, double *v)
{
	size_t i, dim = fit_dim(p);
	double sum = 0;

	/* What fit_solve() holds at 0 is 0 in w. */
	memcpy(x, w, dim * sizeof(*x));
	scale(p, x, v);
	for (i = 0; i < p->n; i++)
		sum += score(p, 0, p->row[i], v) + score(p, 1, p->row[i], v);
	x[dim] = -sum / (2 * (double)p->n);
}

int
fit_augcon(const struct fit *p, double *w)
{
	size_t dim = fit_dim(p);
	double *v = mem_new(dim, sizeof(*v));
	struct lbfgs l;

	if (v == NULL || lbfgs_init(&l, dim + 1) < 0) {
		free(v);
		return -1;
	}
	start(p, w, l.x, v);
	l.tolerance = 1e-6;
	l.limit = CALLS;
	while (lbfgs_step(&l, objective(p, l.x, l.g, v)))
		;
	memcpy(w, l.x, dim * sizeof(*w));
	lbfgs_free(&l);
	free(v);
	return 0;
}
