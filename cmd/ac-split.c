/*
 * ac-split: grows the Context-Split-Tree (Quan, arXiv 2405.16579, section
 * 3.1): a question of a whole context, a split in two, and both halves go on.
 */
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "split_job.h"

static struct options {
	const char *idf, *depth;
	unsigned long min_length, max_depth, quota, max_rounds;
	int by, no_question, force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "by", 0, OPT_CHOICE, OPT_TOP, "cut|rewrite|cohesion|embed|middle",
	    "cut", AT(by), 0, "how a context is split" },
	{ "idf", 0, OPT_TEXT, 0, "FILE", NULL, AT(idf), 0,
	    "term weights for cohesion, from ac-chunk --df" },
	{ "depth", 'd', OPT_TEXT, OPT_ONCE | OPT_TOP, "N|all", "all",
	    AT(depth), 0, "levels to add in this run" },
	{ "min-length", 0, OPT_COUNT, OPT_TOP, "N", "20", AT(min_length), 0,
	    "leave contexts of fewer code points (lambda)" },
	{ "max-depth", 0, OPT_COUNT, 0, "N", "32", AT(max_depth), 0,
	    "deepest level of a tree" },
	{ "no-question", 0, OPT_FLAG, 0, NULL, NULL, AT(no_question), 0,
	    "keep no questions, only the tree" },
	{ "quota", 0, OPT_COUNT, OPT_TOP, "CHARS", NULL, AT(quota), 1,
	    "more trees, up to 1.15 questions per CHARS" },
	{ "max-rounds", 0, OPT_COUNT, 0, "N", "5", AT(max_rounds), 0,
	    "most further trees of a root" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE, NULL, NULL, AT(force), 0,
	    "treat split nodes and leaves as open" },
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
	"ac-split",
	"split contexts into a tree, with a question at every node",
	"[FILE ...]",
	"ac-chunk book.txt | ac-split --by cohesion > tree.ndjson",
	groups
};

/* Levels to add; 0: all. */
static unsigned long
read_depth(const char *s)
{
	unsigned long n;
	char *end;

	if (strcmp(s, "all") == 0)
		return 0;
	n = strtoul(s, &end, 10);
	if (*end != '\0' || n == 0 || s[0] == '-')
		die_usage("--depth: '%s' is neither a number from 1 up nor "
		    "'all'", s);
	return n;
}

/* What the options come to. */
static struct split
settle(void)
{
	struct split s = {
		.grow = {
			.how = { .by = (enum by)opt.by,
			    .max_depth = opt.max_depth < LONG_MAX ?
			    (long)opt.max_depth : LONG_MAX,
			    .define = &llm_opt.define },
			.levels = read_depth(opt.depth),
			.min_length = opt.min_length,
			.no_question = opt.no_question, .force = opt.force },
		.quota = { opt.quota, opt.max_rounds },
		.names = {
			filter_opt.in_name ? filter_opt.in_name : "context",
			filter_opt.id_name,
			filter_opt.out_name ? filter_opt.out_name : "question"
		}
	};

	if (opt.quota > 0 && (!how_has_questions(&s.grow.how) ||
	    s.grow.levels > 0))
		die_usage("--quota needs --depth all and a model that asks: "
		    "--by cut or rewrite");
	if (opt.idf != NULL && opt.by != BY_COHESION)
		die_usage("--idf goes with --by cohesion");
	return s;
}

static struct idf *
load_idf(const char *path)
{
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct idf *idf;

	cmd_read(path, &text);
	idf = idf_parse(buf_cstr(&text), text.len, &why);
	if (idf == NULL)
		die(AC_USAGE, "%s: %s", path, buf_cstr(&why));
	buf_free(&text);
	return idf;
}

static void
load_prompts(struct how *how)
{
	static const char *const holes[] = { "context", "units", NULL };
	struct buf why = BUF_INIT;
	const char *name = llm_opt.prompt;

	if (name == NULL)
		name = how->by == BY_REWRITE ? "rewrite" : "split";
	if (prompts_load(&how->split, name, llm_opt.lang, holes,
	    &llm_opt.define, &why) < 0 || prompts_load(&how->ask, "ask",
	    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
}

int
ac_split(int argc, char **argv)
{
	int first = cmd_begin(&command, argc, argv), code;
	struct split s = settle();
	struct idf *idf = opt.idf ? load_idf(opt.idf) : NULL;

	s.grow.idf = idf;
	load_prompts(&s.grow.how);
	code = split_run(&s, &filter_opt, &llm_opt, argv + first,
	    (size_t)(argc - first));
	idf_free(idf);
	prompts_free(&s.grow.how.split);
	prompts_free(&s.grow.how.ask);
	return code;
}
