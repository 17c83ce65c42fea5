#include "rec/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rec/doc.h"

/* The scan has passed: from here on every bracket and quote is closed. */
static const char *
skip_string(const char *p)
{
	const char *slash;

	/* A quote behind an even number of backslashes ends it. */
	do {
		p = strchr(p + 1, '"');
		for (slash = p; slash[-1] == '\\'; slash--)
			;
	} while ((p - slash) % 2 != 0);
	return p + 1;
}

static const char *
skip_value(const char *p)
{
	size_t depth = 0;

	if (*p == '"')
		return skip_string(p);
	if (*p != '{' && *p != '[') {
		while (*p > ' ' && *p != ',' && *p != ']' && *p != '}')
			p++;
		return p;
	}
	do {
		/* A bit apart: '[' and '{', ']' and '}'. */
		if (*p == '"')
			p = skip_string(p) - 1;
		else if ((*p | 0x20) == '{')
			depth++;
		else if ((*p | 0x20) == '}')
			depth--;
		p++;
	} while (depth > 0);
	return p;
}

static const char *
skip_blanks(const char *p)
{
	/* There is seldom one. */
	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	return p;
}

enum json_kind
view_kind(const struct view *v)
{
	if (v->s == NULL)
		return JSON_NULL;
	switch (*v->s) {
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case '"':
		return JSON_STRING;
	case 't':
		return JSON_TRUE;
	case 'f':
		return JSON_FALSE;
	case 'n':
		return JSON_NULL;
	}
	return JSON_NUMBER;
}

static int
is_plain(const char *raw, size_t len, const char *name)
{
	return *name == raw[1] && strncmp(raw + 1, name, len - 2) == 0 &&
	    name[len - 2] == '\0';
}

/* Which of the names, none of them empty, a member has, or their number. */
static size_t
name_of(const char *raw, size_t len, const char *const *names)
{
	int plain = memchr(raw, '\\', len) == NULL;
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (plain ? is_plain(raw, len, names[i]) :
		    json_is(raw, len, names[i], strlen(names[i])))
			break;
	return i;
}

/* How many names there are; none is found yet. */
static size_t
begin(const char *const *names, struct view *at)
{
	size_t n;

	for (n = 0; names[n] != NULL; n++) {
		at[n].s = NULL;
		at[n].len = 0;
	}
	return n;
}

/* A member whose name, with its quotes, is raw; twice is none. */
static void
found(const char *const *names, size_t n, struct view *at, const char *raw,
    size_t raw_len, const char *val, size_t val_len)
{
	size_t i = name_of(raw, raw_len, names);

	if (i < n) {
		at[i].s = at[i].len == 0 ? val : NULL;
		at[i].len = val_len;
	}
}

int
view_scan(struct view *v, const char *s, size_t len,
    const char *const *names, struct view *at, struct buf *why)
{
	struct json_scan scan = { .v = NULL };
	/* Room for the members of most replies, at once. */
	int r = mem_grow(&scan.v, &scan.cap, 16, sizeof(*scan.v)) < 0 ? -2 :
	    json_scan(&scan, s, len, why);
	const char *no = r == 0 ? doc_objection(&scan) : NULL;
	size_t i, n = begin(names, at);

	if (no != NULL)
		buf_str(why, no);
	if (r == -2)
		why->bad = 1;
	v->s = s + strspn(s, " \t\r\n");
	v->len = len - (size_t)(v->s - s);
	for (i = 0; r == 0 && scan.kind == JSON_OBJECT && i < scan.n; i++)
		found(names, n, at, s + scan.v[i].key - 1, scan.v[i].key_len +
		    2, s + scan.v[i].val, scan.v[i].val_len);
	json_scan_free(&scan);
	return r < 0 || no != NULL ? -1 : 0;
}

int
view_open(struct view *v, const char *s, size_t len, struct buf *why)
{
	static const char *const none[] = { NULL };

	return view_scan(v, s, len, none, NULL, why);
}

void
view_get(const struct view *v, const char *const *names, struct view *at)
{
	const char *p, *key, *end, *val;
	size_t n = begin(names, at);

	if (view_kind(v) != JSON_OBJECT)
		return;
	for (p = skip_blanks(v->s + 1); *p == '"'; p = skip_blanks(p + 1)) {
		key = p;
		end = skip_string(key);
		val = skip_blanks(skip_blanks(end) + 1);
		p = skip_value(val);
		found(names, n, at, key, (size_t)(end - key), val,
		    (size_t)(p - val));
		p = skip_blanks(p);
		if (*p != ',')
			break;
	}
}

struct view
view_first(const struct view *v)
{
	struct view first = { NULL, 0 };
	const char *p;

	if (view_kind(v) != JSON_ARRAY)
		return first;
	p = skip_blanks(v->s + 1);
	if (*p != ']') {
		first.s = p;
		first.len = (size_t)(skip_value(p) - p);
	}
	return first;
}

struct view
view_next(const struct view *v)
{
	struct view next = { NULL, 0 };
	const char *p;

	if (v->s == NULL)
		return next;
	p = skip_blanks(v->s + v->len);
	if (*p == ',') {
		next.s = skip_blanks(p + 1);
		next.len = (size_t)(skip_value(next.s) - next.s);
	}
	return next;
}

int
view_text(const struct view *v, struct buf *out)
{
	if (view_kind(v) != JSON_STRING)
		return 0;
	return json_unquote(v->s, v->len, out) == 0 && buf_ok(out) ? 1 : -1;
}

int
view_number(const struct view *v, double *x)
{
	size_t i;

	if (v->s == NULL || view_kind(v) != JSON_NUMBER)
		return 0;
	/* Counts, as most are, need no locale's rules. */
	for (*x = 0, i = 0; i < v->len && i < 15 && v->s[i] >= '0' &&
	    v->s[i] <= '9'; i++)
		*x = *x * 10 + (v->s[i] - '0');
	/* Behind a number stands what ends it, or the text's own NUL. */
	if (i < v->len)
		*x = strtod(v->s, NULL);
	return isfinite(*x);
}
