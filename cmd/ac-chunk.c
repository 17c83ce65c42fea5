/* ac-chunk: cuts documents into the root contexts that questions grow on. */
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/chunk.h"
#include "augcon/tally.h"
#include "base/die.h"
#include "base/opt.h"
#include "base/sha256.h"
#include "cmd.h"
#include "rec/filter.h"

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
	{ "dropped", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "FILE", NULL,
	    AT(dropped), 0, "list in FILE what is in no chunk, and why" },
	{ "df", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "FILE", NULL, AT(df), 0,
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

struct job {
	struct filter f;
	struct chunker *c;
	struct tally *tally;	/* with --df */
	struct out dropped;
	struct buf doc;		/* its name, as a JSON string */
	struct buf more;	/* the user's members, each after a comma */
	struct buf text, line;
	unsigned long lines;	/* of the text file so far */
};

static void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static void
stop(struct job *j)
{
	exit(filter_close(&j->f, AC_IO));
}

/* A line is good when all that went into it was. */
static int
line_ok(const struct job *j)
{
	return buf_ok(&j->line) && buf_ok(&j->doc) && buf_ok(&j->more);
}

/* {"doc":D,"start":N into an emptied line. */
static void
begin_place(struct job *j, uint64_t start)
{
	buf_reset(&j->line);
	buf_str(&j->line, "{\"doc\":");
	buf_add(&j->line, j->doc.s, j->doc.len);
	buf_fmt(&j->line, ",\"start\":%" PRIu64, start);
}

static void
put_dropped(struct job *j, const struct chunk *k)
{
	struct buf *b = &j->line;

	if (opt.dropped == NULL)
		return;
	begin_place(j, k->start);
	buf_fmt(b, ",\"end\":%" PRIu64 ",\"rule\":\"%s\",\"raw\":", k->end,
	    k->rule);
	json_quote(b, k->text, k->len);
	buf_add(b, j->more.s, j->more.len);
	buf_str(b, "}\n");
	if (!line_ok(j))
		no_memory();
	if (out_put(&j->dropped, b->s, b->len, &j->f.why) < 0)
		stop(j);
}

static void
put_chunk(struct job *j, const struct chunk *k)
{
	struct buf *b = &j->line;
	char id[17];

	if (k->rule != NULL) {
		put_dropped(j, k);
		return;
	}
	sha256_hex(k->text, k->len, id, 16);
	buf_reset(b);
	buf_fmt(b, "{\"id\":\"%s\",\"root\":\"%s\",\"root_chars\":%zu,"
	    "\"doc\":", id, id, k->chars);
	buf_add(b, j->doc.s, j->doc.len);
	buf_fmt(b, ",\"start\":%" PRIu64 ",\"end\":%" PRIu64, k->start,
	    k->end);
	if (k->section[0] != '\0') {
		buf_str(b, ",\"section\":");
		json_quote(b, k->section, strlen(k->section));
	}
	buf_str(b, ",\"context\":");
	json_quote(b, k->text, k->len);
	buf_add(b, j->more.s, j->more.len);
	buf_str(b, "}\n");
	if (!line_ok(j) || (j->tally != NULL &&
	    tally_add(j->tally, k->text, k->len) < 0))
		no_memory();
	j->f.ok++;
	if (j->f.read < j->f.ok)	/* a text's chunks are its records */
		j->f.read = j->f.ok;
	if (filter_put(&j->f, b, 0) < 0)
		stop(j);
}

static void
put_ready(struct job *j)
{
	struct chunk k;
	int r;

	while (!filter_signal() && (r = chunker_next(j->c, &k)) != 0) {
		if (r < 0)
			no_memory();
		put_chunk(j, &k);
	}
}

/* The chunks before a byte that is no UTF-8 stand; this says where it is. */
static void
put_bad(struct job *j, uint64_t at)
{
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;
	size_t len;
	char *s;

	begin_place(j, at);
	buf_byte(&j->line, '}');
	buf_fmt(&why, "byte %" PRIu64 " is not UTF-8; nothing behind it was "
	    "cut", at);
	len = j->line.len;
	s = buf_take(&j->line);
	if (s == NULL || !buf_ok(&why) ||
	    rec_take(&r, s, len, j->f.in.name, j->lines + 1) < 0)
		no_memory();
	if (filter_fail(&j->f, &r, "bad_json", why.s, 0, NULL) < 0)
		stop(j);
	rec_free(&r);
	buf_free(&why);
}

/* Some bytes of the file; what is finished goes out before a wait. */
static enum in_status
read_some(struct filter *f, const char **s, size_t *len)
{
	enum in_status status = in_bytes(&f->in, 0, s, len, &f->why);

	while (status == IN_WAIT && !filter_signal()) {
		if (out_flush(&f->out, &f->why) < 0)
			return IN_FAIL;
		status = in_bytes(&f->in, 1, s, len, &f->why);
	}
	filter_tick(f);
	return status;
}

static void
count_lines(struct job *j, const char *s, size_t len)
{
	const char *nl, *end = s + len;

	while (s < end && (nl = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		j->lines++;
		s = nl + 1;
	}
}

static void
cut_text(struct job *j, int markdown)
{
	enum in_status status;
	uint64_t bad = 0, fed = 0;
	const char *s;
	size_t len;

	buf_reset(&j->doc);
	json_quote(&j->doc, j->f.in.name, strlen(j->f.in.name));
	buf_reset(&j->more);
	j->lines = 0;
	chunker_reset(j->c, markdown);
	while ((status = read_some(&j->f, &s, &len)) == IN_LINE) {
		if (chunker_add(j->c, s, len) < 0)
			no_memory();
		put_ready(j);
		if (chunker_bad(j->c, &bad)) {
			count_lines(j, s, bad > fed ? (size_t)(bad - fed) : 0);
			break;
		}
		count_lines(j, s, len);
		fed += len;
	}
	if (status == IN_FAIL)
		stop(j);
	if (status == IN_WAIT)	/* a signal came */
		return;
	chunker_end(j->c);
	put_ready(j);
	if (chunker_bad(j->c, &bad))
		put_bad(j, bad);
}

/* All but what we write and what our filters found out about the record. */
static void
keep_members(struct job *j, const struct rec *r)
{
	const char *const but[] = { opt.in,
	    "id", "root", "root_chars", "doc", "start", "end", "context",
	    "state", "question", "score", "answer", "error", "raw", "raw64",
	    "dropped", "explain", "provenance", "depth", "parent", "why",
	    "sample", "label", "kind", "checks", NULL };

	buf_reset(&j->more);
	rec_members(r, but, &j->more);
}

/* The document's name: `doc`, or `id`, or where the record came from. */
static void
name_record(struct job *j, struct rec *r)
{
	struct buf name = BUF_INIT;

	buf_reset(&j->doc);
	if (rec_text(r, "doc", &name) != 1) {
		buf_reset(&name);
		if (rec_text(r, "id", &name) != 1) {
			buf_reset(&name);
			buf_fmt(&name, "%s:%lu", r->file, r->line);
		}
	}
	json_quote(&j->doc, buf_cstr(&name), name.len);
	if (!buf_ok(&name))
		no_memory();
	buf_free(&name);
}

static void
cut_record(struct job *j, struct rec *r)
{
	struct chunk empty = { "", 0, 0, 0, 0, "", "empty" };
	struct buf why = BUF_INIT;
	unsigned long before = j->f.ok;
	int there;

	buf_reset(&j->text);
	there = rec_text(r, opt.in, &j->text);
	if (there != 1) {
		if (there == 0)
			buf_fmt(&why, "no member '%s'", opt.in);
		else
			buf_str(&why, buf_cstr(&r->why));
		if (!buf_ok(&why))
			no_memory();
		if (filter_fail(&j->f, r, "missing_field", why.s, 0, NULL) < 0)
			stop(j);
		buf_free(&why);
		return;
	}
	if (!buf_ok(&j->text))
		no_memory();
	name_record(j, r);
	keep_members(j, r);
	chunker_reset(j->c, 0);
	if (chunker_add(j->c, buf_cstr(&j->text), j->text.len) < 0)
		no_memory();
	chunker_end(j->c);
	put_ready(j);
	if (j->f.ok == before)
		put_dropped(j, &empty);
}

static void
cut_records(struct job *j)
{
	struct rec r = REC_INIT;
	int more;

	while ((more = filter_next(&j->f, &r)) == 1)
		cut_record(j, &r);
	rec_free(&r);
	if (more < 0 && !filter_signal())
		stop(j);
}

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

static void
settle(struct job *j)
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
	j->c = chunker_new(&rule);
	j->tally = opt.df != NULL ? tally_new() : NULL;
	if (j->c == NULL || (opt.df != NULL && j->tally == NULL))
		no_memory();
}

static void
open_all(struct job *j, char **files, size_t n)
{
	struct buf why = BUF_INIT;
	int code = filter_open(&j->f, &filter_opt, files, n, &why);

	if (code == AC_USAGE)
		die_usage("%s", buf_cstr(&why));
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	if (opt.dropped != NULL &&
	    out_open(&j->dropped, opt.dropped, files, n, &why) < 0)
		die(AC_IO, "%s", buf_cstr(&why));
	j->f.in.stay = 1;
}

static int
write_df(struct job *j)
{
	struct out to = { .fd = -1 };
	int r;

	buf_reset(&j->line);
	if (tally_print(j->tally, &j->line) < 0)
		no_memory();
	if (out_open(&to, opt.df, j->f.in.files, j->f.in.nfiles,
	    &j->f.why) < 0)
		return -1;
	r = out_put(&to, j->line.s, j->line.len, &j->f.why);
	return out_close(&to, r == 0, &j->f.why) < 0 ? -1 : r;
}

static void
free_all(struct job *j)
{
	chunker_free(j->c);
	tally_free(j->tally);
	buf_free(&j->doc);
	buf_free(&j->more);
	buf_free(&j->text);
	buf_free(&j->line);
}

int
main(int argc, char **argv)
{
	static struct job j = { .dropped.fd = -1 };
	int first = cmd_begin(&command, argc, argv), more = 0, code = AC_DONE;
	enum format format;

	settle(&j);
	open_all(&j, argv + first, (size_t)(argc - first));
	while (!filter_signal() &&
	    (more = in_next(&j.f.in, &j.f.why)) == 1) {
		format = format_of(j.f.in.name);
		if (format == NDJSON)
			cut_records(&j);
		else
			cut_text(&j, format == MARKDOWN);
	}
	if (more < 0 || out_close(&j.dropped, 1, &j.f.why) < 0 ||
	    (j.tally != NULL && write_df(&j) < 0))
		code = AC_IO;
	free_all(&j);
	return filter_close(&j.f, code);
}
