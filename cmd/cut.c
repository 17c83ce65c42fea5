#include "cut.h"

#include <inttypes.h>
#include <string.h>

#include "cmd.h"

static int
put_dropped(struct cut *c, const struct chunk *k)
{
	if (c->dropped.fd < 0)
		return 0;
	if (chunk_dropped(&c->from, k, &c->line) < 0)
		cmd_no_memory();
	return out_put(&c->dropped, c->line.s, c->line.len, &c->f.why);
}

static int
put_chunk(struct cut *c, const struct chunk *k)
{
	if (chunk_line(&c->from, k, &c->line) < 0 || (c->tally != NULL &&
	    tally_add(c->tally, k->text, k->len) < 0))
		cmd_no_memory();
	c->f.ok++;
	if (c->f.read < c->f.ok)	/* a text's chunks are its records */
		c->f.read = c->f.ok;
	return filter_put(&c->f, &c->line, 0);
}

/* What the chunker has ready.  0 or -1. */
static int
put_ready(struct cut *c)
{
	struct chunk k;
	int more = 0, r = 0;

	while (r == 0 && !filter_signal() &&
	    (more = chunker_next(c->c, &k)) == 1)
		r = k.rule == NULL ? put_chunk(c, &k) : put_dropped(c, &k);
	if (more < 0)
		cmd_no_memory();
	return r;
}

/* The chunks before a byte that is no UTF-8 stand; this says where it is. */
static int
put_bad(struct cut *c, uint64_t at)
{
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;
	size_t len;
	char *s;
	int put;

	if (chunk_place(&c->from, at, &c->line) < 0)
		cmd_no_memory();
	buf_fmt(&why, "byte %" PRIu64 " is not UTF-8; nothing behind it was "
	    "cut", at);
	len = c->line.len;
	s = buf_take(&c->line);
	if (s == NULL || !buf_ok(&why) ||
	    rec_take(&r, s, len, c->f.in.name, c->lines + 1) < 0)
		cmd_no_memory();
	put = filter_fail(&c->f, &r, "bad_json", why.s, 0, NULL);
	rec_free(&r);
	buf_free(&why);
	return put;
}

static unsigned long
lines_in(const char *s, size_t len)
{
	const char *nl, *end = s + len;
	unsigned long n = 0;

	for (; s < end && (nl = memchr(s, '\n', (size_t)(end - s))) != NULL;
	    s = nl + 1)
		n++;
	return n;
}

int
cut_text(struct cut *c, int markdown)
{
	enum in_status status;
	uint64_t bad = 0, fed = 0;
	const char *s;
	size_t len;

	if (origin_file(&c->from, c->f.in.name) < 0)
		cmd_no_memory();
	c->lines = 0;
	chunker_reset(c->c, markdown);
	while ((status = filter_bytes(&c->f, &s, &len)) == IN_LINE) {
		if (chunker_add(c->c, s, len) < 0)
			cmd_no_memory();
		if (put_ready(c) < 0)
			return -1;
		if (chunker_bad(c->c, &bad)) {
			c->lines += lines_in(s, bad > fed ?
			    (size_t)(bad - fed) : 0);
			break;
		}
		c->lines += lines_in(s, len);
		fed += len;
	}
	if (status == IN_FAIL)
		return -1;
	if (status == IN_WAIT)	/* a signal came */
		return 0;
	chunker_end(c->c);
	if (put_ready(c) < 0)
		return -1;
	return chunker_bad(c->c, &bad) ? put_bad(c, bad) : 0;
}

static int
cut_record(struct cut *c, struct rec *r, const char *member)
{
	static const struct chunk empty = { "", 0, 0, 0, 0, "", "empty" };
	unsigned long before = c->f.ok;
	int there = rec_need_text(r, member, &c->text);

	if (!buf_ok(&c->text) || !buf_ok(&r->why))
		cmd_no_memory();
	if (there < 0)
		return filter_fail(&c->f, r, "missing_field",
		    buf_cstr(&r->why), 0, NULL);
	chunker_reset(c->c, 0);
	if (origin_record(&c->from, r, member) < 0 ||
	    chunker_add(c->c, buf_cstr(&c->text), c->text.len) < 0)
		cmd_no_memory();
	chunker_end(c->c);
	if (put_ready(c) < 0)
		return -1;
	return c->f.ok == before ? put_dropped(c, &empty) : 0;
}

int
cut_records(struct cut *c, const char *member)
{
	struct rec r = REC_INIT;
	int more, put = 0;

	while (put == 0 && (more = filter_next(&c->f, &r)) == 1)
		put = cut_record(c, &r, member);
	rec_free(&r);
	if (put < 0)
		return -1;
	return more < 0 && !filter_signal() ? -1 : 0;
}

int
cut_write_df(struct cut *c, const char *path)
{
	buf_reset(&c->line);
	if (tally_print(c->tally, &c->line) < 0)
		cmd_no_memory();
	return out_whole(path, c->f.in.files, c->f.in.nfiles, &c->line,
	    &c->f.why);
}

void
cut_free(struct cut *c)
{
	chunker_free(c->c);
	tally_free(c->tally);
	origin_free(&c->from);
	buf_free(&c->text);
	buf_free(&c->line);
}
