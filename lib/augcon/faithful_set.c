#include "augcon/faithful_set.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/numeral.h"
#include "base/mem.h"

enum { STEM = 4, FIRST_YEAR = 1000, LAST_YEAR = 2100, LIFETIMES = 1000 };

static const uint64_t OF_STEM = 0x9e3779b97f4a7c15u;

int
faithful_is_source(const struct gate_case *c, const struct gate_text *t)
{
	return c->sources >> (t - c->part) & 1;
}

static int
by_value(const void *a, const void *b)
{
	double x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static int
add_number(struct gate_text *t, double x)
{
	if (mem_grow(&t->number, &t->number_cap, t->numbers + 1,
	    sizeof(*t->number)) < 0)
		return -1;
	t->number[t->numbers++] = x;
	return 0;
}

/* How many of a hundred word i is, or 0. */
static double
percent(const struct gate_text *t, size_t i)
{
	static const struct {
		const char *word;
		double percent;
	} parts[] = {
		{ "half", 50 }, { "quarter", 25 }, { "quarters", 75 },
		{ "third", 33 }, { "thirds", 67 }, { "半", 50 }
	};
	size_t k;

	for (k = 0; k < sizeof(parts) / sizeof(parts[0]); k++)
		if (words_is(&t->words, t->s, i, parts[k].word))
			return parts[k].percent;
	return 0;
}

/* The text's numbers, a row of digits that may be two as both. */
static int
collect(struct gate_text *t)
{
	size_t i, n;
	double x, part;

	t->numbers = 0;
	for (i = 0; i < t->words.n; i += n > 0 ? n : 1) {
		n = numeral_read(&t->words, t->s, i, 0, &x);
		part = percent(t, i);
		if ((n > 0 && add_number(t, x) < 0) ||
		    (part > 0 && add_number(t, part) < 0))
			return -1;
		if (n > 0 && numeral_read(&t->words, t->s, i, 1, &x) > n &&
		    add_number(t, x) < 0)
			return -1;
	}
	return 0;
}

static void
sort(double *x, size_t *n)
{
	size_t i, kept = 0;

	if (*n > 1)
		qsort(x, *n, sizeof(*x), by_value);
	for (i = 0; i < *n; i++)
		if (kept == 0 || x[i] > x[kept - 1])
			x[kept++] = x[i];
	*n = kept;
}

int
faithful_numbers(struct gate_case *c)
{
	struct gate_text *t;

	for (t = c->part; t < c->part + GATE_PARTS; t++) {
		if (!faithful_is_source(c, t) || t->known & GATE_NUMBERS)
			continue;
		if (collect(t) < 0)
			return -1;
		sort(t->number, &t->numbers);
		t->known |= GATE_NUMBERS;
	}
	return 0;
}

static int
is_between(const struct gate_text *t, double least, double most)
{
	size_t lo = 0, hi = t->numbers, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (t->number[mid] < least)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->numbers && t->number[lo] <= most;
}

int
faithful_between(const struct gate_case *c, double least, double most)
{
	const struct gate_text *t;

	for (t = c->part; t < c->part + GATE_PARTS; t++)
		if (faithful_is_source(c, t) && is_between(t, least, most))
			return 1;
	return 0;
}

int
faithful_number(const struct gate_case *c, double x)
{
	/* More digits than a double holds are infinite, and like each other. */
	double near = x > DBL_MAX ? 0 : 1e-9 * (x > 1 ? x : 1);

	return faithful_between(c, x - near, x + near);
}

int
faithful_decade(const struct gate_case *c, double tens)
{
	double x;

	for (x = FIRST_YEAR + tens; x <= LAST_YEAR; x += 100)
		if (faithful_between(c, x, x + 9))
			return 1;
	return 0;
}

int
faithful_apart(const struct gate_case *c, double x, double least, double most)
{
	enum { MOST = 1024 };	/* so that the time is bounded */
	const struct gate_text *t;
	size_t i;

	for (t = c->part; t < c->part + GATE_PARTS; t++)
		for (i = 0; faithful_is_source(c, t) && i < t->numbers &&
		    i < MOST; i++)
			if (t->number[i] >= least && t->number[i] + x <= most &&
			    faithful_number(c, t->number[i] + x))
				return 1;
	return 0;
}

int
faithful_years(const struct gate_case *c, double x)
{
	return x >= 1 && x <= LIFETIMES &&
	    faithful_apart(c, x, FIRST_YEAR, LAST_YEAR);
}

/* set[0] is the mask of what is behind it; 0 is an empty place. */
static void
put(uint64_t *set, uint64_t h)
{
	size_t mask = (size_t)set[0], i;

	h += h == 0;
	for (i = (size_t)(h ^ h >> 32) & mask; set[1 + i] != 0 &&
	    set[1 + i] != h; i = (i + 1) & mask)
		;
	set[1 + i] = h;
}

static int
is_in(const uint64_t *set, uint64_t h)
{
	size_t mask = (size_t)set[0], i;

	h += h == 0;
	for (i = (size_t)(h ^ h >> 32) & mask; set[1 + i] != 0;
	    i = (i + 1) & mask)
		if (set[1 + i] == h)
			return 1;
	return 0;
}

/* The first letters' hash, 0 for a word that has no more. */
static uint64_t
stem(const struct gate_text *t, const struct word *w)
{
	uint64_t h = OF_STEM;
	size_t i;

	if (w->kind > WORD_UPPER || w->len <= STEM)
		return 0;
	for (i = 0; i < STEM; i++)
		h = (h ^ (unsigned char)(t->s[w->at + i] | 0x20)) *
		    0x100000001b3u;
	return h;
}

static int
put_all(struct gate_text *t)
{
	const struct word *v = t->words.v;
	size_t size = 16, i;
	uint64_t h;

	while (size <= 4 * t->words.n)
		size *= 2;
	if (mem_grow(&t->set, &t->set_cap, size + 1, sizeof(*t->set)) < 0)
		return -1;
	memset(t->set, 0, (size + 1) * sizeof(*t->set));
	t->set[0] = size - 1;
	for (i = 0; i < t->words.n; i++) {
		put(t->set, v[i].hash);
		if ((h = stem(t, &v[i])) != 0)
			put(t->set, h);
	}
	return 0;
}

int
faithful_words(struct gate_case *c)
{
	struct gate_text *t;

	for (t = c->part; t < c->part + GATE_PARTS; t++) {
		if (!faithful_is_source(c, t) || t->known & GATE_WORDS)
			continue;
		if (put_all(t) < 0)
			return -1;
		t->known |= GATE_WORDS;
	}
	return 0;
}

static int
has(const struct gate_case *c, uint64_t h)
{
	const struct gate_text *t;

	for (t = c->part; t < c->part + GATE_PARTS; t++)
		if (faithful_is_source(c, t) && is_in(t->set, h))
			return 1;
	return 0;
}

int
faithful_word(const struct gate_case *c, const struct gate_text *t, size_t i)
{
	uint64_t h = stem(t, &t->words.v[i]);

	return has(c, t->words.v[i].hash) || (h != 0 && has(c, h));
}

int
faithful_has(const struct gate_case *c, const struct word *w)
{
	return has(c, w->hash);
}

static int
runs_in(const struct words *w, const struct word *run, size_t n)
{
	size_t i, k;

	for (i = 0; i + n <= w->n; i++) {
		for (k = 0; k < n && w->v[i + k].hash == run[k].hash; k++)
			;
		if (k == n)
			return 1;
	}
	return 0;
}

int
faithful_run(const struct gate_case *c, const struct gate_text *t, size_t i,
    size_t n)
{
	enum { MOST = 64 };	/* so that the time is bounded */
	const struct word *run = t->words.v + i;
	const struct gate_text *source;

	if (n > MOST)
		n = MOST;
	for (source = c->part; source < c->part + GATE_PARTS; source++)
		if (faithful_is_source(c, source) &&
		    runs_in(&source->words, run, n))
			return 1;
	return 0;
}
