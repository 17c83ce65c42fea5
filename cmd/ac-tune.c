/*
 * ac-tune: which examples make a model answer best, by records of people
 * (the self-improving step of Quan, arXiv 2405.16579, section 3.3).
 */
#include <stddef.h>

#include "base/die.h"
#include "base/opt.h"
#include "base/rng.h"
#include "cmd.h"
#include "tune_run.h"
#include "tune_split.h"

enum { FOR_ANSWER, FOR_ASK, FOR_SPLIT };

static struct options {
	unsigned long shots, trials, max_calls, joins;
	int what;
	double holdout;
	const char *principles, *log;
} opt = { .holdout = -1 };

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "for", 0, OPT_CHOICE, OPT_TOP, "answer|ask|split", "answer", AT(what),
	    0, "whose examples are looked for" },
	{ "shots", 0, OPT_COUNT, OPT_TOP, "N", "3", AT(shots), 1,
	    "most examples shown at once" },
	{ "trials", 0, OPT_COUNT, OPT_TOP, "N", "20", AT(trials), 2,
	    "sets of examples tried, with none and the first" },
	{ "max-calls", 0, OPT_COUNT, OPT_TOP, "N", NULL, AT(max_calls), 1,
	    "try no more than so many calls allow" },
	{ "joins", 0, OPT_COUNT, OPT_TOP, "N", "40", AT(joins), 8,
	    "for split: joins made of the chunks" },
	{ "holdout", 0, OPT_NUMBER, OPT_TOP, "P", NULL, AT(holdout), 0,
	    "share kept for the end (default: 0.25 from 12 on)" },
	{ "principles", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(principles), 0,
	    "what answers must keep to (default: built in)" },
	{ "trials-log", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE",
	    NULL, AT(log), 0, "write what each trial came to" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt },
	{ llm_opts, &llm_opt }, { llm_prompt_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_answer_opts, &llm_opt },
	{ filter_opts, &filter_opt }, { NULL, NULL }
};

static const struct opt_command command = {
	"ac-tune",
	"find the examples that make a model do best",
	"[FILE ...]",
	"ac-tune -m MODEL -u URL humans.ndjson > examples.ndjson",
	groups
};

/* A number from --seed, which is any text. */
static uint64_t
seed(void)
{
	const char *s = llm_opt.seed != NULL ? llm_opt.seed : "1";
	uint64_t x = 0;

	for (; *s != '\0'; s++)
		x = rng_mix(x, (unsigned char)*s);
	return x;
}

static void
load(struct tune *t)
{
	static const char *const holes[] = { "question", "human", "answer",
	    "context", NULL };
	struct buf why = BUF_INIT;

	t->for_ask = opt.what == FOR_ASK;
	if (!t->for_ask)
		manner_load(&t->manner, &llm_opt, opt.principles);
	else if (prompts_load(&t->ask, llm_opt.prompt ? llm_opt.prompt :
	    "ask", llm_opt.lang, holes + 3, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
	if (prompts_load(&t->verdict, t->for_ask ? "verdict-ask" : "verdict",
	    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
	t->llm = &llm_opt;
	t->shots = opt.shots;
	t->most_trials = opt.trials;
	t->most_calls = opt.max_calls;
	t->holdout = opt.holdout;
	t->log = opt.log;
	t->seed = t->rng = seed();
}

static void
load_split(struct tune_split *t)
{
	static const char *const holes[] = { "units", "context", NULL };
	struct buf why = BUF_INIT;

	if (prompts_load(&t->how.split, llm_opt.prompt ? llm_opt.prompt :
	    "split", llm_opt.lang, holes, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
	t->how.by = BY_CUT;
	t->how.max_depth = 1;
	t->how.define = &llm_opt.define;
	t->llm = &llm_opt;
	t->log = opt.log;
	t->njoins = opt.joins;
	t->shots = opt.shots;
	t->trials = opt.trials;
	t->max_calls = opt.max_calls;
	t->holdout = opt.holdout;
	t->seed = seed();
}

/* A request that is sent again counts as well. */
static void
limit_requests(void)
{
	if (opt.max_calls > 0 && (llm_opt.max_requests == 0 ||
	    llm_opt.max_requests > opt.max_calls))
		llm_opt.max_requests = opt.max_calls;
}

int
ac_tune(int argc, char **argv)
{
	static struct filter f;
	struct tune t = { .f = &f };
	struct tune_split split = { .f = &f };
	struct buf why = BUF_INIT;
	int first = cmd_begin(&command, argc, argv), code;

	if (!(opt.holdout < 1))
		die_usage("--holdout: a share from 0 to below 1, not %g",
		    opt.holdout);
	if (opt.shots > SUBSET_MAX)
		die_usage("--shots: at most %d", (int)SUBSET_MAX);
	limit_requests();
	if (opt.what == FOR_SPLIT)
		load_split(&split);
	else
		load(&t);
	code = filter_open(&f, &filter_opt, argv + first,
	    (size_t)(argc - first), &why);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	if (opt.what == FOR_SPLIT) {
		code = tune_split_run(&split);
	} else {
		tune_read(&t);
		code = tune_run(&t);
	}
	code = filter_close(&f, code);
	tune_free(&t);
	return code;
}
