/* Numbers in Han characters: 一千二百四十, 一九二一, 三十八, 两. */
#ifndef AUGCON_NUMERAL_ZH_H
#define AUGCON_NUMERAL_ZH_H

#include <stddef.h>

#include "augcon/words.h"

/* As numeral_read() of a word of one character. */
size_t numeral_zh(const struct words *, const char *text, size_t i,
    double *value);

/* What 百, 千, 万 or 亿 at word i multiplies by, or -1. */
double numeral_zh_power(const struct words *, const char *text, size_t i);

#endif
