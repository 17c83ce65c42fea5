#include "base/hash.h"

#include <string.h>

/*
 * Eight bytes a step, multiply and fold; the last step reads what is left
 * together with the length.  Good enough for open addressing, not for
 * hostile keys: give it a seed where those matter.
 */
static uint64_t
fold(uint64_t h, uint64_t x)
{
	h = (h ^ x) * UINT64_C(0x9fb21c651e98df25);
	return h ^ h >> 32;
}

uint64_t
hash_bytes(const void *p, size_t len, uint64_t seed)
{
	const unsigned char *s = p;
	uint64_t h = seed ^ UINT64_C(0x2545f4914f6cdd1d), x;
	size_t left = len;

	for (; left >= 8; left -= 8, s += 8) {
		memcpy(&x, s, 8);
		h = fold(h, x);
	}
	x = 0;
	if (left > 0)
		memcpy(&x, s, left);
	h = fold(h, x);
	return fold(h, len);
}
