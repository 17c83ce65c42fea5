#include "augcon/subset.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

/* Of so many in a row that are there already, none is missing. */
enum { TRIES = 1000 };

int
subset_has(const struct subset *s, size_t x)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->v[i] == x)
			return 1;
	return 0;
}

int
subset_is(const struct subset *a, const struct subset *b)
{
	size_t i;

	if (a->n != b->n)
		return 0;
	for (i = 0; i < a->n; i++)
		if (a->v[i] != b->v[i])
			return 0;
	return 1;
}

int
subset_add(struct subsets *all, const struct subset *s)
{
	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) < 0)
		return -1;
	all->v[all->n++] = *s;
	return 0;
}

void
subsets_free(struct subsets *all)
{
	free(all->v);
}

/* Puts a number in its place. */
static void
insert(struct subset *s, size_t x)
{
	size_t i;

	for (i = s->n++; i > 0 && s->v[i - 1] > x; i--)
		s->v[i] = s->v[i - 1];
	s->v[i] = x;
}

static void
draw(struct subset *s, size_t n, size_t k, uint64_t *rng)
{
	size_t size = 1 + (size_t)rng_below(rng, k), x;

	s->n = 0;
	while (s->n < size) {
		x = (size_t)rng_below(rng, n);
		if (!subset_has(s, x))
			insert(s, x);
	}
}

static int
is_there(const struct subsets *all, const struct subset *s)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (subset_is(&all->v[i], s))
			return 1;
	return 0;
}

int
subset_draw(struct subsets *all, size_t n, size_t k, uint64_t *rng)
{
	struct subset s;
	int i;

	if (k > n)
		k = n;
	if (k > SUBSET_MAX)
		k = SUBSET_MAX;
	if (k == 0)
		return 0;
	for (i = 0; i < TRIES; i++) {
		draw(&s, n, k, rng);
		if (!is_there(all, &s))
			return subset_add(all, &s) < 0 ? -1 : 1;
	}
	return 0;
}
