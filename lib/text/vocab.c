/* A vocabulary: open addressing over strings kept in one block. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "text/token.h"

struct entry {
	size_t at;		/* offset of the token's bytes */
	uint32_t len;
};

/* A slot keeps part of the hash, so that most misses touch no string. */
struct slot {
	uint32_t id;		/* plus one; 0: free */
	uint32_t tag;
};

struct vocab {
	struct entry *v;
	size_t n, cap;
	char *bytes;
	size_t nbytes, bytes_cap;
	struct slot *slots;
	size_t nslots;		/* a power of two, never over half full */
};

enum { FIRST_SLOTS = 256 };

struct vocab *
vocab_new(void)
{
	struct vocab *w = mem_new(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->nslots = FIRST_SLOTS;
	w->slots = mem_new(w->nslots, sizeof(*w->slots));
	if (w->slots == NULL) {
		free(w);
		return NULL;
	}
	return w;
}

void
vocab_free(struct vocab *w)
{
	if (w == NULL)
		return;
	free(w->v);
	free(w->bytes);
	free(w->slots);
	free(w);
}

/* The slot where a token is, or the free one where it belongs. */
static struct slot *
find(const struct vocab *w, const char *s, size_t len, uint64_t hash)
{
	size_t mask = w->nslots - 1, i = (size_t)hash & mask;
	uint32_t tag = (uint32_t)(hash >> 32);
	const struct entry *e;

	for (;; i = (i + 1) & mask) {
		if (w->slots[i].id == 0)
			return &w->slots[i];
		if (w->slots[i].tag != tag)
			continue;
		e = &w->v[w->slots[i].id - 1];
		if (e->len == len && memcmp(w->bytes + e->at, s, len) == 0)
			return &w->slots[i];
	}
}

static int
grow(struct vocab *w)
{
	struct slot *old = w->slots, *to;
	size_t i, nold = w->nslots;
	uint64_t hash;

	w->slots = mem_new(nold * 2, sizeof(*w->slots));
	if (w->slots == NULL) {
		w->slots = old;
		return -1;
	}
	w->nslots = nold * 2;
	for (i = 0; i < w->n; i++) {
		hash = hash_bytes(w->bytes + w->v[i].at, w->v[i].len, 0);
		to = find(w, w->bytes + w->v[i].at, w->v[i].len, hash);
		to->id = (uint32_t)i + 1;
		to->tag = (uint32_t)(hash >> 32);
	}
	free(old);
	return 0;
}

uint32_t
vocab_id(struct vocab *w, const char *s, size_t len)
{
	uint64_t hash = hash_bytes(s, len, 0);
	struct slot *at = find(w, s, len, hash);

	if (at->id != 0)
		return at->id - 1;
	if (len > UINT32_MAX || w->n >= UINT32_MAX - 1)
		return UINT32_MAX;
	if (w->n * 2 >= w->nslots) {
		if (grow(w) < 0)
			return UINT32_MAX;
		at = find(w, s, len, hash);
	}
	if (mem_grow(&w->v, &w->cap, w->n + 1, sizeof(*w->v)) < 0 ||
	    len > SIZE_MAX - 1 - w->nbytes ||
	    mem_grow(&w->bytes, &w->bytes_cap, w->nbytes + len + 1, 1) < 0)
		return UINT32_MAX;
	memcpy(w->bytes + w->nbytes, s, len);
	w->v[w->n].at = w->nbytes;
	w->v[w->n].len = (uint32_t)len;
	w->nbytes += len;
	at->tag = (uint32_t)(hash >> 32);
	at->id = (uint32_t)++w->n;
	return at->id - 1;
}

uint32_t
vocab_find(const struct vocab *w, const char *s, size_t len)
{
	const struct slot *at = find(w, s, len, hash_bytes(s, len, 0));

	return at->id == 0 ? UINT32_MAX : at->id - 1;
}

size_t
vocab_size(const struct vocab *w)
{
	return w->n;
}

const char *
vocab_token(const struct vocab *w, uint32_t id, size_t *len)
{
	*len = w->v[id].len;
	return w->bytes + w->v[id].at;
}
