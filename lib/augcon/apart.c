#include "augcon/apart.h"

#include <math.h>
#include <stdlib.h>

#include "augcon/cohesion.h"
#include "base/mem.h"
#include "text/utf8.h"

/* Moves a unit from the second part to the first. */
static void
move(double *first, double *rest, const float *v, size_t dim)
{
	size_t k;

	for (k = 0; k < dim; k++) {
		first[k] += (double)v[k];
		rest[k] -= (double)v[k];
	}
}

static double
cosine(const double *a, const double *b, size_t dim)
{
	double dot = 0, aa = 0, bb = 0;
	size_t k;

	for (k = 0; k < dim; k++) {
		dot += a[k] * b[k];
		aa += a[k] * a[k];
		bb += b[k] * b[k];
	}
	return aa > 0 && bb > 0 ? dot / (sqrt(aa) * sqrt(bb)) : 0;
}

static void
least(const char *text, const struct pieces *u, const float *const *v,
    double *first, double *rest, size_t dim, size_t *cut)
{
	size_t i, edge = cohesion_edge(u->n), before = 0, total = 0;
	double p, best = 0;

	for (i = 0; i < u->n; i++)
		total += utf8_count(text + u->v[i].start, u->v[i].len);
	for (i = 1; i <= u->n - edge; i++) {
		move(first, rest, v[i - 1], dim);
		before += utf8_count(text + u->v[i - 1].start,
		    u->v[i - 1].len);
		if (i < edge)
			continue;
		p = cohesion_price(cosine(first, rest, dim), before, total);
		if (*cut == 0 || p < best) {
			*cut = i;
			best = p;
		}
	}
}

int
apart_cut(const char *text, const struct pieces *units,
    const float *const *v, size_t dim, size_t *cut)
{
	double *first, *rest;
	size_t i, k;

	*cut = 0;
	if (units->n < 2)
		return 0;
	first = mem_new(dim, sizeof(*first));
	rest = mem_new(dim, sizeof(*rest));
	if (first != NULL && rest != NULL) {
		for (i = 0; i < units->n; i++)
			for (k = 0; k < dim; k++)
				rest[k] += (double)v[i][k];
		least(text, units, v, first, rest, dim, cut);
	}
	free(first);
	free(rest);
	return *cut == 0 ? -1 : 0;
}
