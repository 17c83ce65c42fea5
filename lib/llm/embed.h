/*
 * An embedding as servers send it (OpenAI's /v1/embeddings): a JSON array of
 * numbers.  Here it becomes a vector of length 1, so that a product of two is
 * the cosine of the angle between them.
 */
#ifndef LLM_EMBED_H
#define LLM_EMBED_H

#include <stddef.h>

#include "base/buf.h"

enum { EMBED_MAX = 65536 };	/* numbers in a vector */

struct floats {
	float *v;		/* owned */
	size_t n, cap;
};

/*
 * Appends the numbers of an array, text that was scanned as JSON and ends
 * with a NUL.  *dim says how many they must be; where it is 0, it gets to
 * know.  0; 1: *why says what is wrong with it; -1: no memory.  With 1 and -1
 * nothing is appended.
 */
int embed_read(const char *json, size_t *dim, struct floats *,
    struct buf *why);
void floats_free(struct floats *);

#endif
