/*
 * ac-answer: answers each question from its context, by principles and
 * examples (Quan, arXiv 2405.16579, section 3.3).
 */
#include <stddef.h>
#include <string.h>

#include "answer_job.h"
#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"

static struct options {
	const char *principles, *examples;
	unsigned long samples;
	int choose, force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "principles", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(principles), 0,
	    "what answers must keep to (default: built in)" },
	{ "examples", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(examples), 0,
	    "records whose answers are shown to the model" },
	{ "samples", 0, OPT_COUNT, OPT_TOP, "K", NULL, AT(samples), 1,
	    "ask for K answers to each question and take one" },
	{ "choose", 0, OPT_CHOICE, 0, "consensus|majority", "consensus",
	    AT(choose), 0,
	    "of --samples: most like the others, or most frequent" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "answer again where there is an answer" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt },
	{ llm_opts, &llm_opt }, { llm_prompt_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_answer_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-answer",
	"answer each question from its context",
	"[FILE ...]",
	"ac-answer -m MODEL -u URL questions.ndjson | "
	    "jq -c '{question,answer}'",
	groups
};

/* Reads the examples that are to be shown. */
static void
show(struct answers *a, struct shown *shown)
{
	struct examples all = { .n = 0 };
	size_t i;

	examples_read(&all, opt.examples, 1);
	for (i = 0; i < all.n; i++)
		manner_show(&a->manner, &all.v[i], shown);
	memcpy(a->examples, all.hash, sizeof(a->examples));
	examples_free(&all);
	a->shown = shown;
}

/* What the options ask for that cannot be, or is of no use. */
static void
check(size_t nfiles)
{
	int readers = (nfiles == 0) +
	    (opt.principles != NULL && strcmp(opt.principles, "-") == 0) +
	    (opt.examples != NULL && strcmp(opt.examples, "-") == 0);

	if (readers > 1)
		die_usage("standard input can be read once: as records, "
		    "--principles or --examples");
	if (opt.samples > ANSWERS_MAX)
		die_usage("--samples: at most %d", ANSWERS_MAX);
	if (opt.samples > 1 && llm_opt.temperature <= 0 && !filter_opt.quiet)
		warn("--samples at --temperature 0 pays for one answer "
		    "many times");
}

int
ac_answer(int argc, char **argv)
{
	const struct filter_opt *o = &filter_opt;
	struct answers a = { .in = "question", .out = "answer" };
	struct shown shown = { .en = BUF_INIT, .zh = BUF_INIT };
	int first = cmd_begin(&command, argc, argv), code;

	check((size_t)(argc - first));
	if (o->in_name != NULL)
		a.in = o->in_name;
	if (o->out_name != NULL)
		a.out = o->out_name;
	a.id = o->id_name;
	a.force = opt.force;
	a.samples = opt.samples;
	a.how = (enum choose_how)opt.choose;
	manner_load(&a.manner, &llm_opt, opt.principles);
	if (opt.examples != NULL)
		show(&a, &shown);
	code = answer_run(&a, o, &llm_opt, argv + first,
	    (size_t)(argc - first));
	manner_free(&a.manner);
	shown_free(&shown);
	return code;
}
