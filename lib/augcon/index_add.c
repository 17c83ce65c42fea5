/* What an index keeps: fresh first, then merged into lists. */
#include <stdlib.h>
#include <string.h>

#include "augcon/index_int.h"
#include "base/mem.h"

/* How many of the tokens of a kept text of n tokens can be the rarest. */
static size_t
kept_prefix(const struct index *x, size_t n)
{
	size_t m = x->shortest, lo, hi, need;

	if (x->test.measure == ROUGE_F) {
		rouge_lengths(&x->test, n, &lo, &hi);
		m = m > lo ? m : lo;
	}
	need = rouge_need(&x->test, m, n);
	return need > n ? 0 : n - need + 1;
}

static int
fresh_add(struct index *x, const struct asked *a, size_t at)
{
	uint32_t rank = a->rank[at];
	struct fresh *e;

	if (x->nfresh == UINT32_MAX - 1 || mem_grow(&x->fresh, &x->fresh_cap,
	    x->nfresh + 1, sizeof(*x->fresh)) == -1)
		return -1;
	e = &x->fresh[x->nfresh++];
	e->bits = a->bits[0];
	e->rank = rank;
	e->number = (uint32_t)(x->nkept - 1);
	e->n = (uint32_t)a->m;
	e->next = x->head[rank];
	x->head[rank] = (uint32_t)x->nfresh;
	return 0;
}

int
index_add(struct index *x, const struct probe *p, size_t k)
{
	const struct asked *a = &p->ask[k];
	uint32_t number = (uint32_t)x->nkept;
	size_t j, end;

	if (mem_grow(&x->kept, &x->kept_cap, x->nkept + 1,
	    sizeof(*x->kept)) == -1)
		return -1;
	x->kept[x->nkept++] = (struct kept){ { a->bits[0], a->bits[1] },
	    a->i, (uint32_t)a->m };
	if (a->m == 0 && x->empty == NONE)
		x->empty = number;
	if (a->m > LONG) {
		if (mem_grow(&x->side, &x->side_cap, x->nside + 1,
		    sizeof(*x->side)) == -1)
			return -1;
		x->side[x->nside++] = number;
	}
	if (a->m == 0 || a->m > LONG)
		return 0;
	end = kept_prefix(x, a->m);
	for (j = 0; j < end; j++)
		if (asked_first(a, j) && fresh_add(x, a, j) == -1)
			return -1;
	return 0;
}

/* Makes room for more; the numbers go behind the bitmaps again. */
static int
part_grow(struct part *l)
{
	size_t cap = l->cap < 4 ? 2 * l->cap + 1 : l->cap + l->cap / 4 + 1;
	struct part to = { .n = l->n, .cap = (uint32_t)cap };

	if (cap > UINT32_MAX)
		return -1;
	to.bits = mem_resize(NULL, cap, sizeof(*to.bits) + sizeof(uint32_t));
	if (to.bits == NULL)
		return -1;
	if (l->n > 0) {
		memcpy(to.bits, l->bits, l->n * sizeof(*to.bits));
		memcpy(part_numbers(&to), part_numbers(l),
		    l->n * sizeof(uint32_t));
	}
	free(l->bits);
	*l = to;
	return 0;
}

static int
part_add(struct part *l, uint64_t bits, uint32_t number)
{
	if (l->n == l->cap && part_grow(l) == -1)
		return -1;
	l->bits[l->n] = bits;
	part_numbers(l)[l->n++] = number;
	return 0;
}

/* Takes the list's entries apart by length. */
static int
list_part(const struct index *x, struct list *l)
{
	const uint32_t *number = part_numbers(&l->all);
	uint32_t i;

	l->part = mem_new(PARTS, sizeof(*l->part));
	if (l->part == NULL)
		return -1;
	for (i = 0; i < l->all.n; i++)
		if (part_add(&l->part[part_of(x->kept[number[i]].n)],
		    l->all.bits[i], number[i]) == -1)
			return -1;
	free(l->all.bits);
	memset(&l->all, 0, sizeof(l->all));
	return 0;
}

static int
list_add(const struct index *x, const struct fresh *e)
{
	enum { MANY = 128 };	/* entries that are worth parts */
	struct list *l = &x->list[e->rank];

	if (l->part == NULL && l->all.n >= MANY && list_part(x, l) == -1)
		return -1;
	return part_add(l->part == NULL ? &l->all : &l->part[part_of(e->n)],
	    e->bits, e->number);
}

int
index_merge(struct index *x, size_t share, size_t n)
{
	enum { AHEAD = 8 };
	size_t i;

	for (i = 0; i < x->nfresh; i++) {
		if (i + AHEAD < x->nfresh)
			__builtin_prefetch(
			    &x->list[x->fresh[i + AHEAD].rank]);
		if (x->fresh[i].rank % n == share &&
		    list_add(x, &x->fresh[i]) == -1)
			return -1;
	}
	return 0;
}

void
index_merged(struct index *x)
{
	size_t i;

	for (i = 0; i < x->nfresh; i++)
		x->head[x->fresh[i].rank] = 0;
	x->nfresh = 0;
	x->merged = x->nkept;
}
