/* SHA-256 (FIPS 180-4). */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
	uint32_t h[8];
	uint64_t len;		/* bytes so far */
	unsigned char block[64];
};

void sha256_init(struct sha256 *);
void sha256_add(struct sha256 *, const void *, size_t);
void sha256_end(struct sha256 *, unsigned char out[32]);

/* The first `digits` (at most 64) hex digits of the digest, and a NUL. */
void sha256_end_hex(struct sha256 *, char *out, unsigned digits);
void sha256_hex(const void *, size_t, char *out, unsigned digits);

#endif
