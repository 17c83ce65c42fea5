/*
 * Numbers in a text, by value: 12,500, 12.5 thousand, three hundred and
 * twelve, nineteen seventy-three, 一千二百四十, 一九二一, 8万.
 */
#ifndef AUGCON_NUMERAL_H
#define AUGCON_NUMERAL_H

#include <stddef.h>

#include "augcon/words.h"

/*
 * How many words from word i on are one number, and its value; 0: none.
 * `blanks`: groups of three digits may stand apart, as in 12 500.
 */
size_t numeral_read(const struct words *, const char *text, size_t i,
    int blanks, double *value);

#endif
