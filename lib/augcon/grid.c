#include "augcon/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"

enum { RESAMPLES = 2000, DEALS = 1000 };

static const double TAIL = 0.025;	/* of the interval, on either side */
static const double SAME = 1e-9;	/* rates that are one, rounded */

int
grid_init(struct grid *g, size_t trials, size_t records)
{
	g->trials = trials;
	g->records = records;
	if (records != 0 && trials > (size_t)-1 / records)
		return -1;
	g->v = mem_new(trials * records + 1, sizeof(*g->v));
	if (g->v == NULL)
		return -1;
	memset(g->v, GRID_NONE, trials * records);
	return 0;
}

void
grid_free(struct grid *g)
{
	free(g->v);
	g->v = NULL;
}

signed char *
grid_at(const struct grid *g, size_t trial, size_t record)
{
	return g->v + trial * g->records + record;
}

static double
rate_of(const signed char *row, size_t records)
{
	size_t i, n = 0, right = 0;

	for (i = 0; i < records; i++) {
		n += row[i] != GRID_NONE;
		right += row[i] == 1;
	}
	return n > 0 ? (double)right / (double)n : 0;
}

double
grid_rate(const struct grid *g, size_t trial)
{
	return rate_of(grid_at(g, trial, 0), g->records);
}

/* The trial less the mean of the others on a record.  0: nothing to compare. */
static int
differ(const struct grid *g, size_t trial, const unsigned char *others,
    size_t record, double *d)
{
	size_t i, n = 0;
	double sum = 0;

	if (*grid_at(g, trial, record) == GRID_NONE)
		return 0;
	for (i = 0; i < g->trials; i++)
		if (others[i] && *grid_at(g, i, record) != GRID_NONE) {
			sum += *grid_at(g, i, record);
			n++;
		}
	*d = n > 0 ? *grid_at(g, trial, record) - sum / (double)n : 0;
	return n > 0;
}

static int
by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
bootstrap(const double *d, size_t n, uint64_t rng, struct grid_gap *to)
{
	double *means = mem_new(RESAMPLES, sizeof(*means));
	size_t i, j;

	if (means == NULL)
		return -1;
	for (i = 0; i < RESAMPLES; i++) {
		for (j = 0; j < n; j++)
			means[i] += d[rng_below(&rng, n)];
		means[i] /= (double)n;
	}
	qsort(means, RESAMPLES, sizeof(*means), by_number);
	to->low = means[(size_t)(TAIL * RESAMPLES)];
	to->high = means[RESAMPLES - 1 - (size_t)(TAIL * RESAMPLES)];
	free(means);
	return 0;
}

/* Twice the lesser tail of the binomial distribution with one half. */
static double
sign_test(size_t more, size_t less)
{
	size_t n = more + less, k, least = more < less ? more : less;
	double p = 0, all = (double)n;

	for (k = 0; k <= least; k++)
		p += exp(lgamma(all + 1) - lgamma((double)k + 1) -
		    lgamma(all - (double)k + 1) - all * log(2));
	return 2 * p < 1 ? 2 * p : 1;
}

int
grid_gap(const struct grid *g, size_t trial, const unsigned char *others,
    uint64_t seed, struct grid_gap *to)
{
	double *d = mem_new(g->records + 1, sizeof(*d));
	size_t i;
	int r;

	memset(to, 0, sizeof(*to));
	to->p = 1;
	if (d == NULL)
		return -1;
	for (i = 0; i < g->records; i++) {
		if (!differ(g, trial, others, i, &d[to->n]))
			continue;
		to->mean += d[to->n];
		to->more += d[to->n] > SAME;
		to->less += d[to->n] < -SAME;
		to->n++;
	}
	if (to->n > 0)
		to->mean /= (double)to->n;
	to->p = sign_test(to->more, to->less);
	r = to->n > 0 ? bootstrap(d, to->n, seed, to) : 0;
	free(d);
	return r;
}

static double
best_of(const struct grid *g, const unsigned char *marked)
{
	size_t i;
	double best = 0, rate;

	for (i = 0; i < g->trials; i++) {
		rate = marked[i] ? grid_rate(g, i) : 0;
		if (rate > best)
			best = rate;
	}
	return best;
}

/* Deals a record's results anew among the marked trials that have one. */
static void
deal(struct grid *g, const unsigned char *marked, size_t record, size_t *who,
    uint64_t *rng)
{
	size_t i, j, n = 0;
	signed char *a, *b, kept;

	for (i = 0; i < g->trials; i++)
		if (marked[i] && *grid_at(g, i, record) != GRID_NONE)
			who[n++] = i;
	for (i = n; i > 1; i--) {
		j = (size_t)rng_below(rng, i);
		a = grid_at(g, who[i - 1], record);
		b = grid_at(g, who[j], record);
		kept = *a;
		*a = *b;
		*b = kept;
	}
}

double
grid_chance(const struct grid *g, const unsigned char *marked, uint64_t seed)
{
	struct grid copy;
	size_t *who = mem_new(g->trials + 1, sizeof(*who)), i, r, hits = 1;
	double best = best_of(g, marked);

	if (who == NULL || grid_init(&copy, g->trials, g->records) < 0) {
		free(who);
		return -1;
	}
	memcpy(copy.v, g->v, g->trials * g->records);
	for (i = 0; i < DEALS; i++) {
		for (r = 0; r < g->records; r++)
			deal(&copy, marked, r, who, &seed);
		hits += best_of(&copy, marked) >= best - SAME;
	}
	grid_free(&copy);
	free(who);
	return (double)hits / (DEALS + 1);
}
