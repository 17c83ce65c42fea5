/* What an index keeps: fresh first, then merged into lists. */
#include <stdlib.h>
#include <string.h>

#include "augcon/index_int.h"
#include "base/mem.h"

static int
fresh_add(struct index *x, const struct asked *a, uint32_t key)
{
	struct fresh *e;

	if (x->nfresh == UINT32_MAX - 1 || mem_grow(&x->fresh, &x->fresh_cap,
	    x->nfresh + 1, sizeof(*x->fresh)) == -1)
		return -1;
	e = &x->fresh[x->nfresh++];
	e->entry = (struct entry){ a->bits, a->more,
	    (uint32_t)(x->nkept - 1) };
	e->key = key;
	e->next = x->head[key];
	x->head[key] = (uint32_t)x->nfresh;
	return 0;
}

int
index_add(struct index *x, struct probe *p, size_t k)
{
	const struct asked *a = &p->ask[k];
	uint32_t number = (uint32_t)x->nkept;
	size_t j;

	if (mem_grow(&x->kept, &x->kept_cap, x->nkept + 1,
	    sizeof(*x->kept)) == -1)
		return -1;
	x->kept[x->nkept++] = (struct kept){ a->i, (uint32_t)a->m };
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
	if (index_keys_add(x, a, &p->keys) == -1)
		return -1;
	for (j = 0; j < p->keys.n; j++)
		if (fresh_add(x, a, p->keys.v[j]) == -1)
			return -1;
	return 0;
}

static int
list_add(struct list *l, const struct entry *e)
{
	size_t cap = l->cap;
	struct entry *v;

	if (l->n == l->cap) {
		cap += cap < 4 ? cap + 1 : cap / 4 + 1;
		v = cap > UINT32_MAX ? NULL :
		    mem_resize(l->v, cap, sizeof(*v));
		if (v == NULL)
			return -1;
		l->v = v;
		l->cap = (uint32_t)cap;
	}
	l->v[l->n++] = *e;
	return 0;
}

int
index_merge(struct index *x, size_t share, size_t n)
{
	enum { AHEAD = 8 };
	const struct fresh *e = x->fresh, *end = e + x->nfresh;

	for (; e < end; e++) {
		if (end - e > AHEAD)
			__builtin_prefetch(&x->list[e[AHEAD].key]);
		if (e->key % n == share &&
		    list_add(&x->list[e->key], &e->entry) == -1)
			return -1;
	}
	return 0;
}

void
index_merged(struct index *x)
{
	size_t i;

	for (i = 0; i < x->nfresh; i++)
		x->head[x->fresh[i].key] = 0;
	x->nfresh = 0;
	x->merged = x->nkept;
}

int
index_reset(struct index *x, struct probe *p)
{
	size_t i, j;

	index_merged(x);
	for (i = 0; i < x->nkept; i++) {
		if (probe_set(x, p, &x->kept[i].i, 1) == -1)
			return -1;
		if (p->ask[0].m == 0 || p->ask[0].m > LONG)
			continue;
		if (index_keys_add(x, &p->ask[0], &p->keys) == -1)
			return -1;
		for (j = 0; j < p->keys.n; j++)
			x->list[p->keys.v[j]].n = 0;
	}
	x->nkept = x->nside = x->merged = 0;
	x->empty = NONE;
	return 0;
}
