/*
 * What a text's tokens must not depend on: the normal form it came in, and,
 * for `unicode`, its case.  Texts are made at random of the characters where
 * forms and cases differ.
 */
#include "text/token.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/rng.h"
#include "check.h"
#include "text/uni.h"
#include "text/utf8.h"

enum { TEXTS = 20000, LONGEST = 12 };

/* Where what can go wrong is: marks that change places, jamo, ligatures. */
static const struct { uint32_t first, last; } pools[] = {
	{ ' ', '~' }, { 0xa0, 0x24f }, { 0x250, 0x36f }, { 0x300, 0x345 },
	{ 0x370, 0x3ff }, { 0x400, 0x4ff }, { 0x590, 0x6ff },
	{ 0x900, 0x9ff }, { 0xe00, 0xeff }, { 0x1000, 0x109f },
	{ 0x1100, 0x11ff }, { 0x1e00, 0x1eff }, { 0x1f00, 0x1fff },
	{ 0x2000, 0x214f }, { 0x2150, 0x218f }, { 0x2460, 0x24ff },
	{ 0x3000, 0x30ff }, { 0x3130, 0x33ff }, { 0x4e00, 0x4e40 },
	{ 0xac00, 0xac80 }, { 0xf900, 0xfaff }, { 0xfb00, 0xfb4f },
	{ 0xfe00, 0xfeff }, { 0xff00, 0xffef }, { 0x1d400, 0x1d7ff },
	{ 0x1f300, 0x1f64f }, { 0x2f800, 0x2fa1d }
};

static uint32_t
draw(uint64_t *r)
{
	size_t k = rng_below(r, sizeof(pools) / sizeof(pools[0]));

	return pools[k].first +
	    (uint32_t)rng_below(r, pools[k].last - pools[k].first + 1);
}

static void
random_text(uint64_t *r, struct buf *out)
{
	size_t n = 1 + rng_below(r, LONGEST), len;
	char s[4];

	buf_reset(out);
	while (n-- > 0) {
		len = utf8_put(draw(r), s);
		buf_add(out, s, len);
	}
}

static int
add(void *arg, const char *s, size_t len)
{
	buf_byte(arg, '|');
	buf_add(arg, s, len);
	return 0;
}

static void
tokens(enum token_mode mode, const char *s, size_t len, struct buf *out)
{
	static struct buf scratch = BUF_INIT;

	buf_reset(out);
	CHECK(token_each(mode, s, len, &scratch, add, out) == 0);
}

/* The same tokens? */
static int
agree(enum token_mode mode, struct buf *want, const char *s, size_t len)
{
	struct buf got = BUF_INIT;
	int same;

	tokens(mode, s, len, &got);
	same = got.len == want->len &&
	    (got.len == 0 || memcmp(got.s, want->s, got.len) == 0);
	if (!same)
		printf("\t%.*s: got %s, want %s\n", (int)len, s,
		    buf_cstr(&got), buf_cstr(want));
	buf_free(&got);
	return same;
}

/* A text in each of the four forms has the tokens that it has as it came. */
static void
test_forms(void)
{
	static const utf8proc_option_t how[] = {
		UTF8PROC_COMPOSE, UTF8PROC_DECOMPOSE,
		UTF8PROC_COMPOSE | UTF8PROC_COMPAT,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT
	};
	struct buf text = BUF_INIT, uni = BUF_INIT, aug = BUF_INIT;
	uint64_t r;
	size_t i, f, wrong = 0;

	r = 1;
	for (i = 0; i < TEXTS && wrong < 5; i++) {
		random_text(&r, &text);
		tokens(TOKEN_UNICODE, text.s, text.len, &uni);
		tokens(TOKEN_AUGCON, text.s, text.len, &aug);
		for (f = 0; f < sizeof(how) / sizeof(how[0]); f++) {
			utf8proc_uint8_t *s = NULL;
			utf8proc_ssize_t n = utf8proc_map(
			    (const utf8proc_uint8_t *)text.s,
			    (utf8proc_ssize_t)text.len, &s,
			    UTF8PROC_STABLE | how[f]);

			CHECK(n >= 0);
			wrong += !agree(TOKEN_UNICODE, &uni, (char *)s,
			    (size_t)n);
			wrong += !agree(TOKEN_AUGCON, &aug, (char *)s,
			    (size_t)n);
			free(s);
		}
	}
	CHECK(wrong == 0);
	buf_free(&text);
	buf_free(&uni);
	buf_free(&aug);
}

/*
 * The letters i without a dot and I with one have the ASCII letters for the
 * other case, and are no case of them; iota below is a letter in capitals
 * but a mark, which goes after other marks, in small ones.
 */
static int
has_case_trouble(uint32_t cp)
{
	return cp == 0x130 || cp == 0x131 || cp == 0x345 || cp == 0x37a ||
	    (cp >= 0x1f80 && cp <= 0x1fff);
}

static void
test_case(void)
{
	struct buf text = BUF_INIT, other = BUF_INIT, want = BUF_INIT;
	uint64_t r;
	size_t i, at, wrong = 0, changed = 0;
	char s[4];
	uint32_t cp;
	int32_t up;

	r = 2;
	for (i = 0; i < TEXTS && wrong < 5; i++) {
		random_text(&r, &text);
		buf_reset(&other);
		for (at = 0; at < text.len; ) {
			at += utf8_next(text.s + at, text.len - at, &cp);
			up = rng_below(&r, 2) ?
			    utf8proc_toupper((int32_t)cp) :
			    utf8proc_tolower((int32_t)cp);
			if (has_case_trouble(cp))
				up = (int32_t)cp;
			changed += up != (int32_t)cp;
			buf_add(&other, s, utf8_put((uint32_t)up, s));
		}
		tokens(TOKEN_UNICODE, text.s, text.len, &want);
		wrong += !agree(TOKEN_UNICODE, &want, other.s, other.len);
	}
	CHECK(wrong == 0);
	CHECK(changed > TEXTS / 2);
	buf_free(&text);
	buf_free(&other);
	buf_free(&want);
}

/*
 * The three steps of the definition, one at a time by utf8proc, give what
 * uni_fold gives at once.
 */
static void
fold_slowly(const struct buf *text, struct buf *out)
{
	static const utf8proc_option_t steps[] = {
		UTF8PROC_COMPOSE | UTF8PROC_COMPAT,
		UTF8PROC_CASEFOLD, UTF8PROC_COMPOSE | UTF8PROC_COMPAT
	};
	utf8proc_uint8_t *s = NULL;
	utf8proc_ssize_t n;
	size_t i;

	buf_reset(out);
	buf_add(out, text->s, text->len);
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		n = utf8proc_map((const utf8proc_uint8_t *)out->s,
		    (utf8proc_ssize_t)out->len, &s,
		    UTF8PROC_STABLE | steps[i]);
		CHECK(n >= 0);
		buf_reset(out);
		buf_add(out, s, (size_t)n);
		free(s);
	}
}

static void
test_fold(void)
{
	struct buf text = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
	uint64_t r;
	size_t i, wrong = 0;

	r = 3;
	for (i = 0; i < TEXTS && wrong < 5; i++) {
		random_text(&r, &text);
		fold_slowly(&text, &want);
		buf_reset(&got);
		CHECK(uni_fold(text.s, text.len, &got) == 0);
		if (got.len == want.len &&
		    memcmp(got.s, want.s, got.len) == 0)
			continue;
		wrong++;
		printf("\t%s: got %s, want %s\n", text.s, got.s, want.s);
	}
	CHECK(wrong == 0);
	buf_free(&text);
	buf_free(&want);
	buf_free(&got);
}

/* The forms of a text's pieces, wherever it is cut, make the text's. */
static void
test_pieces(void)
{
	struct buf text = BUF_INIT, got = BUF_INIT, want = BUF_INIT;
	uint64_t r = 4;
	size_t i, j, n, wrong = 0, cuts = 0;

	for (i = 0; i < TEXTS; i++) {
		random_text(&r, &text);
		buf_reset(&want);
		buf_reset(&got);
		CHECK(uni_fold(text.s, text.len, &want) == 0);
		for (j = 0; j < text.len; j += n) {
			n = uni_piece(text.s + j, text.len - j,
			    1 + rng_below(&r, 4));
			CHECK(uni_fold(text.s + j, n, &got) == 0);
			cuts += j + n < text.len;
		}
		wrong += got.len != want.len ||
		    memcmp(got.s, want.s, got.len) != 0;
	}
	CHECK(wrong == 0);
	CHECK(cuts > TEXTS);
	buf_free(&text);
	buf_free(&got);
	buf_free(&want);
}

struct ids {
	struct vocab *words;
	struct tokens found;
	size_t at, wrong;
};

static int
check_id(void *arg, const char *s, size_t len)
{
	struct ids *k = arg;

	k->wrong += k->at >= k->found.n ||
	    vocab_find(k->words, s, len) != k->found.v[k->at];
	k->at++;
	return 0;
}

/* What token_each finds in a whole text, token_ids finds by pieces. */
static void
test_ids(enum token_mode mode)
{
	struct buf text = BUF_INIT, all = BUF_INIT, scratch = BUF_INIT;
	struct ids k = { .words = vocab_new() };
	uint64_t r = 5;
	size_t i;

	while (all.len < 2000000) {
		random_text(&r, &text);
		buf_add(&all, text.s, text.len);
		/* Now and then a word of more than a piece. */
		for (i = 0; rng_below(&r, 60000) == 0 && i < 70000; i++)
			buf_str(&all, "e\xcc\x81");
	}
	CHECK(token_ids(mode, all.s, all.len, k.words, &scratch,
	    &k.found) == 0);
	CHECK(token_each(mode, all.s, all.len, &scratch, check_id, &k) == 0);
	CHECK(k.wrong == 0 && k.at == k.found.n && k.at > 100000);
	buf_free(&text);
	buf_free(&all);
	buf_free(&scratch);
	tokens_free(&k.found);
	vocab_free(k.words);
}

/* Marks without end take time with their number, not with its square. */
static void
test_marks(void)
{
	struct buf text = BUF_INIT, got = BUF_INIT;
	size_t i;

	buf_byte(&text, 'a');
	for (i = 0; i < 500000; i++)
		buf_str(&text, i % 3 ? "\xcc\x81\xcc\x96" :
		    "\xef\xbe\x9e\xcc\x81");
	CHECK(uni_fold(text.s, text.len, &got) == 0);
	CHECK(got.len > 2000000);
	buf_free(&text);
	buf_free(&got);
}

int
main(void)
{
	test_forms();
	test_case();
	test_fold();
	test_pieces();
	test_ids(TOKEN_UNICODE);
	test_ids(TOKEN_AUGCON);
	test_marks();
	return check_end("token_forms");
}
