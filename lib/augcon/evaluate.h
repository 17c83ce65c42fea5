/*
 * How good a scorer is on pairs it was not fitted on: the figures of
 * ac-train-scorer's report and their definitions.  A tie counts half.
 */
#ifndef AUGCON_EVALUATE_H
#define AUGCON_EVALUATE_H

#include <stddef.h>
#include <stdint.h>

struct eval_pair {
	double good, bad;	/* the scores */
	double blind;		/* margin of a scorer that sees no context */
	double length;		/* margin of one that sees the length only */
	double cover;		/* difference of the share of the question's
				   weight that the context has */
	double unseen;		/* margin of one that saw no such pair, */
	double shuffled;	/* with another pair's context, */
	double judge;		/* and of the model's own judgement, where */
	unsigned char has_unseen, has_shuffled, has_judge;	/* there is
				   such a thing */
	size_t good_len, bad_len;	/* terms */
	uint32_t kind;
};

struct eval_share {		/* a share of pairs that come out right */
	size_t n;
	double right;		/* ties are halves */
};

enum { EVAL_BINS = 10 };

struct eval_calibration {
	double loss, brier, ece;	/* of sigmoid(good - bad) */
	struct eval_bin {
		size_t n;		/* pairs, each both ways round */
		double said, right;	/* mean probability; share right */
	} bin[EVAL_BINS];
};

struct eval_kind {
	struct eval_share full, blind, length, cover, judge, shuffled, matched,
	    unseen;
	double auc;			/* all scores pooled */
	struct eval_calibration calibration;
};

struct eval {
	struct eval_kind all, *kind;	/* kind: by number, owned */
	size_t nkinds;
	double mean, worst;	/* accuracy over the kinds that have pairs */
	double spearman;	/* of score and length */
};

/* right / n, or 0.5 of nothing. */
double eval_rate(const struct eval_share *);

/* Wilson's 95 % interval (Wilson 1927). */
void eval_interval(const struct eval_share *, double *lo, double *hi);

/*
 * `matched` counts the pairs whose lengths differ by one term at most; ece
 * is the expected calibration error over ten equal bins, every pair counted
 * both ways round.  0, or -1 without memory; free either way.
 */
int eval_pairs(struct eval *, const struct eval_pair *, size_t n,
    size_t nkinds);
void eval_free(struct eval *);

/* The T > 0 that minimises the mean loss of margin / T. */
double eval_temperature(const double *margin, size_t n);

#endif
