/* ac-train-scorer: learns from pairs of questions which one is better. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "augcon/train.h"
#include "base/die.h"
#include "base/opt.h"
#include "base/sha256.h"
#include "rec/filter.h"

static struct options {
	double holdout;
	const char *report;
	unsigned long seed;
	int strict;
} opt;

/* Lines that give no pair are counted and said; they stop no training. */
static struct filter_opt filter_opt = { .max_errors = "100%" };

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "holdout", 0, OPT_NUMBER, OPT_TOP, "P", "0", AT(holdout), 0,
	    "measure on this share of the roots, fit the rest" },
	{ "report", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "FILE", NULL, AT(report),
	    0, "write the evaluation as one JSON object" },
	{ "seed", 0, OPT_COUNT, OPT_TOP, "N", "1", AT(seed), 0,
	    "deal the roots to the folds in another way" },
	{ "strict", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(strict), 0,
	    "exit 1 when there is a warning" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { filter_opts, &filter_opt }, { NULL, NULL }
};

static const struct opt_command command = {
	"ac-train-scorer",
	"learn from pairs of questions which one is better",
	"[FILE ...]",
	"ac-train-scorer -o scorer.txt pairs.ndjson",
	groups
};

struct job {
	struct filter f;
	struct pairs pairs;
	struct train_report report;
	struct sha256 sum;
	struct buf context, question, kind, root;
	unsigned long good, bad;	/* lines with a question */
	unsigned long lost_good, lost_bad;	/* with another's error */
	unsigned long unlabelled, broken;
	struct buf warnings;		/* each with a newline after it */
};

static void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

/* A required text: 0, or -1 when it is not there; `why` is the record's. */
static int
need_text(struct rec *r, const char *name, struct buf *out)
{
	int there;

	buf_reset(out);
	there = rec_text(r, name, out);
	if (!buf_ok(out))
		no_memory();
	if (there == 0) {
		buf_reset(&r->why);
		buf_fmt(&r->why, "no member '%s'", name);
	}
	return there == 1 ? 0 : -1;
}

/* An optional text into t; -1 when it has another type. */
static int
may_text(struct rec *r, const char *name, struct buf *out,
    struct pair_text *t)
{
	int there;

	buf_reset(out);
	there = rec_text(r, name, out);
	if (!buf_ok(out))
		no_memory();
	if (there == 1) {
		t->s = buf_cstr(out);
		t->len = out->len;
	}
	return there < 0 ? -1 : 0;
}

static int
take_line(struct job *j, struct rec *r, long label)
{
	struct pair_in in = { .label = label == 1 };

	if (label != 0 && label != 1) {
		buf_reset(&r->why);
		buf_str(&r->why, "member 'label' is neither 1 nor 0");
		return -1;
	}
	if (need_text(r, "context", &j->context) < 0 ||
	    need_text(r, "question", &j->question) < 0 ||
	    may_text(r, "kind", &j->kind, &in.kind) < 0 ||
	    may_text(r, "root", &j->root, &in.root) < 0 ||
	    rec_raw(r, "pair", &in.pair.s, &in.pair.len) < 0)
		return -1;
	in.context.s = buf_cstr(&j->context);
	in.context.len = j->context.len;
	in.question.s = buf_cstr(&j->question);
	in.question.len = j->question.len;
	if (pairs_add(&j->pairs, &in) < 0)
		no_memory();
	j->f.ok++;
	j->good += label == 1;
	j->bad += label == 0;
	return 0;
}

static void
take(struct job *j, struct rec *r)
{
	struct buf why = BUF_INIT;
	long label = 0;
	int there;

	sha256_add(&j->sum, r->s, r->len);
	sha256_add(&j->sum, "\n", 1);
	if (r->bad != NULL) {
		filter_report(&j->f, r, r->bad, r->why.len > 0 ?
		    buf_cstr(&r->why) : "the line is no JSON object", NULL);
		j->broken++;
		return;
	}
	there = rec_integer(r, "label", &label);
	if (rec_foreign_error(r)) {
		j->f.passed++;
		j->lost_good += there == 1 && label == 1;
		j->lost_bad += there == 1 && label == 0;
		return;
	}
	if (there == 0) {
		j->f.passed++;
		j->unlabelled++;
		return;
	}
	if (there == 1 && take_line(j, r, label) == 0)
		return;
	j->broken++;
	buf_str(&why, buf_cstr(&r->why));
	filter_report(&j->f, r, "missing_field", buf_cstr(&why), NULL);
	buf_free(&why);
}

/* The rest of a line over the cap is read and dropped. */
static void
skip_rest(struct job *j)
{
	struct buf more = BUF_INIT;

	while (in_rest(&j->f.in, &more, &j->f.why) > 0)
		buf_reset(&more);
	buf_free(&more);
}

static void
read_all(struct job *j)
{
	struct rec r = REC_INIT;
	enum in_status status;

	sha256_init(&j->sum);
	while ((status = filter_read(&j->f, 1, &r)) == IN_LINE ||
	    status == IN_CUT) {
		take(j, &r);
		if (status == IN_CUT)
			skip_rest(j);
		rec_free(&r);
	}
	if (status != IN_END)
		exit(filter_close(&j->f, AC_IO));
}

static void
say(const char *line)
{
	if (!filter_opt.quiet)
		warn("%s", line);
}

static void
warning(struct job *j, const char *what)
{
	struct buf line = BUF_INIT;

	buf_fmt(&line, "warning: %s", what);
	say(buf_cstr(&line));
	buf_free(&line);
	buf_fmt(&j->warnings, "%s\n", what);
}

/* What came in and what became of it. */
static void
say_input(struct job *j)
{
	struct buf b = BUF_INIT;

	buf_fmt(&b, "%zu pairs from %lu better and %lu worse questions; "
	    "%zu contexts without a pair", j->pairs.n, j->good, j->bad,
	    j->pairs.alone);
	if (j->lost_bad > 0)
		buf_fmt(&b, ", %lu failed negatives", j->lost_bad);
	if (j->lost_good > 0)
		buf_fmt(&b, ", %lu failed positives", j->lost_good);
	if (j->pairs.same > 0)
		buf_fmt(&b, ", %zu pairs of equal questions left out",
		    j->pairs.same);
	if (j->unlabelled > 0)
		buf_fmt(&b, ", %lu lines without label", j->unlabelled);
	if (j->broken > 0)
		buf_fmt(&b, ", %lu lines not usable", j->broken);
	say(buf_cstr(&b));
	buf_free(&b);
}

static void
say_kind(const char *name, const struct eval_kind *k)
{
	struct buf b = BUF_INIT;
	double lo, hi;

	eval_interval(&k->full, &lo, &hi);
	buf_fmt(&b, "%-12s %6zu  %.3f  %.3f-%.3f  %.3f  %.3f  %.3f    %.3f",
	    name, k->full.n, eval_rate(&k->full), lo, hi,
	    eval_rate(&k->length), eval_rate(&k->blind),
	    eval_rate(&k->cover), eval_rate(&k->shuffled));
	if (k->matched.n > 0)
		buf_fmt(&b, "    %.3f of %zu", eval_rate(&k->matched),
		    k->matched.n);
	say(buf_cstr(&b));
	buf_free(&b);
}

static void
say_eval(struct job *j, const struct scorer *s)
{
	const struct train_report *r = &j->report;
	const struct eval *e = &r->eval;
	struct buf b = BUF_INIT;
	size_t i;

	if (r->held_pairs == 0)
		return;
	if (r->held_roots > 0)
		buf_fmt(&b, "measured on %zu pairs of %zu roots held out",
		    r->held_pairs, r->held_roots);
	else
		buf_fmt(&b, "measured on %zu pairs of %zu roots in %zu "
		    "folds, each by a fit of the others", r->held_pairs,
		    r->roots, r->folds);
	say(buf_cstr(&b));
	say("kind          pairs  right  95%          length question "
	    "cover shuffled  same length");
	for (i = 0; i < e->nkinds; i++)
		if (e->kind[i].full.n > 0)
			say_kind(pairs_kind(&j->pairs, (uint32_t)i),
			    &e->kind[i]);
	say_kind("all", &e->all);
	buf_reset(&b);
	buf_fmt(&b, "kinds: mean %.3f, worst %.3f; AUC %.3f, log loss %.3f, "
	    "Brier %.3f, ECE %.3f; Spearman of score and length %+.2f",
	    e->mean, e->worst, e->auc, e->loss, e->brier, e->ece,
	    e->spearman);
	say(buf_cstr(&b));
	buf_reset(&b);
	buf_fmt(&b, "lambda %g, temperature %.2f", s->lambda,
	    s->temperature);
	say(buf_cstr(&b));
	buf_free(&b);
}

/* Kinds whose questions fit some other context as well as any question. */
static int
is_near(const char *kind)
{
	return strcmp(kind, "near") == 0 || strcmp(kind, "sibling") == 0;
}

static void
warn_kinds(struct job *j)
{
	const struct eval *e = &j->report.eval;
	struct buf b = BUF_INIT;
	const char *name;
	double lo, hi;
	size_t i;

	for (i = 0; i < e->nkinds; i++) {
		if (e->kind[i].full.n == 0)
			continue;
		name = pairs_kind(&j->pairs, (uint32_t)i);
		eval_interval(&e->kind[i].shuffled, &lo, &hi);
		buf_reset(&b);
		if (eval_rate(&e->kind[i].full) < 0.5)
			buf_fmt(&b, "kind %s: right less often than chance",
			    name);
		else if (is_near(name) && lo > 0.5 &&
		    eval_rate(&e->kind[i].shuffled) > 0.55)
			buf_fmt(&b, "kind %s: as good with another pair's "
			    "context, so it does not look at the context",
			    name);
		if (b.len > 0)
			warning(j, buf_cstr(&b));
	}
	buf_free(&b);
}

static void
warn_all(struct job *j)
{
	const struct train_report *r = &j->report;
	const struct eval *e = &r->eval;
	double full = eval_rate(&e->all.full);
	size_t measured = r->held_roots > 0 ? r->held_roots : r->roots;

	if (r->held_pairs == 0) {
		warning(j, "a single root: nothing could be held out and "
		    "measured; give questions of more documents");
		return;
	}
	if (measured < 20)
		warning(j, "fewer than 20 roots measured: the figures say "
		    "little; give questions of more documents");
	if (j->pairs.n < 100)
		warning(j, "fewer than 100 pairs: 400 and more are advised "
		    "(ac-ask --samples, --negative both)");
	if (eval_rate(&e->all.length) > full - 0.02)
		warning(j, "the length alone does as well: give worse "
		    "questions of the same length");
	if (eval_rate(&e->all.blind) > full - 0.02)
		warning(j, "the question alone does as well: give worse "
		    "questions that only the context tells apart, such as "
		    "those of a neighbouring context");
	if (fabs(e->spearman) > 0.4)
		warning(j, "the score follows the question's length");
	warn_kinds(j);
}

/* ,"name":x */
static void
add_number(struct buf *b, const char *name, double x)
{
	buf_fmt(b, ",\"%s\":", name);
	json_number(b, x);
}

/* ,"name":{kind: share} of one column of the table. */
static void
add_kinds(struct buf *b, struct job *j, const char *name, size_t column)
{
	const struct eval *e = &j->report.eval;
	const char *kind, *comma = "";
	const struct eval_share *s;
	size_t i;

	buf_fmt(b, ",\"%s\":{", name);
	for (i = 0; i < e->nkinds; i++) {
		if (e->kind[i].full.n == 0)
			continue;
		s = (const struct eval_share *)((const char *)&e->kind[i] +
		    column);
		kind = pairs_kind(&j->pairs, (uint32_t)i);
		buf_str(b, comma);
		comma = ",";
		json_quote(b, kind, strlen(kind));
		buf_byte(b, ':');
		json_number(b, eval_rate(s));
	}
	buf_byte(b, '}');
}

#define COLUMN(field) offsetof(struct eval_kind, field)

/* ,"pairs_by_kind":{...},"interval":{kind: [lo, hi]} */
static void
add_intervals(struct buf *b, struct job *j)
{
	const struct eval *e = &j->report.eval;
	const char *kind, *comma;
	double lo, hi;
	size_t i, pass;

	for (pass = 0; pass < 2; pass++) {
		buf_str(b, pass == 0 ? ",\"pairs_by_kind\":{" :
		    "},\"interval\":{");
		for (comma = "", i = 0; i < e->nkinds; i++) {
			if (e->kind[i].full.n == 0)
				continue;
			kind = pairs_kind(&j->pairs, (uint32_t)i);
			buf_str(b, comma);
			comma = ",";
			json_quote(b, kind, strlen(kind));
			if (pass == 0) {
				buf_fmt(b, ":%zu", e->kind[i].full.n);
				continue;
			}
			eval_interval(&e->kind[i].full, &lo, &hi);
			buf_str(b, ":[");
			json_number(b, lo);
			buf_byte(b, ',');
			json_number(b, hi);
			buf_byte(b, ']');
		}
	}
	buf_byte(b, '}');
}

static void
add_grid(struct buf *b, const struct train_report *r)
{
	size_t i;

	buf_str(b, ",\"lambdas\":[");
	for (i = 0; r->folds > 0 && i < TRAIN_LAMBDAS; i++) {
		buf_fmt(b, "%s{\"lambda\":", i ? "," : "");
		json_number(b, r->grid[i].lambda);
		add_number(b, "log_loss", r->grid[i].loss);
		add_number(b, "accuracy", eval_rate(&r->grid[i].right));
		buf_byte(b, '}');
	}
	buf_str(b, "],\"folds\":[");
	for (i = 0; i < r->folds; i++) {
		buf_str(b, i ? "," : "");
		json_number(b, eval_rate(&r->fold[i]));
	}
	buf_byte(b, ']');
}

static void
add_warnings(struct buf *b, const struct buf *warnings)
{
	const char *s = buf_cstr(warnings), *nl;

	buf_str(b, ",\"warnings\":[");
	for (; (nl = strchr(s, '\n')) != NULL; s = nl + 1) {
		if (s != buf_cstr(warnings))
			buf_byte(b, ',');
		json_quote(b, s, (size_t)(nl - s));
	}
	buf_byte(b, ']');
}

static void
add_eval(struct buf *b, struct job *j)
{
	const struct eval *e = &j->report.eval;

	add_kinds(b, j, "accuracy", COLUMN(full));
	add_intervals(b, j);
	add_number(b, "overall", eval_rate(&e->all.full));
	add_number(b, "mean_of_kinds", e->mean);
	add_number(b, "worst_kind", e->worst);
	add_number(b, "auc", e->auc);
	add_number(b, "log_loss", e->loss);
	add_number(b, "brier", e->brier);
	add_number(b, "ece", e->ece);
	add_number(b, "length_only", eval_rate(&e->all.length));
	add_number(b, "query_only", eval_rate(&e->all.blind));
	add_number(b, "coverage", eval_rate(&e->all.cover));
	add_number(b, "shuffled", eval_rate(&e->all.shuffled));
	add_number(b, "length_matched", eval_rate(&e->all.matched));
	buf_fmt(b, ",\"length_matched_pairs\":%zu", e->all.matched.n);
	add_number(b, "spearman_length", e->spearman);
	add_kinds(b, j, "length_only_by_kind", COLUMN(length));
	add_kinds(b, j, "query_only_by_kind", COLUMN(blind));
	add_kinds(b, j, "coverage_by_kind", COLUMN(cover));
	add_kinds(b, j, "shuffled_by_kind", COLUMN(shuffled));
	add_kinds(b, j, "length_matched_by_kind", COLUMN(matched));
}

static void
write_report(struct job *j, const struct scorer *s)
{
	const struct train_report *r = &j->report;
	struct out out = { .fd = -1 };
	struct buf b = BUF_INIT, why = BUF_INIT;

	buf_fmt(&b, "{\"pairs\":%zu,\"better\":%lu,\"worse\":%lu,"
	    "\"without_pair\":%zu,\"failed_negatives\":%lu,"
	    "\"failed_positives\":%lu,\"equal_questions\":%zu,"
	    "\"unlabelled\":%lu,\"not_usable\":%lu", j->pairs.n, j->good,
	    j->bad, j->pairs.alone, j->lost_bad, j->lost_good,
	    j->pairs.same, j->unlabelled, j->broken);
	buf_fmt(&b, ",\"fitted_roots\":%zu,\"held_out_roots\":%zu,"
	    "\"measured_pairs\":%zu", r->roots, r->held_roots,
	    r->held_pairs);
	add_number(&b, "lambda", s->lambda);
	add_number(&b, "temperature", s->temperature);
	if (r->held_pairs > 0)
		add_eval(&b, j);
	add_grid(&b, r);
	add_warnings(&b, &j->warnings);
	buf_str(&b, "}\n");
	if (!buf_ok(&b))
		no_memory();
	if (out_open(&out, opt.report, NULL, 0, &why) < 0 ||
	    out_put(&out, b.s, b.len, &why) < 0 ||
	    out_close(&out, 1, &why) < 0)
		die(AC_IO, "%s", buf_cstr(&why));
	buf_free(&b);
}

static int
put_scorer(struct job *j, const struct scorer *s)
{
	struct buf b = BUF_INIT;
	int code = AC_DONE;

	if (scorer_write(s, &b) < 0)
		no_memory();
	if (out_put(&j->f.out, b.s, b.len, &j->f.why) < 0)
		code = AC_IO;
	buf_free(&b);
	return code;
}

/* Joins, fits, says and writes.  The exit code. */
static int
learn(struct job *j)
{
	struct train_opt how = { opt.holdout, opt.seed };
	struct sha256 sum = j->sum;
	unsigned char digest[32];
	struct scorer *s;
	size_t i;
	int code;

	if (pairs_join(&j->pairs) < 0)
		no_memory();
	say_input(j);
	if (j->pairs.n == 0) {
		warn("no pair: nothing to learn from");
		return AC_SOME;
	}
	s = train(&j->pairs, &how, &j->report, &j->f.why);
	if (s == NULL)
		die(AC_BUG, "%s", buf_cstr(&j->f.why));
	sha256_end(&sum, digest);
	for (i = 0; i < sizeof(digest); i++)
		sprintf(s->data + 2 * i, "%02x", digest[i]);
	say_eval(j, s);
	warn_all(j);
	if (opt.report != NULL)
		write_report(j, s);
	code = put_scorer(j, s);
	if (code == AC_DONE && opt.strict && j->warnings.len > 0)
		code = AC_SOME;
	scorer_free(s);
	return code;
}

int
main(int argc, char **argv)
{
	static struct job j;
	struct buf text = BUF_INIT;
	int first, code;

	die_init(command.name);
	switch (opt_parse(&command, argc, argv, &first, &text)) {
	case -1:
		die_usage("%s", buf_cstr(&text));
	case 1:
		if (fputs(buf_cstr(&text), stdout) == EOF ||
		    fclose(stdout) == EOF)
			die(AC_IO, "write error");
		buf_free(&text);
		return AC_DONE;
	}
	if (!(opt.holdout >= 0 && opt.holdout < 1))
		die_usage("--holdout: a share from 0 to below 1, not %g",
		    opt.holdout);
	if (filter_opt.output == NULL && isatty(STDOUT_FILENO))
		die_usage("the scorer does not go to a terminal: give "
		    "-o FILE");
	code = filter_open(&j.f, &filter_opt, argv + first,
	    (size_t)(argc - first), &text);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&text));
	if (pairs_init(&j.pairs) < 0)
		no_memory();
	read_all(&j);
	code = learn(&j);
	pairs_free(&j.pairs);
	eval_free(&j.report.eval);
	buf_free(&j.context);
	buf_free(&j.question);
	buf_free(&j.kind);
	buf_free(&j.root);
	buf_free(&j.warnings);
	return filter_close(&j.f, code);
}
