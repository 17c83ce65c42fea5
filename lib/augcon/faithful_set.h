/* What the case's sources hold, to be asked for by faithful.c. */
#ifndef AUGCON_FAITHFUL_SET_H
#define AUGCON_FAITHFUL_SET_H

#include "augcon/gate.h"

/* Is a text of the case one of its sources? */
int faithful_is_source(const struct gate_case *, const struct gate_text *);

/* Collects the numbers, the words.  0, or -1 without memory. */
int faithful_numbers(struct gate_case *);
int faithful_words(struct gate_case *);

/* Is the number there; are two, from least to most, that are x apart? */
int faithful_number(const struct gate_case *, double);
int faithful_apart(const struct gate_case *, double x, double least,
    double most);
/* Are two dates so many years apart? */
int faithful_years(const struct gate_case *, double);

/* Is one there from lo to hi; a year whose last two digits begin a decade? */
int faithful_between(const struct gate_case *, double lo, double hi);
int faithful_decade(const struct gate_case *, double tens);

/* Is word i of a text there, or one that begins as it does (Swedish)? */
int faithful_word(const struct gate_case *, const struct gate_text *,
    size_t i);

/* Is this very word there?  After faithful_words(). */
int faithful_has(const struct gate_case *, const struct word *);

/* Do n words from i on stand there in a row? */
int faithful_run(const struct gate_case *, const struct gate_text *,
    size_t i, size_t n);

#endif
