#include "augcon/faithful_set.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/numeral.h"
#include "base/mem.h"

enum { STEM = 4, FIRST_YEAR = 1000, LAST_YEAR = 2100, LIFETIMES = 1000 };

static const uint64_t OF_STEM = 0x9e3779b97f4a7c15u;

static int
by_value(const void *a, const void *b)
{
	double x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

/* number[0] is how many there are behind it. */
static int
add_number(struct gate_case *c, double x)
{
	size_t n = (size_t)c->number[0];

	if (mem_grow(&c->number, &c->number_cap, n + 2,
	    sizeof(*c->number)) < 0)
		return -1;
	c->number[n + 1] = x;
	c->number[0]++;
	return 0;
}

static int
collect(struct gate_case *c, const struct gate_text *t)
{
	size_t i, n;
	double x;

	for (i = 0; i < t->words.n; i += n > 0 ? n : 1) {
		n = numeral_read(&t->words, t->s, i, 0, &x);
		if (n > 0 && add_number(c, x) < 0)
			return -1;
		if (n > 0 && numeral_read(&t->words, t->s, i, 1, &x) > n &&
		    add_number(c, x) < 0)
			return -1;
	}
	return 0;
}

int
faithful_numbers(struct gate_case *c)
{
	size_t i, n, kept = 0;

	if (mem_grow(&c->number, &c->number_cap, 1, sizeof(double)) < 0)
		return -1;
	c->number[0] = 0;
	for (i = 0; i < GATE_PARTS; i++)
		if (c->sources >> i & 1 && collect(c, &c->part[i]) < 0)
			return -1;
	n = (size_t)c->number[0];
	qsort(c->number + 1, n, sizeof(double), by_value);
	for (i = 1; i <= n; i++)
		if (kept == 0 || c->number[i] > c->number[kept])
			c->number[++kept] = c->number[i];
	c->number[0] = (double)kept;
	return 0;
}

int
faithful_between(const struct gate_case *c, double least, double most)
{
	size_t lo = 1, hi = (size_t)c->number[0] + 1, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (c->number[mid] < least)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo <= (size_t)c->number[0] && c->number[lo] <= most;
}

static int
is_number(const struct gate_case *c, double x)
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
faithful_number(const struct gate_case *c, double x)
{
	size_t i;

	if (is_number(c, x))
		return 1;
	if (x > LIFETIMES || x < 1)
		return 0;
	for (i = 1; i <= (size_t)c->number[0]; i++)
		if (c->number[i] >= FIRST_YEAR && c->number[i] <= LAST_YEAR &&
		    c->number[i] + x <= LAST_YEAR &&
		    is_number(c, c->number[i] + x))
			return 1;
	return 0;
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

static void
put_all(uint64_t *set, const struct gate_text *t)
{
	const struct word *v = t->words.v;
	size_t i;
	uint64_t h;

	for (i = 0; i < t->words.n; i++) {
		put(set, v[i].hash);
		if ((h = stem(t, &v[i])) != 0)
			put(set, h);
	}
}

int
faithful_words(struct gate_case *c)
{
	size_t need = 0, size = 16, i;

	for (i = 0; i < GATE_PARTS; i++)
		if (c->sources >> i & 1)
			need += 4 * c->part[i].words.n;
	while (size <= need)
		size *= 2;
	if (mem_grow(&c->set, &c->set_cap, size + 1, sizeof(*c->set)) < 0)
		return -1;
	memset(c->set, 0, (size + 1) * sizeof(*c->set));
	c->set[0] = size - 1;
	for (i = 0; i < GATE_PARTS; i++)
		if (c->sources >> i & 1)
			put_all(c->set, &c->part[i]);
	return 0;
}

int
faithful_word(const struct gate_case *c, const struct gate_text *t, size_t i)
{
	uint64_t h = stem(t, &t->words.v[i]);

	return is_in(c->set, t->words.v[i].hash) ||
	    (h != 0 && is_in(c->set, h));
}

int
faithful_has(const struct gate_case *c, const struct word *w)
{
	return is_in(c->set, w->hash);
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
	int part;

	if (n > MOST)
		n = MOST;
	for (part = 0; part < GATE_PARTS; part++)
		if (c->sources >> part & 1 &&
		    runs_in(&c->part[part].words, run, n))
			return 1;
	return 0;
}
