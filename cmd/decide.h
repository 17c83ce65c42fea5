/* The decision on a batch, which may take long, and a stop meanwhile. */
#ifndef CMD_DECIDE_H
#define CMD_DECIDE_H

#include "held.h"

/*
 * Gives each question of the batch its verdict.  A signal to stop ends the
 * command at once: nothing of the batch is written yet, so there is nothing
 * to finish.  0, or -1: a stop was asked for before.  Ends without memory.
 */
int decide(const struct dedup_rule *, int by_quota, struct held *);

/* How many threads are worth it here: the processors, but few. */
unsigned long decide_threads(void);

#endif
