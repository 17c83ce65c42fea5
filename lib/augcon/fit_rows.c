#include "augcon/fit_rows.h"

enum { LANES = 4 };		/* sums that a compiler may keep in vectors */

double
fit_dot(const double *a, const double *b, size_t n)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

void
fit_add(double *to, double by, const double *a, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		to[i] += by * a[i];
}

static double
dot_one(const float *z, const double *v, size_t n)
{
	double sum[LANES] = { 0 };
	size_t i, l;

	for (i = 0; i + LANES <= n; i += LANES)
		for (l = 0; l < LANES; l++)
			sum[l] += v[i + l] * (double)z[i + l];
	for (; i < n; i++)
		sum[0] += v[i] * (double)z[i];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void
dot_four(const float *const *z, const double *restrict v, size_t n, double *m)
{
	const float *restrict p = z[0], *restrict q = z[1];
	const float *restrict r = z[2], *restrict s = z[3];
	double a[LANES] = { 0 }, b[LANES] = { 0 };
	double c[LANES] = { 0 }, d[LANES] = { 0 };
	size_t i, l;

	for (i = 0; i + LANES <= n; i += LANES)
		for (l = 0; l < LANES; l++) {
			a[l] += v[i + l] * (double)p[i + l];
			b[l] += v[i + l] * (double)q[i + l];
			c[l] += v[i + l] * (double)r[i + l];
			d[l] += v[i + l] * (double)s[i + l];
		}
	for (; i < n; i++) {
		a[0] += v[i] * (double)p[i];
		b[0] += v[i] * (double)q[i];
		c[0] += v[i] * (double)r[i];
		d[0] += v[i] * (double)s[i];
	}
	m[0] += (a[0] + a[1]) + (a[2] + a[3]);
	m[1] += (b[0] + b[1]) + (b[2] + b[3]);
	m[2] += (c[0] + c[1]) + (c[2] + c[3]);
	m[3] += (d[0] + d[1]) + (d[2] + d[3]);
}

void
fit_rows_dot(const float *const *z, size_t k, const double *v, size_t n,
    double *m)
{
	size_t r;

	if (k == FIT_ROWS)
		dot_four(z, v, n, m);
	else
		for (r = 0; r < k; r++)
			m[r] += dot_one(z[r], v, n);
}

static void
add_four(double *restrict g, const double *by, const float *const *z,
    size_t n)
{
	const float *restrict p = z[0], *restrict q = z[1];
	const float *restrict r = z[2], *restrict s = z[3];
	double a = by[0], b = by[1], c = by[2], d = by[3];
	size_t i, l;

	for (i = 0; i + LANES <= n; i += LANES)
		for (l = i; l < i + LANES; l++)
			g[l] += (a * (double)p[l] + b * (double)q[l]) +
			    (c * (double)r[l] + d * (double)s[l]);
	for (; i < n; i++)
		g[i] += (a * (double)p[i] + b * (double)q[i]) +
		    (c * (double)r[i] + d * (double)s[i]);
}

void
fit_rows_add(double *g, const double *by, const float *const *z, size_t k,
    size_t n)
{
	size_t r, i;

	if (k == FIT_ROWS)
		add_four(g, by, z, n);
	else
		for (r = 0; r < k; r++)
			for (i = 0; i < n; i++)
				g[i] += by[r] * (double)z[r][i];
}
