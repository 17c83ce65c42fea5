/*
 * ac-check: adds to each record which gates its question and answer pass,
 * and drops what does not, when asked to.
 */
#include <stddef.h>

#include "base/die.h"
#include "base/opt.h"
#include "check_job.h"
#include "cmd.h"

static struct options {
	const char *gate, *drop_for, *dropped;
	int drop, judge, rewrite;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "gate", 0, OPT_TEXT, OPT_TOP, "LIST", NULL, AT(gate), 0,
	    "the gates to look through (default: all)" },
	{ "drop", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(drop), 0,
	    "leave out records that fail one of them" },
	{ "drop-for", 0, OPT_TEXT, OPT_TOP, "LIST", NULL, AT(drop_for), 0,
	    "leave out those that fail one of these" },
	{ "dropped", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE",
	    NULL, AT(dropped), 0, "write what is left out to FILE" },
	{ "judge", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(judge), 0,
	    "ask a model for the words that bear the answer out" },
	{ "rewrite", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(rewrite), 0,
	    "ask a model for a question that stands alone" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { llm_opts, &llm_opt }, { llm_wire_opts, &llm_opt },
	{ llm_answer_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-check",
	"say which gates a question and its answer pass",
	"[FILE ...]",
	"ac-check --drop --dropped bad.ndjson answers.ndjson > good.ndjson",
	groups
};

static unsigned
gates(const char *option, const char *list)
{
	struct buf why = BUF_INIT;
	unsigned these;

	if (list == NULL)
		return (1u << GATES) - 1;
	if (checks_gates(list, &these, &why) < 0)
		die_usage("--%s: %s", option, buf_cstr(&why));
	return these;
}

static void
settle(struct checking *c)
{
	const struct filter_opt *o = &filter_opt;

	c->in = o->in_name != NULL ? o->in_name : "question";
	c->out = o->out_name != NULL ? o->out_name : "checks";
	c->ask.id = o->id_name;
	c->gates = gates("gate", opt.gate);
	if (opt.drop_for != NULL)
		c->drop = gates("drop-for", opt.drop_for);
	else if (opt.drop)
		c->drop = c->gates;
	if ((c->drop & ~c->gates) != 0)
		die_usage("--drop-for has a gate that --gate has not");
	if (opt.dropped != NULL && c->drop == 0)
		die_usage("--dropped needs --drop or --drop-for");
	c->dropped_path = opt.dropped;
	if (opt.judge && !(c->gates >> GATE_FAITHFUL & 1))
		die_usage("--judge is for the gate faithful");
	if (opt.rewrite && !(c->gates >> GATE_STANDALONE & 1))
		die_usage("--rewrite is for the gate standalone");
	if (llm_opt.dry_run && !opt.judge && !opt.rewrite)
		die_usage("--dry-run shows requests, and only --judge and "
		    "--rewrite make any");
	c->ask.judge = opt.judge;
	c->ask.rewrite = opt.rewrite;
}

int
ac_check(int argc, char **argv)
{
	static struct checking c;
	int first = cmd_begin(&command, argc, argv);

	settle(&c);
	check_ask_load(&c.ask, &llm_opt);
	return check_run(&c, &filter_opt, &llm_opt, argv + first,
	    (size_t)(argc - first));
}
