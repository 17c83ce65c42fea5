#include "manner.h"

#include "cmd.h"

/* The text of a file, or what is built in. */
static void
load_principles(struct buf *b, const char *file, const char *lang)
{
	if (file != NULL)
		cmd_read(file, b);
	else
		buf_str(b, prompt_text("principles", lang));
	if (!buf_ok(b))
		cmd_no_memory();
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
	load_principles(&m->en, principles, o->lang ? o->lang : "en");
	load_principles(&m->zh, principles, o->lang ? o->lang : "zh");
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
