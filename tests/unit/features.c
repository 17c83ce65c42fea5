/* Terms, word statistics, matches and features. */
#include "augcon/features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "check.h"

static struct buf scratch;

static int
list_term(void *arg, const char *s, size_t len)
{
	buf_add(arg, s, len);
	buf_byte(arg, '|');
	return 0;
}

static void
spelling(const char *text, const char *want)
{
	struct buf got = BUF_INIT;

	CHECK(terms_each(text, strlen(text), &scratch, list_term, &got) == 0);
	CHECK_STR(buf_cstr(&got), want);
	buf_free(&got);
}

static void
terms(void)
{
	struct terms t = { .v = NULL };

	spelling("", "");
	spelling("Where's the D\xc3\x9cNE?", "where|s|the|d\xc3\xbcne|");
	/* Han letters in pairs, one alone by itself. */
	spelling("\xe9\x95\xbf\xe6\xb1\x9f\xe6\xb2\xb3 2013\xe5\xb9\xb4 a",
	    "\xe9\x95\xbf\xe6\xb1\x9f|\xe6\xb1\x9f\xe6\xb2\xb3|2013|"
	    "\xe5\xb9\xb4|a|");
	CHECK(terms_set(&t, TERMS_QUESTION, "When was this passage, 1990?",
	    28, &scratch) == 0);
	CHECK(t.n == 5 && t.asked && t.points == 28);
	CHECK((t.v[0].marks & TERM_ASK) && (t.v[0].marks & TERM_COUNT));
	CHECK(t.v[1].marks == TERM_STOP);
	CHECK(t.v[3].marks == TERM_SELF);
	CHECK(t.v[4].marks == TERM_DIGIT);
	/* Inflected forms share their stem, not their hash. */
	CHECK(terms_set(&t, TERMS_CONTEXT, "locations located", 17,
	    &scratch) == 0);
	CHECK(t.v[0].hash != t.v[1].hash && t.v[0].stem == t.v[1].stem);
	CHECK(!t.asked);
	terms_free(&t);
}

static void
words(void)
{
	struct df *df = df_new();
	const char *s;
	size_t len, count, i;
	char text[200];

	CHECK(df != NULL);
	CHECK(df_weight(df, terms_hash("any", 3)) == 1);
	for (i = 0; i < 9; i++) {
		snprintf(text, sizeof(text), "the the %s %s",
		    i < 3 ? "river" : i < 5 ? "rare" : "", i < 4 ?
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaa" : "");
		CHECK(df_count(df, text, strlen(text), &scratch) == 0);
	}
	CHECK(df_finish(df) == 0);
	/* "rare" is in two texts only; the long word is not kept. */
	CHECK(df_texts(df) == 9 && df_size(df) == 2);
	s = df_term(df, 0, &len, &count);
	CHECK(len == 3 && memcmp(s, "the", 3) == 0 && count == 9);
	CHECK(fabs(df_weight(df, terms_hash("the", 3))) < 1e-15);
	CHECK(fabs(df_weight(df, terms_hash("river", 5)) -
	    (1 - log(4) / log(10))) < 1e-12);
	CHECK(df_weight(df, terms_hash("rare", 4)) == 1);
	df_free(df);
}

/* A text of n words drawn from a small alphabet. */
static size_t
random_text(char *s, size_t n, unsigned letters, uint64_t *seed)
{
	size_t i;

	for (i = 0; i < n; i++) {
		s[2 * i] = (char)('b' + rng_below(seed, letters));
		s[2 * i + 1] = ' ';
	}
	s[2 * n] = '\0';
	return 2 * n;
}

/* Longest common subsequence and run, by the plain tables. */
static void
plain(const char *a, size_t m, const char *b, size_t n, size_t *lcs,
    size_t *span)
{
	static size_t l[66][130], r[66][130];
	size_t i, j;

	*span = 0;
	memset(l, 0, sizeof(l));
	memset(r, 0, sizeof(r));
	for (i = 1; i <= m; i++)
		for (j = 1; j <= n; j++) {
			int same = a[2 * (i - 1)] == b[2 * (j - 1)];

			l[i][j] = l[i - 1][j] > l[i][j - 1] ? l[i - 1][j] :
			    l[i][j - 1];
			if (same && l[i - 1][j - 1] + 1 > l[i][j])
				l[i][j] = l[i - 1][j - 1] + 1;
			r[i][j] = same ? r[i - 1][j - 1] + 1 : 0;
			if (r[i][j] > *span)
				*span = r[i][j];
		}
	*lcs = l[m][n];
}

static void
against_plain(struct match_work *w, const struct df *df)
{
	struct terms q = { .v = NULL }, c = { .v = NULL };
	struct match m;
	uint64_t seed = 3;
	char a[200], b[400];
	size_t k, na, nb, lcs, span, wrong = 0;

	for (k = 0; k < 3000; k++) {
		na = (size_t)rng_below(&seed, MATCH_MAX + 1);
		nb = (size_t)rng_below(&seed, 128);
		terms_set(&q, TERMS_QUESTION, a, random_text(a, na,
		    2 + (unsigned)(k % 20), &seed), &scratch);
		terms_set(&c, TERMS_CONTEXT, b, random_text(b, nb,
		    2 + (unsigned)(k % 20), &seed), &scratch);
		plain(a, na, b, nb, &lcs, &span);
		wrong += match_terms(&m, &c, &q, df, w) != 0 ||
		    m.lcs != lcs || m.span != span;
	}
	CHECK(wrong == 0);
	terms_free(&q);
	terms_free(&c);
}

static double got[FEATURES];

static double
get(const char *name)
{
	size_t i = features_find(name);

	CHECK(i < FEATURES);
	return got[i];
}

static void
look(const char *context, const char *question, const struct df *df,
    struct match_work *w)
{
	struct terms c = { .v = NULL }, q = { .v = NULL };
	size_t i;

	CHECK(terms_set(&c, TERMS_CONTEXT, context, strlen(context),
	    &scratch) == 0);
	CHECK(terms_set(&q, TERMS_QUESTION, question, strlen(question),
	    &scratch) == 0);
	CHECK(features_get(got, &c, &q, df, w) == 0);
	for (i = 0; i < FEATURES; i++)
		CHECK(isfinite(got[i]) && fabs(got[i]) < 1e3);
	terms_free(&c);
	terms_free(&q);
}

static void
meanings(struct match_work *w, const struct df *df)
{
	static const char context[] = "The lighthouse was built in 1884 by "
	    "Ada Karlsen. It guided herring boats for ninety years.";
	static char vast[400001];

	look(context, "Who built the lighthouse?", df, w);
	CHECK(get("cover_exact") == 1 && get("question_word_first") == 1);
	CHECK(get("question_mark") == 1 && get("copied") == 0);
	look(context, "Who painted the cathedral?", df, w);
	CHECK(get("cover_exact") < 0.1 && get("unmatched_rare") > 0.5);
	look(context, "guided herring boats for ninety years", df, w);
	CHECK(get("copied") == 1 && get("span") == 1 && get("lcs") == 1);
	look(context, "What does the passage say?", df, w);
	CHECK(get("speaks_of_text") == 1);
	/* Other forms of a word count as stems. */
	look(context, "Which lighthouses?", df, w);
	CHECK(get("cover_exact") == 0 && get("cover_stems") == 1);
	/* A number is asked for, and one stands by the matched words. */
	look(context, "When was the lighthouse built?", df, w);
	CHECK(get("number_there") == 1 && get("number_missing") == 0);
	look("The lighthouse is tall.", "When was the lighthouse built?", df,
	    w);
	CHECK(get("number_there") == 0 && get("number_missing") == 1);
	/* Nothing at all, and far too much, are features too. */
	look("", "", df, w);
	look(context, "", df, w);
	look("", "Who?", df, w);
	memset(vast, 'w', sizeof(vast) - 1);
	look(context, vast, df, w);
	for (size_t i = 1; i < sizeof(vast) - 1; i += 2)
		vast[i] = ' ';
	look(vast, vast, df, w);
}

static void
list(void)
{
	size_t i, j;

	for (i = 0; i < FEATURES; i++) {
		CHECK(features_name(i)[0] != '\0' &&
		    strpbrk(features_name(i), " \n\"\\") == NULL);
		for (j = 0; j < i; j++)
			CHECK(strcmp(features_name(i),
			    features_name(j)) != 0);
	}
	CHECK(features_find("no such") == FEATURES);
	CHECK(features_blind(features_find("length")) == 1);
	CHECK(features_blind(features_find("span")) == 0);
}

int
main(void)
{
	struct match_work *w = match_work_new();
	struct df *df = df_new();

	CHECK(w != NULL && df != NULL && df_finish(df) == 0);
	terms();
	words();
	against_plain(w, df);
	meanings(w, df);
	list();
	match_work_free(w);
	df_free(df);
	buf_free(&scratch);
	return check_end("features");
}
