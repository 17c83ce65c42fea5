#include "augcon/train.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/fit.h"
#include "base/mem.h"
#include "base/rng.h"

enum { HELD = TRAIN_FOLDS, EVERY };	/* parts beside the folds */

static const double lambdas[TRAIN_LAMBDAS] = {
	1e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1
};
static const double lambda_unmeasured = 1e-2;	/* with a single root */

struct work {
	struct pairs *p;
	struct match_work *match;
	unsigned char *part;		/* by pair: fold, or HELD */
	double *good, *bad, *z;		/* by pair: FEATURES numbers */
	size_t *row, *out;		/* pairs fitted on, pairs measured on */
	size_t nrow, nout;
	struct eval_pair *seen;		/* measured so far */
	size_t nseen;
	double *margin;			/* by pair and lambda */
	unsigned char *used;		/* contexts, then questions, counted */
	unsigned char only[2][FEATURES];	/* blind, length */
};

/* A fitted scorer and its two blind rivals. */
struct model {
	struct df *df;
	double scale;
	double w[FEATURES], blind[FEATURES], length[FEATURES];
};

static void
work_free(struct work *t)
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

static int
work_init(struct work *t, struct pairs *p)
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
	t->margin = mem_new(n, TRAIN_LAMBDAS * sizeof(double));
	t->used = mem_new(vocab_size(p->contexts) +
	    vocab_size(p->questions), 1);
	for (i = 0; i < FEATURES; i++) {
		t->only[0][i] = (unsigned char)features_blind(i);
		t->only[1][i] = strncmp(features_name(i), "length", 6) == 0;
	}
	return t->match != NULL && t->part != NULL && t->good != NULL &&
	    t->bad != NULL && t->z != NULL && t->row != NULL &&
	    t->out != NULL && t->seen != NULL && t->margin != NULL &&
	    t->used != NULL ? 0 : -1;
}

/*
 * Deals the roots that have pairs, in an order drawn by the seed: the first
 * `held` are held out, the others go to the folds in turn.
 */
static int
deal(struct work *t, const struct train_opt *opt, struct train_report *r)
{
	const struct pairs *p = t->p;
	size_t all = vocab_size(p->roots), n = 0, i, j, swap;
	size_t *order = mem_new(all, sizeof(*order));
	unsigned char *part = mem_new(all, 1);
	uint64_t state = opt->seed;

	if (order == NULL || part == NULL) {
		free(order);
		free(part);
		return -1;
	}
	for (i = 0; i < p->n; i++)
		if (!part[p->v[i].root]) {
			part[p->v[i].root] = 1;
			order[n++] = p->v[i].root;
		}
	for (i = n; i > 1; i--) {
		j = (size_t)rng_below(&state, i);
		swap = order[i - 1];
		order[i - 1] = order[j];
		order[j] = swap;
	}
	r->held_roots = (size_t)(opt->holdout * (double)n + 0.5);
	if (opt->holdout > 0 && r->held_roots == 0)
		r->held_roots = 1;
	if (r->held_roots >= n)
		r->held_roots = n - 1;
	r->roots = n - r->held_roots;
	r->folds = r->roots < TRAIN_FOLDS ? r->roots : TRAIN_FOLDS;
	r->folds = r->folds < 2 ? 0 : r->folds;
	for (i = 0; i < n; i++)
		part[order[i]] = (unsigned char)(i < r->held_roots ? HELD :
		    (i - r->held_roots) % TRAIN_FOLDS);
	for (i = 0; i < p->n; i++)
		t->part[i] = part[p->v[i].root];
	free(order);
	free(part);
	return 0;
}

/* Parts the pairs into those fitted on and those of `part`, measured on. */
static void
choose(struct work *t, unsigned part)
{
	size_t i;

	t->nrow = t->nout = 0;
	for (i = 0; i < t->p->n; i++)
		if (t->part[i] == part)
			t->out[t->nout++] = i;
		else if (t->part[i] != HELD)
			t->row[t->nrow++] = i;
}

/* Counts a text of a vocabulary once. */
static int
count_text(struct work *t, struct df *df, const struct vocab *v, uint32_t id,
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

/* The table of the contexts and better questions that are fitted on. */
static struct df *
learn_words(struct work *t)
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
look(struct work *t, double *f, const struct df *df, size_t at, size_t with)
{
	const struct pairs *p = t->p;

	return features_get(f, &p->context[p->line[with].context],
	    &p->line[at].terms, df, t->match);
}

static int
extract(struct work *t, const struct df *df, const size_t *row, size_t n)
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

static struct fit
problem(const struct work *t, double lambda)
{
	struct fit f = { .z = t->z, .dim = FEATURES, .row = t->row,
	    .n = t->nrow, .lambda = lambda };

	f.scale = fit_scale(&f);
	return f;
}

/* Fits the rows chosen, and the two rivals; m->df is then the caller's. */
static int
fit_model(struct work *t, struct model *m, double lambda)
{
	struct fit f;

	m->df = learn_words(t);
	if (m->df == NULL || extract(t, m->df, t->row, t->nrow) < 0)
		return -1;
	f = problem(t, lambda);
	m->scale = f.scale;
	if (fit_solve(&f, m->w) < 0)
		return -1;
	f.only = t->only[0];
	if (fit_solve(&f, m->blind) < 0)
		return -1;
	f.only = t->only[1];
	return fit_solve(&f, m->length);
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
 * another context; NULL when there is none.
 */
static const struct pair *
stranger(const struct work *t, size_t at)
{
	const struct pairs *p = t->p;
	const struct pair *me = &p->v[t->out[at]], *you;
	size_t i;

	for (i = 0; i < t->nout; i++) {
		you = &p->v[t->out[(at + t->nout / 2 + i) % t->nout]];
		if (you->kind == me->kind && you->root != me->root &&
		    p->line[you->good].context != p->line[me->good].context)
			return you;
	}
	return NULL;
}

static int
measure_pair(struct work *t, const struct model *m, size_t at,
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
	e->length = dot(m->length, z, m->scale);
	e->cover = z[features_find("cover_exact")];
	e->good_len = t->p->line[v->good].terms.n;
	e->bad_len = t->p->line[v->bad].terms.n;
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

static int
measure(struct work *t, const struct model *m)
{
	size_t i;

	if (extract(t, m->df, t->out, t->nout) < 0)
		return -1;
	for (i = 0; i < t->nout; i++)
		if (measure_pair(t, m, i, &t->seen[t->nseen++]) < 0)
			return -1;
	return 0;
}

/* One fold, for every lambda: the margins of the pairs left out. */
static int
try_lambdas(struct work *t, struct train_report *r)
{
	struct df *df = learn_words(t);
	double w[FEATURES], m;
	struct fit f;
	size_t i, k;
	int rc = df == NULL ? -1 : 0;

	if (rc == 0 && (extract(t, df, t->row, t->nrow) < 0 ||
	    extract(t, df, t->out, t->nout) < 0))
		rc = -1;
	df_free(df);
	for (k = 0; rc == 0 && k < TRAIN_LAMBDAS; k++) {
		f = problem(t, lambdas[k]);
		rc = fit_solve(&f, w);
		for (i = 0; rc == 0 && i < t->nout; i++) {
			m = fit_margin(&f, w, t->out[i]);
			t->margin[k * t->p->n + t->out[i]] = m;
			r->grid[k].loss += fit_loss(m);
			r->grid[k].right.n++;
			r->grid[k].right.right += m > 0 ? 1 : m < 0 ? 0 : 0.5;
		}
	}
	return rc;
}

/* Finds the lambda with the least loss on folds left out; the larger of two. */
static int
choose_lambda(struct work *t, struct train_report *r)
{
	size_t k, n;

	for (k = 0; k < TRAIN_LAMBDAS; k++)
		r->grid[k].lambda = lambdas[k];
	for (k = 0; k < r->folds; k++) {
		choose(t, (unsigned)k);
		if (try_lambdas(t, r) < 0)
			return -1;
	}
	for (k = 0; k < TRAIN_LAMBDAS; k++) {
		n = r->grid[k].right.n;
		if (n > 0)
			r->grid[k].loss /= (double)n;
		if (r->grid[k].loss <= r->grid[r->chosen].loss)
			r->chosen = k;
	}
	return 0;
}

/* The temperature of the margins of pairs left out, at the lambda chosen. */
static double
temperature(struct work *t, struct train_report *r)
{
	double *m = t->margin + r->chosen * t->p->n;
	size_t i, n = 0;

	for (i = 0; i < t->p->n; i++) {
		if (t->part[i] == HELD)
			continue;
		r->fold[t->part[i]].n++;
		r->fold[t->part[i]].right += m[i] > 0 ? 1 :
		    m[i] < 0 ? 0 : 0.5;
		t->z[n++] = m[i];
	}
	return eval_temperature(t->z, n);
}

/* Without held-out roots, each fold is measured by a fit of the others. */
static int
measure_folds(struct work *t, const struct train_report *r, double lambda)
{
	struct model m;
	size_t k;
	int rc = 0;

	for (k = 0; rc == 0 && k < r->folds; k++) {
		choose(t, (unsigned)k);
		rc = fit_model(t, &m, lambda);
		if (rc == 0)
			rc = measure(t, &m);
		df_free(m.df);
	}
	return rc;
}

/* The scorer that is handed out: fitted on every root not held out. */
static int
fit_all(struct work *t, struct scorer *s, const struct train_report *r)
{
	struct model m;
	int rc;

	choose(t, r->held_roots > 0 ? HELD : EVERY);
	rc = fit_model(t, &m, s->lambda);
	if (rc == 0 && r->held_roots > 0)
		rc = measure(t, &m);
	if (rc < 0) {
		df_free(m.df);
		return -1;
	}
	s->df = m.df;
	s->scale = m.scale;
	s->pairs = t->nrow;
	s->roots = r->roots;
	memcpy(s->weight, m.w, sizeof(s->weight));
	return 0;
}

static int
run(struct work *t, const struct train_opt *opt, struct train_report *r,
    struct scorer *s)
{
	s->lambda = lambda_unmeasured;
	s->temperature = 1;
	if (deal(t, opt, r) < 0 || choose_lambda(t, r) < 0)
		return -1;
	if (r->folds > 0) {
		s->lambda = lambdas[r->chosen];
		s->temperature = temperature(t, r);
	}
	if (r->held_roots == 0 && measure_folds(t, r, s->lambda) < 0)
		return -1;
	if (fit_all(t, s, r) < 0)
		return -1;
	r->held_pairs = t->nseen;
	if (eval_pairs(&r->eval, t->seen, t->nseen,
	    vocab_size(t->p->kinds)) < 0)
		return -1;
	s->accuracy = t->nseen > 0 ? eval_rate(&r->eval.all.full) : -1;
	return 0;
}

struct scorer *
train(struct pairs *p, const struct train_opt *opt, struct train_report *r,
    struct buf *why)
{
	struct work t;
	struct scorer *s = scorer_new();

	memset(r, 0, sizeof(*r));
	if (work_init(&t, p) < 0 || s == NULL || run(&t, opt, r, s) < 0) {
		buf_str(why, "out of memory");
		scorer_free(s);
		s = NULL;
	}
	work_free(&t);
	return s;
}
