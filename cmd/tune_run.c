/* The search of ac-tune from its records to its winner. */
#include "tune_run.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"
#include "side.h"
#include "tune_job.h"
#include "tune_say.h"

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
		    "context%s; write some more, 10 or better 20",
		    t->people.n, TUNE_LEAST, t->for_ask ? " and question" :
		    ", question and answer");
		return AC_USAGE;
	}
	tune_deal(t);
	if (t->npool < t->shots + 2) {
		buf_fmt(why, "--shots %zu of %zu records leaves too few to "
		    "answer", t->shots, t->npool);
		return AC_USAGE;
	}
	if (t->most_calls > 0 && t->most_calls < tune_least(t)) {
		buf_fmt(why, "--max-calls %lu: no examples and the first %zu "
		    "alone may take %lu", t->most_calls, t->shots,
		    tune_least(t));
		return AC_USAGE;
	}
	return 0;
}

void
tune_read(struct tune *t)
{
	struct buf why = BUF_INIT;
	int code = humans_read(&t->people, t->f, !t->for_ask, &why);

	if (code == AC_BUG)
		cmd_no_memory();
	if (code == AC_IO || filter_signal() != 0)
		die_quietly(filter_close(t->f, code));
	if (code == 0)
		code = deal(t, &why);
	if (code != 0)
		refuse(t, &why);
	if (t->people.n < TUNE_FEW && !t->f->opt->quiet)
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
		if (t->llm->dry_run)
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

int
tune_run(struct tune *t)
{
	struct tune_round round = { .tune = t };
	struct buf why = BUF_INIT, lines = BUF_INIT;
	struct out log;
	struct flow *w;
	int code;

	side_begin(&log, t->log, t->f);
	w = flow_open(&tune_ops, t->f, t->llm, 0, &round, &code, &why);
	if (w == NULL) {
		out_abandon(&t->f->out);
		out_abandon(&log);
		die(code, "%s", buf_cstr(&why));
	}
	code = search(t, w);
	if (code == 0 && filter_signal() == 0 && !t->llm->dry_run) {
		tune_choose(t);
		if (t->nfinal > 0)
			code = last_part(t, w);
	}
	flow_close(w);
	if (code == 0 && filter_signal() == 0 && !t->llm->dry_run) {
		tune_say(t);
		if (t->log != NULL)
			tune_log(t, &lines);
		if (tune_put(t) < 0)
			code = AC_IO;
		if (side_end(&log, &lines, t->f) < 0)
			code = AC_IO;
		buf_free(&lines);
	}
	out_abandon(&log);
	return code;
}
