/* Prompts with holes: what is known of them is quoted once, and filled. */
#include "llm/prompt_int.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "rec/json.h"
#include "text/lang.h"
#include "text/utf8.h"

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
	buf_str(out, prompt_roles[role]);
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

int
prompt_load(struct prompt *p, const char *name, const char *lang,
    const char *const *holes, const struct opt_list *define, struct buf *why)
{
	struct buf text = BUF_INIT, file = BUF_INIT;
	size_t i;
	int r;

	memset(p, 0, sizeof(*p));
	r = prompt_find(name, lang, &text, &file, why);
	if (r == 0) {
		sha256_hex(buf_cstr(&text), text.len, p->hash, 16);
		r = prompt_parse(p, buf_cstr(&text), buf_cstr(&file), why);
	}
	for (i = 0; r == 0 && i < p->n; i++)
		r = compile(&p->v[i], buf_cstr(&file), holes, define, why);
	if (r < 0)
		prompt_free(p);
	buf_free(&text);
	buf_free(&file);
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
			buf_fmt(out, "%s%s", out->len > from ? "," : "",
			    examples);
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
