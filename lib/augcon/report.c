#include "augcon/report_int.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* The share, or a dash where there is no such thing. */
static void
cell(struct buf *b, const char *gap, const struct eval_share *s)
{
	buf_str(b, gap);
	if (s->n > 0)
		buf_fmt(b, "%.3f", eval_rate(s));
	else
		buf_str(b, "    -");
}

static void
kind_line(struct buf *b, const struct report *r, const char *name,
    const struct eval_kind *k)
{
	double lo, hi;

	eval_interval(&k->full, &lo, &hi);
	buf_fmt(b, "%-12s %6zu  %.3f  %.3f-%.3f", name, k->full.n,
	    eval_rate(&k->full), lo, hi);
	cell(b, "  ", &k->length);
	cell(b, "  ", &k->blind);
	cell(b, "  ", &k->cover);
	if (r->scorer->schema.has[BLOCK_JUDGE])
		cell(b, "  ", &k->judge);
	cell(b, "    ", &k->shuffled);
	cell(b, "  ", &k->unseen);
	if (k->matched.n > 0)
		buf_fmt(b, "    %.3f of %zu", eval_rate(&k->matched),
		    k->matched.n);
	buf_byte(b, '\n');
}

/* What the scorer looks at, where that is more than the words. */
static void
blocks_line(struct buf *b, const struct schema *s)
{
	unsigned i;

	if (!schema_asks(s))
		return;
	buf_str(b, "features:");
	for (i = 0; i < BLOCKS; i++)
		if (s->has[i])
			buf_fmt(b, " %s (%zu)", block_name((enum block)i),
			    block_size(s, (enum block)i));
	buf_fmt(b, " of %s\n", s->model);
}

void
report_table(const struct report *r, struct buf *b)
{
	const struct train_report *t = r->train;
	const struct eval *e = &t->eval;
	const struct eval_calibration *c = &e->all.calibration;
	size_t i;

	blocks_line(b, &r->scorer->schema);
	if (t->held_pairs == 0)
		return;
	if (t->held_roots > 0)
		buf_fmt(b, "measured on %zu pairs of %zu roots held out\n",
		    t->held_pairs, t->held_roots);
	else
		buf_fmt(b, "measured on %zu pairs of %zu roots in %zu "
		    "folds, each by a fit of the others\n", t->held_pairs,
		    t->roots, t->folds);
	buf_fmt(b, "kind          pairs  right  95%%          length question "
	    "cover %sshuffled unseen same length\n",
	    r->scorer->schema.has[BLOCK_JUDGE] ? " judge " : "");
	for (i = 0; i < e->nkinds; i++)
		if (e->kind[i].full.n > 0)
			kind_line(b, r, pairs_kind(r->pairs, (uint32_t)i),
			    &e->kind[i]);
	kind_line(b, r, "all", &e->all);
	buf_fmt(b, "kinds: mean %.3f, worst %.3f; AUC %.3f, log loss %.3f, "
	    "Brier %.3f, ECE %.3f; Spearman of score and length %+.2f\n",
	    e->mean, e->worst, e->all.auc, c->loss, c->brier, c->ece,
	    e->spearman);
	buf_fmt(b, "lambda %g, temperature %.2f\n", r->scorer->lambda,
	    r->scorer->temperature);
}

/* Kinds whose questions fit some other context as well as any question. */
static int
is_near(const char *kind)
{
	return strcmp(kind, "near") == 0 || strcmp(kind, "sibling") == 0;
}

static void
warn_kinds(const struct report *r, struct buf *b)
{
	const struct eval *e = &r->train->eval;
	const struct eval_kind *k;
	const char *name;
	double lo, hi;
	size_t i;

	for (i = 0; i < e->nkinds; i++) {
		k = &e->kind[i];
		if (k->full.n == 0)
			continue;
		name = pairs_kind(r->pairs, (uint32_t)i);
		eval_interval(&k->shuffled, &lo, &hi);
		if (eval_rate(&k->full) < 0.5)
			buf_fmt(b, "kind %s: right less often than "
			    "chance: look at its pairs, and give more of "
			    "it if they are right\n", name);
		else if (is_near(name) && lo > 0.5 &&
		    eval_rate(&k->shuffled) > 0.55)
			buf_fmt(b, "kind %s: as good with another pair's "
			    "context, so it does not look at the context: "
			    "give each question as the better one in its own "
			    "context, too, such as by --siblings\n", name);
	}
}

void
report_warnings(const struct report *r, struct buf *b)
{
	const struct train_report *t = r->train;
	const struct eval *e = &t->eval;
	double full = eval_rate(&e->all.full);
	size_t measured = t->held_roots > 0 ? t->held_roots : t->roots;

	if (t->held_pairs == 0) {
		buf_str(b, "a single root: nothing could be held out and "
		    "measured; give questions of more documents\n");
		return;
	}
	if (measured < 20)
		buf_str(b, "fewer than 20 roots measured: the figures say "
		    "little; give questions of more documents\n");
	if (r->pairs->n < 100)
		buf_str(b, "fewer than 100 pairs: 400 and more are advised "
		    "(ac-ask --samples, --negative both)\n");
	if (eval_rate(&e->all.length) > full - 0.02)
		buf_str(b, "the length alone does as well: give worse "
		    "questions of the same length\n");
	if (eval_rate(&e->all.blind) > full - 0.02)
		buf_str(b, "the question alone does as well: give worse "
		    "questions that only the context tells apart, such as "
		    "those of a neighbouring context\n");
	if (fabs(e->spearman) > 0.4)
		buf_str(b, "the score follows the question's length: give "
		    "worse questions of the same length\n");
	warn_kinds(r, b);
}

void
report_quote(struct buf *b, const char *s, size_t len)
{
	size_t i;

	buf_byte(b, '"');
	for (i = 0; i < len; i++)
		if (s[i] == '"' || s[i] == '\\')
			buf_fmt(b, "\\%c", s[i]);
		else if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			buf_fmt(b, "\\u%04x", (unsigned)s[i]);
		else
			buf_byte(b, s[i]);
	buf_byte(b, '"');
}

static void
grid(struct buf *b, const struct train_report *t)
{
	size_t i;

	buf_str(b, ",\"lambdas\":[");
	for (i = 0; t->folds > 0 && i < TRAIN_LAMBDAS; i++) {
		buf_fmt(b, "%s{\"lambda\":%g", i ? "," : "",
		    t->grid[i].lambda);
		report_number(b, "log_loss", t->grid[i].loss);
		report_number(b, "accuracy", eval_rate(&t->grid[i].right));
		buf_byte(b, '}');
	}
	buf_str(b, "],\"folds\":[");
	for (i = 0; i < t->folds; i++)
		buf_fmt(b, "%s%.6g", i ? "," : "", eval_rate(&t->fold[i]));
	buf_byte(b, ']');
}

/* ,"features":[block, ...], and the model that gave some of them. */
static void
features(struct buf *b, const struct schema *s)
{
	unsigned i;
	int first = 1;

	buf_str(b, ",\"features\":[");
	for (i = 0; i < BLOCKS; i++)
		if (s->has[i]) {
			buf_fmt(b, "%s\"%s\"", first ? "" : ",",
			    block_name((enum block)i));
			first = 0;
		}
	buf_byte(b, ']');
	if (schema_asks(s)) {
		buf_str(b, ",\"model\":");
		report_quote(b, s->model, strlen(s->model));
	}
	if (schema_embeds(s))
		buf_fmt(b, ",\"dim\":%zu", s->dim);
}

void
report_json(const struct report *r, const struct buf *warnings,
    struct buf *b)
{
	const struct train_report *t = r->train;
	const char *s = buf_cstr(warnings), *nl;

	buf_byte(b, '{');
	report_input_json(r, b);
	buf_fmt(b, ",\"fitted_roots\":%zu,\"held_out_roots\":%zu,"
	    "\"measured_pairs\":%zu", t->roots, t->held_roots,
	    t->held_pairs);
	if (schema_asks(&r->scorer->schema))
		buf_fmt(b, ",\"without_numbers\":%lu,"
		    "\"pairs_without_numbers\":%zu", r->unasked, r->unpaired);
	features(b, &r->scorer->schema);
	report_number(b, "lambda", r->scorer->lambda);
	report_number(b, "temperature", r->scorer->temperature);
	if (t->held_pairs > 0)
		report_figures(r, b);
	grid(b, t);
	buf_str(b, ",\"warnings\":[");
	for (; (nl = strchr(s, '\n')) != NULL; s = nl + 1) {
		if (s != buf_cstr(warnings))
			buf_byte(b, ',');
		report_quote(b, s, (size_t)(nl - s));
	}
	buf_str(b, "]}\n");
}
