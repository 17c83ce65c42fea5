#include "augcon/given.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct {
	enum block block;
	size_t width;		/* 0: that of an embedding */
} kinds[GIVEN] = {
	[GIVEN_CONTEXT] = { BLOCK_EMBED, 0 },
	[GIVEN_QUESTION] = { BLOCK_EMBED, 0 },
	[GIVEN_STATE] = { BLOCK_STATE, 0 },
	[GIVEN_AFTER] = { BLOCK_LOGPROB, 2 },
	[GIVEN_ALONE] = { BLOCK_LOGPROB, 1 },
	[GIVEN_JUDGE] = { BLOCK_JUDGE, 1 },
};

int
given_needed(const struct schema *s, enum given_what what)
{
	return s->has[kinds[what].block];
}

size_t
given_width(const struct schema *s, enum given_what what)
{
	if (!given_needed(s, what))
		return 0;
	return kinds[what].width > 0 ? kinds[what].width : s->dim;
}

static double *
embed_row(const float *q, const float *c, size_t dim, double *out)
{
	double cosine = 0;
	size_t i;

	for (i = 0; i < dim; i++) {
		double a = (double)q[i], b = (double)c[i];

		out[i] = a;
		out[dim + i] = a * b;
		out[2 * dim + i] = fabs(a - b);
		cosine += a * b;
	}
	out[3 * dim] = cosine;
	return out + 3 * dim + 1;
}

static double *
logprob_row(const float *after, const float *alone, double *out)
{
	out[0] = (double)after[0];
	out[1] = (double)alone[0];
	out[2] = (double)after[0] - (double)alone[0];
	out[3] = (double)after[1];
	return out + 4;
}

void
given_row(const struct schema *s, const float *const v[GIVEN], double *out)
{
	size_t i;

	if (s->has[BLOCK_EMBED])
		out = embed_row(v[GIVEN_QUESTION], v[GIVEN_CONTEXT], s->dim,
		    out);
	if (s->has[BLOCK_STATE])
		for (i = 0; i < s->dim; i++)
			*out++ = (double)v[GIVEN_STATE][i];
	if (s->has[BLOCK_LOGPROB])
		out = logprob_row(v[GIVEN_AFTER], v[GIVEN_ALONE], out);
	if (s->has[BLOCK_JUDGE])
		*out = (double)v[GIVEN_JUDGE][0];
}

void
given_init(struct given *g)
{
	memset(g, 0, sizeof(*g));
}

void
given_free(struct given *g)
{
	unsigned i;

	for (i = 0; i < GIVEN; i++) {
		free(g->of[i].v);
		free(g->of[i].has);
	}
	memset(g, 0, sizeof(*g));
}

int
given_put(struct given *g, enum given_what what, size_t i, size_t n,
    const float *v, size_t width)
{
	struct given_table *t = &g->of[what];

	if (t->v == NULL) {
		if (width > 0 && n > (size_t)-1 / width)
			return -1;
		t->v = mem_new(n * width, sizeof(*t->v));
		t->has = mem_new(n, 1);
		t->n = n;
		t->width = width;
		if (t->v == NULL || t->has == NULL)
			return -1;
	}
	memcpy(t->v + i * t->width, v, t->width * sizeof(*v));
	t->has[i] = 1;
	return 0;
}

const float *
given_get(const struct given *g, enum given_what what, size_t i)
{
	const struct given_table *t = &g->of[what];

	return t->has != NULL && t->has[i] ? t->v + i * t->width : NULL;
}
