#include "llm/prompt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "llm/prompts.h"
#include "rec/json.h"
#include "text/lang.h"
#include "text/utf8.h"

static const char *const roles[] = { "system", "user", "assistant" };

enum { PROMPT_MAX = 4 << 20 };	/* bytes of a prompt file */

void
prompt_free(struct prompt *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		free(p->v[i].text);
		buf_free(&p->v[i].json);
		free(p->v[i].v);
	}
	free(p->v);
	memset(p, 0, sizeof(*p));
}

/* The role named by a line `--- role`, or -1. */
static int
marker(const char *line, size_t len)
{
	int i;

	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' '))
		len--;
	for (i = 0; i < 3; i++)
		if (len == 4 + strlen(roles[i]) &&
		    memcmp(line, "--- ", 4) == 0 &&
		    memcmp(line + 4, roles[i], len - 4) == 0)
			return i;
	return -1;
}

/* Adds a message with the blank lines at its ends cut. */
static int
add(struct prompt *p, int role, const char *s, size_t len)
{
	while (len > 0 && strchr("\r\n", *s) != NULL) {
		s++;
		len--;
	}
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	if (mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)) < 0)
		return -1;
	memset(&p->v[p->n], 0, sizeof(*p->v));
	p->v[p->n].role = (enum prompt_role)role;
	p->v[p->n].text = mem_dup(s, len);
	return p->v[p->n++].text == NULL ? -1 : 0;
}

static int
defined(const struct opt_list *define, const char *name, size_t len,
    const char **value)
{
	size_t i = define->n;

	while (i-- > 0)		/* the last one given wins */
		if (strncmp(define->v[i], name, len) == 0 &&
		    define->v[i][len] == '=') {
			*value = define->v[i] + len + 1;
			return 1;
		}
	return 0;
}

const char *
prompt_hole(const char *s, size_t *len)
{
	const char *end;

	for (; (s = strstr(s, "{{")) != NULL; s++) {	/* {{{name}} too */
		*len = strspn(s + 2, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
		end = s + 2 + *len;
		if (*len > 0 && end[0] == '}' && end[1] == '}')
			return s + 2;
	}
	return NULL;
}

static int
is_one_of(const char *const *names, const char *s, size_t len)
{
	for (; *names != NULL; names++)
		if (strlen(*names) == len && memcmp(*names, s, len) == 0)
			return 1;
	return 0;
}

static void
begin_message(struct buf *out, enum prompt_role role)
{
	buf_str(out, "{\"role\":\"");
	buf_str(out, roles[role]);
	buf_str(out, "\",\"content\":\"");
}

/*
 * What is the same in every request is quoted once; of a hole its place is
 * kept.
 */
static int
compile(struct prompt_message *m, const char *file,
    const char *const *holes, const struct opt_list *define, struct buf *why)
{
	const char *s = m->text, *name, *value;
	size_t len;

	begin_message(&m->json, m->role);
	for (; (name = prompt_hole(s, &len)) != NULL; s = name + len + 2) {
		if (!is_one_of(holes, name, len) &&
		    !defined(define, name, len, &value)) {
			buf_fmt(why, "%s: nothing fills the hole {{%.*s}}; "
			    "-D %.*s=... would", file, (int)len, name,
			    (int)len, name);
			return -1;
		}
		json_escape(&m->json, s, (size_t)(name - 2 - s));
		if (mem_grow(&m->v, &m->cap, m->n + 1, sizeof(*m->v)) < 0)
			goto no_memory;
		m->v[m->n++] = (struct prompt_hole){ .name = name, .len = len,
		    .at = m->json.len };
	}
	json_escape(&m->json, s, strlen(s));
	buf_str(&m->json, "\"}");
	if (buf_ok(&m->json))
		return 0;
no_memory:
	why->bad = 1;
	return -1;
}

static int
parse(struct prompt *p, const char *text, const char *name, struct buf *why)
{
	const char *line = text, *body = NULL, *end;
	unsigned long n = 1;
	int role = -1, next;
	size_t len;

	for (; *line != '\0'; line = end, n++) {
		len = strcspn(line, "\n");
		end = line + len + (line[len] == '\n');
		next = marker(line, len);
		if (next < 0 && len >= 4 && memcmp(line, "--- ", 4) == 0) {
			buf_fmt(why, "%s:%lu: no such section, '%.*s'", name,
			    n, (int)(len < 60 ? len : 60), line);
			return -1;
		}
		if (next < 0 && role < 0 && *line != '#' &&
		    strspn(line, " \t\r") < len) {
			buf_fmt(why, "%s:%lu: text before the first '--- ' "
			    "section", name, n);
			return -1;
		}
		if (next < 0)
			continue;
		if (role >= 0 && add(p, role, body,
		    (size_t)(line - body)) < 0)
			goto no_memory;
		if (next == PROMPT_SYSTEM && p->n > 0) {
			buf_fmt(why, "%s:%lu: '--- system' must come first",
			    name, n);
			return -1;
		}
		role = next;
		body = end;
	}
	if (role >= 0 && add(p, role, body, (size_t)(line - body)) < 0)
		goto no_memory;
	if (p->n == 0 || p->v[p->n - 1].role != PROMPT_USER) {
		buf_fmt(why, "%s: the last section must be '--- user'", name);
		return -1;
	}
	return 0;
no_memory:
	why->bad = 1;
	return -1;
}

static int
read_file(const char *path, struct buf *text, struct buf *why)
{
	text->max = PROMPT_MAX;
	if (file_read(path, text, why) < 0)
		return -1;
	if (memchr(buf_cstr(text), '\0', text->len) != NULL ||
	    utf8_valid(buf_cstr(text), text->len) != text->len) {
		buf_fmt(why, "%s: is no UTF-8 text", path);
		return -1;
	}
	return 0;
}

/* Looks NAME.LANG.txt and NAME.txt up in $AC_PROMPT_PATH. */
static int
find_file(const char *name, const char *lang, struct buf *path)
{
	const char *dirs = getenv("AC_PROMPT_PATH");
	size_t len;
	int i;

	while (dirs != NULL && *dirs != '\0') {
		len = strcspn(dirs, ":");
		for (i = 0; i < 2 && len > 0; i++) {
			buf_reset(path);
			buf_fmt(path, "%.*s/%s%s%s.txt", (int)len, dirs, name,
			    i == 0 ? "." : "", i == 0 ? lang : "");
			if (!buf_ok(path))
				return 1;	/* the caller looks */
			if (access(path->s, R_OK) == 0)
				return 1;
		}
		dirs += len + (dirs[len] == ':');
	}
	return 0;
}

static const char *
built_in(const char *name, const char *lang)
{
	const struct prompt_text *t;
	size_t n = strlen(name);

	for (t = prompt_texts; t->name != NULL; t++)
		if (strncmp(t->name, name, n) == 0 && t->name[n] == '.' &&
		    strcmp(t->name + n + 1, lang) == 0)
			return t->text;
	return NULL;
}

const char *
prompt_text(const char *name, const char *lang)
{
	const char *t = built_in(name, lang);

	if (t == NULL)
		t = built_in(name, "en");
	return t == NULL ? "" : t;
}

int
prompt_load(struct prompt *p, const char *name, const char *lang,
    const char *const *holes, const struct opt_list *define, struct buf *why)
{
	struct buf text = BUF_INIT, path = BUF_INIT;
	const char *t = NULL;
	size_t i;
	int r = -1;

	memset(p, 0, sizeof(*p));
	if (strpbrk(name, "/.") != NULL)
		buf_str(&path, name);
	else if (!find_file(name, lang, &path))
		buf_reset(&path);
	if (!buf_ok(&path)) {
		why->bad = 1;
		goto out;
	}
	if (path.len > 0) {
		if (read_file(path.s, &text, why) < 0)
			goto out;
		t = buf_cstr(&text);
		name = path.s;
	} else {
		t = built_in(name, lang);
		if (t == NULL)
			t = built_in(name, "en");
		if (t == NULL) {
			buf_fmt(why, "no prompt named '%s'; a file's name has "
			    "a '/' or '.' in it", name);
			goto out;
		}
	}
	sha256_hex(t, strlen(t), p->hash, 16);
	r = parse(p, t, name, why);
	for (i = 0; r == 0 && i < p->n; i++)
		r = compile(&p->v[i], name, holes, define, why);
out:
	if (r < 0)
		prompt_free(p);
	buf_free(&text);
	buf_free(&path);
	return r;
}

void
prompt_message(struct buf *out, enum prompt_role role, const char *text,
    size_t len)
{
	begin_message(out, role);
	json_escape(out, text, len);
	buf_str(out, "\"}");
}

static void
fill_hole(const struct prompt_hole *p, const struct hole *holes,
    const struct opt_list *define, struct buf *out)
{
	const char *value;

	for (; holes->name != NULL; holes++)
		if (strncmp(holes->name, p->name, p->len) == 0 &&
		    holes->name[p->len] == '\0') {
			json_escape(out, holes->text, holes->len);
			return;
		}
	if (defined(define, p->name, p->len, &value))
		json_escape(out, value, strlen(value));
}

static void
fill_message(const struct prompt_message *m, const struct hole *holes,
    const struct opt_list *define, struct buf *out)
{
	size_t i, from = 0;

	for (i = 0; i < m->n; i++) {
		buf_add(out, m->json.s + from, m->v[i].at - from);
		fill_hole(&m->v[i], holes, define, out);
		from = m->v[i].at;
	}
	buf_add(out, m->json.s + from, m->json.len - from);
}

void
prompt_fill_last(const struct prompt *p, const struct hole *holes,
    const struct opt_list *define, struct buf *out)
{
	fill_message(&p->v[p->n - 1], holes, define, out);
}

void
prompt_fill(const struct prompt *p, const struct hole *holes,
    const struct opt_list *define, const char *examples, struct buf *out)
{
	size_t i, last = p->n - 1, from = out->len + 1, room = 2;

	for (i = 0; i <= last; i++)
		room += p->v[i].json.len + 1;
	for (i = 0; holes[i].name != NULL; i++)
		room += holes[i].len + 64;
	buf_room(out, room);	/* mostly enough, at once */
	buf_byte(out, '[');
	for (i = 0; i <= last; i++) {
		if (i == last && examples != NULL && *examples != '\0')
			buf_fmt(out, "%s%s", out->len > from ? "," : "", examples);
		if (i < last && examples != NULL &&
		    p->v[i].role != PROMPT_SYSTEM)
			continue;
		if (out->len > from)
			buf_byte(out, ',');
		fill_message(&p->v[i], holes, define, out);
		if (!buf_ok(out))
			return;
	}
	buf_byte(out, ']');
}

int
prompts_load(struct prompts *p, const char *name, const char *lang,
    const char *const *holes, const struct opt_list *define, struct buf *why)
{
	memset(p, 0, sizeof(*p));
	if (prompt_load(&p->en, name, lang ? lang : "en", holes, define,
	    why) < 0 || prompt_load(&p->zh, name, lang ? lang : "zh", holes,
	    define, why) < 0) {
		prompts_free(p);
		return -1;
	}
	return 0;
}

void
prompts_free(struct prompts *p)
{
	prompt_free(&p->en);
	prompt_free(&p->zh);
}

const struct prompt *
prompts_pick(const struct prompts *p, const char *text, size_t len)
{
	if (utf8_ascii(text, len))
		return &p->en;
	return strcmp(lang_detect(text, len), "zh") == 0 ? &p->zh : &p->en;
}
