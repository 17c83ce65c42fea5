/* Tokenisers, the vocabulary, terms. */
#include "text/token.h"

#include <stdlib.h>

#include "base/rng.h"
#include "check.h"
#include "text/term.h"

static int
add(void *arg, const char *s, size_t len)
{
	struct buf *b = arg;

	if (b->len > 0)
		buf_byte(b, ' ');
	buf_add(b, s, len);
	return 0;
}

static void
tokens(enum token_mode mode, const char *text, const char *want)
{
	struct buf got = BUF_INIT, scratch = BUF_INIT;

	CHECK(token_each(mode, text, strlen(text), &scratch, add, &got) == 0);
	CHECK_STR(buf_cstr(&got), want);
	buf_free(&got);
	buf_free(&scratch);
}

static void
terms(const char *text, const char *want)
{
	struct buf got = BUF_INIT, scratch = BUF_INIT;

	CHECK(term_each(text, strlen(text), &scratch, add, &got) == 0);
	CHECK_STR(buf_cstr(&got), want);
	buf_free(&got);
	buf_free(&scratch);
}

static void
test_unicode(void)
{
	tokens(TOKEN_UNICODE, "", "");
	tokens(TOKEN_UNICODE, " .,!", "");
	tokens(TOKEN_UNICODE, "What's up, Doc? 3.14 a_b",
	    "what s up doc 3 14 a b");
	tokens(TOKEN_UNICODE, "你好，World9号", "你 好 world9 号");
	tokens(TOKEN_UNICODE, "カーとか", "カ ー と か");
	tokens(TOKEN_UNICODE, "한국어 글", "한국어 글");
	tokens(TOKEN_UNICODE, "CAF\xc3\x89 cafe\xcc\x81",
	    "caf\xc3\xa9 caf\xc3\xa9");
	tokens(TOKEN_UNICODE, "Ｆｕｌｌ", "full");
	/* A mark stays with the letter before it; digits make runs. */
	tokens(TOKEN_UNICODE, "中\xe3\x82\x99文", "中\xe3\x82\x99 文");
	tokens(TOKEN_UNICODE, "\xe0\xb8\x81\xe0\xb8\xb4\xe0\xb8\x99",
	    "\xe0\xb8\x81\xe0\xb8\xb4 \xe0\xb8\x99");
	tokens(TOKEN_UNICODE, "\xe0\xb9\x91\xe0\xb9\x92",
	    "\xe0\xb9\x91\xe0\xb9\x92");
	tokens(TOKEN_UNICODE, "〇五", "〇 五");
}

static void
test_others(void)
{
	tokens(TOKEN_GOOGLE, "What's UP\xc3\x89? 3.14", "what s up 3 14");
	tokens(TOKEN_GOOGLE, "你好", "");
	/* Python's lower() has ASCII for the Kelvin sign and dotted I. */
	tokens(TOKEN_GOOGLE, "300\xe2\x84\xaa \xe2\x84\xaa""elvin \xe2\x84\xab",
	    "300k kelvin");
	tokens(TOKEN_GOOGLE, "\xc4\xb0stanbul B\xc4\xb0R\xc4\xb0 \xc4\xb1",
	    "i stanbul bi ri");
	tokens(TOKEN_SPACE, " A b\t\xef\xbc\xa1\nC\v\f\rd ",
	    "A b \xef\xbc\xa1 C d");
	tokens(TOKEN_AUGCON, "Who, me? 你好！", "Who , me ? 你 好 !");
}

static int
stop_at_two(void *arg, const char *s, size_t len)
{
	(void)s;
	(void)len;
	return ++*(int *)arg == 2 ? 42 : 0;
}

static void
test_stop(void)
{
	struct buf scratch = BUF_INIT;
	int n = 0;

	CHECK(token_each(TOKEN_UNICODE, "a b c d", 7, &scratch, stop_at_two,
	    &n) == 42);
	CHECK(n == 2);
	buf_free(&scratch);
}

static void
test_ids(void)
{
	struct vocab *w = vocab_new();
	struct buf scratch = BUF_INIT;
	struct tokens a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
	size_t len;
	const char *s;

	CHECK(token_ids(TOKEN_UNICODE, "The cat the DOG", 15, w, &scratch,
	    &a) == 0);
	CHECK(token_ids(TOKEN_UNICODE, "dog cat", 7, w, &scratch, &b) == 0);
	CHECK(a.n == 4 && b.n == 2);
	CHECK(a.v[0] == a.v[2] && a.v[1] == b.v[1] && a.v[3] == b.v[0]);
	CHECK(vocab_size(w) == 3);
	s = vocab_token(w, a.v[3], &len);
	CHECK(len == 3 && memcmp(s, "dog", 3) == 0);
	CHECK(vocab_find(w, "cat", 3) == a.v[1]);
	CHECK(vocab_find(w, "ca", 2) == UINT32_MAX);
	tokens_free(&a);
	tokens_free(&b);
	buf_free(&scratch);
	vocab_free(w);
}

/* Many strings, some of them the start of others: each keeps its id. */
static void
test_vocab(void)
{
	enum { N = 50000 };
	struct vocab *w = vocab_new();
	char s[32];
	uint32_t i;
	size_t wrong = 0, len;
	int n;

	for (i = 0; i < N; i++) {
		n = snprintf(s, sizeof(s), "%x", i * 2654435761u % 9999991);
		wrong += vocab_id(w, s, (size_t)n) > i;
	}
	for (i = 0; i < N; i++) {
		const char *t;

		n = snprintf(s, sizeof(s), "%x", i * 2654435761u % 9999991);
		t = vocab_token(w, vocab_find(w, s, (size_t)n), &len);
		wrong += len != (size_t)n || memcmp(t, s, len) != 0;
	}
	CHECK(wrong == 0);
	vocab_free(w);
}

static void
test_terms(void)
{
	terms("The running dogs didn't run in 1999.", "runni dogs run 1999");
	terms("of the and", "");
	terms("中国人", "中 中国 国 国人 人");
	terms("中，国", "中 国");
	terms("Caf\xc3\xa9s", "caf\xc3\xa9s");
}

int
main(void)
{
	test_unicode();
	test_others();
	test_stop();
	test_ids();
	test_vocab();
	test_terms();
	return check_end("token");
}
