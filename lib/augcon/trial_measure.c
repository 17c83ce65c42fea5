/* Pairs that were not fitted on, measured. */
#include <string.h>

#include "augcon/features.h"
#include "augcon/trial_int.h"

/* The score of a row, as scorer_score() adds it up. */
static double
score(const struct trial *t, const struct trial_model *m, const double *w,
    const double *f)
{
	double sum = 0;
	size_t at = 0, end;
	unsigned b;

	for (b = 0; b < BLOCKS; b++) {
		end = at + block_size(&t->schema, (enum block)b);
		for (; at < end; at++)
			sum += w[at] * m->scale[b] * f[at];
	}
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

/*
 * The margin with another pair's context, where that can be told without
 * asking for more.
 */
static int
shuffle(struct trial *t, const struct trial_model *m, size_t at,
    struct eval_pair *e)
{
	const struct pair *v = &t->p->v[t->out[at]];
	const struct pair *other = stranger(t, at);

	e->has_shuffled = !t->schema.has[BLOCK_STATE] &&
	    !t->schema.has[BLOCK_LOGPROB] && !t->schema.has[BLOCK_JUDGE];
	if (other == NULL || !e->has_shuffled)
		return 0;
	if (trial_look(t, t->here, m->df, v->good, other->good) < 0 ||
	    trial_look(t, t->there, m->df, v->bad, other->bad) < 0)
		return -1;
	trial_given(t, t->here + FEATURES, v->good, other->good);
	trial_given(t, t->there + FEATURES, v->bad, other->bad);
	e->shuffled = score(t, m, m->w, t->here) -
	    score(t, m, m->w, t->there);
	return 0;
}

/* The rows of a pair's questions, into here and there. */
static void
set_rows(struct trial *t, size_t pair)
{
	const struct pair *v = &t->p->v[pair];
	size_t size = FEATURES * sizeof(double);

	memcpy(t->here, t->good + pair * FEATURES, size);
	memcpy(t->there, t->bad + pair * FEATURES, size);
	trial_given(t, t->here + FEATURES, v->good, v->good);
	trial_given(t, t->there + FEATURES, v->bad, v->bad);
}

static int
measure_pair(struct trial *t, const struct trial_model *m, size_t at,
    struct eval_pair *e)
{
	const struct pair *v = &t->p->v[t->out[at]];
	size_t cover = features_find("cover_exact");
	size_t judge = block_at(&t->schema, BLOCK_JUDGE);

	memset(e, 0, sizeof(*e));
	set_rows(t, t->out[at]);
	e->good = score(t, m, m->w, t->here);
	e->bad = score(t, m, m->w, t->there);
	e->blind = score(t, m, m->blind, t->here) -
	    score(t, m, m->blind, t->there);
	e->cover = t->here[cover] - t->there[cover];
	e->has_judge = t->schema.has[BLOCK_JUDGE];
	if (e->has_judge)
		e->judge = t->here[judge] - t->there[judge];
	e->good_len = t->p->line[v->good].terms.n;
	e->bad_len = t->p->line[v->bad].terms.n;
	e->length = m->longer * ((double)e->good_len - (double)e->bad_len);
	e->kind = v->kind;
	return shuffle(t, m, at, e);
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
