#include "scored.h"

#include <math.h>

#include "cmd.h"
#include "text/sent.h"

static int
refuse(struct rec *r, const char *name, const char *what)
{
	buf_reset(&r->why);
	buf_fmt(&r->why, "member '%s' is %s", name, what);
	return -1;
}

static int
read_question(struct rec *r, const char *name, struct buf *b)
{
	int there = rec_need_text(r, name, b);

	if (!buf_ok(b))
		cmd_no_memory();
	if (there < 0)
		return -1;
	return sent_blank_start(buf_cstr(b), b->len) < b->len ? 0 :
	    refuse(r, name, "blank");
}

static int
read_root(struct rec *r, struct buf *b)
{
	int there = rec_text(r, "root", b);

	if (there == 0)
		buf_byte(b, '\0');
	if (!buf_ok(b))
		cmd_no_memory();
	return there < 0 ? -1 : 0;
}

static int
read_chars(struct rec *r, long *chars)
{
	int there = rec_integer(r, "root_chars", chars);

	if (there == 0) {
		buf_reset(&r->why);
		buf_str(&r->why, "no member 'root_chars'");
	}
	if (there != 1)
		return -1;
	return *chars >= 0 ? 0 : refuse(r, "root_chars", "negative");
}

int
scored_read(const struct scored_names *names, struct rec *r,
    struct scored *s)
{
	const char *raw;
	size_t len;

	buf_reset(&s->root);
	s->score = NAN;
	s->chars = 0;
	if (rec_has(r, "state") &&
	    rec_raw(r, names->question, &raw, &len) == 0)
		return SCORED_PASS;
	if (read_question(r, names->question, &s->question) < 0 ||
	    rec_number(r, names->by, &s->score) < 0 ||
	    (names->root && read_root(r, &s->root) < 0) ||
	    (names->chars && read_chars(r, &s->chars) < 0)) {
		if (!buf_ok(&r->why))
			cmd_no_memory();
		return -1;
	}
	return SCORED_TAKE;
}

void
scored_free(struct scored *s)
{
	buf_free(&s->question);
	buf_free(&s->root);
}
