/*
 * Is a kind of worse question told apart that was not learnt from?  For each
 * kind a scorer learns from the pairs of the others and is measured on it: a
 * scorer meets bad questions of kinds that nobody thought of.
 */
#ifndef AUGCON_LEAVE_OUT_H
#define AUGCON_LEAVE_OUT_H

#include "augcon/trial.h"

enum { LEAVE_OUT_KINDS = 12 };	/* with more it is not done */

/*
 * Adds the margins to the pairs that trial_measure() has just added, with
 * the word table and the lambda of the model measured, and its weights as a
 * guess.  0, or -1 without memory.
 */
int leave_out(struct trial *, const struct trial_model *, double lambda);

#endif
