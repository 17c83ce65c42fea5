#include "check_ask.h"

#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "augcon/span.h"
#include "base/mem.h"
#include "cmd.h"
#include "llm/answer.h"
#include "llm/yesno.h"

enum { QUOTE_WORDS = 3 };	/* fewer prove nothing */

static const char judge_schema[] = "{\"type\":\"object\",\"properties\":"
    "{\"supported\":{\"type\":\"string\",\"enum\":[\"yes\",\"no\"]},"
    "\"quote\":{\"type\":\"string\"}},\"required\":[\"supported\",\"quote\"],"
    "\"additionalProperties\":false}";

/* What models call them that heed no schema. */
static const struct answer_field judge_fields[] = {
	{ "supported", "support|verdict|answer|支持|判断", ANSWER_LINE },
	{ "quote", "evidence|quotation|原文|引文|依据", ANSWER_TEXT },
	{ NULL, NULL, 0 }
};

static void
load(struct prompts *p, const char *name, const struct llm_opt *o)
{
	static const char *const holes[] = { "context", "question", "answer",
	    NULL };
	struct buf why = BUF_INIT;

	if (prompts_load(p, name, o->lang, holes, &o->define, &why) < 0)
		cmd_refuse(&why);
}

void
check_ask_load(struct check_ask *a, const struct llm_opt *o)
{
	if (a->judge)
		load(&a->faithful, "faithful", o);
	if (a->rewrite)
		load(&a->standalone, "standalone", o);
}

void
check_ask_free(struct check_ask *a)
{
	if (a->judge)
		prompts_free(&a->faithful);
	if (a->rewrite)
		prompts_free(&a->standalone);
}

/* With the question as it is, or as it was rewritten. */
static void
fill(const struct prompts *p, const struct check_asked *o, struct buf *out)
{
	const struct buf *part = o->part, *question = o->question.len > 0 ?
	    &o->question : &part[GATE_QUESTION];
	const struct hole holes[] = {
		{ "context", buf_cstr(&part[GATE_CONTEXT]),
		    part[GATE_CONTEXT].len },
		{ "question", buf_cstr(question), question->len },
		{ "answer", buf_cstr(&part[GATE_ANSWER]),
		    part[GATE_ANSWER].len },
		{ NULL, NULL, 0 }
	};

	prompt_fill(prompts_pick(p, holes[0].text, holes[0].len), holes, NULL,
	    NULL, out);
}

int
check_ask(struct check_ask *a, struct flow *w, struct job *job,
    enum check_tag tag)
{
	struct check_asked *o = job->state;
	struct buf messages = BUF_INIT, id = BUF_INIT;
	struct flow_ask ask = { .tag = tag };
	int done = -1;

	fill(tag == ASK_STANDALONE ? &a->standalone : &a->faithful, o,
	    &messages);
	flow_identity(&job->rec[0], a->id, o->part[GATE_CONTEXT].s,
	    o->part[GATE_CONTEXT].len, &id, &ask.sample);
	ask.sample += tag == ASK_FAITHFUL_AGAIN;
	ask.schema = tag == ASK_STANDALONE ? asking_schema : judge_schema;
	if (buf_ok(&messages) && buf_ok(&id)) {
		ask.messages = messages.s;
		ask.id = buf_cstr(&id);
		done = flow_ask(w, job, &ask);
	} else {
		flow_no_memory(w);
	}
	buf_free(&messages);
	buf_free(&id);
	return done;
}

/*
 * A judge's reply of the wrong kind is taken in, and it is asked once more
 * as another sample; a question that is none, or stops before its end, is the
 * engine's to ask again.
 */
enum flow_verdict
check_ask_judge(const struct flow_reply *reply, struct buf *why)
{
	struct buf question = BUF_INIT;
	enum flow_verdict verdict;

	if (reply->tag != ASK_STANDALONE)
		return FLOW_TAKE;
	verdict = asking_read(reply, &question, why);
	buf_free(&question);
	return verdict == FLOW_WEAK ? FLOW_BAD : verdict;
}

/* Do the words of the quote stand in the context in a row? */
static int
is_quoted(const struct check_asked *o, const char *quote)
{
	const struct buf *context = &o->part[GATE_CONTEXT];
	struct words a = { .n = 0 }, b = { .n = 0 };
	size_t *z = NULL, cap = 0, at;
	int found = -1;

	if (words_read(&a, quote, strlen(quote)) == 0 &&
	    words_read(&b, buf_cstr(context), context->len) == 0 &&
	    mem_grow(&z, &cap, 3 * (a.n + b.n) + 1, sizeof(*z)) == 0)
		found = a.n >= QUOTE_WORDS &&
		    span_longest(&a, &b, a.n, z, &at) > 0;
	words_free(&a);
	words_free(&b);
	free(z);
	return found;
}

static int
take_verdict(struct check_asked *o, const struct flow_reply *reply)
{
	struct buf why = BUF_INIT;
	struct doc *d = answer_read(reply->text, reply->len, judge_fields,
	    &why);
	const char *s = doc_text(doc_get(d, "supported")),
	    *quote = doc_text(doc_get(d, "quote"));
	int yes = yesno_answer(s != NULL ? s : reply->text), there = 0;

	if (!buf_ok(&why))
		there = -1;	/* no reply without an object */
	else if (yes > 0)
		there = is_quoted(o, quote != NULL ? quote : "");
	if (yes == 0)
		o->unclear++;
	o->said = yes == 0 ? SAID_NOTHING : yes < 0 ? SAID_NO :
	    there > 0 ? SAID_YES : SAID_FALSE_QUOTE;
	doc_free(d);
	buf_free(&why);
	return there < 0 ? -1 : 0;
}

static int
take_question(struct check_asked *o, const struct flow_reply *reply)
{
	struct buf why = BUF_INIT;
	int r;

	asking_read(reply, &o->question, &why);
	r = buf_ok(&o->question) && buf_ok(&why) ? 0 : -1;
	buf_free(&why);
	return r;
}

int
check_ask_take(struct check_asked *o, const struct flow_reply *reply)
{
	if (reply->text != NULL)
		return reply->tag == ASK_STANDALONE ?
		    take_question(o, reply) : take_verdict(o, reply);
	/* Replies that cannot be used leave the record as it was. */
	if (strcmp(reply->code, "bad_reply") == 0)
		return 0;
	o->code = reply->code;
	o->message = reply->message;
	o->status = reply->status;
	return 0;
}

void
check_asked_free(struct check_asked *o)
{
	int i;

	for (i = 0; i < GATE_PARTS; i++)
		buf_free(&o->part[i]);
	buf_free(&o->question);
	buf_free(&o->dropped);
	free(o);
}
