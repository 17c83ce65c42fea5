/* Units of a context, the middle cut, the guards, the question check. */
#include <stdlib.h>
#include <string.h>

#include "augcon/question.h"
#include "augcon/split.h"
#include "base/buf.h"
#include "check.h"
#include "text/line.h"
#include "text/utf8.h"

/* The units of a text as "a|b|c". */
static const char *
units(const char *text, size_t min, struct buf *out)
{
	struct pieces u = { NULL, 0, 0 };
	size_t i;

	buf_reset(out);
	CHECK(split_units(text, strlen(text), min, &u) == 0);
	for (i = 0; i < u.n; i++) {
		if (i > 0)
			buf_byte(out, '|');
		buf_add(out, text + u.v[i].start, u.v[i].len);
	}
	pieces_free(&u);
	return buf_cstr(out);
}

static void
cutting(void)
{
	struct buf b = BUF_INIT;

	CHECK_STR(units("The cat slept. The dog barked.  The end came.", 8,
	    &b), "The cat slept. |The dog barked.  |The end came.");
	/* One sentence is offered as its clauses. */
	CHECK_STR(units("The cat slept, the dog barked; the end came.", 8,
	    &b), "The cat slept, |the dog barked; |the end came.");
	/* So are sentences that had to join into one. */
	CHECK_STR(units("No. The cat slept, the dog barked a lot.", 12, &b),
	    "No. The cat slept, |the dog barked a lot.");
	CHECK_STR(units("One sentence that nothing cuts.", 4, &b),
	    "One sentence that nothing cuts.");
	CHECK_STR(units("", 4, &b), "");
	CHECK_STR(units(" \n", 4, &b), " \n");
	/* A full-width stop ends a sentence without a blank. */
	CHECK_STR(units("\xe7\x8c\xab\xe5\x9c\xa8\xe7\x9d\xa1\xe3\x80\x82"
	    "\xe7\x8b\x97\xe5\x9c\xa8\xe5\x8f\xab\xe3\x80\x82", 2, &b),
	    "\xe7\x8c\xab\xe5\x9c\xa8\xe7\x9d\xa1\xe3\x80\x82|"
	    "\xe7\x8b\x97\xe5\x9c\xa8\xe5\x8f\xab\xe3\x80\x82");
	buf_free(&b);
}

/* Code points between the blanks at the ends. */
static size_t
inner(const char *s, size_t len)
{
	while (len > 0 && strchr(" \n", s[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" \n", s[0]) != NULL) {
		s++;
		len--;
	}
	return utf8_count(s, len);
}

/* Whatever the least length, units are the text and none is shorter. */
static void
lengths(void)
{
	static const char text[] = "A b. Cd, ef; gh! I jklm nop.  Qr st, "
	    "uvw: xyz? \xc3\xa4\xc3\xb6\xc3\xbc. Yes, no.\n\nNow the end, "
	    "or nearly so, of it all. ";
	const size_t len = sizeof(text) - 1;
	struct pieces u = { NULL, 0, 0 };
	size_t min, i, at;
	int whole, longest;

	for (min = 0; min < len; min++) {
		CHECK(split_units(text, len, min, &u) == 0);
		whole = longest = 1;
		for (at = i = 0; i < u.n; i++) {
			whole &= u.v[i].start == at;
			at += u.v[i].len;
			longest &= u.n == 1 || inner(text + u.v[i].start,
			    u.v[i].len) >= min;
		}
		CHECK(whole && at == len);
		CHECK(longest);
	}
	pieces_free(&u);
}

static size_t
middle(const char *text)
{
	struct pieces u = { NULL, 0, 0 };
	size_t cut;

	CHECK(split_units(text, strlen(text), 1, &u) == 0);
	cut = split_middle(text, &u);
	pieces_free(&u);
	return cut;
}

static void
middles(void)
{
	CHECK(middle("Only one here") == 0);
	CHECK(middle("Two words. Two others.") == 1);
	CHECK(middle("Very long sentence to begin with. One. Two.") == 1);
	CHECK(middle("Some one. Some two. Then a very long one at end.") ==
	    2);
	/* 10, 10 and 10 code points: the earlier of two equal cuts. */
	CHECK(middle("Aaaaaaaa. Bbbbbbbb. Cccccccc. ") == 1);
	/* Code points, not bytes: the first sentence is long in bytes only. */
	CHECK(middle("\xc3\x84\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4. Bbbb. "
	    "Cccccccc.") == 2);
}

static void
rendering(void)
{
	static const char text[] = "First\none. \n Second  one.";
	struct pieces u = { NULL, 0, 0 };
	struct buf b = BUF_INIT;

	CHECK(split_units(text, sizeof(text) - 1, 4, &u) == 0);
	split_render(text, &u, &b);
	CHECK_STR(buf_cstr(&b), "[1] First one.\n[2] Second one.\n");
	CHECK(u.n == 2 && split_offset(&u, 1) == 13);
	buf_free(&b);
	pieces_free(&u);
}

static int
guard(const char *whole, const char *first, const char *second,
    struct buf *why)
{
	buf_reset(why);
	return split_guard(whole, strlen(whole), first, strlen(first),
	    second, strlen(second), why);
}

static void
guards(void)
{
	static const char whole[] = "Ada wrote the first program in 1843, "
	    "and she saw what engines may do.";
	struct buf why = BUF_INIT;

	CHECK(guard(whole, "Ada wrote the first program in 1843.",
	    "Ada saw what engines may do.", &why) == 0);
	CHECK(guard(whole, whole, "Ada saw what engines may do.", &why) == 1);
	CHECK_STR(buf_cstr(&why),
	    "the first part is not shorter than the context");
	CHECK(guard(whole, "Ada wrote the first program in 1843.", whole,
	    &why) == 1);
	CHECK_STR(buf_cstr(&why),
	    "the second part is not shorter than the context");
	CHECK(guard(whole, "Ada wrote.", "She saw engines.", &why) == 1);
	CHECK_STR(buf_cstr(&why),
	    "the parts have 26 of the context's 69 characters");
	CHECK(guard(whole, "Ada wrote the first program in 1843.",
	    "Bees make honey from nectar there.", &why) == 1);
	CHECK_STR(buf_cstr(&why),
	    "only 0 of the second part's 6 words are the context's");
	CHECK(guard(whole, "Ada wrote the first program in 1843, and she",
	    "............................", &why) == 1);
	CHECK_STR(buf_cstr(&why), "the second part has no words");
	CHECK(guard(whole, "", "", &why) == 1);
	CHECK(guard("", "", "", &why) == 1);
	buf_free(&why);
}

/* 7 of 10 words are enough, 6 of 9 are not; 8 of 10 code points are. */
static void
edges(void)
{
	struct buf why = BUF_INIT;

	CHECK(guard("a b c d e f g h i j k", "a b c d e f g x y z",
	    "h i j k", &why) == 0);
	CHECK(guard("a b c d e f g h i j k", "a b c d e f x y z",
	    "g h i j k", &why) == 1);
	CHECK(guard("abcdefghij", "abcdefghij", "", &why) == 1);
	CHECK(guard("ab cd ef ghijkl", "ab cd", "ef ghij", &why) == 1);
	/* 12 of 15 code points. */
	CHECK(guard("ab cd ef gh ijk", "ab cd", "ef gh x", &why) == 1);
	CHECK(guard("ab cd ef gh ijk", "ab cd", "ef  gh\n", &why) == 1);
	CHECK(guard("ab cd ef gh ijk", "ab cd ", "ef gh i", &why) == 1);
	CHECK(guard("ab cd ef gh ijk", "ab cd ef", "gh ijk", &why) == 0);
	CHECK(guard("ab cd ef gh i j", "ab cd ef", "gh i", &why) == 0);
	buf_free(&why);
}

static int
question(const char *s, struct buf *out, struct buf *why)
{
	buf_reset(out);
	buf_reset(why);
	return question_clean(s, strlen(s), out, why);
}

static void
questions(void)
{
	struct buf b = BUF_INIT, why = BUF_INIT;

	CHECK(question(" Who\r\n wrote\t it?\n", &b, &why) == 0);
	CHECK_STR(buf_cstr(&b), "Who wrote it?");
	CHECK(question("A\xe2\x80\xa8 line\xc2\x85""end?", &b, &why) == 0);
	CHECK_STR(buf_cstr(&b), "A line end?");
	CHECK(question(" \n ", &b, &why) == 1);
	CHECK_STR(buf_cstr(&why), "the question is empty");
	CHECK(question("Why?", &b, &why) == 1);
	CHECK_STR(buf_cstr(&why),
	    "the question has 4 of at least 5 characters");
	/* Five characters of three bytes each. */
	CHECK(question("\xe8\xb0\x81\xe5\x86\x99\xe4\xba\x86\xe5\xae\x83"
	    "\xef\xbc\x9f", &b, &why) == 0);
	/* Appended: what stood there before does not count. */
	buf_reset(&b);
	buf_str(&b, "before ");
	CHECK(question_clean("Why?", 4, &b, &why) == 1);
	buf_free(&b);
	buf_free(&why);
}

static int
is_cut(const char *s)
{
	struct buf why = BUF_INIT;
	int cut = question_is_cut(s, strlen(s), &why);

	CHECK(cut == (why.len > 0));
	buf_free(&why);
	return cut;
}

static void
cut_questions(void)
{
	CHECK(is_cut("Who wrote "));
	CHECK(is_cut("Describe the mill of  "));
	CHECK(is_cut("\xe8\xb0\x81\xe5\x86\x99\xe4\xba\x86 "));
	CHECK(!is_cut("Who wrote it? "));
	CHECK(!is_cut("Who wrote \"The Mill\" "));
	CHECK(!is_cut("Who wrote \xe2\x80\x9cThe Mill\xe2\x80\x9d "));
	CHECK(!is_cut("Who wrote it\xef\xbc\x9f "));
	CHECK(!is_cut("Who wrote the mill"));
	CHECK(!is_cut("  "));
	CHECK(!is_cut(""));
}

static void
no_room(void)
{
	struct buf b = { NULL, 0, 0, 8, 0 }, why = BUF_INIT;

	CHECK(question_clean("Longer than eight?", 18, &b, &why) == -1);
	buf_free(&b);
	buf_free(&why);
}

int
main(void)
{
	cutting();
	lengths();
	middles();
	rendering();
	guards();
	edges();
	questions();
	cut_questions();
	no_room();
	return check_end("split");
}
