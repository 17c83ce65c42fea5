/*
 * Numbers that the sources do not have: by value, with the years between two
 * dates, the century and the decade of one, and parts of a million; rounded,
 * in another unit, as what two differ by.  Of a text in another language only
 * digits are told.
 */
#include "augcon/faithful_number.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "augcon/faithful_set.h"
#include "augcon/gate_int.h"
#include "augcon/numeral.h"
#include "text/utf8.h"

enum { SMALL = 3, LAST_DECADE = 9990 };

/* A list's own number: "2. Then ..." at the start of a line. */
static int
is_marker(const struct gate_text *t, size_t i)
{
	const struct word *w = &t->words.v[i];
	size_t end = w->at + w->len;

	return w->kind == WORD_NUMBER && w->gap == GAP_STOP &&
	    end + 1 < t->len && (t->s[end] == '.' || t->s[end] == ')') &&
	    t->s[end + 1] == ' ' && (w->at == 0 || t->s[w->at - 1] == '\n');
}

/*
 * One numeral character is a number before a measure word and after 第
 * alone: 十分 and 四周 are none.
 */
static int
is_counted(const struct gate_text *t, size_t i, size_t n)
{
	static const char measures[] = "年月日号次个個名座条條只隻头頭匹本卷册页"
	    "章节回米里公斤吨噸元块塊岁歲天周小时時秒度层層种種项項家所间間艘辆架"
	    "部首点點手局目龙人口位场場倍笔步句字";
	const struct word *w = &t->words.v[i];

	if (n > 1 || w->kind != WORD_CHAR)
		return 1;
	if (w->at >= 3 && memcmp(t->s + w->at - 3, "第", 3) == 0)
		return 1;
	return i + 1 < t->words.n && w[1].gap == GAP_NONE &&
	    utf8_is_in(t->s + w[1].at, w[1].len, measures);
}

/* Does a piece of Chinese, or a lower-case word, stand at word i? */
static int
stands(const struct gate_text *t, size_t i, const char *zh, const char *en)
{
	if (i >= t->words.n)
		return 0;
	return gate_starts(t, t->words.v[i].at, zh) ||
	    words_is(&t->words, t->s, i, en);
}

/*
 * The 20th century and 20世纪 hold 1901, the 1840s and 40年代 hold 1846: a
 * number whose words end before word i.
 */
static int
is_era(const struct gate_case *c, const struct gate_text *t, size_t i,
    double x)
{
	const struct word *w = &t->words.v[i - 1];
	int decade = w->len > 1 && (t->s[w->at + w->len - 1] == 's' ||
	    gate_starts(t, w->at + w->len, "s"));
	double years;

	if (x < 100 && stands(t, i, "世纪", "century"))
		return faithful_between(c, 100 * (x - 1), 100 * x);
	if (x < 100 && gate_starts(t, w->at + w->len, "年代"))
		return faithful_decade(c, x);
	if (!decade || x < 1000 || x > LAST_DECADE || (int)x % 10 != 0)
		return 0;
	years = (int)x % 100 == 0 ? 99 : 9;
	return faithful_between(c, x, x + years);
}

/* "half a million", "a quarter of a million": the number begins at word i. */
static int
is_part(const struct gate_case *c, const struct gate_text *t, size_t i,
    double x)
{
	const struct words *w = &t->words;

	if (i >= 2 && words_match(w, t->s, i - 2, "half a"))
		return faithful_number(c, x / 2);
	if (i >= 4 && words_match(w, t->s, i - 4, "three quarters of a"))
		return faithful_number(c, x * 3 / 4);
	return i >= 3 && words_match(w, t->s, i - 3, "quarter of a") &&
	    faithful_number(c, x / 4);
}

/*
 * Years between two dates, said to be some; to an age the last birthday may
 * be missing.  The number is before word `next`.
 */
static int
is_years(const struct gate_case *c, const struct gate_text *t, size_t i,
    size_t next, double x)
{
	const struct words *w = &t->words;
	int age = stands(t, next, "岁", "old") || (i > 0 &&
	    (words_is(w, t->s, i - 1, "aged") ||
	    words_is(w, t->s, i - 1, "of") ||
	    words_is(w, t->s, i - 1, "at")));

	if (!age && !stands(t, next, "年", "years") &&
	    !stands(t, next, "周年", "year"))
		return 0;
	return faithful_years(c, x) || (age && faithful_years(c, x + 1));
}

static const char *const hedges[] = { "about", "around", "roughly",
    "approximately", "some", "nearly", "almost", "over", "under", "than",
    "约", "概", "近", "过", "逾", NULL };
static const char *const hedges_behind[] = { "多", "余", "左", NULL };

/* The power of ten of the last digit that is not 0. */
static double
last_place(double x)
{
	double u = 1e15;

	while (u > 1e-6 && (u > x * 1.01 ||
	    fabs(floor(x / u + 0.5) * u - x) > 1e-9 * x))
		u /= 10;
	return u;
}

/*
 * "Nearly 17,000" of 16,801: said to be rounded, it differs behind the last
 * place, u, alone, and by a tenth at most; of three digits or more it need
 * not be said, but for years.
 */
static int
is_rounded(const struct gate_case *c, const struct gate_text *t,
    size_t i, size_t n, double x, double u)
{
	double most = fmin(u * 0.999, x / 10);

	if ((i > 0 && gate_is_one_of(t, i - 1, hedges)) ||
	    gate_is_one_of(t, i + n, hedges_behind))
		return faithful_between(c, x - most, x + most);
	if (x < 100 * u || (x < 2100 && x > 1000 && u > 1))
		return 0;
	return faithful_between(c, x - u / 2, x + u / 2);
}

/* 1.122 km of 1,122 m: the same three digits before a metric unit. */
static int
is_metric(const struct gate_case *c, const struct gate_text *t, size_t i,
    double x, double u)
{
	static const char *const units[] = { "km", "kilomet", "metre",
	    "meter", "cm", "centimet", "hectare", "kilogram", "kg", "tonne",
	    "平方", "公里", "千米", "米", "厘米", "公分", "公顷", "公斤", "千克",
	    "吨", NULL };
	static const double by[] = { 1e-6, 1e-3, 1e-2, 1e2, 1e3, 1e6 };
	const char *const *unit = units;
	size_t k;

	if (x < 100 * u || i >= t->words.n)
		return 0;
	while (*unit != NULL && !gate_starts(t, t->words.v[i].at, *unit))
		unit++;
	for (k = 0; *unit != NULL && k < sizeof(by) / sizeof(by[0]); k++)
		if (faithful_number(c, x * by[k]))
			return 1;
	return 0;
}

/* "It rose by 12", 低0.7度: two there are so far apart. */
static int
is_change(const struct gate_case *c, const struct gate_text *t, size_t i,
    size_t next, double x)
{
	static const char *const before[] = { "by", "低", "高", "多", "少", "差",
	    "增", "加", "减", "升", "降", NULL };
	static const char *const behind[] = { "more", "less", "fewer",
	    NULL };

	i -= i > 0 && words_is(&t->words, t->s, i - 1, "了");
	return ((i > 0 && gate_is_one_of(t, i - 1, before)) ||
	    gate_is_one_of(t, next, behind)) &&
	    faithful_apart(c, x, 0, DBL_MAX);
}

/* In another way: rounded, in another unit, as what two differ by. */
static int
is_near(const struct gate_case *c, const struct gate_text *t,
    size_t i, size_t n, double x)
{
	double u = last_place(x);

	return is_rounded(c, t, i, n, x, u) || is_metric(c, t, i + n, x, u) ||
	    is_change(c, t, i, i + n, x);
}

/* Is the number of *n words there?  It may turn out to have more words. */
static int
is_there(const struct gate_case *c, const struct gate_text *t, size_t i,
    size_t *n, double x)
{
	size_t more;
	double y;

	if (x <= SMALL && x == (double)(long)x)
		return 1;
	if (faithful_number(c, x) || is_years(c, t, i, i + *n, x) ||
	    is_era(c, t, i + *n, x) || is_part(c, t, i, x) ||
	    is_near(c, t, i, *n, x))
		return 1;
	/* 12 500 may be one number, and 二、三百 two. */
	more = numeral_read(&t->words, t->s, i, 1, &y);
	if (more <= *n || !faithful_number(c, y))
		return 0;
	*n = more;
	return 1;
}

int
faithful_strange_number(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[f->in];
	size_t i, n;
	double x;
	int ready = 0;

	for (i = 0; i < t->words.n; i += n > 0 ? n : 1) {
		n = numeral_read(&t->words, t->s, i, 0, &x);
		if (n == 0 || is_marker(t, i) || !is_counted(t, i, n))
			continue;
		if (!ready && faithful_numbers(c) < 0)
			return -1;
		ready = 1;
		if (!is_there(c, t, i, &n, x) &&
		    (t->words.v[i].kind == WORD_NUMBER ||
		    !gate_is_foreign(c, f->in)))
			return gate_bad_words(f, "number", f->in, t, i, n);
	}
	return 0;
}
