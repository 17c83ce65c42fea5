/* ac-train-scorer: learns from pairs of questions which one is better. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "augcon/report.h"
#include "augcon/train.h"
#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
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
	struct train_report train;
	struct report report;
	struct sha256 sum;		/* of all lines */
	struct buf context, question, kind, root;
	struct buf warnings;		/* a line each */
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
	j->report.good += label == 1;
	j->report.bad += label == 0;
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
		j->report.broken++;
		return;
	}
	there = rec_integer(r, "label", &label);
	if (rec_foreign_error(r)) {
		j->f.passed++;
		j->report.lost_good += there == 1 && label == 1;
		j->report.lost_bad += there == 1 && label == 0;
		return;
	}
	if (there == 0) {
		j->f.passed++;
		j->report.unlabelled++;
		return;
	}
	if (there == 1 && take_line(j, r, label) == 0)
		return;
	j->report.broken++;
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

/* Prints a text line by line, each after the prefix. */
static void
say(const struct buf *text, const char *prefix)
{
	const char *s, *nl;

	if (!buf_ok(text))
		no_memory();
	for (s = buf_cstr(text); (nl = strchr(s, '\n')) != NULL; s = nl + 1)
		if (!filter_opt.quiet)
			warn("%s%.*s", prefix, (int)(nl - s), s);
}

static void
write_report(struct job *j)
{
	struct out out = { .fd = -1 };
	struct buf b = BUF_INIT, why = BUF_INIT;

	report_json(&j->report, &j->warnings, &b);
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

/* What is said before and after the fit. */
static void
say_figures(struct job *j, const struct scorer *s)
{
	struct buf text = BUF_INIT;

	j->report.scorer = s;
	report_table(&j->report, &text);
	say(&text, "");
	report_warnings(&j->report, &j->warnings);
	say(&j->warnings, "warning: ");
	buf_free(&text);
	if (opt.report != NULL)
		write_report(j);
}

static void
name_data(struct job *j, struct scorer *s)
{
	unsigned char digest[32];
	size_t i;

	sha256_end(&j->sum, digest);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(s->data + 2 * i, 3, "%02x", digest[i]);
}

/* Joins, fits, says and writes.  The exit code. */
static int
learn(struct job *j)
{
	struct train_opt how = { opt.holdout, opt.seed };
	struct buf text = BUF_INIT;
	struct scorer *s;
	int code;

	if (pairs_join(&j->pairs) < 0)
		no_memory();
	report_input(&j->report, &text);
	say(&text, "");
	buf_free(&text);
	if (j->pairs.n == 0) {
		warn("no pair: nothing to learn from");
		return AC_SOME;
	}
	s = train(&j->pairs, &how, &j->train, &j->f.why);
	if (s == NULL)
		die(AC_BUG, "%s", buf_cstr(&j->f.why));
	name_data(j, s);
	say_figures(j, s);
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
	int first = cmd_begin(&command, argc, argv), code;

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
	j.report.pairs = &j.pairs;
	j.report.train = &j.train;
	read_all(&j);
	code = learn(&j);
	pairs_free(&j.pairs);
	eval_free(&j.train.eval);
	buf_free(&j.context);
	buf_free(&j.question);
	buf_free(&j.kind);
	buf_free(&j.root);
	buf_free(&j.warnings);
	return filter_close(&j.f, code);
}
