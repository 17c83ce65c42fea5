/* ac-train-scorer: learns from pairs of questions which one is better. */
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "text/utf8.h"
#include "train_ask.h"
#include "train_files.h"
#include "train_lines.h"
#include "train_say.h"

static struct options {
	double holdout;
	const char *report, *features;
	struct opt_list siblings;
	unsigned long seed;
	int loss, strict;
} opt;

/* Lines that give no pair are counted and said; they stop no training. */
static struct filter_opt filter_opt = { .max_errors = "100%" };
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "features", 0, OPT_TEXT, OPT_TOP, "LIST", "lexical", AT(features),
	    0, "of lexical, embed, state, logprob, judge" },
	{ "holdout", 0, OPT_NUMBER, OPT_TOP, "P", "0", AT(holdout), 0,
	    "measure on this share of the roots, fit the rest" },
	{ "loss", 0, OPT_CHOICE, 0, "logistic|augcon", "logistic", AT(loss),
	    0, "what is minimised" },
	{ "report", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE", NULL,
	    AT(report), 0, "write the evaluation as one JSON object" },
	{ "seed", 0, OPT_COUNT, OPT_TOP, "N", "1", AT(seed), 0,
	    "deal the roots to the folds in another way" },
	{ "siblings", 0, OPT_LIST, OPT_ONCE | OPT_TOP, "FILE", NULL,
	    AT(siblings), 0, "pairs out of a tree of questions, too" },
	{ "strict", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(strict), 0,
	    "exit 1 when there is a warning" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { llm_opts, &llm_opt }, { llm_wire_opts, &llm_opt },
	{ filter_opts, &filter_opt }, { NULL, NULL }
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
	struct schema schema;
	struct given given;		/* what the model said */
	struct siblings siblings;
	struct train_report train;
	struct report report;
	char sum[65];			/* SHA-256 of all lines */
};

/* What the options say of the features. */
static void
settle(struct schema *s)
{
	struct buf why = BUF_INIT;
	size_t len;

	if (schema_parse(s, opt.features, &why) < 0)
		die_usage("--features: %s", buf_cstr(&why));
	if (!schema_asks(s) || llm_opt.model == NULL)
		return;
	len = strlen(llm_opt.model);
	if (len >= sizeof(s->model) || strchr(llm_opt.model, '\n') != NULL ||
	    utf8_valid(llm_opt.model, len) != len)
		die_usage("--model: no name that a scorer's file can hold");
	memcpy(s->model, llm_opt.model, len + 1);
}

/* 0, or an exit code. */
static int
ask(struct job *j)
{
	struct train_ask what = { &j->pairs, &j->schema, &j->given,
	    &j->report };

	return schema_asks(&j->schema) ? train_ask(&what, &j->f, &llm_opt) :
	    0;
}

/* Joins, asks, fits, says and writes.  The exit code. */
static int
learn(struct job *j)
{
	struct train_opt how = { .holdout = opt.holdout, .seed = opt.seed,
	    .schema = &j->schema, .given = &j->given,
	    .loss = (enum fit_kind)opt.loss };
	struct scorer *s;
	size_t warnings;
	int code;

	if (siblings_join(&j->siblings, &j->pairs) < 0 ||
	    pairs_join(&j->pairs) < 0)
		cmd_no_memory();
	code = ask(j);
	if (code != AC_DONE || filter_signal() != 0 || llm_opt.dry_run)
		return code;
	train_input(&j->report, &j->f);
	if (j->pairs.n == 0) {
		warn("no pair: nothing to learn from");
		return AC_SOME;
	}
	s = train(&j->pairs, &how, &j->train, &j->f.why);
	if (s == NULL)
		die(AC_BUG, "%s", buf_cstr(&j->f.why));
	memcpy(s->data, j->sum, sizeof(s->data));
	j->report.scorer = s;
	warnings = train_figures(&j->report, &j->f, opt.report);
	code = train_put(s, &j->f);
	if (code == AC_DONE && opt.strict && warnings > 0)
		code = AC_SOME;
	scorer_free(s);
	return code;
}

int
ac_train_scorer(int argc, char **argv)
{
	static struct job j;
	struct train_into into = { &j.pairs, &j.siblings, &j.report };
	struct train_files files;
	struct buf why = BUF_INIT;
	int first = cmd_begin(&command, argc, argv), code;

	settle(&j.schema);
	if (!(opt.holdout >= 0 && opt.holdout < 1))
		die_usage("--holdout: a share from 0 to below 1, not %g",
		    opt.holdout);
	if (filter_opt.output == NULL && isatty(STDOUT_FILENO))
		die_usage("the scorer does not go to a terminal: give "
		    "-o FILE");
	train_files(&files, argv + first, (size_t)(argc - first),
	    &opt.siblings);
	code = filter_open(&j.f, &filter_opt, files.v, files.n, &why);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	if (pairs_init(&j.pairs) < 0 || siblings_init(&j.siblings) < 0)
		cmd_no_memory();
	j.report.pairs = &j.pairs;
	j.report.train = &j.train;
	j.report.tree.made = opt.siblings.n > 0 ? &j.siblings : NULL;
	code = train_lines(&j.f, &into, files.plain, j.sum) < 0 ? AC_IO :
	    learn(&j);
	pairs_free(&j.pairs);
	given_free(&j.given);
	siblings_free(&j.siblings);
	eval_free(&j.train.eval);
	code = filter_close(&j.f, code);
	train_files_free(&files);
	return code;
}
