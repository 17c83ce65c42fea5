/* Runs of words that two texts share. */
#ifndef AUGCON_SPAN_H
#define AUGCON_SPAN_H

#include <stddef.h>

#include "augcon/words.h"

/*
 * The longest run of a's words that b has too, when it has `least` words or
 * more, and where in a it begins; else 0.  Only runs over half of a are
 * found: `least` > a->n / 2.  `z` is room for 3 * (a->n + b->n) numbers.
 * Linear (the Z algorithm of Gusfield 1997, forwards and backwards).
 */
size_t span_longest(const struct words *a, const struct words *b,
    size_t least, size_t *z, size_t *at);

#endif
