/*
 * How far the probability that a scorer gives to "this one is better",
 * 1 / (1 + exp(-difference of the scores)), can be believed.
 */
#ifndef AUGCON_CALIBRATE_H
#define AUGCON_CALIBRATE_H

#include <stddef.h>

#include "augcon/evaluate.h"

/*
 * Of n pairs; each is counted both ways round in the bins, since which
 * question came first is nothing to learn: their curve is symmetric.
 */
void calibrate(struct eval_calibration *, const struct eval_pair *, size_t n);

#endif
