/* What the files of a trial share: rows made (trial_row.c). */
#ifndef AUGCON_TRIAL_INT_H
#define AUGCON_TRIAL_INT_H

#include "augcon/trial.h"

/* The lexical features of line `at`, with the context of line `with`. */
int trial_look(struct trial *, double *f, const struct df *, size_t at,
    size_t with);

/* The numbers of a row behind them. */
void trial_given(const struct trial *, double *f, size_t at, size_t with);

#endif
