/* A binary min-heap of pointers by (major, minor). */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct heap_item {
	uint64_t major, minor;
	void *p;
};

struct heap {
	struct heap_item *v;	/* owned; v[0] is the least */
	size_t n, cap;
};

int heap_push(struct heap *, uint64_t major, uint64_t minor, void *);
void *heap_pop(struct heap *);	/* NULL when empty */
void heap_free(struct heap *);

#endif
