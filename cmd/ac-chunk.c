/* ac-chunk: cuts documents into the root contexts that questions grow on. */
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "base/die.h"
#include "base/opt.h"
#include "cmd.h"
#include "cut.h"
#include "side.h"

enum format { TEXT, MARKDOWN, NDJSON };

static struct options {
	unsigned long size, min, overlap;
	const char *in, *dropped, *df;
	int by, format;
} opt = { .min = ULONG_MAX, .format = -1 };	/* not given */

static struct filter_opt filter_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "size", 0, OPT_COUNT, OPT_TOP, "N", "500", AT(size), 1,
	    "most code points of a chunk" },
	{ "min", 0, OPT_COUNT, OPT_TOP, "N", NULL, AT(min), 0,
	    "a paragraph under N joins its neighbour (100)" },
	{ "overlap", 0, OPT_COUNT, OPT_TOP, "N", "0", AT(overlap), 0,
	    "repeat up to N code points of sentences" },
	{ "by", 0, OPT_CHOICE, OPT_TOP, "sentence|paragraph|line|char",
	    "sentence", AT(by), 0, "what chunks are packed from" },
	{ "format", 0, OPT_CHOICE, OPT_TOP, "text|markdown|ndjson", NULL,
	    AT(format), 0, "what the input is (else: by its name)" },
	{ "in", 0, OPT_TEXT, OPT_TOP, "NAME", "text", AT(in), 0,
	    "the member with the text, in NDJSON" },
	{ "dropped", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE",
	    NULL, AT(dropped), 0, "list in FILE what is in no chunk, and why" },
	{ "df", 0, OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE", NULL,
	    AT(df), 0,
	    "write in how many chunks each term occurs" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { filter_opts, &filter_opt }, { NULL, NULL }
};

static const struct opt_command command = {
	"ac-chunk",
	"cut documents into chunks of whole sentences",
	"[FILE ...]",
	"ac-chunk --size 500 manual.md > chunks.ndjson",
	groups
};

static int
ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static enum format
format_of(const char *name)
{
	if (opt.format >= 0)
		return (enum format)opt.format;
	if (ends_in(name, ".md") || ends_in(name, ".markdown"))
		return MARKDOWN;
	if (ends_in(name, ".ndjson") || ends_in(name, ".jsonl"))
		return NDJSON;
	return TEXT;
}

/* Checks the options, which go by each other. */
static struct chunk_rule
settle(void)
{
	struct chunk_rule rule = { .by = (enum chunk_by)opt.by };

	if (opt.size > CHUNK_SIZE_MAX)
		die_usage("--size: at most %d", CHUNK_SIZE_MAX);
	if (opt.min == ULONG_MAX)
		opt.min = opt.size < 500 ? opt.size / 5 : 100;
	if (opt.min > opt.size)
		die_usage("--min is more than --size");
	if (opt.overlap >= opt.size)
		die_usage("--overlap is not less than --size");
	rule.size = opt.size;
	rule.min = opt.min;
	rule.overlap = opt.overlap;
	return rule;
}

static void
open_all(struct cut *c, const struct chunk_rule *rule, char **files, size_t n)
{
	struct buf why = BUF_INIT;
	int code;

	c->c = chunker_new(rule);
	c->tally = opt.df != NULL ? tally_new() : NULL;
	if (c->c == NULL || (opt.df != NULL && c->tally == NULL))
		cmd_no_memory();
	code = filter_open(&c->f, &filter_opt, files, n, &why);
	if (code == AC_USAGE)
		die_usage("%s", buf_cstr(&why));
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	side_begin(&c->dropped, opt.dropped, &c->f);
	c->f.in.stay = 1;
}

/* 0 at the end of all files or at a signal, or -1: stop. */
static int
cut_all(struct cut *c)
{
	enum format format;
	int more = 0;

	while (!filter_signal() &&
	    (more = in_next(&c->f.in, &c->f.why)) == 1) {
		format = format_of(c->f.in.name);
		if ((format == NDJSON ? cut_records(c, opt.in) :
		    cut_text(c, format == MARKDOWN)) < 0)
			return -1;
	}
	return more < 0 ? -1 : 0;
}

int
ac_chunk(int argc, char **argv)
{
	struct cut c = { .tally = NULL };
	int first = cmd_begin(&command, argc, argv), code = AC_DONE;
	struct chunk_rule rule = settle();

	open_all(&c, &rule, argv + first, (size_t)(argc - first));
	if (cut_all(&c) < 0 || out_close(&c.dropped, 1, &c.f.why) < 0 ||
	    (opt.df != NULL && cut_write_df(&c, opt.df) < 0))
		code = AC_IO;
	cut_free(&c);
	return filter_close(&c.f, code);
}
