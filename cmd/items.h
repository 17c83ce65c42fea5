/*
 * What one record of ac-ask becomes: itself, its samples, or a positive and
 * its negatives (ac-record(5), SAMPLES).  Every one is a record of its own
 * with its id, sample and label from the start, so that one that fails can
 * be asked again by itself.
 */
#ifndef CMD_ITEMS_H
#define CMD_ITEMS_H

#include <stddef.h>

#include "base/buf.h"
#include "rec/rec.h"

/* Kinds of worse prompts (Quan, section 3.2), and the good one behind. */
enum { ITEM_INSTR, ITEM_FS, ITEM_BOTH, ITEM_GOOD, ITEM_PROMPTS };
extern const char *const item_kinds[];	/* the names of the worse ones */

struct item {
	struct rec rec;
	int asks;		/* else it passes or fails */
	const char *code, *message;	/* of a failure */
	int status;
	struct buf question;	/* what the model answered */
};

struct items {
	struct item *v;		/* owned */
	size_t n, cap;
};

struct item_opt {
	unsigned long samples, first_sample, min_length;
	int negative;		/* any of: */
	unsigned char kinds[ITEM_GOOD];
	const char *question, *id;	/* names of members */
};

/*
 * Plans what becomes of a record, which is taken over where it becomes one
 * item.  `context` is its text where `there` is 1; `has_question`: it has
 * one that stays.  0, or -1 without memory.
 */
int items_plan(struct items *, struct rec *, const struct item_opt *,
    const struct buf *context, int there, int has_question);

/*
 * The prompt that a record is to be asked with, ITEM_INSTR to ITEM_GOOD; -1
 * without memory.
 */
int item_prompt(struct rec *);

void items_free(struct items *);

#endif
