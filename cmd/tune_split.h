/*
 * ac-tune --for split: where a model cuts joins of chunks (joins.h), with
 * which of the prompt's worked examples, beside the cuts that need no model.
 */
#ifndef CMD_TUNE_SPLIT_H
#define CMD_TUNE_SPLIT_H

#include <stddef.h>

#include "augcon/grid.h"
#include "augcon/subset.h"
#include "joins.h"
#include "llm/llm.h"
#include "node.h"

/* Rows of the grid; behind them sets drawn at random. */
enum { ROW_MIDDLE, ROW_COHESION, ROW_ASIS, ROW_BARE, ROWS };

struct tune_split {
	struct filter *f;
	const struct llm_opt *llm;
	const char *log;	/* NULL, or the file for --trials-log */
	size_t njoins, shots;
	unsigned long trials, max_calls;	/* 0: no limit of calls */
	double holdout;		/* share of the joins; below 0: a quarter */
	uint64_t seed;

	struct joins joins;
	size_t npool;		/* the joins behind are for the end */
	struct how how;
	const struct prompt *prompt;	/* of the language of the joins */
	struct subsets sets;	/* of its examples, for the rows from ROWS */
	struct buf *shown;	/* owned; by row: as messages */
	size_t rows, winner;	/* winner: the best row that asks */
	struct grid hits;
	size_t *odd;		/* owned; by row: replies without a cut */
	unsigned long calls;
};

/* Reads, makes joins, asks, says, writes.  The exit code. */
int tune_split_run(struct tune_split *);

/* What it comes to, on stderr, and the lines of the log (tune_split_say.c). */
void tune_split_say(const struct tune_split *);
void tune_split_log(const struct tune_split *, struct buf *lines);
/* The prompt with the winner's examples, as a file for ac-split -p. */
void tune_split_prompt(const struct tune_split *, struct buf *);

/* The examples that a row shows; NULL: all or none, see the row. */
const struct subset *tune_split_set(const struct tune_split *, size_t row);

#endif
