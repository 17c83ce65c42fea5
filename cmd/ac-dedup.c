/* ac-dedup: keeps the best questions and drops what is too close to them. */
#include <stddef.h>
#include <stdint.h>

#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "decide.h"
#include "dedup_run.h"

enum { SCOPE_ROOT, SCOPE_ALL };
enum { BY_F, BY_PRECISION, BY_COSINE };

static struct options {
	const char *by, *threshold;
	struct dedup_files files;
	int measure, scope, tokens, engine, compat, grouped, embed;
	unsigned long keep, quota, threads;
} opt = { .tokens = -1, .compat = -1 };	/* -1: no choice made */

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "by", 0, OPT_TEXT, OPT_TOP, "NAME", "score", AT(by), 0,
	    "the number to rank by, highest first" },
	{ "threshold", 0, OPT_TEXT, OPT_TOP, "T", NULL, AT(threshold), 0,
	    "too close is above T (0.7; all 0.85; cosine 0.95)" },
	{ "measure", 0, OPT_CHOICE, OPT_TOP, "f|precision|cosine", "f",
	    AT(measure), 0,
	    "ROUGE-L F above T, or precision or cosine from T up" },
	{ "embed", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(embed), 0,
	    "ask the endpoint for embeddings, for the cosine" },
	{ "scope", 0, OPT_CHOICE, OPT_TOP, "root|all", "root", AT(scope), 0,
	    "compare inside each root, or across roots" },
	{ "tokens", 0, OPT_CHOICE, 0, "unicode|google|space", NULL,
	    AT(tokens), 0, "how texts become tokens (unicode)" },
	{ "keep", 0, OPT_COUNT, OPT_TOP, "N", NULL, AT(keep), 1,
	    "keep at most N questions of a root, or of all" },
	{ "quota", 0, OPT_COUNT, OPT_TOP, "CHARS", NULL, AT(quota), 1,
	    "keep one question per CHARS code points of a root" },
	{ "dropped", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE",
	    NULL, AT(files.dropped), 0,
	    "write the dropped records to FILE, with why" },
	{ "groups", 0, OPT_TEXT, OPT_ONCE | OPT_FILE, "FILE", NULL,
	    AT(files.groups), 0,
	    "list in FILE, by kept question, what was dropped" },
	{ "short", 0, OPT_TEXT, OPT_ONCE | OPT_FILE, "FILE", NULL,
	    AT(files.shorts), 0,
	    "list in FILE the roots that miss their quota" },
	{ "grouped", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(grouped), 0,
	    "a root's records are adjacent: hold one root" },
	{ "compat", 0, OPT_CHOICE, 0, "augcon", NULL, AT(compat), 0,
	    "preset: as AugCon's published code decides" },
	{ "engine", 0, OPT_CHOICE, 0, "index|brute", "index", AT(engine), 0,
	    "how to compare; brute is the slow oracle" },
	{ "threads", 0, OPT_COUNT, OPT_ENV, "N", NULL, AT(threads), 1,
	    "use N threads (as many as processors, at most 8)" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group opt_groups[] = {
	{ own, &opt }, { llm_opts, &llm_opt }, { llm_wire_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-dedup",
	"keep the best questions, drop those too close to them",
	"[FILE ...]",
	"ac-dedup --quota 35 scored.ndjson > kept.ndjson",
	opt_groups
};

static uint32_t
at_most(unsigned long n)
{
	return n > INT32_MAX ? INT32_MAX : (uint32_t)n;
}

static struct dedup_rule
settle_rule(void)
{
	const char *threshold = opt.threshold;
	struct dedup_rule rule = {
		.test.measure = opt.measure == BY_F ? ROUGE_F :
		    ROUGE_PRECISION,
		.engine = opt.engine == 0 ? DEDUP_INDEX : DEDUP_BRUTE,
		.all = opt.scope == SCOPE_ALL, .keep = at_most(opt.keep),
		.threads = at_most(opt.threads > 0 ? opt.threads :
		    decide_threads())
	};
	struct buf why = BUF_INIT;

	if (threshold == NULL)
		threshold = opt.measure == BY_COSINE ? "0.95" :
		    rule.all && opt.compat == -1 ? "0.85" : "0.7";
	if (rouge_threshold(&rule.test, threshold, &why) < 0)
		die_usage("--threshold: %s", buf_cstr(&why));
	rule.cosine = (double)rule.test.num / (double)rule.test.den;
	return rule;
}

/* What the options come to. */
static void
settle(struct dedup_job *j)
{
	const struct filter_opt *o = &filter_opt;

	if (opt.grouped && opt.scope == SCOPE_ALL)
		die_usage("--grouped goes by root, --scope all does not");
	if (opt.files.shorts != NULL && opt.quota == 0)
		die_usage("--short needs --quota");
	if ((opt.measure == BY_COSINE) != (opt.embed != 0))
		die_usage("--measure cosine and --embed go together");
	if (llm_opt.dry_run && !opt.embed)
		die_usage("--dry-run shows requests, and only --embed "
		    "makes any");
	j->rule = settle_rule();
	j->names.question = o->in_name ? o->in_name : "question";
	j->names.by = opt.by;
	j->names.root = opt.scope == SCOPE_ROOT || opt.quota > 0;
	j->names.chars = opt.quota > 0;
	j->mode = opt.tokens != -1 ? (enum token_mode)opt.tokens :
	    opt.compat != -1 ? TOKEN_AUGCON : TOKEN_UNICODE;
	j->share = opt.quota;
	j->grouped = opt.grouped;
	j->verdicts.member = o->out_name ? o->out_name : "dropped";
	j->verdicts.id = o->id_name;
	j->verdicts.question = j->names.question;
	j->verdicts.measure = j->rule.test.measure;
	j->verdicts.by_cosine = opt.embed;
	j->vectors.question = j->names.question;
	j->vectors.dry_run = llm_opt.dry_run;
}

int
ac_dedup(int argc, char **argv)
{
	static struct dedup_job j;
	int first = cmd_begin(&command, argc, argv);

	settle(&j);
	return dedup_run(&j, &filter_opt, &llm_opt, &opt.files, argv + first,
	    (size_t)(argc - first));
}
