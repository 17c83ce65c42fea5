/*
 * Rates by the generic cell rate algorithm (ITU-T I.371): one word holds the
 * time at which the next amount would arrive if all came evenly.  A burst is
 * what one second allows, not a minute.
 */
#ifndef LLM_RATE_H
#define LLM_RATE_H

#include <stdatomic.h>
#include <stdint.h>

/*
 * Takes `amount` at a rate of `per_second`.  0: taken; else the seconds to
 * wait before it is worth another try.  More than a burst is taken when
 * nothing is owed, and delays what comes next.
 */
double rate_take(_Atomic uint64_t *word, double per_second, double amount,
    double now);

/* Gives back what was taken and not used, or takes more (amount < 0). */
void rate_give(_Atomic uint64_t *word, double per_second, double amount,
    double now);

/* "10/s", "0.5/m", "5000/h" as a number a second; -1 when it is none. */
double rate_parse(const char *);

#endif
