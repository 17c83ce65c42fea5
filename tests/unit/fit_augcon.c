/* The loss of AugCon's code: where its search ends, and that it is a place. */
#include "augcon/fit_augcon.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "check.h"

enum { N = 120, DIM = 4 };

static double good[N * DIM], bad[N * DIM], apart[N * DIM];
static float given[2][N], given_apart[N];
static size_t row[N];

static double
noise(uint64_t *seed)
{
	return rng_unit(seed) + rng_unit(seed) - 1;
}

/* Better rows are larger in the first columns; the last is given. */
static struct fit
problem(size_t ngiven)
{
	static const double scale[DIM + 1] = { 1, 1, 0.5, 1, 2 };
	struct fit f = { .own = apart, .given = given_apart, .nown = DIM,
	    .ngiven = ngiven, .row = row, .n = N, .scale = scale,
	    .lambda = 1e-2, .own_of = { bad, good },
	    .given_of = { given[0], given[1] } };
	uint64_t seed = 3;
	size_t i, j;

	for (i = 0; i < N; i++) {
		row[i] = i;
		for (j = 0; j < DIM; j++) {
			good[i * DIM + j] = 5 + noise(&seed) + (j < 2);
			bad[i * DIM + j] = 5 + noise(&seed);
			apart[i * DIM + j] = good[i * DIM + j] -
			    bad[i * DIM + j];
		}
		given[1][i] = (float)(noise(&seed) + 0.5);
		given[0][i] = (float)noise(&seed);
		given_apart[i] = given[1][i] - given[0][i];
	}
	return f;
}

static double
score(const struct fit *f, const double *w, int side, size_t i)
{
	double s = 0;
	size_t j;

	for (j = 0; j < f->nown; j++)
		s += w[j] * f->scale[j] * f->own_of[side][i * DIM + j];
	for (; j < fit_dim(f); j++)
		s += w[j] * f->scale[j] * (double)f->given_of[side][i];
	return s;
}

/* The loss at w with the constant that suits it best. */
static double
loss(const struct fit *f, const double *w)
{
	double least = 9, b, sum, norm = 0;
	size_t i, j;

	for (j = 0; j < fit_dim(f); j++)
		norm += w[j] * w[j];
	for (b = -80; b < 20; b += 0.01) {
		for (sum = 0, i = 0; i < N; i++)
			sum += fit_sigmoid(score(f, w, 0, i) + b) -
			    fit_sigmoid(score(f, w, 1, i) + b);
		if (sum / N < least)
			least = sum / N;
	}
	return least + f->lambda / 2 * norm;
}

static void
ends(size_t ngiven)
{
	struct fit f = problem(ngiven);
	double w[DIM + 1] = { 0 }, v[DIM + 1] = { 0 }, u[DIM + 1], at;
	size_t i;

	CHECK(fit_solve(&f, v) == 0);
	f.kind = FIT_AUGCON;
	CHECK(fit_solve(&f, w) == 0);
	at = loss(&f, w);
	CHECK(at < loss(&f, v) - 1e-4);
	/* Downhill in no direction. */
	for (i = 0; i < 2 * fit_dim(&f); i++) {
		memcpy(u, w, sizeof(u));
		u[i / 2] += i % 2 ? 0.1 : -0.1;
		CHECK(loss(&f, u) > at);
	}
	memcpy(u, w, sizeof(u));
	memset(w, 0, sizeof(w));
	CHECK(fit_solve(&f, w) == 0);
	CHECK(memcmp(u, w, sizeof(u)) == 0);
}

/* What may not take part does not. */
static void
only(void)
{
	static const unsigned char columns[DIM] = { 0, 1, 1, 1 };
	struct fit f = problem(0);
	double w[DIM] = { 1, 1, 1, 1 };

	f.kind = FIT_AUGCON;
	f.only = columns;
	CHECK(fit_solve(&f, w) == 0);
	CHECK(w[0] == 0 && w[1] > 0);
	f.n = 0;
	CHECK(fit_solve(&f, w) == 0 && w[1] == 0);
}

int
main(void)
{
	ends(0);
	ends(1);
	only();
	return check_end("fit_augcon");
}
