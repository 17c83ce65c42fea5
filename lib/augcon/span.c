/*
 * A run of `least` words or more, over half of the text, covers its middle:
 * words n - least to least.  So wherever b has the middle, the run goes on
 * as far as both agree before it and behind it, and a Z array each way tells
 * how far that is.
 */
#include "augcon/span.h"

/* Word i of a text that is a's part, then b; backwards when `back`. */
struct line {
	const struct word *a, *b;
	size_t na, nb;
	int back;
};

static uint64_t
at(const struct line *l, size_t i)
{
	if (i < l->na)
		return l->a[l->back ? l->na - 1 - i : i].hash;
	i -= l->na;
	return l->b[l->back ? l->nb - 1 - i : i].hash;
}

/* z[i]: how many words from i on are as those from 0 on. */
static void
fill(const struct line *l, size_t *z)
{
	size_t n = l->na + l->nb, i, left = 0, right = 0;

	z[0] = n;
	for (i = 1; i < n; i++) {
		z[i] = i < right ? z[i - left] : 0;
		if (z[i] > right - i && i < right)
			z[i] = right - i;
		while (i + z[i] < n && at(l, z[i]) == at(l, i + z[i]))
			z[i]++;
		if (i + z[i] > right) {
			left = i;
			right = i + z[i];
		}
	}
}

/* Do two words stand in b in a row? */
static int
has_two(const struct words *b, const struct word *two)
{
	size_t i;

	for (i = 0; i + 1 < b->n; i++)
		if (b->v[i].hash == two[0].hash &&
		    b->v[i + 1].hash == two[1].hash)
			return 1;
	return 0;
}

static size_t
least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
span_longest(const struct words *a, const struct words *b, size_t least,
    size_t *z, size_t *where)
{
	size_t head = a->n - least, tail = a->n - head, i, left, right, best;
	struct line on = { a->v + head, b->v, tail, b->n, 0 };
	struct line back = { a->v, b->v, head, b->n, 1 };
	size_t *zback = z + tail + b->n;

	/* Mostly the first words of the middle tell that there is none. */
	if (b->n < least || (tail > head + 1 && !has_two(b, a->v + head)))
		return 0;
	fill(&on, z);
	if (head > 0)
		fill(&back, zback);
	best = 0;
	for (i = 0; i < b->n; i++) {
		right = least_of(z[tail + i], tail);
		/* The part before b's word i, read backwards. */
		left = head == 0 || i == 0 ? 0 :
		    least_of(zback[head + b->n - i], head);
		if (right + head >= least && left + right > best) {
			best = left + right;
			*where = head - left;
		}
	}
	return best >= least ? best : 0;
}
