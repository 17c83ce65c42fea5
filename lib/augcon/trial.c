#include "augcon/trial.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
trial_free(struct trial *t)
{
	match_work_free(t->match);
	free(t->part);
	free(t->good);
	free(t->bad);
	free(t->z);
	free(t->row);
	free(t->out);
	free(t->seen);
	free(t->margin);
	free(t->used);
}

int
trial_init(struct trial *t, struct pairs *p, size_t lambdas)
{
	size_t n = p->n, i;

	memset(t, 0, sizeof(*t));
	t->p = p;
	t->match = match_work_new();
	t->part = mem_new(n, 1);
	t->good = mem_new(n, FEATURES * sizeof(double));
	t->bad = mem_new(n, FEATURES * sizeof(double));
	t->z = mem_new(n, FEATURES * sizeof(double));
	t->row = mem_new(n, sizeof(*t->row));
	t->out = mem_new(n, sizeof(*t->out));
	t->seen = mem_new(n, sizeof(*t->seen));
	t->margin = mem_new(n, lambdas * sizeof(double));
	t->used = mem_new(vocab_size(p->contexts) +
	    vocab_size(p->questions), 1);
	for (i = 0; i < FEATURES; i++)
		t->blind[i] = (unsigned char)features_blind(i);
	return t->match != NULL && t->part != NULL && t->good != NULL &&
	    t->bad != NULL && t->z != NULL && t->row != NULL &&
	    t->out != NULL && t->seen != NULL && t->margin != NULL &&
	    t->used != NULL ? 0 : -1;
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

/* The features of line `at`, with the context of line `with`. */
static int
look(struct trial *t, double *f, const struct df *df, size_t at, size_t with)
{
	const struct pairs *p = t->p;

	return features_get(f, &p->context[p->line[with].context],
	    &p->line[at].terms, df, t->match);
}

int
trial_extract(struct trial *t, const struct df *df, const size_t *row,
    size_t n)
{
	size_t i, j, k;

	for (i = 0; i < n; i++) {
		const struct pair *v = &t->p->v[row[i]];

		k = row[i] * FEATURES;
		if (look(t, t->good + k, df, v->good, v->good) < 0 ||
		    look(t, t->bad + k, df, v->bad, v->bad) < 0)
			return -1;
		for (j = 0; j < FEATURES; j++)
			t->z[k + j] = t->good[k + j] - t->bad[k + j];
	}
	return 0;
}

struct fit
trial_problem(const struct trial *t, double lambda)
{
	struct fit f = { .z = t->z, .dim = FEATURES, .row = t->row,
	    .n = t->nrow, .lambda = lambda };

	f.scale = fit_scale(&f);
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
	f = trial_problem(t, lambda);
	m->scale = f.scale;
	if (fit_solve(&f, m->w) < 0)
		return -1;
	m->longer = which_longer(t);
	f.only = t->blind;
	return fit_solve(&f, m->blind);
}

static double
dot(const double *w, const double *f, double scale)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < FEATURES; i++)
		sum += w[i] * scale * f[i];
	return sum;
}

/*
 * A pair measured on, of the same kind as pair `at` of `out` but with
 * another context; NULL when none is found soon.
 */
static const struct pair *
stranger(const struct trial *t, size_t at)
{
	const struct pairs *p = t->p;
	const struct pair *me = &p->v[t->out[at]], *you;
	size_t i, n = t->nout < 200 ? t->nout : 200;

	for (i = 0; i < n; i++) {
		you = &p->v[t->out[(at + t->nout / 2 + i) % t->nout]];
		if (you->kind == me->kind && you->root != me->root &&
		    p->line[you->good].context != p->line[me->good].context)
			return you;
	}
	return NULL;
}

static int
measure_pair(struct trial *t, const struct trial_model *m, size_t at,
    struct eval_pair *e)
{
	const struct pair *v = &t->p->v[t->out[at]], *other;
	const double *good = t->good + t->out[at] * FEATURES;
	const double *bad = t->bad + t->out[at] * FEATURES;
	const double *z = t->z + t->out[at] * FEATURES;
	double f[FEATURES], g[FEATURES];

	memset(e, 0, sizeof(*e));
	e->good = dot(m->w, good, m->scale);
	e->bad = dot(m->w, bad, m->scale);
	e->blind = dot(m->blind, z, m->scale);
	e->cover = z[features_find("cover_exact")];
	e->good_len = t->p->line[v->good].terms.n;
	e->bad_len = t->p->line[v->bad].terms.n;
	e->length = m->longer * ((double)e->good_len - (double)e->bad_len);
	e->kind = v->kind;
	other = stranger(t, at);
	if (other == NULL)
		return 0;
	if (look(t, f, m->df, v->good, other->good) < 0 ||
	    look(t, g, m->df, v->bad, other->bad) < 0)
		return -1;
	e->shuffled = dot(m->w, f, m->scale) - dot(m->w, g, m->scale);
	return 0;
}

int
trial_measure(struct trial *t, const struct trial_model *m)
{
	size_t i;

	if (trial_extract(t, m->df, t->out, t->nout) < 0)
		return -1;
	for (i = 0; i < t->nout; i++)
		if (measure_pair(t, m, i, &t->seen[t->nseen++]) < 0)
			return -1;
	return 0;
}
