#include "rec/rec.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "rec/wrap.h"

static const size_t APPEND = (size_t)-1;

void
rec_free(struct rec *r)
{
	free(r->s);
	json_scan_free(&r->json);
	buf_free(&r->why);
	free(r->edit);
	buf_free(&r->edits);
	memset(r, 0, sizeof(*r));
}

int
rec_take(struct rec *r, char *s, size_t len, const char *file,
    unsigned long line)
{
	int found;

	free(r->s);
	r->s = s;
	r->len = len;
	r->file = file;
	r->line = line;
	r->bad = NULL;
	r->cut = 0;
	buf_reset(&r->why);
	rec_revert(r);
	found = json_scan(&r->json, s, len, &r->why);
	if (found == -2 || !buf_ok(&r->why))
		return -1;
	if (found < 0)
		r->bad = "bad_json";
	else if (r->json.kind != JSON_OBJECT)
		r->bad = "not_object";
	return 0;
}

int
rec_derive(struct rec *to, const struct rec *from)
{
	struct buf line = BUF_INIT;
	size_t len;
	char *s;

	if (rec_line(from, &line) < 0) {
		buf_free(&line);
		return -1;
	}
	len = line.len - 1;
	line.s[len] = '\0';
	s = buf_take(&line);
	return s == NULL ? -1 : rec_take(to, s, len, from->file, from->line);
}

void
rec_move(struct rec *to, struct rec *from)
{
	*to = *from;
	memset(from, 0, sizeof(*from));
	from->file = to->file;
	from->line = to->line;
}

static int
key_is(const struct rec *r, const struct json_member *m, const char *name,
    size_t len)
{
	if (m->key_plain)
		return m->key_len == len &&
		    memcmp(r->s + m->key, name, len) == 0;
	return json_is(r->s + m->key - 1, m->key_len + 2, name, len);
}

/* Index of the first member of that name from `from` on, or APPEND. */
static size_t
find(const struct rec *r, const char *name, size_t from)
{
	size_t i, len = strlen(name);

	for (i = from; i < r->json.n; i++)
		if (key_is(r, &r->json.v[i], name, len))
			return i;
	return APPEND;
}

/* 1 and the member, 0 when absent or null, -1 when there twice. */
static int
look(struct rec *r, const char *name, struct json_member **m)
{
	size_t i;

	if (r->bad != NULL)
		return 0;
	i = find(r, name, 0);
	if (i == APPEND)
		return 0;
	if (find(r, name, i + 1) != APPEND) {
		buf_reset(&r->why);
		buf_fmt(&r->why, "member '%s' is there twice", name);
		return -1;
	}
	*m = &r->json.v[i];
	return (*m)->kind != JSON_NULL;
}

static int
mistyped(struct rec *r, const char *name, const char *type)
{
	buf_reset(&r->why);
	buf_fmt(&r->why, "member '%s' is no %s", name, type);
	return -1;
}

void
rec_members(const struct rec *r, const char *const *but, struct buf *out)
{
	const struct json_member *m;
	size_t i, k;

	for (i = 0; i < r->json.n; i++) {
		m = &r->json.v[i];
		for (k = 0; but[k] != NULL; k++)
			if (key_is(r, m, but[k], strlen(but[k])))
				break;
		if (but[k] != NULL)
			continue;
		buf_byte(out, ',');
		buf_add(out, r->s + m->key - 1, m->key_len + 2);
		buf_byte(out, ':');
		buf_add(out, r->s + m->val, m->val_len);
	}
}

int
rec_has(const struct rec *r, const char *name)
{
	return r->bad == NULL && find(r, name, 0) != APPEND;
}

int
rec_raw(struct rec *r, const char *name, const char **s, size_t *len)
{
	struct json_member *m;
	int there = look(r, name, &m);

	if (there > 0) {
		*s = r->s + m->val;
		*len = m->val_len;
	}
	return there;
}

int
rec_text(struct rec *r, const char *name, struct buf *out)
{
	struct json_member *m;
	int there = look(r, name, &m);

	if (there <= 0)
		return there;
	if (m->kind != JSON_STRING)
		return mistyped(r, name, "string");
	if (m->val_plain) {
		buf_add(out, r->s + m->val + 1, m->val_len - 2);
	} else if (json_unquote(r->s + m->val, m->val_len, out) < 0) {
		buf_reset(&r->why);
		buf_fmt(&r->why, "member '%s' holds an escaped NUL or a lone "
		    "surrogate", name);
		return -1;
	}
	return 1;
}

int
rec_id(struct rec *r, const char *name, struct buf *out)
{
	struct json_member *m;

	if (look(r, name, &m) != 1 || m->kind != JSON_NUMBER)
		return rec_text(r, name, out);
	buf_add(out, r->s + m->val, m->val_len);
	return 1;
}

int
rec_number(struct rec *r, const char *name, double *x)
{
	struct json_member *m;
	int there = look(r, name, &m);

	if (there <= 0)
		return there;
	if (m->kind != JSON_NUMBER)
		return mistyped(r, name, "number");
	*x = strtod(r->s + m->val, NULL);
	return isfinite(*x) ? 1 : mistyped(r, name, "finite number");
}

int
rec_integer(struct rec *r, const char *name, long *x)
{
	struct json_member *m;
	int there = look(r, name, &m);
	char *end;

	if (there <= 0)
		return there;
	errno = 0;
	if (m->kind != JSON_NUMBER)
		return mistyped(r, name, "whole number");
	*x = strtol(r->s + m->val, &end, 10);
	if (end != r->s + m->val + m->val_len || errno != 0)
		return mistyped(r, name, "whole number");
	return 1;
}

void
rec_revert(struct rec *r)
{
	r->nedit = 0;
	buf_reset(&r->edits);
}

/*
 * The edit of a member: the one there is, or a new one.  A member that is
 * there twice is replaced at its first place and dropped at the others.
 */
static struct rec_edit *
edit(struct rec *r, const char *name)
{
	size_t i, len = strlen(name), member;
	struct rec_edit *e;

	for (i = 0; i < r->nedit; i++) {
		e = &r->edit[i];
		if (e->member == APPEND ? e->val - e->at == len + 3 &&
		    memcmp(r->edits.s + e->at + 1, name, len) == 0 :
		    key_is(r, &r->json.v[e->member], name, len))
			return e;
	}
	member = find(r, name, 0);
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
		if (member != APPEND)
			member = find(r, name, member + 1);
	} while (member != APPEND);
	for (i = 0; i < r->nedit; i++)
		if (r->edit[i].member != APPEND && key_is(r,
		    &r->json.v[r->edit[i].member], name, len))
			return &r->edit[i];
	return e;
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
	struct rec_edit *e;

	if (!rec_has(r, name)) {
		size_t i, len = strlen(name);

		/* One that was only about to be appended. */
		for (i = 0; i < r->nedit; i++)
			if (r->edit[i].member == APPEND &&
			    r->edit[i].val - r->edit[i].at == len + 3 &&
			    memcmp(r->edits.s + r->edit[i].at + 1, name,
			    len) == 0)
				r->edit[i].drop = 1;
		return;
	}
	e = edit(r, name);
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
		if (e->member != APPEND || e->drop)
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

/*
 * True when the member's value is an object whose `by` is this program; -1
 * without memory.
 */
static int
error_is_own(const struct rec *r, const struct json_member *m)
{
	struct rec inner = REC_INIT;
	struct buf by = BUF_INIT;
	char *s = mem_dup(r->s + m->val, m->val_len);
	int own = -1;

	if (s != NULL && rec_take(&inner, s, m->val_len, NULL, 0) == 0)
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
	struct json_member *m;
	int there = look(r, "error", &m), own;

	if (there == 0 && !rec_has(r, "error"))
		return 0;
	own = there > 0 ? error_is_own(r, m) : 0;
	if (own < 0)
		r->edits.bad = 1;	/* the line will not be written */
	if (own <= 0)
		return 1;
	rec_drop(r, "error");
	return 0;
}
