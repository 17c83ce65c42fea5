/* The figures of an evaluation as members of a JSON object. */
#include <stddef.h>
#include <string.h>

#include "augcon/report_int.h"

/* ,"name":x */
void
report_number(struct buf *b, const char *name, double x)
{
	buf_fmt(b, ",\"%s\":%.6g", name, x + 0.0);
}

/* Appends `"kind":` after a comma unless it is the first. */
static void
kind_key(struct buf *b, const struct report *r, size_t kind, int *first)
{
	const char *name = pairs_kind(r->pairs, (uint32_t)kind);

	buf_str(b, *first ? "" : ",");
	*first = 0;
	report_quote(b, name, strlen(name));
	buf_byte(b, ':');
}

#define COLUMN(field) offsetof(struct eval_kind, field)

static double
share_at(const struct eval_kind *k, size_t at)
{
	struct eval_share s;

	memcpy(&s, (const char *)k + at, sizeof(s));
	return eval_rate(&s);
}

static double
number_at(const struct eval_kind *k, size_t at)
{
	double x;

	memcpy(&x, (const char *)k + at, sizeof(x));
	return x + 0.0;
}

/* ,"name":{kind: value, ...} of the kinds that have pairs. */
static void
of_kinds(struct buf *b, const struct report *r, const char *name,
    double (*value)(const struct eval_kind *, size_t), size_t at)
{
	const struct eval *e = &r->train->eval;
	size_t i;
	int first = 1;

	buf_fmt(b, ",\"%s\":{", name);
	for (i = 0; i < e->nkinds; i++) {
		if (e->kind[i].full.n == 0)
			continue;
		kind_key(b, r, i, &first);
		buf_fmt(b, "%.6g", value(&e->kind[i], at));
	}
	buf_byte(b, '}');
}

/* One column of the table, and a number that each kind has. */
static void
column(struct buf *b, const struct report *r, const char *name, size_t at)
{
	of_kinds(b, r, name, share_at, at);
}

static void
numbers(struct buf *b, const struct report *r, const char *name, size_t at)
{
	of_kinds(b, r, name, number_at, at);
}

/* ,"pairs_by_kind":{kind: n, ...},"interval":{kind: [lo, hi], ...} */
static void
intervals(struct buf *b, const struct report *r)
{
	const struct eval *e = &r->train->eval;
	double lo, hi;
	size_t i;
	int first = 1;

	buf_str(b, ",\"pairs_by_kind\":{");
	for (i = 0; i < e->nkinds; i++)
		if (e->kind[i].full.n > 0) {
			kind_key(b, r, i, &first);
			buf_fmt(b, "%zu", e->kind[i].full.n);
		}
	buf_str(b, "},\"interval\":{");
	for (first = 1, i = 0; i < e->nkinds; i++)
		if (e->kind[i].full.n > 0) {
			kind_key(b, r, i, &first);
			eval_interval(&e->kind[i].full, &lo, &hi);
			buf_fmt(b, "[%.6g,%.6g]", lo, hi);
		}
	buf_byte(b, '}');
}

/* ,"reliability":[{"n":n,"mean":p,"right":p}, ...] of bins not empty */
static void
reliability(struct buf *b, const struct eval_calibration *c)
{
	size_t i;
	int first = 1;

	buf_str(b, ",\"reliability\":[");
	for (i = 0; i < EVAL_BINS; i++) {
		if (c->bin[i].n == 0)
			continue;
		buf_fmt(b, "%s{\"n\":%zu", first ? "" : ",", c->bin[i].n);
		report_number(b, "mean", c->bin[i].said);
		report_number(b, "right", c->bin[i].right);
		buf_byte(b, '}');
		first = 0;
	}
	buf_byte(b, ']');
}

static void
by_kind(struct buf *b, const struct report *r)
{
	const struct eval_kind *e = &r->train->eval.all;

	column(b, r, "length_only_by_kind", COLUMN(length));
	column(b, r, "query_only_by_kind", COLUMN(blind));
	column(b, r, "coverage_by_kind", COLUMN(cover));
	if (e->judge.n > 0)
		column(b, r, "judge_by_kind", COLUMN(judge));
	if (e->shuffled.n > 0)
		column(b, r, "shuffled_by_kind", COLUMN(shuffled));
	if (e->unseen.n > 0)
		column(b, r, "unseen_by_kind", COLUMN(unseen));
	column(b, r, "length_matched_by_kind", COLUMN(matched));
	numbers(b, r, "auc_by_kind", COLUMN(auc));
	numbers(b, r, "log_loss_by_kind", COLUMN(calibration.loss));
	numbers(b, r, "brier_by_kind", COLUMN(calibration.brier));
	numbers(b, r, "ece_by_kind", COLUMN(calibration.ece));
}

void
report_figures(const struct report *r, struct buf *b)
{
	const struct eval *e = &r->train->eval;

	column(b, r, "accuracy", COLUMN(full));
	intervals(b, r);
	report_number(b, "overall", eval_rate(&e->all.full));
	report_number(b, "mean_of_kinds", e->mean);
	report_number(b, "worst_kind", e->worst);
	report_number(b, "auc", e->all.auc);
	report_number(b, "log_loss", e->all.calibration.loss);
	report_number(b, "brier", e->all.calibration.brier);
	report_number(b, "ece", e->all.calibration.ece);
	report_number(b, "length_only", eval_rate(&e->all.length));
	report_number(b, "query_only", eval_rate(&e->all.blind));
	report_number(b, "coverage", eval_rate(&e->all.cover));
	if (e->all.judge.n > 0)
		report_number(b, "judge", eval_rate(&e->all.judge));
	if (e->all.shuffled.n > 0)
		report_number(b, "shuffled", eval_rate(&e->all.shuffled));
	if (e->all.unseen.n > 0)
		report_number(b, "unseen", eval_rate(&e->all.unseen));
	report_number(b, "length_matched", eval_rate(&e->all.matched));
	buf_fmt(b, ",\"length_matched_pairs\":%zu", e->all.matched.n);
	report_number(b, "spearman_length", e->spearman);
	by_kind(b, r);
	reliability(b, &e->all.calibration);
}
