/*
 * A seeded generator whose state the caller passes: the same seed gives the
 * same numbers on every machine.  SplitMix64 (Steele, Lea, Flood 2014).
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

uint64_t rng_next(uint64_t *state);

/* Uniform in [0, n), n > 0, without modulo bias. */
uint64_t rng_below(uint64_t *state, uint64_t n);

/* Uniform in [0, 1). */
double rng_unit(uint64_t *state);

/* Mixes two numbers into one, for seeds made of several parts. */
uint64_t rng_mix(uint64_t, uint64_t);

#endif
