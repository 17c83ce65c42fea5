/* What ac-train-scorer says and writes in the end. */
#ifndef CMD_TRAIN_SAY_H
#define CMD_TRAIN_SAY_H

#include <stddef.h>

#include "augcon/report.h"
#include "rec/filter.h"

/* What came in, on stderr. */
void train_input(const struct report *, struct filter *);

/*
 * The figures and the warnings, on stderr and in `file`, unless NULL.
 * Returns how many bytes of warnings there are.
 */
size_t train_figures(const struct report *, struct filter *,
    const char *file);

/* The scorer itself.  The exit code. */
int train_put(const struct scorer *, struct filter *);

#endif
