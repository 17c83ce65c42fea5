/*
 * Overflow-checked memory.  NULL or -1 means no memory; nothing here exits.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* n * size bytes, zeroed. */
void *mem_new(size_t n, size_t size);

/* As realloc, for n * size bytes. */
void *mem_resize(void *, size_t n, size_t size);

/* A copy of len bytes with a NUL after them. */
char *mem_dup(const void *, size_t len);

/*
 * Makes room for at least `need` elements of `size` bytes in the array that
 * *array (a pointer to any object type, passed as void *) points to; grows
 * by half again.  -1 on failure, the array is then as it was.
 */
int mem_grow(void *array, size_t *cap, size_t need, size_t size);

#endif
