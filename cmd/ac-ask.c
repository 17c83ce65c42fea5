/* ac-ask: asks a model for a question about each context. */
#include <stddef.h>
#include <string.h>

#include "ask_job.h"
#include "asking.h"
#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"

static struct options {
	unsigned long samples, first_sample, min_length;
	const char *negative, *examples;
	int force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "samples", 0, OPT_COUNT, OPT_TOP, "K", NULL, AT(samples), 1,
	    "ask K questions of each context" },
	{ "first-sample", 0, OPT_COUNT, OPT_ONCE, "N", "0", AT(first_sample),
	    0, "number of the first sample, to go on later" },
	{ "negative", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "KIND[,KIND...]",
	    NULL, AT(negative), 0,
	    "add questions of worse prompts: instr, fs, both" },
	{ "examples", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(examples), 0,
	    "records whose questions are shown to the model" },
	{ "min-length", 0, OPT_COUNT, 0, "N", "20", AT(min_length), 0,
	    "pass contexts of fewer code points (lambda)" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "ask again where there is a question" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt },
	{ llm_opts, &llm_opt }, { llm_prompt_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_ask_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-ask",
	"ask a model for a question about each context",
	"[FILE ...]",
	"ac-chunk book.txt | ac-split --by cohesion | ac-ask -m MODEL -u URL",
	groups
};

/* "instr,fs" to flags. */
static void
read_kinds(struct ask *a, const char *s)
{
	size_t i, len;

	for (; s != NULL && *s != '\0'; s += len + (s[len] == ',')) {
		len = strcspn(s, ",");
		for (i = 0; i < ITEM_GOOD; i++)
			if (strlen(item_kinds[i]) == len &&
			    memcmp(item_kinds[i], s, len) == 0)
				break;
		if (i == ITEM_GOOD)
			die_usage("--negative: '%.*s' is none of instr, fs, "
			    "both", (int)(len < 40 ? len : 40), s);
		a->item.kinds[i] = 1;
	}
}

static void
load_prompts(struct ask *a)
{
	static const char *const holes[] = { "context", NULL };
	struct buf name = BUF_INIT, why = BUF_INIT;
	const char *good = llm_opt.prompt ? llm_opt.prompt : "ask";
	size_t i;

	/* Any kind may come in with a negative that failed in another run. */
	for (i = 0; i < ITEM_PROMPTS; i++) {
		buf_reset(&name);
		buf_fmt(&name, "ask-%s", i < ITEM_GOOD ? item_kinds[i] : "");
		if (!buf_ok(&name))
			cmd_refuse(&name);
		if (prompts_load(&a->prompts[i], i < ITEM_GOOD ? name.s : good,
		    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
			cmd_refuse(&why);
	}
	buf_free(&name);
}

/* Reads the examples that are to be shown with the good prompt. */
static void
show(struct ask *a, struct shown *shown)
{
	struct examples all = { .n = 0 };
	size_t i;

	examples_read(&all, opt.examples, 0);
	for (i = 0; i < all.n; i++)
		asking_show(&a->prompts[ITEM_GOOD], &llm_opt.define, &all.v[i],
		    shown);
	examples_free(&all);
	a->shown = shown;
}

/* What the options come to. */
static void
settle(struct ask *a)
{
	const struct filter_opt *o = &filter_opt;

	if (opt.samples > 0 && opt.negative != NULL)
		die_usage("--samples and --negative do not go together");
	read_kinds(a, opt.negative);
	a->in = o->in_name != NULL ? o->in_name : "context";
	a->item.question = o->out_name != NULL ? o->out_name : "question";
	a->item.id = o->id_name;
	a->item.samples = opt.samples;
	a->item.first_sample = opt.first_sample;
	a->item.min_length = opt.min_length;
	a->item.negative = opt.negative != NULL;
	a->force = opt.force;
	a->llm = &llm_opt;
}

int
ac_ask(int argc, char **argv)
{
	struct ask a = { .in = NULL };
	struct shown shown = { .en = BUF_INIT, .zh = BUF_INIT };
	int first = cmd_begin(&command, argc, argv), code, i;

	settle(&a);
	load_prompts(&a);
	if (opt.examples != NULL)
		show(&a, &shown);
	code = ask_run(&a, &filter_opt, argv + first, (size_t)(argc - first));
	for (i = 0; i < ITEM_PROMPTS; i++)
		prompts_free(&a.prompts[i]);
	shown_free(&shown);
	return code;
}
