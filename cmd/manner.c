#include "manner.h"

#include <string.h>

#include "base/die.h"
#include "base/sha256.h"
#include "cmd.h"
#include "text/utf8.h"

enum { PRINCIPLES_MAX = 1 << 20 };	/* bytes */

/* Ends with 2, the line of byte `at`, and the reason. */
static void refuse_at(const char *file, const struct buf *b, size_t at,
    const char *reason) __attribute__((noreturn));

static void
refuse_at(const char *file, const struct buf *b, size_t at,
    const char *reason)
{
	unsigned long line = 1;
	size_t i;

	for (i = 0; i < at; i++)
		line += b->s[i] == '\n';
	die(AC_USAGE, "%s:%lu: %s", file, line, reason);
}

/* A prompt's holes are filled once: one in what fills them would stay. */
static void
check_principles(const char *file, const struct buf *b)
{
	size_t valid = utf8_valid(buf_cstr(b), b->len), len;
	const char *s = buf_cstr(b), *nul = memchr(s, '\0', b->len), *hole;

	if (nul != NULL && (size_t)(nul - s) <= valid)
		refuse_at(file, b, (size_t)(nul - s),
		    "a NUL byte; principles are text");
	if (valid < b->len)
		refuse_at(file, b, valid, "principles are not UTF-8");
	if (buf_is_blank(b))
		die(AC_USAGE, "%s: no principles in it", file);
	hole = prompt_hole(s, &len);
	if (hole != NULL)
		refuse_at(file, b, (size_t)(hole - s),
		    "nothing fills a hole in principles");
}

static void
load_principles(struct manner *m, const char *file, const char *lang)
{
	if (file != NULL) {
		m->en.max = PRINCIPLES_MAX;
		cmd_read(file, &m->en);
		check_principles(file, &m->en);
		buf_add(&m->zh, m->en.s, m->en.len);
	} else {
		buf_str(&m->en, prompt_text("principles", lang ? lang : "en"));
		buf_str(&m->zh, prompt_text("principles", lang ? lang : "zh"));
	}
	if (!buf_ok(&m->en) || !buf_ok(&m->zh))
		cmd_no_memory();
	sha256_hex(m->en.s, m->en.len, m->en_hash, 16);
	sha256_hex(m->zh.s, m->zh.len, m->zh_hash, 16);
}

void
manner_load(struct manner *m, const struct llm_opt *o, const char *principles)
{
	static const char *const holes[] = { "principles", "context",
	    "question", NULL };
	struct buf why = BUF_INIT;

	m->define = &o->define;
	if (prompts_load(&m->prompts, o->prompt ? o->prompt : "answer",
	    o->lang, holes, m->define, &why) < 0)
		cmd_refuse(&why);
	load_principles(m, principles, o->lang);
}

void
manner_free(struct manner *m)
{
	prompts_free(&m->prompts);
	buf_free(&m->en);
	buf_free(&m->zh);
}

/* One example as two messages: the prompt's question, and its answer. */
static void
add_shown(const struct manner *m, const struct prompt *p,
    const struct example *e, struct buf *out)
{
	const struct hole holes[] = {
		{ "context", e->context.s, e->context.len },
		{ "question", e->question.s, e->question.len },
		{ "principles", "", 0 }, { NULL, NULL, 0 }
	};

	if (out->len > 0)
		buf_byte(out, ',');
	prompt_fill_last(p, holes, m->define, out);
	buf_byte(out, ',');
	prompt_message(out, PROMPT_ASSISTANT, e->answer.s, e->answer.len);
	if (!buf_ok(out))
		cmd_no_memory();
}

void
manner_show(const struct manner *m, const struct example *e, struct shown *s)
{
	add_shown(m, &m->prompts.en, e, &s->en);
	add_shown(m, &m->prompts.zh, e, &s->zh);
}

void
shown_free(struct shown *s)
{
	buf_free(&s->en);
	buf_free(&s->zh);
}

const struct prompt *
manner_prompt(const struct manner *m, const struct buf *context)
{
	return prompts_pick(&m->prompts, buf_cstr(context), context->len);
}

const char *
manner_principles(const struct manner *m, const struct buf *context)
{
	return manner_prompt(m, context) == &m->prompts.zh ? m->zh_hash :
	    m->en_hash;
}

void
manner_fill(const struct manner *m, const struct shown *s,
    const struct buf *context, const struct buf *question, struct buf *out)
{
	const struct prompt *p = manner_prompt(m, context);
	int zh = p == &m->prompts.zh;
	const struct buf *principles = zh ? &m->zh : &m->en;
	const struct hole holes[] = {
		{ "principles", buf_cstr(principles), principles->len },
		{ "context", context->s, context->len },
		{ "question", question->s, question->len },
		{ NULL, NULL, 0 }
	};

	prompt_fill(p, holes, m->define, s == NULL ? NULL :
	    buf_cstr(zh ? &s->zh : &s->en), out);
}
