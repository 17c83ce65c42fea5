/*
 * The loss of AugCon's published code (not of its paper, which is fit.h's):
 *     mean sigmoid(s-) - mean sigmoid(s+), s = w.x + b, + lambda/2 |w|^2
 * on the scores themselves and not on their difference.  It is not convex:
 * it has flat places and may have more than one optimum, and where a search
 * ends depends on where it sets out.  Here that is the optimum of fit.h's
 * loss, so the same rows give the same bits; from 0 it gives up kinds of
 * pairs that are few (man/ac-train-scorer.1, METHOD).
 */
#ifndef AUGCON_FIT_AUGCON_H
#define AUGCON_FIT_AUGCON_H

#include "augcon/fit.h"

/*
 * From w, which fit_solve() gives it, and the b that puts the middle of the
 * scores at 0, downhill by L-BFGS; b, which no comparison needs, is not kept.
 * 0 or -1.
 */
int fit_augcon(const struct fit *, double *w);

#endif
