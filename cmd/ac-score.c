/* ac-score: adds to each record with a question how good the question is. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/features.h"
#include "augcon/scorer.h"
#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "rec/filter.h"

static struct options {
	const char *scorer;
	int explain, force;
} opt;

static struct filter_opt filter_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "scorer", 'S', OPT_TEXT, OPT_ENV | OPT_TOP, "FILE", NULL,
	    AT(scorer), 0, "the scorer that ac-train-scorer wrote" },
	{ "explain", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(explain), 0,
	    "add what each feature gives to the score" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "score again where there is a score" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { record_opts, &filter_opt },
	{ filter_opts, &filter_opt }, { NULL, NULL }
};

static const struct opt_command command = {
	"ac-score",
	"say how good each question is for its context",
	"[FILE ...]",
	"ac-score -S scorer.txt questions.ndjson > scored.ndjson",
	groups
};

struct job {
	struct filter f;
	struct scorer *scorer;
	struct match_work *match;
	struct terms context, question;
	struct buf text;	/* the context whose terms are in `context` */
	struct buf other;	/* the one of the record in hand */
	struct buf words;	/* the question */
	struct buf scratch, explain;
	const char *in, *out;	/* names of members */
	int ready;		/* `text` holds a context */
};

static void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static struct scorer *
read_scorer(const char *path)
{
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct scorer *s;

	cmd_read(path, &text);
	s = scorer_read(buf_cstr(&text), text.len, &why);
	if (s == NULL)
		die(AC_USAGE, "%s: no usable scorer: %s", path,
		    buf_cstr(&why));
	buf_free(&text);
	return s;
}

/* A required text; else the record fails, and 0 is returned. */
static int
need_text(struct job *j, struct rec *r, const char *name, struct buf *out)
{
	struct buf why = BUF_INIT;
	int there;

	buf_reset(out);
	there = rec_text(r, name, out);
	if (!buf_ok(out))
		no_memory();
	if (there == 1)
		return 1;
	if (there == 0)
		buf_fmt(&why, "no member '%s'", name);
	else
		buf_str(&why, buf_cstr(&r->why));
	if (!buf_ok(&why))
		no_memory();
	if (filter_fail(&j->f, r, "missing_field", buf_cstr(&why), 0,
	    NULL) < 0)
		exit(filter_close(&j->f, AC_IO));
	buf_free(&why);
	return 0;
}

/* Questions of one context mostly follow each other: its terms are kept. */
static void
set_context(struct job *j)
{
	struct buf swap = j->text;

	if (j->ready && j->text.len == j->other.len &&
	    memcmp(buf_cstr(&j->text), buf_cstr(&j->other),
	    j->text.len) == 0)
		return;
	j->text = j->other;
	j->other = swap;
	j->ready = 1;
	if (terms_set(&j->context, TERMS_CONTEXT, buf_cstr(&j->text),
	    j->text.len, &j->scratch) < 0)
		no_memory();
}

static void
explain(struct job *j, struct rec *r, const double *part)
{
	struct buf *b = &j->explain;
	size_t i;

	buf_reset(b);
	for (i = 0; i < FEATURES; i++)
		buf_fmt(b, "%c\"%s\":%.17g", i == 0 ? '{' : ',',
		    features_name(i), part[i] + 0.0);
	buf_byte(b, '}');
	if (!buf_ok(b))
		no_memory();
	rec_set_raw(r, "explain", b->s, b->len);
}

static void
score(struct job *j, struct rec *r)
{
	double f[FEATURES], part[FEATURES];
	char number[32];
	int n;

	set_context(j);
	if (terms_set(&j->question, TERMS_QUESTION, buf_cstr(&j->words),
	    j->words.len, &j->scratch) < 0 ||
	    features_get(f, &j->context, &j->question, j->scorer->df,
	    j->match) < 0)
		no_memory();
	n = snprintf(number, sizeof(number), "%.9g",
	    scorer_score(j->scorer, f, part) + 0.0);
	rec_set_raw(r, j->out, number, (size_t)n);
	if (opt.explain)
		explain(j, r, part);
}

/* Scores a record, passes it or fails it. */
static int
take(struct job *j, struct rec *r)
{
	const char *raw;
	size_t len;

	if (!opt.force && rec_raw(r, j->out, &raw, &len) != 0)
		return filter_pass(&j->f, r);
	if (rec_raw(r, j->in, &raw, &len) == 0 && rec_has(r, "state"))
		return filter_pass(&j->f, r);
	if (!need_text(j, r, j->in, &j->words) ||
	    !need_text(j, r, "context", &j->other))
		return 0;
	score(j, r);
	return filter_ok(&j->f, r);
}

static int
run(struct job *j)
{
	struct rec r = REC_INIT;
	int more;

	while ((more = filter_next(&j->f, &r)) == 1) {
		if (take(j, &r) < 0)
			more = -1;
		rec_free(&r);
		if (more < 0)
			break;
	}
	rec_free(&r);
	return more < 0 ? AC_IO : AC_DONE;
}

static void
job_free(struct job *j)
{
	scorer_free(j->scorer);
	match_work_free(j->match);
	terms_free(&j->context);
	terms_free(&j->question);
	buf_free(&j->text);
	buf_free(&j->other);
	buf_free(&j->words);
	buf_free(&j->scratch);
	buf_free(&j->explain);
}

int
main(int argc, char **argv)
{
	static struct job j;
	struct buf text = BUF_INIT;
	int first = cmd_begin(&command, argc, argv), code;

	if (opt.scorer == NULL)
		die_usage("no scorer: give -S FILE");
	j.scorer = read_scorer(opt.scorer);
	j.in = filter_opt.in_name ? filter_opt.in_name : "question";
	j.out = filter_opt.out_name ? filter_opt.out_name : "score";
	j.match = match_work_new();
	if (j.match == NULL)
		no_memory();
	code = filter_open(&j.f, &filter_opt, argv + first,
	    (size_t)(argc - first), &text);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&text));
	code = run(&j);
	job_free(&j);
	return filter_close(&j.f, code);
}
