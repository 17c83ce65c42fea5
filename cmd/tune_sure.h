/* The winner of a search against the baselines, in figures. */
#ifndef CMD_TUNE_SURE_H
#define CMD_TUNE_SURE_H

#include "tune.h"

enum { SURE_NONE, SURE_FIRST, SURE_RANDOM, SURE_COUNT };

/* The model's verdicts beside exact match and token F1, over all trials. */
struct tune_verdicts {
	size_t n, yes, unknown, as_exact, as_f1;
	double f1_yes, f1_no;	/* means */
};

struct tune_sure {
	struct grid_gap search[SURE_COUNT];
	struct grid_gap last[SURE_RANDOM];	/* in the final part */
	size_t tried;		/* trials with examples */
	double chance;		/* see grid_chance() */
	size_t nrandom;
	double random_right, random_exact, random_f1;	/* means of rates */
	struct tune_verdicts verdicts;
};

/* F1 from which on an answer counts as one with the human's. */
#define TUNE_F1 0.5

void tune_sure(const struct tune *, struct tune_sure *);

#endif
