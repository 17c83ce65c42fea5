#include "base/sha256.h"

#include <string.h>

/* Whether the processor has the instructions can be asked in this way. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#if __GNUC__ >= 11
#define SHA_X86
#include <immintrin.h>
#endif
#endif

static const uint32_t K[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static uint32_t
rotate(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

/* One step, all eight words in registers; the caller rotates their names. */
static inline void
step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f,
    uint32_t g, uint32_t *h, uint32_t in)
{
	uint32_t t;

	t = *h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
	    (g ^ (e & (f ^ g))) + in;
	*d += t;
	*h = t + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
	    ((a & b) | (c & (a | b)));
}

static void
spread(uint32_t w[64], const unsigned char *p)
{
	uint32_t s0, s1;
	unsigned i;

	for (i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		    (uint32_t)p[2] << 8 | p[3];
	for (; i < 64; i++) {
		s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^
		    w[i - 15] >> 3;
		s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^
		    w[i - 2] >> 10;
		w[i] = w[i - 16] + s0 + w[i - 7] + s1;
	}
}

#ifdef SHA_X86
__attribute__((target("sha,sse4.1"))) static __m128i
load(const void *p)
{
	return _mm_loadu_si128(p);
}

/*
 * The same by the processor's own instructions, four steps at a time: the
 * words a, b, e, f in one register and c, d, g, h in the other, which change
 * places every two steps, and the next sixteen of w in four.  (Intel SHA
 * Extensions, 2013)
 */
__attribute__((target("sha,sse4.1"))) static void
block_add_x86(struct sha256 *s, const unsigned char *p)
{
	const __m128i swap = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607,
	    0x00010203);
	uint32_t *h = s->h, v[8];
	__m128i abef, cdgh, w[4], in, next;
	unsigned i;

	abef = _mm_set_epi32((int)h[0], (int)h[1], (int)h[4], (int)h[5]);
	cdgh = _mm_set_epi32((int)h[2], (int)h[3], (int)h[6], (int)h[7]);
	for (i = 0; i < 4; i++)
		w[i] = _mm_shuffle_epi8(load(p + 16 * i), swap);
	for (i = 0; i < 64; i += 4) {
		in = _mm_add_epi32(w[0], load(K + i));
		cdgh = _mm_sha256rnds2_epu32(cdgh, abef, in);
		abef = _mm_sha256rnds2_epu32(abef, cdgh,
		    _mm_shuffle_epi32(in, 0x0e));
		next = _mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]),
		    _mm_alignr_epi8(w[3], w[2], 4));
		next = _mm_sha256msg2_epu32(next, w[3]);
		w[0] = w[1];
		w[1] = w[2];
		w[2] = w[3];
		w[3] = next;
	}
	_mm_storeu_si128((void *)v, abef);
	_mm_storeu_si128((void *)(v + 4), cdgh);
	h[0] += v[3];
	h[1] += v[2];
	h[4] += v[1];
	h[5] += v[0];
	h[2] += v[7];
	h[3] += v[6];
	h[6] += v[5];
	h[7] += v[4];
}
#endif

static void
block_add_any(struct sha256 *s, const unsigned char *p)
{
	uint32_t w[64], a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3];
	uint32_t e = s->h[4], f = s->h[5], g = s->h[6], h = s->h[7];
	unsigned i;

	spread(w, p);
	for (i = 0; i < 64; i += 8) {
		step(a, b, c, &d, e, f, g, &h, K[i] + w[i]);
		step(h, a, b, &c, d, e, f, &g, K[i + 1] + w[i + 1]);
		step(g, h, a, &b, c, d, e, &f, K[i + 2] + w[i + 2]);
		step(f, g, h, &a, b, c, d, &e, K[i + 3] + w[i + 3]);
		step(e, f, g, &h, a, b, c, &d, K[i + 4] + w[i + 4]);
		step(d, e, f, &g, h, a, b, &c, K[i + 5] + w[i + 5]);
		step(c, d, e, &f, g, h, a, &b, K[i + 6] + w[i + 6]);
		step(b, c, d, &e, f, g, h, &a, K[i + 7] + w[i + 7]);
	}
	s->h[0] += a;
	s->h[1] += b;
	s->h[2] += c;
	s->h[3] += d;
	s->h[4] += e;
	s->h[5] += f;
	s->h[6] += g;
	s->h[7] += h;
}

static void
block_add(struct sha256 *s, const unsigned char *p)
{
#ifdef SHA_X86
	if (__builtin_cpu_supports("sha") &&
	    __builtin_cpu_supports("sse4.1")) {
		block_add_x86(s, p);
		return;
	}
#endif
	block_add_any(s, p);
}

void
sha256_init(struct sha256 *c)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
	    0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

	memcpy(c->h, start, sizeof(start));
	c->len = 0;
}

void
sha256_add(struct sha256 *c, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t have = c->len % 64, take;

	c->len += len;
	while (len > 0) {
		if (have == 0 && len >= 64) {
			block_add(c, p);
			take = 64;
		} else {
			take = 64 - have < len ? 64 - have : len;
			memcpy(c->block + have, p, take);
			have = (have + take) % 64;
			if (have == 0)
				block_add(c, c->block);
		}
		p += take;
		len -= take;
	}
}

void
sha256_end(struct sha256 *c, unsigned char out[32])
{
	static const unsigned char pad[64] = { 0x80 };
	uint64_t bits = c->len * 8;
	size_t have = c->len % 64;
	unsigned char size[8];
	unsigned i;

	for (i = 0; i < 8; i++)
		size[i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_add(c, pad, have < 56 ? 56 - have : 120 - have);
	sha256_add(c, size, 8);
	for (i = 0; i < 32; i++)
		out[i] = (unsigned char)(c->h[i / 4] >> (24 - 8 * (i % 4)));
}

void
sha256_end_hex(struct sha256 *c, char *out, unsigned digits)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char sum[32];
	unsigned i;

	sha256_end(c, sum);
	for (i = 0; i < digits && i < 64; i++)
		out[i] = hex[sum[i / 2] >> (i % 2 ? 0 : 4) & 15];
	out[i] = '\0';
}

void
sha256_hex(const void *data, size_t len, char *out, unsigned digits)
{
	struct sha256 c;

	sha256_init(&c);
	sha256_add(&c, data, len);
	sha256_end_hex(&c, out, digits);
}
