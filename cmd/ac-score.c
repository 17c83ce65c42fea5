/* ac-score: adds to each record with a question how good the question is. */
#include <stddef.h>
#include <string.h>

#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "score_job.h"

static struct options {
	const char *scorer;
	int explain, force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

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
	{ own, &opt }, { llm_opts, &llm_opt }, { llm_wire_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-score",
	"say how good each question is for its context",
	"[FILE ...]",
	"ac-score -S scorer.txt questions.ndjson > scored.ndjson",
	groups
};

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

/* The model that the scorer was trained with is the one to ask. */
static void
settle_model(const struct schema *s)
{
	if (!schema_asks(s))
		return;
	if (llm_opt.model == NULL)
		llm_opt.model = s->model;
	if (strcmp(llm_opt.model, s->model) != 0)
		die(AC_USAGE, "--model %s: the scorer was trained with %s",
		    llm_opt.model, s->model);
}

int
ac_score(int argc, char **argv)
{
	int first = cmd_begin(&command, argc, argv), code;
	struct scoring how = { .in = "question", .out = "score",
	    .force = opt.force, .explain = opt.explain };

	if (opt.scorer == NULL)
		die_usage("no scorer: give -S FILE");
	how.scorer = read_scorer(opt.scorer);
	settle_model(&how.scorer->schema);
	if (filter_opt.in_name != NULL)
		how.in = filter_opt.in_name;
	if (filter_opt.out_name != NULL)
		how.out = filter_opt.out_name;
	code = score_run(&how, &filter_opt, &llm_opt, argv + first,
	    (size_t)(argc - first));
	scorer_free(how.scorer);
	return code;
}
