/*
 * The lexical features of a question and its context: what a linear scorer
 * sees.  No network, no language-specific model; every number is finite and
 * small (0 to 1; lengths and counts, which are logarithms or capped, more).
 * Features of the context alone are of no use here, since both questions of
 * a pair share it.  The list is part of the model file's format: change what
 * it holds or means, and change FEATURES_VERSION.
 */
#ifndef AUGCON_FEATURES_H
#define AUGCON_FEATURES_H

#include <stddef.h>

#include "augcon/match.h"

#define FEATURES_VERSION 2

#define FEATURES 25

/* The name of feature i, as the model file and --explain give it. */
const char *features_name(size_t i);

/* True when it does not look at the context (the blind baseline). */
int features_blind(size_t i);

/* The number of a name, or FEATURES when there is none. */
size_t features_find(const char *name);

/* The numbers themselves.  0, or -1 without memory. */
int features_get(double out[FEATURES], const struct terms *context,
    const struct terms *question, const struct df *, struct match_work *);

#endif
