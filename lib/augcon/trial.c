#include <stdlib.h>
#include <string.h>

#include "augcon/features.h"
#include "augcon/trial_int.h"
#include "base/mem.h"

void
trial_free(struct trial *t)
{
	match_work_free(t->match);
	free(t->part);
	free(t->good);
	free(t->bad);
	free(t->z);
	free(t->apart);
	free(t->of[0]);
	free(t->of[1]);
	free(t->row);
	free(t->out);
	free(t->seen);
	free(t->margin);
	free(t->used);
	free(t->sees);
	free(t->blind);
	free(t->scale);
	free(t->here);
	free(t->there);
}

static int
allocate(struct trial *t, size_t n, size_t lambdas)
{
	t->match = match_work_new();
	t->part = mem_new(n, 1);
	t->good = mem_new(n, FEATURES * sizeof(double));
	t->bad = mem_new(n, FEATURES * sizeof(double));
	t->z = mem_new(n, FEATURES * sizeof(double));
	t->apart = mem_new(n, (t->ngiven + 1) * sizeof(float));
	if (t->loss == FIT_AUGCON) {
		t->of[0] = mem_new(n, (t->ngiven + 1) * sizeof(float));
		t->of[1] = mem_new(n, (t->ngiven + 1) * sizeof(float));
		if (t->of[0] == NULL || t->of[1] == NULL)
			return -1;
	}
	t->row = mem_new(n, sizeof(*t->row));
	t->out = mem_new(n, sizeof(*t->out));
	t->seen = mem_new(n, sizeof(*t->seen));
	t->margin = mem_new(n, lambdas * sizeof(double));
	t->used = mem_new(vocab_size(t->p->contexts) +
	    vocab_size(t->p->questions), 1);
	t->sees = mem_new(t->dim, 1);
	t->blind = mem_new(t->dim, 1);
	t->scale = mem_new(t->dim, sizeof(double));
	t->here = mem_new(t->dim, sizeof(double));
	t->there = mem_new(t->dim, sizeof(double));
	return t->match != NULL && t->part != NULL && t->good != NULL &&
	    t->bad != NULL && t->z != NULL && t->apart != NULL &&
	    t->row != NULL && t->out != NULL && t->seen != NULL &&
	    t->margin != NULL && t->used != NULL && t->sees != NULL &&
	    t->blind != NULL && t->scale != NULL && t->here != NULL &&
	    t->there != NULL ? 0 : -1;
}

static void
mark_columns(struct trial *t, const struct schema *s)
{
	struct part part;
	size_t at;

	for (at = 0; schema_part(&t->schema, at, &part); at += part.n) {
		memset(t->sees + at, s->has[part.block], part.n);
		memset(t->blind + at, part.blind, part.n);
	}
}

/* The given numbers do not depend on what is fitted on. */
static void
set_apart(struct trial *t)
{
	float *out = t->apart;
	size_t i, j;

	for (i = 0; i < t->p->n; i++) {
		const struct pair *v = &t->p->v[i];

		trial_given(t, t->here, v->good, v->good);
		trial_given(t, t->there, v->bad, v->bad);
		for (j = 0; j < t->ngiven; j++)
			*out++ = (float)(t->here[j] - t->there[j]);
		if (t->of[0] == NULL)
			continue;
		for (j = 0; j < t->ngiven; j++) {
			t->of[0][i * t->ngiven + j] = (float)t->there[j];
			t->of[1][i * t->ngiven + j] = (float)t->here[j];
		}
	}
}

int
trial_init(struct trial *t, struct pairs *p, const struct trial_opt *opt)
{
	memset(t, 0, sizeof(*t));
	t->p = p;
	t->given = opt->given;
	t->loss = opt->loss;
	t->schema = *opt->schema;
	t->schema.has[BLOCK_LEXICAL] = 1;
	t->dim = schema_size(&t->schema);
	t->ngiven = t->dim - FEATURES;
	if (allocate(t, p->n, opt->lambdas) < 0)
		return -1;
	mark_columns(t, opt->schema);
	set_apart(t);
	return 0;
}

int
trial_model_init(const struct trial *t, struct trial_model *m)
{
	memset(m, 0, sizeof(*m));
	m->w = mem_new(t->dim, sizeof(*m->w));
	m->blind = mem_new(t->dim, sizeof(*m->blind));
	return m->w != NULL && m->blind != NULL ? 0 : -1;
}

void
trial_model_free(struct trial_model *m)
{
	free(m->w);
	free(m->blind);
}

void
trial_choose(struct trial *t, unsigned part, unsigned never)
{
	size_t i;

	t->nrow = t->nout = 0;
	for (i = 0; i < t->p->n; i++)
		if (t->part[i] == part)
			t->out[t->nout++] = i;
		else if (t->part[i] != never)
			t->row[t->nrow++] = i;
}

/* Counts a text of a vocabulary once. */
static int
count_text(struct trial *t, struct df *df, const struct vocab *v, uint32_t id,
    size_t offset)
{
	const char *s;
	size_t len;

	if (t->used[offset + id])
		return 0;
	t->used[offset + id] = 1;
	s = vocab_token(v, id, &len);
	return df_count(df, s, len, &t->p->scratch);
}

struct df *
trial_words(struct trial *t)
{
	struct pairs *p = t->p;
	size_t offset = vocab_size(p->contexts), i;
	struct df *df = df_new();
	int rc = df == NULL ? -1 : 0;

	memset(t->used, 0, offset + vocab_size(p->questions));
	for (i = 0; rc == 0 && i < t->nrow; i++) {
		const struct pair *v = &p->v[t->row[i]];
		const struct pair_line *good = &p->line[v->good];

		if (count_text(t, df, p->contexts, good->context, 0) < 0 ||
		    count_text(t, df, p->contexts,
		    p->line[v->bad].context, 0) < 0 ||
		    count_text(t, df, p->questions, good->question,
		    offset) < 0)
			rc = -1;
	}
	if (rc == 0)
		rc = df_finish(df);
	if (rc < 0) {
		df_free(df);
		return NULL;
	}
	return df;
}

int
trial_extract(struct trial *t, const struct df *df, const size_t *row,
    size_t n)
{
	size_t i, j, k;

	for (i = 0; i < n; i++) {
		const struct pair *v = &t->p->v[row[i]];

		k = row[i] * FEATURES;
		if (trial_look(t, t->good + k, df, v->good, v->good) < 0 ||
		    trial_look(t, t->bad + k, df, v->bad, v->bad) < 0)
			return -1;
		for (j = 0; j < FEATURES; j++)
			t->z[k + j] = t->good[k + j] - t->bad[k + j];
	}
	return 0;
}

struct fit
trial_problem(struct trial *t, double lambda, double scale[BLOCKS])
{
	struct fit f = { .kind = t->loss,
	    .own_of = { t->bad, t->good }, .given_of = { t->of[0], t->of[1] },
	    .own = t->z, .given = t->apart, .nown = FEATURES,
	    .ngiven = t->ngiven, .row = t->row, .n = t->nrow,
	    .scale = t->scale, .lambda = lambda, .rough = t->rough,
	    .only = t->sees };
	size_t at, end, j;
	unsigned b;

	for (at = 0, b = 0; b < BLOCKS; b++, at = end) {
		end = at + block_size(&t->schema, (enum block)b);
		scale[b] = fit_scale(&f, at, end);
		for (j = at; j < end; j++)
			t->scale[j] = scale[b];
	}
	return f;
}

/* Which way do lengths point in the pairs fitted on? */
static double
which_longer(const struct trial *t)
{
	const struct pairs *p = t->p;
	size_t i, longer = 0, shorter = 0, good, bad;

	for (i = 0; i < t->nrow; i++) {
		good = p->line[p->v[t->row[i]].good].terms.n;
		bad = p->line[p->v[t->row[i]].bad].terms.n;
		longer += good > bad;
		shorter += good < bad;
	}
	return longer >= shorter ? 1 : -1;
}

int
trial_fit(struct trial *t, struct trial_model *m, double lambda)
{
	struct fit f;

	m->df = trial_words(t);
	if (m->df == NULL || trial_extract(t, m->df, t->row, t->nrow) < 0)
		return -1;
	f = trial_problem(t, lambda, m->scale);
	if (fit_solve(&f, m->w) < 0)
		return -1;
	if (t->nout == 0)
		return 0;
	m->longer = which_longer(t);
	f.only = t->blind;
	return fit_solve(&f, m->blind);
}
