#include "augcon/df.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/terms.h"
#include "base/mem.h"
#include "text/token.h"

enum {
	LEAST = 3,		/* texts; one of two is as good as unseen */
	LONGEST = 64		/* bytes of a term that is kept */
};

struct entry {
	const char *s;		/* the vocabulary's */
	size_t len, count;
	uint64_t hash;
};

struct df {
	struct vocab *vocab;
	size_t *count;		/* by id, while counting */
	size_t *last;		/* the text that counted it last */
	size_t cap_count, cap_last;
	size_t texts;
	struct entry *v;	/* the kept ones, in order */
	size_t n, cap;
	struct slot {
		uint64_t hash;
		double weight;
		int used;
	} *slot;		/* open addressing */
	size_t slots;		/* a power of two, or 0: none yet */
};

struct df *
df_new(void)
{
	struct df *d = mem_new(1, sizeof(*d));

	if (d != NULL && (d->vocab = vocab_new()) == NULL) {
		free(d);
		d = NULL;
	}
	return d;
}

void
df_free(struct df *d)
{
	if (d == NULL)
		return;
	vocab_free(d->vocab);
	free(d->count);
	free(d->last);
	free(d->v);
	free(d->slot);
	free(d);
}

static int
count_term(void *arg, const char *s, size_t len)
{
	struct df *d = arg;
	size_t known = vocab_size(d->vocab);
	uint32_t id = vocab_id(d->vocab, s, len);

	if (id == UINT32_MAX ||
	    mem_grow(&d->count, &d->cap_count, id + (size_t)1,
	    sizeof(*d->count)) < 0 ||
	    mem_grow(&d->last, &d->cap_last, id + (size_t)1,
	    sizeof(*d->last)) < 0)
		return -1;
	if (id >= known)
		d->count[id] = d->last[id] = 0;
	if (d->last[id] != d->texts) {
		d->last[id] = d->texts;
		d->count[id]++;
	}
	return 0;
}

int
df_count(struct df *d, const char *s, size_t len, struct buf *scratch)
{
	d->texts++;
	return terms_each(s, len, scratch, count_term, d);
}

static int
by_count(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int c;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	c = memcmp(x->s, y->s, n);
	if (c != 0)
		return c;
	return x->len < y->len ? -1 : x->len > y->len;
}

static int
keep(struct df *d, const char *s, size_t len, size_t count)
{
	struct entry *e;

	if (mem_grow(&d->v, &d->cap, d->n + 1, sizeof(*d->v)) < 0)
		return -1;
	e = &d->v[d->n++];
	e->s = s;
	e->len = len;
	e->count = count;
	e->hash = terms_hash(s, len);
	return 0;
}

/* Where a hash is, or would go. */
static struct slot *
find(const struct df *d, uint64_t hash)
{
	size_t i = (size_t)hash & (d->slots - 1);

	while (d->slot[i].used && d->slot[i].hash != hash)
		i = (i + 1) & (d->slots - 1);
	return &d->slot[i];
}

/* Builds the table of weights from the kept terms. */
static int
index_terms(struct df *d)
{
	struct slot *s;
	size_t i, n = 16;

	while (n < 2 * d->n)
		n *= 2;
	free(d->slot);
	d->slots = 0;
	d->slot = mem_new(n, sizeof(*d->slot));
	if (d->slot == NULL)
		return -1;
	d->slots = n;
	for (i = 0; i < d->n; i++) {
		s = find(d, d->v[i].hash);
		s->used = 1;
		s->hash = d->v[i].hash;
		s->weight = 1 - log1p((double)d->v[i].count) /
		    log1p((double)d->texts);
	}
	return 0;
}

int
df_finish(struct df *d)
{
	size_t i, len;
	const char *s;

	d->n = 0;
	for (i = 0; i < vocab_size(d->vocab); i++) {
		if (d->count[i] < LEAST)
			continue;
		s = vocab_token(d->vocab, (uint32_t)i, &len);
		if (len <= LONGEST && keep(d, s, len, d->count[i]) < 0)
			return -1;
	}
	if (d->n > 0)
		qsort(d->v, d->n, sizeof(*d->v), by_count);
	if (d->n > DF_TERMS)
		d->n = DF_TERMS;
	return index_terms(d);
}

size_t
df_texts(const struct df *d)
{
	return d->texts;
}

size_t
df_size(const struct df *d)
{
	return d->n;
}

const char *
df_term(const struct df *d, size_t i, size_t *len, size_t *count)
{
	*len = d->v[i].len;
	*count = d->v[i].count;
	return d->v[i].s;
}

int
df_read(struct df *d, size_t texts, const struct df_line *line, size_t n)
{
	const char *s;
	size_t i, len;

	/* A vocabulary may move its bytes while it grows. */
	for (i = 0; i < n; i++)
		if (vocab_id(d->vocab, line[i].s, line[i].len) == UINT32_MAX)
			return -1;
	if (vocab_size(d->vocab) != n)
		return 1;
	d->texts = texts;
	for (i = 0; i < n; i++) {
		s = vocab_token(d->vocab, (uint32_t)i, &len);
		if (keep(d, s, len, line[i].count) < 0)
			return -1;
		if (i > 0 && by_count(&d->v[i - 1], &d->v[i]) >= 0)
			return 1;
	}
	return index_terms(d);
}

double
df_weight(const struct df *d, uint64_t hash)
{
	const struct slot *s;

	if (d->slots == 0)
		return 1;
	s = find(d, hash);
	return s->used ? s->weight : 1;
}
