#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *
mem_new(size_t n, size_t size)
{
	return calloc(n ? n : 1, size);
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		return NULL;
	n *= size;
	return realloc(p, n > 0 ? n : 1);
}

char *
mem_dup(const void *p, size_t len)
{
	char *s;

	if (len == SIZE_MAX)
		return NULL;
	s = malloc(len + 1);
	if (s == NULL)
		return NULL;
	if (len > 0)
		memcpy(s, p, len);
	s[len] = '\0';
	return s;
}

int
mem_grow(void *array, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap + *cap / 2;
	void *p;

	if (need <= *cap)
		return 0;
	if (n < need)
		n = need < 8 && *cap > 0 ? 8 : need;	/* many hold but one */
	/* The array's own type is unknown here; its pointer is copied. */
	memcpy(&p, array, sizeof(p));
	p = mem_resize(p, n, size);
	if (p == NULL)
		return -1;
	memcpy(array, &p, sizeof(p));
	*cap = n;
	return 0;
}
