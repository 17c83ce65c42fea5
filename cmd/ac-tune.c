/*
 * ac-tune: which examples make a model answer best, by records of people
 * (the self-improving step of Quan, arXiv 2405.16579, section 3.3).
 */
#include <stddef.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/rng.h"
#include "cmd.h"
#include "tune_job.h"
#include "tune_say.h"

static struct options {
	unsigned long shots, trials, max_calls;
	double holdout;
	const char *principles, *log;
} opt = { .holdout = -1 };

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "shots", 0, OPT_COUNT, OPT_TOP, "N", "3", AT(shots), 1,
	    "most examples shown at once" },
	{ "trials", 0, OPT_COUNT, OPT_TOP, "N", "20", AT(trials), 2,
	    "sets of examples tried, with none and the first" },
	{ "max-calls", 0, OPT_COUNT, OPT_TOP, "N", NULL, AT(max_calls), 1,
	    "try no more than so many calls allow" },
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
	"find the examples that make a model answer best",
	"[FILE ...]",
	"ac-tune -m MODEL -u URL humans.ndjson > examples.ndjson",
	groups
};

static void
load(struct tune *t)
{
	static const char *const holes[] = { "question", "human", "answer",
	    "context", NULL };
	const char *seed = llm_opt.seed != NULL ? llm_opt.seed : "1";
	struct buf why = BUF_INIT;

	manner_load(&t->manner, &llm_opt, opt.principles);
	if (prompts_load(&t->verdict, "verdict", llm_opt.lang, holes,
	    &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
	t->llm = &llm_opt;
	t->shots = opt.shots;
	t->most_trials = opt.trials;
	t->most_calls = opt.max_calls;
	/* A request that is sent again counts as well. */
	if (opt.max_calls > 0 && (llm_opt.max_requests == 0 ||
	    llm_opt.max_requests > opt.max_calls))
		llm_opt.max_requests = opt.max_calls;
	t->seed = 0;
	for (; *seed != '\0'; seed++)
		t->seed = rng_mix(t->seed, (unsigned char)*seed);
	t->rng = t->seed;
}

/* Ends with 2 before anything is written. */
static void
refuse(struct tune *t, const struct buf *why)
{
	out_abandon(&t->f->out);
	cmd_refuse(why);
}

/* Deals the records that were read.  0, or AC_USAGE: *why. */
static int
deal(struct tune *t, struct buf *why)
{
	if (t->people.n < TUNE_LEAST) {
		buf_fmt(why, "%zu records: at least %d are needed, each with "
		    "context, question and answer; write some more, 10 or "
		    "better 20", t->people.n, TUNE_LEAST);
		return AC_USAGE;
	}
	tune_deal(t, opt.holdout);
	if (t->npool < t->shots + 2) {
		buf_fmt(why, "--shots %zu of %zu records leaves too few to "
		    "answer", t->shots, t->npool);
		return AC_USAGE;
	}
	if (opt.max_calls > 0 && opt.max_calls < tune_least(t)) {
		buf_fmt(why, "--max-calls %lu: no examples and the first %zu "
		    "alone may take %lu", opt.max_calls, t->shots,
		    tune_least(t));
		return AC_USAGE;
	}
	return 0;
}

static void
read_people(struct tune *t)
{
	struct buf why = BUF_INIT;
	int code = humans_read(&t->people, t->f, 1, &why);

	if (code == AC_BUG)
		cmd_no_memory();
	if (code == AC_IO || filter_signal() != 0)
		die_quietly(filter_close(t->f, code));
	if (code == 0)
		code = deal(t, &why);
	if (code != 0)
		refuse(t, &why);
	if (t->people.n < TUNE_FEW && !filter_opt.quiet)
		warn("only %zu records: what is found will be little sure",
		    t->people.n);
}

/* The search, round by round as the calls allow.  0 or an exit code. */
static int
search(struct tune *t, struct flow *w)
{
	struct tune_round round = { .tune = t };
	int code = 0;

	for (; code == 0 && filter_signal() == 0; round.from = t->n) {
		if (tune_plan(t) == 0)
			break;
		code = tune_ask(w, &round);
		if (llm_opt.dry_run)
			break;
	}
	return code;
}

/* The winner, and the baselines, on what no trial has seen. */
static int
last_part(struct tune *t, struct flow *w)
{
	struct tune_round round = { .tune = t, .final = 1 };
	unsigned char *trials = mem_new(t->n, 1);
	int code;

	if (trials == NULL)
		cmd_no_memory();
	trials[0] = trials[1] = trials[t->winner] = 1;
	round.trials = trials;
	code = tune_ask(w, &round);
	free(trials);
	return code;
}

static int
run(struct tune *t)
{
	struct tune_round round = { .tune = t };
	struct buf why = BUF_INIT;
	struct flow *w;
	int code;

	w = flow_open(&tune_ops, t->f, &llm_opt, 0, &round, &code, &why);
	if (w == NULL) {
		out_abandon(&t->f->out);
		die(code, "%s", buf_cstr(&why));
	}
	code = search(t, w);
	if (code == 0 && filter_signal() == 0 && !llm_opt.dry_run) {
		tune_choose(t);
		if (t->nfinal > 0)
			code = last_part(t, w);
	}
	flow_close(w);
	if (code != 0 || filter_signal() != 0 || llm_opt.dry_run)
		return code;
	tune_say(t);
	if (opt.log != NULL)
		tune_log(t, opt.log);
	return tune_put(t) < 0 ? AC_IO : 0;
}

int
ac_tune(int argc, char **argv)
{
	static struct filter f;
	struct tune t = { .f = &f };
	struct buf why = BUF_INIT;
	int first = cmd_begin(&command, argc, argv), code;

	if (!(opt.holdout < 1))
		die_usage("--holdout: a share from 0 to below 1, not %g",
		    opt.holdout);
	if (opt.shots > SUBSET_MAX)
		die_usage("--shots: at most %d", (int)SUBSET_MAX);
	load(&t);
	code = filter_open(&f, &filter_opt, argv + first,
	    (size_t)(argc - first), &why);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	read_people(&t);
	code = run(&t);
	code = filter_close(&f, code);
	tune_free(&t);
	return code;
}
