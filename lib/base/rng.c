#include "base/rng.h"

uint64_t
rng_next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint64_t
rng_below(uint64_t *state, uint64_t n)
{
	uint64_t reject = (0 - n) % n;	/* 2^64 mod n */
	uint64_t x;

	do
		x = rng_next(state);
	while (x < reject);
	return x % n;
}

double
rng_unit(uint64_t *state)
{
	return (double)(rng_next(state) >> 11) * 0x1p-53;
}

uint64_t
rng_mix(uint64_t a, uint64_t b)
{
	uint64_t state = a;

	state = rng_next(&state) ^ b;
	return rng_next(&state);
}
