/*
 * Exact match and token F1.  The English figures are those of SQuAD's
 * evaluate-v1.1 on the same pairs, counted by hand.
 */
#include <math.h>

#include "augcon/agree.h"
#include "check.h"

static void
pair(const char *a, const char *b, int exact, double f1, int line)
{
	struct agree x = { -1, -1 }, y = { -1, -1 };

	check_at(agree_answers(a, strlen(a), b, strlen(b), &x) == 0 &&
	    agree_answers(b, strlen(b), a, strlen(a), &y) == 0, __FILE__,
	    line, "memory");
	check_at(x.exact == exact && fabs(x.f1 - f1) < 1e-9, __FILE__, line,
	    a);
	if (x.exact != exact || fabs(x.f1 - f1) >= 1e-9)
		printf("\tgot %d %.6f, want %d %.6f\n", x.exact, x.f1, exact,
		    f1);
	check_at(x.exact == y.exact && x.f1 == y.f1, __FILE__, line,
	    "the other way round");
}
#define PAIR(a, b, exact, f1) pair((a), (b), (exact), (f1), __LINE__)

static void
questions(void)
{
	static const char a[] = "Who wrote the song?", b[] = "who wrote a song";
	double f = -1;

	CHECK(agree_questions(a, strlen(a), b, strlen(b), &f) == 0);
	CHECK(fabs(f - 0.75) < 1e-9);
	CHECK(agree_questions(a, strlen(a), "", 0, &f) == 0 && f == 0);
	CHECK(agree_questions("", 0, "", 0, &f) == 0 && f == 1);
	CHECK(agree_questions("b a", 3, "a b", 3, &f) == 0 &&
	    fabs(f - 0.5) < 1e-9);
}

int
main(void)
{
	PAIR("The Beatles", "beatles.", 1, 1);
	PAIR("the U.S.", "US", 1, 1);
	PAIR("twenty-one", "twenty one", 0, 0);
	PAIR("John F. Kennedy", "Kennedy", 0, 0.5);
	PAIR("in 1846", "It burned down in 1846.", 0, 4.0 / 7);
	PAIR("one two", "two one", 0, 1);
	PAIR("a a b", "a b b", 0, 2.0 / 3);	/* the articles are gone */
	PAIR("red red", "red", 0, 2.0 / 3);
	PAIR("an", "the", 1, 1);
	PAIR("", "", 1, 1);
	PAIR("...", "", 1, 1);
	PAIR("", "x", 0, 0);
	PAIR("$5", "5", 1, 1);
	PAIR("there", "the re", 0, 0);
	PAIR("  two\t words\n", "two words", 1, 1);
	PAIR("\xef\xbc\xa1\xef\xbc\xa2", "ab", 1, 1);	/* full width */
	PAIR("Stra\xc3\x9f" "e", "STRASSE", 1, 1);
	/* Chinese, by the character. */
	PAIR("踢爆", "踢爆。", 1, 1);
	PAIR("4分钟", "4 分钟", 1, 1);
	PAIR("踢爆", "即为踢爆", 0, 2.0 / 3);
	PAIR("1846年", "1846", 0, 2.0 / 3);
	PAIR("《港口法》", "港口法", 1, 1);
	questions();
	return check_end("agree");
}
