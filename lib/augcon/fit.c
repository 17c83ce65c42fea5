#include "augcon/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/fit_augcon.h"
#include "augcon/fit_rows.h"
#include "augcon/lbfgs.h"
#include "base/mem.h"

static const double FINE = 1e-5, ROUGH = 1e-2, ROUGH_GRADIENT = 1e-6;
enum { ROUGH_CALLS = 200 };

const char *const fit_kinds[FIT_KINDS] = {
	[FIT_LOGISTIC] = "logistic",
	[FIT_AUGCON] = "augcon"
};

double
fit_loss(double x)
{
	return x > 0 ? log1p(exp(-x)) : log1p(exp(x)) - x;
}

double
fit_sigmoid(double x)
{
	double e;

	if (x >= 0)
		return 1 / (1 + exp(-x));
	e = exp(x);
	return e / (1 + e);
}

size_t
fit_dim(const struct fit *p)
{
	return p->nown + p->ngiven;
}

/* Column j of a row. */
static double
cell(const struct fit *p, size_t row, size_t j)
{
	return j < p->nown ? p->own[row * p->nown + j] :
	    (double)p->given[row * p->ngiven + j - p->nown];
}

double
fit_margin(const struct fit *p, const double *w, size_t row)
{
	double sum = 0;
	size_t j, dim = fit_dim(p);

	for (j = 0; j < dim; j++)
		sum += w[j] * p->scale[j] * cell(p, row, j);
	return sum;
}

double
fit_scale(const struct fit *p, size_t from, size_t to)
{
	double sum = 0, norm, z;
	size_t i, j;

	for (i = 0; i < p->n; i++) {
		for (norm = 0, j = from; j < to; j++) {
			z = cell(p, p->row[i], j);
			norm += z * z;
		}
		sum += sqrt(norm);
	}
	return sum > 0 ? (double)p->n / sum : 1;
}

/*
 * Adds the losses of k rows, the first being number i of those that count,
 * to *f, and their pulls to g, at the scaled weights v.
 */
static void
add_rows(const struct fit *p, size_t i, size_t k, const double *v, double *f,
    double *g)
{
	const double *own[FIT_ROWS];
	const float *given[FIT_ROWS];
	double m[FIT_ROWS], pull[FIT_ROWS];
	size_t r;

	for (r = 0; r < k; r++) {
		own[r] = p->own + p->row[i + r] * p->nown;
		given[r] = p->given + p->row[i + r] * p->ngiven;
		m[r] = fit_dot(own[r], v, p->nown);
	}
	fit_rows_dot(given, k, v + p->nown, p->ngiven, m);
	for (r = 0; r < k; r++) {
		*f += fit_loss(m[r]);
		pull[r] = -fit_sigmoid(-m[r]);
		fit_add(g, pull[r], own[r], p->nown);
	}
	fit_rows_add(g + p->nown, pull, given, k, p->ngiven);
}

double
fit_penalty(const struct fit *p, const double *w, double *g)
{
	double norm = 0, n = (double)p->n;
	size_t j, dim = fit_dim(p);

	for (j = 0; j < dim; j++) {
		g[j] = g[j] * p->scale[j] / n + p->lambda * w[j];
		norm += w[j] * w[j];
		if (p->only != NULL && !p->only[j])
			g[j] = 0;
	}
	return p->lambda / 2 * norm;
}

/* The loss at w, and its gradient; v is scratch. */
static double
objective(const struct fit *p, const double *w, double *g, double *v)
{
	double f = 0;
	size_t i, j, dim = fit_dim(p);

	for (j = 0; j < dim; j++) {
		v[j] = w[j] * p->scale[j];
		g[j] = 0;
	}
	for (i = 0; i < p->n; i += FIT_ROWS)
		add_rows(p, i, p->n - i < FIT_ROWS ? p->n - i : FIT_ROWS, v,
		    &f, g);
	return f / (double)p->n + fit_penalty(p, w, g);
}

/* Where the search sets out. */
static void
start(const struct fit *p, const double *w, double *x)
{
	size_t j, dim = fit_dim(p);

	for (j = 0; j < dim; j++)
		x[j] = p->only != NULL && !p->only[j] ? 0 : w[j];
}

int
fit_solve(const struct fit *p, double *w)
{
	size_t dim = fit_dim(p);
	double *v;
	struct lbfgs l;

	if (p->n == 0) {
		memset(w, 0, dim * sizeof(*w));
		return 0;
	}
	v = mem_new(dim, sizeof(*v));
	if (v == NULL || lbfgs_init(&l, dim) < 0) {
		free(v);
		return -1;
	}
	start(p, w, l.x);
	l.tolerance = p->lambda * (p->rough ? ROUGH : FINE);
	if (p->rough && l.tolerance < ROUGH_GRADIENT)
		l.tolerance = ROUGH_GRADIENT;
	if (p->rough)
		l.limit = ROUGH_CALLS;
	while (lbfgs_step(&l, objective(p, l.x, l.g, v)))
		;
	memcpy(w, l.x, dim * sizeof(*w));
	lbfgs_free(&l);
	free(v);
	return p->kind == FIT_AUGCON ? fit_augcon(p, w) : 0;
}
