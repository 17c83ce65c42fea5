/* L-BFGS and the pairwise fit: optima that are known, and edges. */
#include "augcon/lbfgs.h"

#include <math.h>
#include <string.h>

#include "augcon/fit.h"
#include "base/rng.h"
#include "check.h"

/* sum of i^3 (x_i - i)^2: condition number 8000 at n = 20. */
static double
valley(const double *x, double *g, size_t n)
{
	double f = 0, k;
	size_t i;

	for (i = 0; i < n; i++) {
		k = (double)((i + 1) * (i + 1) * (i + 1));
		f += k * (x[i] - (double)i) * (x[i] - (double)i);
		g[i] = 2 * k * (x[i] - (double)i);
	}
	return f;
}

static void
quadratic(void)
{
	struct lbfgs l;
	double worst = 0;
	size_t i;

	CHECK(lbfgs_init(&l, 20) == 0);
	while (lbfgs_step(&l, valley(l.x, l.g, 20)))
		;
	for (i = 0; i < 20; i++)
		worst = fmax(worst, fabs(l.x[i] - (double)i));
	CHECK(worst < 1e-8);
	CHECK(l.calls < 300);
	lbfgs_free(&l);
}

static void
rosenbrock(void)
{
	struct lbfgs l;
	double a, b;

	CHECK(lbfgs_init(&l, 2) == 0);
	do {
		a = 1 - l.x[0];
		b = l.x[1] - l.x[0] * l.x[0];
		l.g[0] = -2 * a - 400 * l.x[0] * b;
		l.g[1] = 200 * b;
	} while (lbfgs_step(&l, a * a + 100 * b * b));
	CHECK(fabs(l.x[0] - 1) < 1e-6 && fabs(l.x[1] - 1) < 1e-6);
	lbfgs_free(&l);
}

static void
edges(void)
{
	struct lbfgs l;

	CHECK(lbfgs_init(&l, 0) == 0);
	CHECK(lbfgs_step(&l, 0) == 0);
	lbfgs_free(&l);
	CHECK(lbfgs_init(&l, SIZE_MAX / 8) == -1);
	lbfgs_free(&l);
	/* A function that is no number anywhere ends at the start. */
	CHECK(lbfgs_init(&l, 1) == 0);
	l.g[0] = NAN;
	CHECK(lbfgs_step(&l, NAN) == 0);
	lbfgs_free(&l);
	/* No bottom: the limit ends it. */
	CHECK(lbfgs_init(&l, 1) == 0);
	l.limit = 50;
	do
		l.g[0] = -1;
	while (lbfgs_step(&l, -l.x[0]));
	CHECK(l.calls <= 50);
	lbfgs_free(&l);
}

enum { ROWS = 300, DIM = 7 };

/* The gradient of the whole objective at w is zero at its optimum. */
static void
optimum(void)
{
	static double z[ROWS * DIM];
	static size_t row[ROWS];
	unsigned char only[DIM] = { 1, 0, 1, 1, 0, 1, 1 };
	static const float none[1];
	double scale[DIM];
	struct fit f = { .own = z, .nown = DIM, .given = none, .row = row,
	    .n = ROWS, .scale = scale, .lambda = 1e-3 };
	double w[DIM] = { 0 }, again[DIM] = { 0 }, g, pull, worst = 0;
	uint64_t seed = 7;
	size_t i, j;

	for (i = 0; i < ROWS; i++) {
		row[i] = i;
		for (j = 0; j < DIM; j++)
			z[i * DIM + j] = rng_unit(&seed) - 0.4;
	}
	for (j = 0; j < DIM; j++)
		scale[j] = fit_scale(&f, 0, DIM);
	CHECK(scale[0] > 0.1 && scale[0] < 10);
	CHECK(fit_solve(&f, w) == 0);
	for (j = 0; j < DIM; j++) {
		g = f.lambda * w[j];
		for (i = 0; i < ROWS; i++) {
			pull = -fit_sigmoid(-fit_margin(&f, w, i)) / ROWS;
			g += pull * scale[j] * z[i * DIM + j];
		}
		worst = fmax(worst, fabs(g));
	}
	CHECK(worst < 1e-8);
	CHECK(fit_solve(&f, again) == 0);
	CHECK(memcmp(w, again, sizeof(w)) == 0);
	f.only = only;
	CHECK(fit_solve(&f, w) == 0);
	CHECK(w[1] == 0 && w[4] == 0 && w[0] != 0);
	f.n = 0;
	CHECK(fit_solve(&f, w) == 0 && w[0] == 0);
}

static void
safe_functions(void)
{
	CHECK(fabs(fit_loss(0) - log(2)) < 1e-15);
	CHECK(fit_loss(1000) >= 0 && fit_loss(1000) < 1e-300);
	CHECK(fabs(fit_loss(-1000) - 1000) < 1e-9);
	CHECK(fabs(fit_sigmoid(2) + fit_sigmoid(-2) - 1) < 1e-15);
	CHECK(fit_sigmoid(-1000) >= 0 && fit_sigmoid(1000) <= 1);
}

int
main(void)
{
	quadratic();
	rosenbrock();
	edges();
	optimum();
	safe_functions();
	return check_end("lbfgs");
}
