#include "augcon/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/calibrate.h"
#include "augcon/fit.h"
#include "base/mem.h"

double
eval_rate(const struct eval_share *s)
{
	return s->n > 0 ? s->right / (double)s->n : 0.5;
}

void
eval_interval(const struct eval_share *s, double *lo, double *hi)
{
	const double z = 1.959963984540054;
	double n = (double)s->n, p = eval_rate(s), mid, half;

	*lo = 0;
	*hi = 1;
	if (s->n == 0)
		return;
	mid = (p + z * z / (2 * n)) / (1 + z * z / n);
	half = z / (1 + z * z / n) *
	    sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	*lo = mid - half > 0 ? mid - half : 0;
	*hi = mid + half < 1 ? mid + half : 1;
}

static void
count(struct eval_share *s, double margin)
{
	s->n++;
	s->right += margin > 0 ? 1 : margin < 0 ? 0 : 0.5;
}

static void
count_pair(struct eval_kind *k, const struct eval_pair *p)
{
	size_t apart = p->good_len > p->bad_len ? p->good_len - p->bad_len :
	    p->bad_len - p->good_len;

	count(&k->full, p->good - p->bad);
	count(&k->blind, p->blind);
	count(&k->length, p->length);
	count(&k->cover, p->cover);
	if (p->has_shuffled)
		count(&k->shuffled, p->shuffled);
	if (p->has_unseen)
		count(&k->unseen, p->unseen);
	if (p->has_judge)
		count(&k->judge, p->judge);
	if (apart <= 1)
		count(&k->matched, p->good - p->bad);
}

struct ranked {
	double x, rank;
	size_t at;
};

static int
by_value(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;

	if (p->x < q->x)
		return -1;
	if (p->x > q->x)
		return 1;
	return p->at < q->at ? -1 : p->at > q->at;
}

static int
by_place(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;

	return p->at < q->at ? -1 : p->at > q->at;
}

/* Ranks from 1, ties share their mean rank; order is kept. */
static void
rank(struct ranked *v, size_t n)
{
	size_t i, j, k;

	for (i = 0; i < n; i++)
		v[i].at = i;
	qsort(v, n, sizeof(*v), by_value);
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && v[j].x <= v[i].x; j++)
			;
		for (k = i; k < j; k++)
			v[k].rank = ((double)i + (double)j + 1) / 2;
	}
	qsort(v, n, sizeof(*v), by_place);
}

/* Pearson's correlation of two lists of ranks. */
static double
correlation(const struct ranked *a, const struct ranked *b, size_t n)
{
	double mid = ((double)n + 1) / 2, ab = 0, aa = 0, bb = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		ab += (a[i].rank - mid) * (b[i].rank - mid);
		aa += (a[i].rank - mid) * (a[i].rank - mid);
		bb += (b[i].rank - mid) * (b[i].rank - mid);
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* By the ranks of the good scores (Mann and Whitney 1947). */
static double
auc(const struct ranked *s, size_t n)
{
	double sum = 0, half = (double)n;
	size_t i;

	for (i = 0; i < n; i++)
		sum += s[i].rank;
	return (sum - half * (half + 1) / 2) / (half * half);
}

/* AUC, and unless NULL the rank correlation of score and length. */
static int
rank_scores(const struct eval_pair *p, size_t n, double *area,
    double *spearman)
{
	struct ranked *s = mem_new(n, 2 * sizeof(*s));
	struct ranked *l = mem_new(n, 2 * sizeof(*l));
	size_t i;

	if (s == NULL || l == NULL) {
		free(s);
		free(l);
		return -1;
	}
	for (i = 0; i < n; i++) {
		s[i].x = p[i].good;
		s[n + i].x = p[i].bad;
		l[i].x = (double)p[i].good_len;
		l[n + i].x = (double)p[i].bad_len;
	}
	rank(s, 2 * n);
	*area = auc(s, n);
	if (spearman != NULL) {
		rank(l, 2 * n);
		*spearman = correlation(s, l, 2 * n);
	}
	free(s);
	free(l);
	return 0;
}

/* What needs all pairs of a kind at once; `some` has room for them. */
static int
judge_kind(struct eval_kind *k, uint32_t kind, const struct eval_pair *p,
    size_t n, struct eval_pair *some)
{
	size_t i, m = 0;

	for (i = 0; i < n; i++)
		if (p[i].kind == kind)
			some[m++] = p[i];
	calibrate(&k->calibration, some, m);
	return rank_scores(some, m, &k->auc, NULL);
}

/* The kinds that have pairs, each by itself and in the mean. */
static int
judge_kinds(struct eval *e, const struct eval_pair *p, size_t n)
{
	struct eval_pair *some = mem_new(n, sizeof(*some));
	size_t i, used = 0;
	double rate;
	int rc = some == NULL ? -1 : 0;

	for (i = 0; rc == 0 && i < e->nkinds; i++) {
		if (e->kind[i].full.n == 0)
			continue;
		rate = eval_rate(&e->kind[i].full);
		used++;
		e->mean += rate;
		if (rate < e->worst)
			e->worst = rate;
		rc = judge_kind(&e->kind[i], (uint32_t)i, p, n, some);
	}
	e->mean /= (double)used;
	free(some);
	return rc;
}

int
eval_pairs(struct eval *e, const struct eval_pair *p, size_t n,
    size_t nkinds)
{
	size_t i;

	memset(e, 0, sizeof(*e));
	e->kind = mem_new(nkinds, sizeof(*e->kind));
	if (e->kind == NULL)
		return -1;
	e->nkinds = nkinds;
	e->worst = 1;
	if (n == 0)
		return 0;
	for (i = 0; i < n; i++) {
		count_pair(&e->all, &p[i]);
		count_pair(&e->kind[p[i].kind], &p[i]);
	}
	calibrate(&e->all.calibration, p, n);
	if (judge_kinds(e, p, n) < 0)
		return -1;
	return rank_scores(p, n, &e->all.auc, &e->spearman);
}

void
eval_free(struct eval *e)
{
	free(e->kind);
	memset(e, 0, sizeof(*e));
}

static double
loss_at(const double *margin, size_t n, double log_t)
{
	double sum = 0, t = exp(log_t);
	size_t i;

	for (i = 0; i < n; i++)
		sum += fit_loss(margin[i] / t);
	return sum;
}

/* The loss falls and then rises in log T: golden section. */
double
eval_temperature(const double *margin, size_t n)
{
	const double golden = 0.6180339887498949;
	double lo = -3, hi = 3, a, b, fa, fb;
	int i;

	if (n == 0)
		return 1;
	a = hi - golden * (hi - lo);
	b = lo + golden * (hi - lo);
	fa = loss_at(margin, n, a);
	fb = loss_at(margin, n, b);
	for (i = 0; i < 40; i++)
		if (fa <= fb) {
			hi = b;
			b = a;
			fb = fa;
			a = hi - golden * (hi - lo);
			fa = loss_at(margin, n, a);
		} else {
			lo = a;
			a = b;
			fa = fb;
			b = lo + golden * (hi - lo);
			fb = loss_at(margin, n, b);
		}
	return exp((lo + hi) / 2);
}
