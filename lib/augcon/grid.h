/*
 * Trials over records, each right or wrong: how sure is it that one trial is
 * better than another, or than all of them would be by chance?
 */
#ifndef AUGCON_GRID_H
#define AUGCON_GRID_H

#include <stddef.h>
#include <stdint.h>

enum { GRID_NONE = -1 };	/* the trial did not answer the record */

struct grid {
	size_t trials, records;
	signed char *v;		/* owned; 1, 0 or GRID_NONE, trial by trial */
};

int grid_init(struct grid *, size_t trials, size_t records);	/* 0, -1 */
void grid_free(struct grid *);
signed char *grid_at(const struct grid *, size_t trial, size_t record);

/* The share of what it answered that is right; 0 of nothing. */
double grid_rate(const struct grid *, size_t trial);

struct grid_gap {
	size_t n;		/* records that both sides answered */
	double mean;		/* of the paired differences, -1 to 1 */
	double low, high;	/* bootstrap interval of the mean, 95 % */
	size_t more, less;	/* records where it is above, below */
	double p;		/* sign test of these, exact, two-sided */
};

/*
 * A trial against others, by records: those that it answered and at least
 * one of the others did, whose mean it is compared with.  `others` has a mark
 * for each trial.  The interval is that of the percentiles of 2000 resamples
 * of the records (Efron 1979): with few records it is too narrow.  0 or -1.
 */
int grid_gap(const struct grid *, size_t trial, const unsigned char *others,
    uint64_t seed, struct grid_gap *);

/*
 * How often the best of the marked trials would be as good as it is, were
 * they all alike: each record's results are dealt anew among the marked
 * trials that answered it, 1000 times, and the best rate is looked at.  The
 * share, the real deal counted in; -1 without memory.
 */
double grid_chance(const struct grid *, const unsigned char *marked,
    uint64_t seed);

#endif
