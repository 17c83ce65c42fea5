#include "augcon/train.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/trial.h"
#include "base/mem.h"
#include "base/rng.h"

enum { HELD = TRAIN_FOLDS, EVERY };	/* parts beside the folds */

static const double lambdas[TRAIN_LAMBDAS] = {
	1e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1
};
static const double lambda_unmeasured = 1e-2;	/* with a single root */

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

/* One fold, for every lambda: the margins of the pairs left out. */
static int
try_lambdas(struct trial *t, struct train_report *r)
{
	struct df *df = trial_words(t);
	double w[FEATURES], m;
	struct fit f;
	size_t i, k;
	int rc = df == NULL ? -1 : 0;

	if (rc == 0 && (trial_extract(t, df, t->row, t->nrow) < 0 ||
	    trial_extract(t, df, t->out, t->nout) < 0))
		rc = -1;
	df_free(df);
	for (k = 0; rc == 0 && k < TRAIN_LAMBDAS; k++) {
		f = trial_problem(t, lambdas[k]);
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

/* The lambda with the least loss on folds left out, the larger of equals. */
static int
choose_lambda(struct trial *t, struct train_report *r)
{
	size_t k, n;

	for (k = 0; k < TRAIN_LAMBDAS; k++)
		r->grid[k].lambda = lambdas[k];
	for (k = 0; k < r->folds; k++) {
		trial_choose(t, (unsigned)k, HELD);
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
temperature(struct trial *t, struct train_report *r)
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
measure_folds(struct trial *t, const struct train_report *r, double lambda)
{
	struct trial_model m;
	size_t k;
	int rc = 0;

	for (k = 0; rc == 0 && k < r->folds; k++) {
		trial_choose(t, (unsigned)k, HELD);
		rc = trial_fit(t, &m, lambda);
		if (rc == 0)
			rc = trial_measure(t, &m);
		df_free(m.df);
	}
	return rc;
}

/* The scorer that is handed out: fitted on every root not held out. */
static int
fit_all(struct trial *t, struct scorer *s, const struct train_report *r)
{
	struct trial_model m;
	int rc;

	trial_choose(t, r->held_roots > 0 ? HELD : EVERY, HELD);
	rc = trial_fit(t, &m, s->lambda);
	if (rc == 0 && r->held_roots > 0)
		rc = trial_measure(t, &m);
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
run(struct trial *t, const struct train_opt *opt, struct train_report *r,
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
	struct trial t;
	struct scorer *s = scorer_new();

	memset(r, 0, sizeof(*r));
	if (trial_init(&t, p, TRAIN_LAMBDAS) < 0 || s == NULL ||
	    run(&t, opt, r, s) < 0) {
		buf_str(why, "out of memory");
		scorer_free(s);
		s = NULL;
	}
	trial_free(&t);
	return s;
}
