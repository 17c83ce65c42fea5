/*
 * The search of ac-tune: trials of examples, what the model made of each
 * record with them, and what it was worth (Quan, arXiv 2405.16579, 3.3).
 */
#ifndef CMD_TUNE_H
#define CMD_TUNE_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/grid.h"
#include "augcon/subset.h"
#include "humans.h"
#include "manner.h"

enum tune_kind { TUNE_NONE, TUNE_FIRST, TUNE_RANDOM };
enum { TUNE_LEAST = 5, TUNE_FEW = 10, TUNE_HOLD = 12 };

/* One record answered in one trial. */
struct tune_cell {
	signed char right;	/* 1, 0, or GRID_NONE: not asked */
	unsigned char unknown;	/* neither yes nor no, twice, or a reply
				 * without a question: not right */
	unsigned char failed;	/* a call failed: not right */
	unsigned char exact;
	double f1;		/* of a question: ROUGE-L */
};

struct tune_sum {
	size_t n, right, unknown, failed, exact;
	double f1;		/* the mean */
};

struct tune_trial {
	enum tune_kind kind;
	struct subset of;	/* of the pool */
	struct shown shown;	/* as messages */
	struct tune_cell *cell;	/* owned; by record */
	unsigned long calls;	/* asked, whether or not a reply was cached */
};

struct tune {
	struct humans people;
	unsigned char *is_final;	/* owned; by record: held back */
	size_t *pool;		/* owned; the records that are not */
	size_t npool, nfinal;

	int for_ask;		/* questions are looked at, not answers */
	struct manner manner;
	struct prompts ask;
	struct prompts verdict;
	const struct llm_opt *llm;
	struct filter *f;

	size_t shots;
	double holdout;		/* the share; below 0: see tune_deal() */
	const char *log;	/* NULL, or the file for --trials-log */
	unsigned long most_trials, most_calls;	/* 0: no limit of calls */
	unsigned long calls;	/* so far */
	uint64_t seed, rng;

	struct tune_trial *v;	/* owned */
	size_t n, cap;
	struct subsets drawn;	/* those of the trials, but for none */
	size_t winner;
};

/*
 * Deals the records into the pool and the final part, `holdout` of them;
 * below 0: a quarter of TUNE_HOLD or more, none of fewer.
 */
void tune_deal(struct tune *);
void tune_free(struct tune *);

/* The calls that none and the first alone may take, with the final part. */
unsigned long tune_least(const struct tune *);

/*
 * Adds trials while --trials and the calls that are left allow: as if every
 * verdict had to be asked for twice.  How many were added.
 */
size_t tune_plan(struct tune *);

/* Of the records of the pool, or of the final part. */
void tune_add_up(const struct tune *, size_t trial, int final,
    struct tune_sum *);

/* The trial with examples that does best; the earliest of equals. */
void tune_choose(struct tune *);

#endif
