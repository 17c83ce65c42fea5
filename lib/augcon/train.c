#include "augcon/train.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/leave_out.h"
#include "augcon/trial.h"
#include "base/mem.h"
#include "base/rng.h"

enum { HELD = TRAIN_FOLDS, EVERY };	/* parts beside the folds */

static const double lambdas[TRAIN_LAMBDAS] = {
	1e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1
};
static const double lambda_unmeasured = 1e-2;	/* with a single root */

struct search {
	struct trial t;
	struct trial_model model;
	double *w;		/* by fold, lambda and column */
};

/*
 * Deals the roots that have pairs, in an order drawn by the seed: the first
 * `held` are held out, the others go to the folds in turn.
 */
static int
deal(struct trial *t, const struct train_opt *opt, struct train_report *r)
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

/*
 * The weights of each fold at each lambda.  The last of a fold are where the
 * next lambda sets out, and those chosen are where the measured fits do.
 */
static double *
guess(struct search *s, size_t fold, size_t lambda)
{
	return s->w + (fold * TRAIN_LAMBDAS + lambda) * s->t.dim;
}

/* How the pairs left out come out at a lambda. */
static void
score_lambda(struct search *s, struct train_report *r, size_t k,
    const struct fit *f, const double *w)
{
	struct trial *t = &s->t;
	size_t i;
	double m;

	for (i = 0; i < t->nout; i++) {
		m = fit_margin(f, w, t->out[i]);
		t->margin[k * t->p->n + t->out[i]] = m;
		r->grid[k].loss += fit_loss(m);
		r->grid[k].right.n++;
		r->grid[k].right.right += m > 0 ? 1 : m < 0 ? 0 : 0.5;
	}
}

/*
 * One fold, for every lambda, from the largest down: each optimum is near
 * the one before.
 */
static int
try_lambdas(struct search *s, struct train_report *r, size_t fold)
{
	struct trial *t = &s->t;
	struct df *df = trial_words(t);
	double scale[BLOCKS], *w;
	struct fit f;
	size_t k;
	int rc = df == NULL ? -1 : 0;

	if (rc == 0 && (trial_extract(t, df, t->row, t->nrow) < 0 ||
	    trial_extract(t, df, t->out, t->nout) < 0))
		rc = -1;
	df_free(df);
	for (k = TRAIN_LAMBDAS; rc == 0 && k-- > 0;) {
		w = guess(s, fold, k);
		if (k + 1 < TRAIN_LAMBDAS)
			memcpy(w, guess(s, fold, k + 1), t->dim * sizeof(*w));
		f = trial_problem(t, lambdas[k], scale);
		rc = fit_solve(&f, w);
		if (rc == 0)
			score_lambda(s, r, k, &f, w);
	}
	return rc;
}

/*
 * The mean log loss of a lambda's margins at the temperature that suits them:
 * scores that were not fitted to be log odds are compared so.
 */
static double
tempered_loss(const struct trial *t, size_t lambda)
{
	double *m = mem_new(t->p->n, sizeof(*m)), heat, sum = 0;
	size_t i, n = 0;

	if (m == NULL)
		return -1;
	for (i = 0; i < t->p->n; i++)
		if (t->part[i] != HELD)
			m[n++] = t->margin[lambda * t->p->n + i];
	heat = eval_temperature(m, n);
	for (i = 0; i < n; i++)
		sum += fit_loss(m[i] / heat);
	free(m);
	return sum / (double)n;
}

/* The lambda with the least loss on folds left out, the larger of equals. */
static int
choose_lambda(struct search *s, struct train_report *r)
{
	size_t k, n;

	for (k = 0; k < TRAIN_LAMBDAS; k++)
		r->grid[k].lambda = lambdas[k];
	for (k = 0; k < r->folds; k++) {
		trial_choose(&s->t, (unsigned)k, HELD);
		if (try_lambdas(s, r, k) < 0)
			return -1;
	}
	for (k = 0; k < TRAIN_LAMBDAS; k++) {
		n = r->grid[k].right.n;
		if (n > 0)
			r->grid[k].loss /= (double)n;
		if (n > 0 && s->t.loss == FIT_AUGCON &&
		    (r->grid[k].loss = tempered_loss(&s->t, k)) < 0)
			return -1;
		if (r->grid[k].loss <= r->grid[r->chosen].loss)
			r->chosen = k;
	}
	return 0;
}

/*
 * The temperature of the margins of pairs left out, at the lambda chosen;
 * those at other lambdas have served their turn.
 */
static double
temperature(struct trial *t, struct train_report *r)
{
	double *m = t->margin + r->chosen * t->p->n, *out = t->margin;
	size_t i, n = 0;

	for (i = 0; i < t->p->n; i++) {
		if (t->part[i] == HELD)
			continue;
		r->fold[t->part[i]].n++;
		r->fold[t->part[i]].right += m[i] > 0 ? 1 :
		    m[i] < 0 ? 0 : 0.5;
		out[n++] = m[i];
	}
	return eval_temperature(out, n);
}

/* Without held-out roots, each fold is measured by a fit of the others. */
static int
measure_folds(struct search *s, const struct train_report *r, double lambda)
{
	struct trial_model *m = &s->model;
	size_t k;
	int rc = 0;

	for (k = 0; rc == 0 && k < r->folds; k++) {
		trial_choose(&s->t, (unsigned)k, HELD);
		memcpy(m->w, guess(s, k, r->chosen),
		    s->t.dim * sizeof(*m->w));
		rc = trial_fit(&s->t, m, lambda);
		if (rc == 0)
			rc = trial_measure(&s->t, m);
		if (rc == 0)
			rc = leave_out(&s->t, m, lambda);
		df_free(m->df);
		m->df = NULL;
	}
	return rc;
}

/* The scorer that is handed out: fitted on every root not held out. */
static int
fit_all(struct search *s, struct scorer *out, const struct train_report *r)
{
	struct trial_model *m = &s->model;
	size_t skip = s->t.dim - schema_size(&out->schema);
	int rc;

	s->t.rough = 0;
	trial_choose(&s->t, r->held_roots > 0 ? HELD : EVERY, HELD);
	if (r->folds > 0)
		memcpy(m->w, guess(s, 0, r->chosen),
		    s->t.dim * sizeof(*m->w));
	rc = trial_fit(&s->t, m, out->lambda);
	if (rc == 0 && r->held_roots > 0)
		rc = trial_measure(&s->t, m);
	if (rc == 0 && r->held_roots > 0)
		rc = leave_out(&s->t, m, out->lambda);
	out->df = m->df;
	if (rc < 0)
		return -1;
	out->pairs = s->t.nrow;
	out->roots = r->roots;
	memcpy(out->scale, m->scale, sizeof(out->scale));
	memcpy(out->weight, m->w + skip,
	    (s->t.dim - skip) * sizeof(*out->weight));
	return 0;
}

static int
run(struct search *s, const struct train_opt *opt, struct train_report *r,
    struct scorer *out)
{
	struct trial *t = &s->t;

	t->rough = t->ngiven > 0;
	out->loss = t->loss;
	out->lambda = lambda_unmeasured;
	out->temperature = 1;
	if (deal(t, opt, r) < 0 || choose_lambda(s, r) < 0)
		return -1;
	if (r->folds > 0) {
		out->lambda = lambdas[r->chosen];
		out->temperature = temperature(t, r);
	}
	if (r->held_roots == 0 && measure_folds(s, r, out->lambda) < 0)
		return -1;
	if (fit_all(s, out, r) < 0)
		return -1;
	r->held_pairs = t->nseen;
	if (eval_pairs(&r->eval, t->seen, t->nseen,
	    vocab_size(t->p->kinds)) < 0)
		return -1;
	out->accuracy = t->nseen > 0 ? eval_rate(&r->eval.all.full) : -1;
	return 0;
}

static int
search_init(struct search *s, struct pairs *p, const struct train_opt *opt)
{
	struct trial_opt how = { opt->schema, opt->given, TRAIN_LAMBDAS,
	    opt->loss };

	memset(s, 0, sizeof(*s));
	if (trial_init(&s->t, p, &how) < 0 ||
	    trial_model_init(&s->t, &s->model) < 0)
		return -1;
	s->w = mem_new(TRAIN_FOLDS * TRAIN_LAMBDAS,
	    s->t.dim * sizeof(*s->w));
	return s->w != NULL ? 0 : -1;
}

static void
search_free(struct search *s)
{
	trial_free(&s->t);
	trial_model_free(&s->model);
	free(s->w);
}

struct scorer *
train(struct pairs *p, const struct train_opt *opt, struct train_report *r,
    struct buf *why)
{
	struct search s;
	struct scorer *out = scorer_new(opt->schema);

	memset(r, 0, sizeof(*r));
	if (search_init(&s, p, opt) < 0 || out == NULL ||
	    run(&s, opt, r, out) < 0) {
		buf_str(why, "out of memory");
		scorer_free(out);
		out = NULL;
	}
	search_free(&s);
	return out;
}
