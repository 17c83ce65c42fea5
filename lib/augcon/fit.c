#include "augcon/fit.h"

#include <math.h>
#include <string.h>

#include "augcon/lbfgs.h"

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

double
fit_margin(const struct fit *p, const double *w, size_t row)
{
	const double *z = p->z + row * p->dim;
	double sum = 0;
	size_t j;

	for (j = 0; j < p->dim; j++)
		sum += w[j] * z[j];
	return sum * p->scale;
}

double
fit_scale(const struct fit *p)
{
	const double *z;
	double sum = 0, norm;
	size_t i, j;

	for (i = 0; i < p->n; i++) {
		z = p->z + p->row[i] * p->dim;
		for (norm = 0, j = 0; j < p->dim; j++)
			norm += z[j] * z[j];
		sum += sqrt(norm);
	}
	return sum > 0 ? (double)p->n / sum : 1;
}

/* The loss at w, and its gradient. */
static double
objective(const struct fit *p, const double *w, double *g)
{
	const double *z;
	double f = 0, norm = 0, m, pull, n = (double)p->n;
	size_t i, j;

	memset(g, 0, p->dim * sizeof(*g));
	for (i = 0; i < p->n; i++) {
		z = p->z + p->row[i] * p->dim;
		m = fit_margin(p, w, p->row[i]);
		f += fit_loss(m);
		pull = -fit_sigmoid(-m) * p->scale;
		for (j = 0; j < p->dim; j++)
			g[j] += pull * z[j];
	}
	for (j = 0; j < p->dim; j++) {
		g[j] = g[j] / n + p->lambda * w[j];
		norm += w[j] * w[j];
		if (p->only != NULL && !p->only[j])
			g[j] = 0;
	}
	return f / n + p->lambda / 2 * norm;
}

int
fit_solve(const struct fit *p, double *w)
{
	struct lbfgs l;

	memset(w, 0, p->dim * sizeof(*w));
	if (p->n == 0)
		return 0;
	if (lbfgs_init(&l, p->dim) < 0)
		return -1;
	while (lbfgs_step(&l, objective(p, l.x, l.g)))
		;
	memcpy(w, l.x, p->dim * sizeof(*w));
	lbfgs_free(&l);
	return 0;
}
