#include "augcon/numeral.h"

#include <string.h>

#include "augcon/numeral_zh.h"
#include "text/utf8.h"

struct reader {
	const struct words *w;
	const char *s;
};

static const struct number_word {
	const char *word;
	double value;
} small[] = {
	{ "zero", 0 }, { "one", 1 }, { "two", 2 }, { "three", 3 },
	{ "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
	{ "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 },
	{ "twelve", 12 }, { "thirteen", 13 }, { "fourteen", 14 },
	{ "fifteen", 15 }, { "sixteen", 16 }, { "seventeen", 17 },
	{ "eighteen", 18 }, { "nineteen", 19 }, { "first", 1 },
	{ "second", 2 }, { "third", 3 }, { "fourth", 4 }, { "fifth", 5 },
	{ "sixth", 6 }, { "seventh", 7 }, { "eighth", 8 }, { "ninth", 9 },
	{ "tenth", 10 }, { "eleventh", 11 }, { "twelfth", 12 },
	{ "thirteenth", 13 }, { "fourteenth", 14 }, { "fifteenth", 15 },
	{ "sixteenth", 16 }, { "seventeenth", 17 }, { "eighteenth", 18 },
	{ "nineteenth", 19 }, { "twentieth", 20 }, { "dozen", 12 },
	{ NULL, 0 }
}, tens[] = {
	{ "twenty", 20 }, { "thirty", 30 }, { "forty", 40 },
	{ "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 },
	{ "eighty", 80 }, { "ninety", 90 }, { NULL, 0 }
}, powers[] = {
	{ "thousand", 1e3 }, { "million", 1e6 }, { "billion", 1e9 },
	{ "trillion", 1e12 }, { "quadrillion", 1e15 }, { "lakh", 1e5 },
	{ "crore", 1e7 }, { NULL, 0 }
};

/* -1: it is none of these. */
static double
look(const struct reader *r, size_t i, const struct number_word *list)
{
	char first;

	if (i >= r->w->n || r->w->v[i].kind > WORD_UPPER)
		return -1;
	/* Asked of so many words that the call itself counts. */
	first = (char)(r->s[r->w->v[i].at] | 0x20);
	for (; list->word != NULL; list++)
		if (*list->word == first &&
		    words_is(r->w, r->s, i, list->word))
			return list->value;
	return -1;
}

/* Do words i and i + 1 belong to one number in words? */
static int
goes_on(const struct reader *r, size_t i)
{
	return i + 1 < r->w->n && r->w->v[i + 1].gap <= GAP_BLANK;
}

/* Up to 99, from word i on. */
static size_t
read_tens(const struct reader *r, size_t i, double *value)
{
	double unit;

	*value = look(r, i, small);
	if (*value >= 0)
		return 1;
	*value = look(r, i, tens);
	if (*value < 0)
		return 0;
	unit = goes_on(r, i) ? look(r, i + 1, small) : -1;
	if (unit < 1 || unit > 9)
		return 1;
	*value += unit;
	return 2;
}

/* "and" or nothing between two parts of a number: words of it. */
static size_t
skip_and(const struct reader *r, size_t i)
{
	return words_is(r->w, r->s, i, "and") ? 1 : 0;
}

/* Up to 999, or a year as two parts. */
static size_t
read_hundreds(const struct reader *r, size_t i, double *value)
{
	double more;
	size_t n = read_tens(r, i, value), m;

	if (n == 0 && words_is(r->w, r->s, i, "hundred"))
		*value = 1;
	else if (n == 0)
		return 0;
	if (n > 0 && *value > 9 && *value < 21 && goes_on(r, i + n - 1) &&
	    (m = read_tens(r, i + n, &more)) > 0 && more > 9) {
		*value = *value * 100 + more;
		return n + m;
	}
	if (!words_is(r->w, r->s, i + n, "hundred"))
		return n;
	*value *= 100;
	n++;
	m = skip_and(r, i + n);
	m += read_tens(r, i + n + m, &more);
	if (m > skip_and(r, i + n)) {
		*value += more;
		n += m;
	}
	return n;
}

static size_t
read_words(const struct reader *r, size_t i, double *value)
{
	double part, power;
	size_t n = read_hundreds(r, i, &part), m, and;

	if (n == 0) {
		if (look(r, i, powers) < 0)
			return 0;
		part = 1;
	}
	*value = part;
	power = look(r, i + n, powers);
	if (power < 0)
		return n;
	*value = part * power;
	n++;
	and = skip_and(r, i + n);
	m = read_hundreds(r, i + n + and, &part);
	if (m == 0)
		return n;
	power = look(r, i + n + and + m, powers);
	*value += power > 0 ? part * power : part;
	return n + and + m + (power > 0);
}

/* The number that a word of digits begins with; -1: none. */
static double
digits(const struct reader *r, size_t i, size_t *count)
{
	const struct word *w = &r->w->v[i];
	size_t at = 0, n;
	uint32_t cp;
	double x = 0;

	for (*count = 0; at < w->len; at += n, ++*count) {
		n = utf8_next(r->s + w->at + at, w->len - at, &cp);
		if (cp >= 0xff10 && cp <= 0xff19)
			cp -= 0xff10 - '0';
		if (cp < '0' || cp > '9')
			break;
		x = x * 10 + (double)(cp - '0');
	}
	return *count > 0 ? x : -1;
}

/* The byte that alone stands between words i and i + 1, or 0. */
static char
between(const struct reader *r, size_t i)
{
	const struct word *v = r->w->v;
	size_t end = v[i].at + v[i].len;

	if (i + 1 >= r->w->n || v[i + 1].kind > WORD_NUMBER)
		return 0;
	if (v[i + 1].at == end + 1)
		return r->s[end];
	/* No-break and thin blanks. */
	return v[i + 1].at - end <= 3 && v[i + 1].at > end &&
	    v[i + 1].gap == GAP_BLANK ? ' ' : 0;
}

/* Is 千 at word i of a unit, as in 8千克, which it multiplies? */
static int
is_kilo(const struct reader *r, size_t i)
{
	const struct word *v = r->w->v + i;

	return i + 1 < r->w->n && v[1].gap == GAP_NONE &&
	    utf8_is_in(r->s + v->at, v->len, "千") &&
	    utf8_is_in(r->s + v[1].at, v[1].len, "克米瓦卡伏赫帕焦");
}

/* What multiplies the number that ends before word i; *n: its words. */
static double
power_behind(const struct reader *r, size_t i, size_t *n)
{
	const struct word *v = r->w->v + i - 1;
	double power;

	*n = 0;
	if (v->len > 2 && memcmp(r->s + v->at + v->len - 2, "bn", 2) == 0)
		return 1e9;
	if (i >= r->w->n || r->w->v[i].gap > GAP_BLANK)
		return 1;
	power = is_kilo(r, i) ? 1 : look(r, i, powers);
	if (power < 0)
		power = numeral_zh_power(r->w, r->s, i);
	*n = power > 0;
	return power > 0 ? power : 1;
}

/* 12,500 or 5千, times its power of ten. */
static size_t
read_figure(const struct reader *r, size_t i, int blanks, double *value,
    double *power)
{
	size_t n = 1, count, more;
	double x = digits(r, i, &count), y;
	char c;

	if (x < 0)
		return 0;
	while (count <= 3 && (c = between(r, i + n - 1)) != 0 &&
	    (c == ',' || c == '\'' || (blanks && c == ' ')) &&
	    (y = digits(r, i + n, &more)) >= 0 && more == 3) {
		x = x * 1000 + y;
		n++;
	}
	if (between(r, i + n - 1) == '.' &&
	    (y = digits(r, i + n, &more)) >= 0) {
		for (; more > 0; more--)
			y /= 10;
		x += y;
		n++;
	}
	*power = power_behind(r, i + n, &more);
	*value = x * *power;
	return n + more;
}

/* 3万5千, 4兆4,490亿: what stands right behind a power, and counts for less. */
static size_t
read_digits(const struct reader *r, size_t i, int blanks, double *value)
{
	const struct word *v = r->w->v;
	double x, below, power;
	size_t n = read_figure(r, i, blanks, value, &power), more;

	while (n > 0 && i + n < r->w->n && v[i + n].gap == GAP_NONE &&
	    v[i + n - 1].kind == WORD_CHAR && power > 1) {
		below = power;
		more = read_figure(r, i + n, blanks, &x, &power);
		if (more == 0 || x >= below)
			break;
		*value += x;
		n += more;
	}
	return n;
}

/* Most words are told from a number by how they begin. */
static int
may_be(const struct reader *r, size_t i)
{
	/* By the first letter, the next two; a blank ends each. */
	static const char *const next[256] = { ['b'] = "il ", ['c'] = "ro ",
	    ['d'] = "oz ", ['e'] = "ig le ", ['f'] = "if ir iv or ou ",
	    ['h'] = "un ", ['l'] = "ak ", ['m'] = "il ", ['n'] = "in ",
	    ['o'] = "ne ", ['q'] = "ua ", ['s'] = "ec ev ix ",
	    ['t'] = "en hi ho hr ri we wo ", ['z'] = "er " };
	const struct word *w = &r->w->v[i];
	const char *s = r->s + w->at, *p = next[(unsigned char)(*s | 0x20)];

	if (p == NULL || w->len < 3 || w->len > 11)
		return 0;
	for (; *p != '\0'; p += 3)
		if (p[0] == (s[1] | 0x20) && p[1] == (s[2] | 0x20))
			return 1;
	return 0;
}

size_t
numeral_read(const struct words *w, const char *text, size_t i, int blanks,
    double *value)
{
	struct reader r = { w, text };
	char c = text[w->v[i].at];

	if (w->v[i].kind == WORD_CHAR)
		return numeral_zh(w, text, i, value);
	if (w->v[i].kind == WORD_NUMBER || (c >= '0' && c <= '9'))
		return read_digits(&r, i, blanks, value);
	return may_be(&r, i) ? read_words(&r, i, value) : 0;
}
