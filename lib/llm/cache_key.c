/* The key of a request (cache.h). */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "llm/cache.h"

static void
add_length(struct sha256 *sum, size_t len)
{
	unsigned char size[8];
	unsigned i;

	for (i = 0; i < 8; i++)
		size[i] = (unsigned char)((unsigned long long)len >>
		    (8 * (7 - i)));
	sha256_add(sum, size, sizeof(size));
}

/* How many bytes the last body and this one begin with alike, in blocks. */
static size_t
alike(const struct buf *last, const char *body, size_t len)
{
	size_t n = 0, most = last->len < len ? last->len : len;

	while (n + 64 <= most && memcmp(last->s + n, body + n, 64) == 0)
		n += 64;
	return n;
}

/* The sum over version, space and body. */
static struct sha256
sum_body(struct cache *c, const char *space, const char *body, size_t len)
{
	size_t same = alike(&c->last, body, len);
	struct sha256 sum;

	if (same < c->same || c->same == 0) {
		sha256_init(&c->begun);
		sha256_add(&c->begun, "augcon 2", 8);
		sha256_add(&c->begun, space, strlen(space));
		c->same = 0;
	}
	sha256_add(&c->begun, body + c->same, same - c->same);
	c->same = same;
	buf_reset(&c->last);
	buf_add(&c->last, body, len);
	sum = c->begun;
	sha256_add(&sum, body + same, len - same);
	return sum;
}

void
cache_key(struct cache *c, const char *space, const char *body, size_t len,
    unsigned long sample, char key[CACHE_KEY + 1])
{
	static const char hex[] = "0123456789abcdef";
	struct sha256 sum = sum_body(c, space, body, len);
	unsigned char digest[32];
	char number[24];
	unsigned i;

	snprintf(number, sizeof(number), "%lu", sample);
	sha256_add(&sum, number, strlen(number));
	/* The lengths last: they differ where bodies begin alike. */
	add_length(&sum, strlen(space));
	add_length(&sum, len);
	add_length(&sum, strlen(number));
	sha256_end(&sum, digest);
	for (i = 0; i < 32; i++) {
		key[2 * i] = hex[digest[i] >> 4];
		key[2 * i + 1] = hex[digest[i] & 15];
	}
	key[CACHE_KEY] = '\0';
}
