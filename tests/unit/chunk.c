/* Chunks: what is packed, where it is cut, and that nothing is lost. */
#include "augcon/chunk.h"

#include <stdlib.h>

#include "augcon/tally.h"
#include "base/buf.h"
#include "base/rng.h"
#include "check.h"
#include "text/sent.h"
#include "text/uni.h"
#include "text/utf8.h"

/*
 * All chunks of a text that comes `feed` bytes at a time, one a line as
 * "start-end section|text"; what is left out has its rule before it.
 */
static void
all(const struct chunk_rule *rule, const char *text, size_t len, size_t feed,
    struct buf *out)
{
	struct chunker *c = chunker_new(rule);
	size_t at = 0, n;
	struct chunk k;
	uint64_t bad;
	int r;

	buf_reset(out);
	for (;;) {
		while ((r = chunker_next(c, &k)) == 1)
			buf_fmt(out, "%s%s%lu-%lu %s|%.*s\n",
			    k.rule ? k.rule : "", k.rule ? " " : "",
			    (unsigned long)k.start, (unsigned long)k.end,
			    k.section, (int)k.len, k.text);
		CHECK(r == 0);
		if (at == len)
			break;
		n = len - at < feed ? len - at : feed;
		CHECK(chunker_add(c, text + at, n) == 0);
		at += n;
		if (at == len)
			chunker_end(c);
	}
	if (chunker_bad(c, &bad))
		buf_fmt(out, "bad %lu\n", (unsigned long)bad);
	chunker_free(c);
}

static void
chunks(size_t size, size_t min, int markdown, const char *text,
    const char *want)
{
	struct chunk_rule rule = { size, min, 0, CHUNK_SENTENCE, markdown };
	struct buf got = BUF_INIT;

	all(&rule, text, strlen(text), 7, &got);
	CHECK_STR(buf_cstr(&got), want);
	buf_free(&got);
}

static void
test_pack(void)
{
	chunks(20, 0, 0, "One two. Three. Four five six. Seven.",
	    "0-15 |One two. Three.\n16-30 |Four five six.\n"
	    "31-37 |Seven.\n");
	/* A paragraph ends a chunk, a short one does not. */
	chunks(40, 6, 0, "Para one is here.\n\nPara two is here.\n",
	    "0-17 |Para one is here.\n19-36 |Para two is here.\n");
	chunks(40, 10, 0, "Short.\n\nPara two is here.",
	    "0-25 |Short.\n\nPara two is here.\n");
	chunks(40, 10, 0, "Para one is here.\n\nShort.",
	    "0-25 |Para one is here.\n\nShort.\n");
	/* Where it does not fit, it gets a sentence of its neighbour. */
	chunks(24, 8, 0, "One two. Three. Four.\n\nEnd.",
	    "0-15 |One two. Three.\n16-27 |Four.\n\nEnd.\n");
	chunks(10, 10, 0, "Para one. Short.",
	    "0-9 |Para one.\n10-16 |Short.\n");
	/* A last sentence is not left alone. */
	chunks(30, 10, 0, "Sentence one. Sentence two. Me.",
	    "0-13 |Sentence one.\n14-31 |Sentence two. Me.\n");
	chunks(500, 100, 0, "", "");
	chunks(500, 100, 0, " \n\t\n", "");
	chunks(500, 100, 0, "\xef\xbb\xbf" "Hello.", "3-9 |Hello.\n");
	chunks(500, 100, 0, "  Hello. \r\n", "2-8 |Hello.\n");
}

static void
test_long_sentence(void)
{
	chunks(20, 0, 0, "one two three, four five six, seven",
	    "0-14 |one two three,\n15-35 |four five six, seven\n");
	chunks(10, 0, 0, "one two three four",
	    "0-7 |one two\n8-18 |three four\n");
	chunks(4, 0, 0, "abcdefghij", "0-4 |abcd\n4-8 |efgh\n8-10 |ij\n");
	chunks(2, 0, 0, "ae\xcc\x81""b", "0-1 |a\n1-4 |e\xcc\x81\n4-5 |b\n");
	/* A cluster stays whole, even one that is longer than a chunk. */
	chunks(1, 0, 0, "e\xcc\x81x", "0-3 |e\xcc\x81\n3-4 |x\n");
	chunks(6, 0, 0, "一二三，四五六。",
	    "0-12 |一二三，\n12-24 |四五六。\n");
}

static void
test_markdown(void)
{
	chunks(99, 9, 1, "# A\n\nText one.\n\n## B ##\nText two.\n# C\nEnd.\n",
	    "heading 0-3 A|# A\n5-14 A|Text one.\n"
	    "heading 16-23 A > B|## B ##\n24-33 A > B|Text two.\n"
	    "heading 34-37 C|# C\n38-42 C|End.\n");
	chunks(99, 9, 1, "Title\n===\nText.\n\nSub\n---\nMore.",
	    "heading 0-9 Title|Title\n===\n10-15 Title|Text.\n"
	    "heading 17-24 Title > Sub|Sub\n---\n"
	    "25-30 Title > Sub|More.\n");
	chunks(99, 0, 1, "---\ntitle: x\n---\nText.\n",
	    "front_matter 0-16 |---\ntitle: x\n---\n17-22 |Text.\n");
	chunks(99, 0, 1, "---\n\nA rule, no front matter.\n",
	    "0-3 |---\n5-29 |A rule, no front matter.\n");
	/* Code and tables stay whole where they fit. */
	chunks(40, 0, 1, "Text.\n```\n# no heading\n\nx. Y\n```\nText.\n",
	    "0-5 |Text.\n6-32 |```\n# no heading\n\nx. Y\n```\n"
	    "33-38 |Text.\n");
	chunks(12, 0, 1, "```\nline one\nline two\n```\n",
	    "0-12 |```\nline one\n13-25 |line two\n```\n");
	chunks(60, 0, 1, "| a. | b |\n|---|---|\n| C. D | e |\nText.\n",
	    "0-33 || a. | b |\n|---|---|\n| C. D | e |\n34-39 |Text.\n");
	chunks(99, 0, 1, "#no heading\n#### D\nx\n", "0-11 |#no heading\n"
	    "heading 12-18 D|#### D\n19-20 D|x\n");
	/* In plain text there are none. */
	chunks(99, 9, 0, "# A\n\nText.", "0-10 |# A\n\nText.\n");
}

static void
test_kinds(void)
{
	struct chunk_rule rule = { 12, 0, 0, CHUNK_LINE, 0 };
	struct buf got = BUF_INIT;
	static const char lines[] = "a b\nc d\ne f g\nh\n\ni\n";
	static const char words[] = "One. Two. Three. Four.";

	all(&rule, lines, strlen(lines), 3, &got);
	CHECK_STR(buf_cstr(&got), "0-7 |a b\nc d\n8-18 |e f g\nh\n\ni\n");
	/* Paragraphs are packed, one that is too long is cut. */
	rule.by = CHUNK_PARAGRAPH;
	all(&rule, "A.\n\nB. C.\n\nDddddd. Ee. Ff.\n", 27, 3, &got);
	CHECK_STR(buf_cstr(&got), "0-9 |A.\n\nB. C.\n"
	    "11-18 |Dddddd.\n19-26 |Ee. Ff.\n");
	rule.by = CHUNK_CHAR;
	all(&rule, words, strlen(words), 3, &got);
	CHECK_STR(buf_cstr(&got), "0-12 |One. Two. Th\n12-22 |ree. Four.\n");
	/* Whole sentences of the end are repeated. */
	rule.by = CHUNK_SENTENCE;
	rule.size = 16;
	rule.overlap = 6;
	all(&rule, words, strlen(words), 3, &got);
	CHECK_STR(buf_cstr(&got), "0-16 |One. Two. Three.\n"
	    "10-22 |Three. Four.\n");
	buf_free(&got);
}

static void
test_bad(void)
{
	struct chunk_rule rule = { 20, 0, 0, CHUNK_SENTENCE, 0 };
	struct buf got = BUF_INIT;
	size_t feed;

	for (feed = 1; feed < 30; feed++) {
		all(&rule, "One. Two.\xff" "Three. Four five.", 27, feed, &got);
		CHECK_STR(buf_cstr(&got), "0-9 |One. Two.\nbad 9\n");
		all(&rule, "One. \xe4\xbd", 7, feed, &got);
		CHECK_STR(buf_cstr(&got), "0-4 |One.\nbad 5\n");
	}
	buf_free(&got);
}

static size_t
random_text(uint64_t *seed, char *text, size_t cap)
{
	static const char *const bits[] = { "A sentence of some words. ",
	    "Mr. X e.g. said so! ", "\n", "\n\n", "# Head\n", "## Sub ##\n",
	    "```\n", "| a | b |\n|---|---|\n", "Title\n=====\n", "- item\n",
	    "e\xcc\x81", "\xcc\x81", " ", "\xe3\x80\x80", ", ",
	    "\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82", "\r\n", "word", "---\n",
	    "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
	    "0123456789012345678901234567890123456789012345678901234567890",
	    "                                                            " };
	size_t len = 0, n, want = (size_t)rng_below(seed, cap - 64);
	const char *b;

	while (len < want) {
		b = bits[rng_below(seed, sizeof(bits) / sizeof(bits[0]))];
		n = strlen(b);
		memcpy(text + len, b, n);
		len += n;
	}
	return len;
}

/*
 * Every byte that is not blank is in a chunk or in what is left out, chunks
 * start and end with what is not blank, and have at most `size` code points
 * unless they are one cluster.
 */
static size_t
faults(const struct chunk_rule *rule, const char *text, size_t len)
{
	struct chunker *c = chunker_new(rule);
	size_t at = 0, wrong = 0;
	struct chunk k;

	wrong += chunker_add(c, text, len) != 0;
	chunker_end(c);
	while (chunker_next(c, &k) == 1) {
		wrong += k.start < at || k.end <= k.start || k.end > len;
		wrong += sent_blank_start(text + at, (size_t)k.start - at) !=
		    k.start - at;
		wrong += sent_blank_start(k.text, k.len) != 0 ||
		    sent_blank_end(k.text, k.len) != 0;
		wrong += memcmp(text + k.start, k.text, k.len) != 0;
		wrong += utf8_count(k.text, k.len) != k.chars;
		wrong += k.rule == NULL && k.chars > rule->size &&
		    uni_grapheme(k.text, k.len) != k.len;
		at = (size_t)k.end;
	}
	wrong += sent_blank_start(text + at, len - at) != len - at;
	chunker_free(c);
	return wrong;
}

static void
test_random(void)
{
	enum { CAP = 200000 };
	static const size_t sizes[] = { 1, 7, 40, 500 };
	char *text = malloc(CAP);
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct chunk_rule rule = { 0, 0, 0, CHUNK_SENTENCE, 0 };
	uint64_t seed = 11;
	size_t round, len, wrong = 0, differs = 0;

	for (round = 0; round < 150 && text != NULL; round++) {
		len = random_text(&seed, text, round % 10 == 0 ? CAP : 3000);
		rule.size = sizes[rng_below(&seed, 4)];
		rule.min = (size_t)rng_below(&seed, rule.size / 4 + 1);
		rule.by = (enum chunk_by)rng_below(&seed, 4);
		rule.markdown = (int)rng_below(&seed, 2);
		rule.overlap = 0;
		wrong += faults(&rule, text, len);
		rule.overlap = (size_t)rng_below(&seed, rule.size);
		all(&rule, text, len, len, &a);
		all(&rule, text, len, 1 + rng_below(&seed, 9000), &b);
		differs += a.len != b.len || memcmp(a.s, b.s, a.len) != 0;
	}
	CHECK(text != NULL);
	CHECK(wrong == 0);
	CHECK(differs == 0);
	free(text);
	buf_free(&a);
	buf_free(&b);
}

static void
test_tally(void)
{
	struct tally *t = tally_new();
	struct buf out = BUF_INIT;

	CHECK(tally_add(t, "The dog saw a dog.", 18) == 0);
	CHECK(tally_add(t, "Dogs, cats", 10) == 0);
	CHECK(tally_add(t, "dog", 3) == 0);
	CHECK(tally_print(t, &out) == 0);
	CHECK_STR(buf_cstr(&out), "3\ncats\t1\ndog\t2\ndogs\t1\nsaw\t1\n");
	tally_free(t);
	buf_free(&out);
}

int
main(void)
{
	test_pack();
	test_long_sentence();
	test_markdown();
	test_kinds();
	test_bad();
	test_random();
	test_tally();
	return check_end("chunk");
}
