#include "base/heap.h"

#include <stdlib.h>

#include "base/mem.h"

static int
less(const struct heap_item *a, const struct heap_item *b)
{
	return a->major != b->major ? a->major < b->major :
	    a->minor < b->minor;
}

int
heap_push(struct heap *h, uint64_t major, uint64_t minor, void *p)
{
	struct heap_item item = { major, minor, p };
	size_t i;

	if (mem_grow(&h->v, &h->cap, h->n + 1, sizeof(*h->v)) < 0)
		return -1;
	for (i = h->n++; i > 0 && less(&item, &h->v[(i - 1) / 2]);
	    i = (i - 1) / 2)
		h->v[i] = h->v[(i - 1) / 2];
	h->v[i] = item;
	return 0;
}

void *
heap_pop(struct heap *h)
{
	struct heap_item last;
	size_t i = 0, kid;
	void *p;

	if (h->n == 0)
		return NULL;
	p = h->v[0].p;
	last = h->v[--h->n];
	while ((kid = 2 * i + 1) < h->n) {
		if (kid + 1 < h->n && less(&h->v[kid + 1], &h->v[kid]))
			kid++;
		if (!less(&h->v[kid], &last))
			break;
		h->v[i] = h->v[kid];
		i = kid;
	}
	h->v[i] = last;
	return p;
}

void
heap_free(struct heap *h)
{
	free(h->v);
	h->v = NULL;
	h->n = h->cap = 0;
}
