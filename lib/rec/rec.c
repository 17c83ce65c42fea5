/* A record as it came in: its line and what is read of it. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rec/rec.h"
#include "rec/rec_int.h"

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

int
rec_key_is(const struct rec *r, const struct json_member *m, const char *name,
    size_t len)
{
	if (m->key_plain)
		return m->key_len == len &&
		    memcmp(r->s + m->key, name, len) == 0;
	return json_is(r->s + m->key - 1, m->key_len + 2, name, len);
}

size_t
rec_find(const struct rec *r, const char *name, size_t from)
{
	size_t i, len = strlen(name);

	for (i = from; i < r->json.n; i++)
		if (rec_key_is(r, &r->json.v[i], name, len))
			return i;
	return REC_NONE;
}

/* 1 and the member, 0 when absent or null, -1 when there twice. */
static int
look(struct rec *r, const char *name, struct json_member **m)
{
	size_t i;

	if (r->bad != NULL)
		return 0;
	i = rec_find(r, name, 0);
	if (i == REC_NONE)
		return 0;
	if (rec_find(r, name, i + 1) != REC_NONE) {
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
			if (rec_key_is(r, m, but[k], strlen(but[k])))
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
	return r->bad == NULL && rec_find(r, name, 0) != REC_NONE;
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
