/* The base room: buffers, arrays, numbers, digests, the heap. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/crc32c.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/rng.h"
#include "base/sha256.h"
#include "check.h"

static void
test_buf(void)
{
	struct buf b = BUF_INIT, capped = { .max = 4 };
	char *s;

	CHECK_STR(buf_cstr(&b), "");
	buf_str(&b, "one");
	buf_fmt(&b, " %d", 2);
	buf_byte(&b, '!');
	CHECK_STR(buf_cstr(&b), "one 2!");
	CHECK(b.len == 6);
	s = buf_take(&b);
	CHECK_STR(s, "one 2!");
	CHECK(b.s == NULL && b.len == 0);
	free(s);
	s = buf_take(&b);		/* of nothing: an empty string */
	CHECK(s != NULL && *s == '\0');
	free(s);

	/* A failure sticks, and what went in before stays. */
	buf_str(&capped, "abcd");
	CHECK(buf_ok(&capped));
	buf_str(&capped, "e");
	CHECK(!buf_ok(&capped));
	buf_reset(&capped);
	CHECK(buf_ok(&capped) && capped.len == 0);
	buf_str(&capped, "ab");
	buf_str(&capped, "cde");
	buf_str(&capped, "f");
	CHECK(!buf_ok(&capped) && capped.len == 2);
	CHECK(buf_take(&capped) == NULL);
	CHECK(buf_room(&b, SIZE_MAX - 1) == NULL);
	buf_free(&b);
	buf_free(&capped);
}

static void
test_mem(void)
{
	int *v = NULL;
	size_t cap = 0;

	CHECK(mem_grow(&v, &cap, 3, sizeof(*v)) == 0 && cap >= 3);
	v[2] = 7;
	CHECK(mem_grow(&v, &cap, 1000, sizeof(*v)) == 0 && v[2] == 7);
	CHECK(mem_grow(&v, &cap, SIZE_MAX / 2, sizeof(*v)) == -1);
	CHECK(v[2] == 7 && cap >= 1000 && cap < SIZE_MAX / 2);
	CHECK(mem_resize(NULL, SIZE_MAX / 2, 3) == NULL);
	free(v);
}

static void
test_rng(void)
{
	uint64_t a = 42, b = 42, hits[3] = { 0, 0, 0 };
	int i;

	CHECK(rng_next(&a) == rng_next(&b));
	/* Published first output of SplitMix64 for seed 1234567. */
	a = 1234567;
	CHECK(rng_next(&a) == UINT64_C(6457827717110365317));
	for (i = 0; i < 3000; i++)
		hits[rng_below(&a, 3)]++;
	for (i = 0; i < 3; i++)
		CHECK(hits[i] > 900 && hits[i] < 1100);
	for (i = 0; i < 100; i++) {
		double x = rng_unit(&a);

		CHECK(x >= 0 && x < 1);
	}
}

/* CRC-32C bit by bit. */
static uint32_t
slow_crc(const char *s, size_t len)
{
	uint32_t c = 0xffffffff;
	int i;

	for (; len > 0; len--, s++) {
		c ^= (unsigned char)*s;
		for (i = 0; i < 8; i++)
			c = c >> 1 ^ (c & 1 ? 0x82f63b78 : 0);
	}
	return ~c;
}

static void
test_digests(void)
{
	char hex[65];
	char many[200];
	struct sha256 c;
	size_t n;

	sha256_hex("", 0, hex, 64);
	CHECK_STR(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"
	    "a495991b7852b855");
	sha256_init(&c);
	sha256_add(&c, "abc", 3);
	sha256_end_hex(&c, hex, 8);
	CHECK_STR(hex, "ba7816bf");
	sha256_hex("abc", 3, hex, 16);
	CHECK_STR(hex, "ba7816bf8f01cfea");
	/* Two blocks (FIPS 180-4's example). */
	sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    56, hex, 64);
	CHECK_STR(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167"
	    "f6ecedd419db06c1");
	/* In pieces of any size as at once, around the block's edge. */
	memset(many, 'x', sizeof(many));
	for (n = 50; n < 140; n++) {
		unsigned char one[32], two[32];

		sha256_init(&c);
		sha256_add(&c, many, n);
		sha256_end(&c, one);
		sha256_init(&c);
		sha256_add(&c, many, n / 3);
		sha256_add(&c, many, n - n / 3);
		sha256_end(&c, two);
		CHECK(memcmp(one, two, 32) == 0);
	}
	CHECK(crc32c("123456789", 9) == 0xe3069283);
	CHECK(crc32c("", 0) == 0);
	for (n = 0; n < sizeof(many); n++) {
		many[n] = (char)(n * n);
		CHECK(crc32c(many, n) == slow_crc(many, n));
	}
}

static void
test_heap(void)
{
	struct heap h = { NULL, 0, 0 };
	uint64_t state = 7;
	static int values[200];
	int i, last = -1, *p;

	CHECK(heap_pop(&h) == NULL);
	for (i = 0; i < 200; i++) {
		values[i] = (int)rng_below(&state, 50);
		CHECK(heap_push(&h, (uint64_t)values[i], (uint64_t)i,
		    &values[i]) == 0);
	}
	for (i = 0; i < 200; i++) {
		p = heap_pop(&h);
		CHECK(p != NULL && *p >= last);
		last = p ? *p : last;
	}
	CHECK(heap_pop(&h) == NULL);
	heap_free(&h);
}

static void
test_opt(void)
{
	CHECK(opt_duration("10") == 10);
	CHECK(opt_duration("1.5s") == 1.5);
	CHECK(opt_duration("2m") == 120);
	CHECK(opt_duration("1h") == 3600);
	CHECK(opt_duration("1d") == 86400);
	CHECK(opt_duration("") == -1);
	CHECK(opt_duration("-1s") == -1);
	CHECK(opt_duration("1x") == -1);
	CHECK(opt_duration("1ss") == -1);
	CHECK(opt_duration("inf") == -1);
	CHECK(opt_duration("1e308d") == -1);
	CHECK(opt_distance("samples", "samples") == 0);
	CHECK(opt_distance("sample", "samples") == 1);
	CHECK(opt_distance("modle", "model") == 2);
	CHECK(opt_distance("", "abc") == 3);
}

int
main(void)
{
	test_buf();
	test_mem();
	test_rng();
	test_digests();
	test_heap();
	test_opt();
	return check_end("base");
}
