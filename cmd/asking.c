#include "asking.h"

#include <string.h>

#include "augcon/question.h"
#include "cmd.h"
#include "llm/answer.h"
#include "rec/json.h"

const char asking_schema[] = "{\"type\":\"object\",\"properties\":"
    "{\"question\":{\"type\":\"string\"}},\"required\":[\"question\"],"
    "\"additionalProperties\":false}";

/* What models call it that heed no schema. */
static const struct answer_field fields[] = {
	{ "question", "q|问题|提问|问", ANSWER_LINE }, { NULL, NULL, 0 }
};

enum flow_verdict
asking_read(const struct flow_reply *reply, struct buf *question,
    struct buf *why)
{
	struct buf text = BUF_INIT;
	struct doc *d = NULL;
	const char *s;
	enum flow_verdict verdict = FLOW_BAD;

	if (answer_first(reply->text, reply->len, fields, &text)) {
		s = buf_cstr(&text);
	} else {
		d = answer_read(reply->text, reply->len, fields, why);
		s = doc_text(doc_get(d, "question"));
	}
	if (s != NULL && question_clean(s, strlen(s), question, why) == 0)
		verdict = question_is_cut(s, strlen(s), why) ? FLOW_WEAK :
		    FLOW_TAKE;
	else if (s == NULL && d != NULL)
		buf_str(why, "the object has no \"question\"");
	if (!buf_ok(question))
		why->bad = 1;	/* no bad reply, to be paid for again */
	doc_free(d);
	buf_free(&text);
	return verdict;
}

static void
add_shown(const struct prompt *p, const struct opt_list *define,
    const struct example *e, struct buf *out)
{
	const struct hole holes[] = {
		{ "context", e->context.s, e->context.len },
		{ NULL, NULL, 0 }
	};
	struct buf reply = BUF_INIT;

	buf_str(&reply, "{\"question\": ");
	json_quote(&reply, e->question.s, e->question.len);
	buf_byte(&reply, '}');
	if (out->len > 0)
		buf_byte(out, ',');
	prompt_fill_last(p, holes, define, out);
	buf_byte(out, ',');
	prompt_message(out, PROMPT_ASSISTANT, buf_cstr(&reply), reply.len);
	if (!buf_ok(&reply) || !buf_ok(out))
		cmd_no_memory();
	buf_free(&reply);
}

void
asking_show(const struct prompts *p, const struct opt_list *define,
    const struct example *e, struct shown *s)
{
	add_shown(&p->en, define, e, &s->en);
	add_shown(&p->zh, define, e, &s->zh);
}

void
asking_fill(const struct prompts *all, const struct opt_list *define,
    const struct shown *s, const char *context, size_t len, struct buf *out)
{
	const struct prompt *p = prompts_pick(all, context, len);
	const struct hole holes[] = {
		{ "context", context, len }, { NULL, NULL, 0 }
	};

	prompt_fill(p, holes, define, s == NULL ? NULL :
	    buf_cstr(p == &all->zh ? &s->zh : &s->en), out);
}
