/*
 * A line and changes of it.  The input's first line is the record, each
 * further one a change: `+NAME VALUE` sets a text, `=NAME NUMBER` a number,
 * `-NAME` drops.  Without changes the line passes byte for byte; with them
 * it is valid JSON, what they name is so, and the others keep their bytes.
 * A line that fails and is tried again is the same line.
 */
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "rec/rec.h"
#include "rec/wrap.h"
#include "fuzz.h"

enum { CHANGES = 8 };

struct change {
	char how, name[24];
	const char *value;
};

static void
take(struct rec *r, const char *s, size_t len)
{
	char *line = mem_dup(s, len);

	MUST(line != NULL && rec_take(r, line, len, "-", 1) == 0);
}

/* The names of the changes are plain, so that they are looked for as such. */
static int
read_change(char *line, struct change *c)
{
	size_t n;

	if (*line == '\0' || strchr("+=-", *line) == NULL)
		return 0;
	n = strspn(line + 1, "abcdefghijklmnopqrstuvwxyz_");
	if (n == 0 || n >= sizeof(c->name))
		return 0;
	c->how = *line;
	memcpy(c->name, line + 1, n);
	c->name[n] = '\0';
	c->value = line + 1 + n + (line[1 + n] == ' ');
	return 1;
}

static size_t
read_changes(char *s, struct change *v)
{
	size_t n = 0;
	char *end;

	for (; s != NULL && n < CHANGES; s = end) {
		end = strchr(s, '\n');
		if (end != NULL)
			*end++ = '\0';
		n += (size_t)read_change(s, &v[n]);
	}
	return n;
}

static void
make(struct rec *r, const struct change *c)
{
	if (c->how == '+')
		rec_set_text(r, c->name, c->value, strlen(c->value));
	else if (c->how == '=')
		rec_set_integer(r, c->name, strtol(c->value, NULL, 10));
	else
		rec_drop(r, c->name);
}

/* The last change of a name is the one that holds. */
static const struct change *
last(const struct change *v, size_t n, const char *name)
{
	while (n-- > 0)
		if (strcmp(v[n].name, name) == 0)
			return &v[n];
	return NULL;
}

static void
check_change(struct rec *r, const struct change *c)
{
	struct buf text = BUF_INIT, want = BUF_INIT, back = BUF_INIT;
	long number;

	if (c->how == '-') {
		MUST(!rec_has(r, c->name));
	} else if (c->how == '=') {
		MUST(rec_integer(r, c->name, &number) == 1);
		MUST(number == strtol(c->value, NULL, 10));
	} else {
		json_quote(&want, c->value, strlen(c->value));
		MUST(json_unquote(want.s, want.len, &back) == 0);
		MUST(rec_text(r, c->name, &text) == 1);
		MUST(text.len == back.len && memcmp(buf_cstr(&text),
		    buf_cstr(&back), text.len) == 0);
	}
	buf_free(&text);
	buf_free(&want);
	buf_free(&back);
}

/* Name and value of every member that no change names, in order. */
static void
others(struct rec *r, const struct change *v, size_t n, struct buf *out)
{
	const char *names[CHANGES + 1];
	size_t i;

	for (i = 0; i < n; i++)
		names[i] = v[i].name;
	names[n] = NULL;
	rec_members(r, names, out);
}

static void
check_changes(struct rec *r, const struct change *v, size_t n)
{
	struct buf line = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
	struct rec now = REC_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		make(r, &v[i]);
	MUST(rec_line(r, &line) == 0);
	MUST(line.s[line.len - 1] == '\n');
	take(&now, line.s, line.len - 1);
	MUST(now.bad == NULL);
	for (i = 0; i < n; i++)
		check_change(&now, last(v, n, v[i].name));
	others(r, v, n, &before);
	others(&now, v, n, &after);
	MUST(before.len == after.len && memcmp(buf_cstr(&before),
	    buf_cstr(&after), after.len) == 0);
	rec_free(&now);
	buf_free(&line);
	buf_free(&before);
	buf_free(&after);
}

static void
check_failed(struct rec *r, const char *s, size_t len)
{
	struct buf line = BUF_INIT;
	struct rec now = REC_INIT;
	int was_bad = r->bad != NULL;

	rec_fail(r, "bad_reply", "a \"reason\"", 0);
	MUST(rec_line(r, &line) == 0);
	take(&now, line.s, line.len - 1);
	MUST(now.bad == NULL && rec_has(&now, "error"));
	if (was_bad) {
		MUST(rec_unwrap(&now) == 0);
		MUST(now.len == len && memcmp(now.s, s, len) == 0);
	} else
		MUST(rec_foreign_error(&now) == 0);
	rec_free(&now);
	buf_free(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT, line = BUF_INIT;
	struct change v[CHANGES];
	struct rec r = REC_INIT;
	size_t len, n;
	char *nl;

	die_init("ac-fuzz");
	buf_add(&text, data, size);
	nl = memchr(buf_cstr(&text), '\n', text.len);
	len = nl != NULL ? (size_t)(nl - text.s) : text.len;
	take(&r, buf_cstr(&text), len);
	MUST(rec_line(&r, &line) == 0);
	MUST(line.len == len + 1 && memcmp(line.s, text.s, len) == 0);
	n = read_changes(nl != NULL ? nl + 1 : NULL, v);
	if (r.bad == NULL && n > 0)
		check_changes(&r, v, n);
	rec_revert(&r);
	check_failed(&r, buf_cstr(&text), len);
	rec_free(&r);
	buf_free(&text);
	buf_free(&line);
	return 0;
}
