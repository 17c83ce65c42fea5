/* The cut by lexical cohesion, and its table of counts. */
#include <stdlib.h>
#include <string.h>

#include "augcon/cohesion.h"
#include "augcon/split.h"
#include "base/mem.h"
#include "base/rng.h"
#include "check.h"

static size_t
cut(const char *text, const struct idf *idf)
{
	struct pieces u = { NULL, 0, 0 };
	size_t at = 99;

	CHECK(split_units(text, strlen(text), 1, &u) == 0);
	CHECK(cohesion_cut(text, &u, idf, &at) == 0);
	CHECK(at < u.n || at == 0);
	pieces_free(&u);
	return at;
}

static struct idf *
parse(const char *s, struct buf *why)
{
	buf_reset(why);
	return idf_parse(s, strlen(s), why);
}

static void
cuts(void)
{
	CHECK(cut("", NULL) == 0);
	CHECK(cut("One sentence alone.", NULL) == 0);
	CHECK(cut("Owls hunt mice. Mice fear owls. Steel needs coal. Coal "
	    "melts steel. Coal costs money.", NULL) == 2);
	CHECK(cut("Owls hunt mice. Steel needs coal. Coal melts steel. Coal "
	    "costs money.", NULL) == 1);
	/* No word returns: the most even cut. */
	CHECK(cut("Aaa bbb. Ccc ddd. Eee fff. Ggg hhh.", NULL) == 2);
	/* Nothing to count at all. */
	CHECK(cut("The. It. And. Of.", NULL) > 0);
	/* A pronoun holds on to the sentence before. */
	CHECK(cut("Owls hunt at night. They see well. Coal burns with heat.",
	    NULL) == 2);
	CHECK(cut("Owls hunt at night. \"They see well.\" Coal burns hot "
	    "here.", NULL) == 2);
}

/* Cats sleep. Cats eat fish. Iron rusts. Iron is heavy. (Chinese) */
static void
chinese(void)
{
	CHECK(cut("\xe7\x8c\xab\xe5\x92\xaa\xe7\x9d\xa1\xe8\xa7\x89\xe3\x80"
	    "\x82\xe7\x8c\xab\xe5\x92\xaa\xe5\x90\x83\xe9\xb1\xbc\xe3\x80"
	    "\x82\xe7\x8c\xab\xe5\x92\xaa\xe6\x80\x95\xe6\xb0\xb4\xe3\x80"
	    "\x82\xe9\x92\xa2\xe9\x93\x81\xe7\x94\x9f\xe9\x94\x88\xe3\x80"
	    "\x82", NULL) == 3);
}

/* A word that every chunk has stops tying sentences together. */
static void
weights(void)
{
	static const char text[] = "Page owls hunt. Page owls sleep. Page "
	    "coal. Coal burns hot. Page heat melts coal.";
	struct buf why = BUF_INIT;
	struct idf *idf = parse("1000\npage\t1000\nhunt\t3\n", &why);

	CHECK(idf != NULL);
	CHECK(idf_weight(idf, "page", 4) < 1);
	CHECK(idf_weight(idf, "hunt", 4) > 50);
	CHECK(idf_weight(idf, "other", 5) > idf_weight(idf, "hunt", 4));
	CHECK(cut(text, idf) == 2);
	idf_free(idf);
	/* A table without terms is a table. */
	idf = parse("7\n", &why);
	CHECK(idf != NULL);
	CHECK(cut(text, idf) > 0);
	idf_free(idf);
	idf_free(NULL);
	buf_free(&why);
}

static void
refuses(const char *table, const char *reason)
{
	struct buf why = BUF_INIT;
	struct idf *idf = parse(table, &why);

	CHECK(idf == NULL);
	CHECK_STR(buf_cstr(&why), reason);
	idf_free(idf);
	buf_free(&why);
}

static void
tables(void)
{
	struct buf why = BUF_INIT;
	struct idf *idf;

	refuses("", "line 1: not the number of chunks");
	refuses("12", "line 1: not the number of chunks");
	refuses("0\n", "line 1: not the number of chunks");
	refuses("-3\n", "line 1: not the number of chunks");
	refuses("99999999999999999999999\n",
	    "line 1: not the number of chunks");
	refuses("owl\t3\n", "line 1: not the number of chunks");
	refuses("9\nowl 3\n", "line 2: not a term, a tab and a count");
	refuses("9\n\t3\n", "line 2: not a term, a tab and a count");
	refuses("9\n\n", "line 2: not a term, a tab and a count");
	refuses("9\nowl\t3\ncoal\t\n",
	    "line 3: the count is not from 1 to the number of chunks");
	refuses("9\nowl\t10\n",
	    "line 2: the count is not from 1 to the number of chunks");
	refuses("9\nowl\t0\n",
	    "line 2: the count is not from 1 to the number of chunks");
	refuses("9\nowl\t3\r\n",
	    "line 2: the count is not from 1 to the number of chunks");
	refuses("9\nowl\t3\nowl\t3\n",
	    "line 3: this term stands in the table twice");
	refuses("9\nowl\t3\ncoal\t1", "line 3: cut short");
	/* A NUL is a byte like any other. */
	idf = idf_parse("9\no\0l\t3\n", 8, &why);
	CHECK(idf != NULL);
	CHECK(idf_weight(idf, "o\0l", 3) < idf_weight(idf, "o", 1));
	idf_free(idf);
	buf_free(&why);
}

enum { UNITS = 6, WORDS = 4, KINDS = 9 };

/*
 * The price by its definition, from counts made afresh for every cut; the
 * least of it, the earlier of two.  Words weigh 5 each.
 */
static size_t
oracle(unsigned word[UNITS][WORDS])
{
	size_t cut_at, i, k, best = 0;
	double count[2][KINDS], dot, a, b, price, least = 0, share, c;

	for (cut_at = 1; cut_at < UNITS; cut_at++) {
		memset(count, 0, sizeof(count));
		dot = a = b = 0;
		for (i = 0; i < UNITS; i++)
			for (k = 0; k < WORDS; k++)
				count[i >= cut_at][word[i][k]]++;
		for (k = 0; k < KINDS; k++) {
			dot += count[0][k] * count[1][k];
			a += count[0][k] * count[0][k];
			b += count[1][k] * count[1][k];
		}
		share = (double)cut_at / UNITS;
		if (share > 0.5)
			share = 1 - share;
		/* cos^2, compared with its sign: no square root needed. */
		c = dot * dot / (a * b);
		price = c > 0 ? c : 0;
		for (i = 0; i < 60; i++)	/* Newton's square root */
			c = c > 0 ? (c + price / c) / 2 : 0;
		price = c - 0.08 * share;
		if (best == 0 || price < least - 1e-6) {
			best = cut_at;
			least = price;
		}
	}
	return best;
}

static void
random_texts(void)
{
	unsigned word[UNITS][WORDS];
	char text[UNITS * (WORDS * 5 + 1) + 1], *p;
	uint64_t rng = 7;
	size_t i, k, n, bad = 0;

	for (n = 0; n < 500; n++) {
		p = text;
		for (i = 0; i < UNITS; i++) {
			for (k = 0; k < WORDS; k++) {
				word[i][k] = (unsigned)rng_below(&rng, KINDS);
				memcpy(p, k == 0 ? "Xqa " : "xqa ", 4);
				p[2] = (char)('a' + word[i][k]);
				p += 4;
			}
			memcpy(p - 1, ". ", 2);
			p++;
		}
		*p = '\0';
		bad += cut(text, NULL) != oracle(word);
	}
	CHECK(bad == 0);
}

/* One odd sentence at the start: cut off from few, not from many. */
static void
long_list(void)
{
	struct buf b = BUF_INIT;
	size_t i, at;

	buf_str(&b, "Coal burns. ");
	for (i = 0; i < 15; i++)
		buf_str(&b, "Owls hunt mice. ");
	CHECK(cut(buf_cstr(&b), NULL) == 1);
	for (i = 0; i < 24; i++)
		buf_str(&b, "Owls hunt mice. ");
	at = cut(buf_cstr(&b), NULL);
	CHECK(at >= 10 && at <= 30);
	buf_free(&b);
}

/* So many units take minutes when the work is not linear. */
static void
long_text(void)
{
	enum { N = 100000, EACH = 12 };
	char *text = mem_new(N, EACH);
	struct pieces u = { NULL, 0, 0 };
	size_t i, at;

	CHECK(text != NULL);
	if (text == NULL)
		return;
	for (i = 0; i < N; i++)
		memcpy(text + i * EACH, i < N / 2 ? "Owls hunts. " :
		    "Coal burns. ", EACH);
	CHECK(split_units(text, (size_t)N * EACH, 1, &u) == 0);
	CHECK(u.n == N);
	CHECK(cohesion_cut(text, &u, NULL, &at) == 0);
	CHECK(at == N / 2);
	pieces_free(&u);
	free(text);
}

int
main(void)
{
	cuts();
	chinese();
	weights();
	tables();
	random_texts();
	long_list();
	long_text();
	return check_end("cohesion");
}
