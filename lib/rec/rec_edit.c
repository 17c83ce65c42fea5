/* A record's changes: set, spliced into its line, or all given up. */
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "rec/rec.h"
#include "rec/rec_int.h"
#include "rec/wrap.h"

void
rec_revert(struct rec *r)
{
	r->nedit = 0;
	buf_reset(&r->edits);
}

/* The edit of the (first) member of that name that is pending, or NULL. */
static struct rec_edit *
pending(const struct rec *r, const char *name)
{
	size_t i, len = strlen(name);
	struct rec_edit *e;

	for (i = 0; i < r->nedit; i++) {
		e = &r->edit[i];
		if (e->member == REC_NONE ? e->val - e->at == len + 3 &&
		    memcmp(r->edits.s + e->at + 1, name, len) == 0 :
		    rec_key_is(r, &r->json.v[e->member], name, len))
			return e;
	}
	return NULL;
}

/*
 * The edit of a member: the one there is, or a new one.  A member that is
 * there twice is replaced at its first place and dropped at the others.
 */
static struct rec_edit *
edit(struct rec *r, const char *name)
{
	struct rec_edit *e = pending(r, name);
	size_t member, first = r->nedit;

	if (e != NULL)
		return e;
	member = rec_find(r, name, 0);
	do {
		if (mem_grow(&r->edit, &r->edit_cap, r->nedit + 1,
		    sizeof(*r->edit)) < 0) {
			r->edits.bad = 1;
			return NULL;
		}
		e = &r->edit[r->nedit++];
		memset(e, 0, sizeof(*e));
		e->member = member;
		e->drop = 1;
		if (member != REC_NONE)
			member = rec_find(r, name, member + 1);
	} while (member != REC_NONE);
	return &r->edit[first];
}

/* Begins `"name":`; the value is to follow in r->edits. */
static struct rec_edit *
begin(struct rec *r, const char *name)
{
	struct rec_edit *e = edit(r, name);

	if (e == NULL)
		return NULL;
	e->drop = 0;
	e->at = r->edits.len;
	json_quote(&r->edits, name, strlen(name));
	buf_byte(&r->edits, ':');
	e->val = r->edits.len;
	return e;
}

static void
end(struct rec *r, struct rec_edit *e)
{
	if (e != NULL)
		e->len = r->edits.len - e->at;
}

void
rec_set_text(struct rec *r, const char *name, const char *s, size_t len)
{
	struct rec_edit *e = begin(r, name);

	json_quote(&r->edits, s, len);
	end(r, e);
}

void
rec_set_integer(struct rec *r, const char *name, long x)
{
	struct rec_edit *e = begin(r, name);

	buf_fmt(&r->edits, "%ld", x);
	end(r, e);
}

void
rec_set_number(struct rec *r, const char *name, double x)
{
	struct rec_edit *e = begin(r, name);

	json_number(&r->edits, x);
	end(r, e);
}

void
rec_set_raw(struct rec *r, const char *name, const char *json, size_t len)
{
	struct rec_edit *e = begin(r, name);

	buf_add(&r->edits, json, len);
	end(r, e);
}

void
rec_drop(struct rec *r, const char *name)
{
	/* One that was only about to be appended has an edit alone. */
	struct rec_edit *e = rec_has(r, name) ? edit(r, name) :
	    pending(r, name);

	if (e != NULL)
		e->drop = 1;
}

static const struct rec_edit *
edit_of(const struct rec *r, size_t member)
{
	size_t i;

	for (i = 0; i < r->nedit; i++)
		if (r->edit[i].member == member)
			return &r->edit[i];
	return NULL;
}

/* The members with their changes; `from` is where uncopied bytes begin. */
static void
splice(const struct rec *r, struct buf *out)
{
	const struct json_member *m;
	const struct rec_edit *e;
	size_t i, from = 0, stop, kept = 0;

	for (i = 0; i < r->json.n; i++) {
		m = &r->json.v[i];
		stop = m->val + m->val_len;
		e = edit_of(r, i);
		if (e != NULL && e->drop && kept == 0) {
			/* The next member takes its place, comma and all. */
			buf_add(out, r->s + from, m->key - 1 - from);
			from = i + 1 < r->json.n ? r->json.v[i + 1].key - 1 :
			    stop;
			continue;
		}
		if (e != NULL && e->drop) {
			/* Blanks before its comma were there before it. */
			buf_add(out, r->s + from, strspn(r->s + from,
			    " \t\r\n"));
			from = stop;
			continue;
		}
		if (e != NULL) {
			buf_add(out, r->s + from, m->val - from);
			buf_add(out, r->edits.s + e->val,
			    e->len - (e->val - e->at));
		} else {
			buf_add(out, r->s + from, stop - from);
		}
		from = stop;
		kept++;
	}
	buf_add(out, r->s + from, r->json.end - from);
	for (i = 0; i < r->nedit; i++) {
		e = &r->edit[i];
		if (e->member != REC_NONE || e->drop)
			continue;
		if (kept++ > 0)
			buf_byte(out, ',');
		buf_add(out, r->edits.s + e->at, e->len);
	}
	buf_add(out, r->s + r->json.end, r->len - r->json.end);
}

int
rec_line(const struct rec *r, struct buf *out)
{
	if (!buf_ok(&r->edits))
		return -1;
	buf_room(out, r->len + r->edits.len + 2);	/* mostly all */
	if (r->nedit == 0)
		buf_add(out, r->s, r->len);
	else if (r->bad != NULL)
		rec_wrap(r, out);
	else
		splice(r, out);
	if (!r->cut)
		buf_byte(out, '\n');
	return buf_ok(out) ? 0 : -1;
}

void
rec_fail(struct rec *r, const char *code, const char *message, int status)
{
	struct rec_edit *e;

	rec_revert(r);
	if (r->cut)
		return;		/* too long to be touched */
	if (r->bad != NULL)
		json_scan_free(&r->json);
	e = begin(r, "error");
	buf_str(&r->edits, "{\"by\":");
	json_quote(&r->edits, die_name(), strlen(die_name()));
	buf_str(&r->edits, ",\"code\":");
	json_quote(&r->edits, code, strlen(code));
	buf_str(&r->edits, ",\"message\":");
	json_quote(&r->edits, message, strlen(message));
	if (status != 0)
		buf_fmt(&r->edits, ",\"status\":%d", status);
	buf_byte(&r->edits, '}');
	end(r, e);
}

/* 1 when the value is an object whose `by` is this program; -1: no memory. */
static int
error_is_own(const char *value, size_t len)
{
	struct rec inner = REC_INIT;
	struct buf by = BUF_INIT;
	char *s = mem_dup(value, len);
	int own = -1;

	if (s != NULL && rec_take(&inner, s, len, NULL, 0) == 0)
		own = inner.bad == NULL && rec_text(&inner, "by", &by) == 1 &&
		    strcmp(buf_cstr(&by), die_name()) == 0;
	if (!buf_ok(&by))
		own = -1;
	rec_free(&inner);
	buf_free(&by);
	return own;
}

int
rec_foreign_error(struct rec *r)
{
	const char *s;
	size_t len;
	int there = rec_raw(r, "error", &s, &len), own;

	if (there == 0 && !rec_has(r, "error"))
		return 0;
	own = there > 0 ? error_is_own(s, len) : 0;
	if (own < 0)
		r->edits.bad = 1;	/* the line will not be written */
	if (own <= 0)
		return 1;
	rec_drop(r, "error");
	return 0;
}
