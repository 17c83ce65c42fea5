#include "node.h"

#include <string.h>

#include "asking.h"
#include "augcon/question.h"
#include "augcon/split.h"
#include "llm/answer.h"

/* A JSON schema whose "cut" is one of 1 to n - 1: no other can come. */
static void
cut_schema(size_t n, struct buf *b)
{
	size_t i;

	buf_str(b, "{\"type\":\"object\",\"properties\":{\"question\":"
	    "{\"type\":\"string\"},\"cut\":{\"type\":\"integer\",\"enum\":[");
	for (i = 1; i < n; i++)
		buf_fmt(b, "%s%zu", i > 1 ? "," : "", i);
	buf_str(b, "]}},\"required\":[\"question\",\"cut\"],"
	    "\"additionalProperties\":false}");
}

static const char rewrite_schema[] = "{\"type\":\"object\",\"properties\":"
    "{\"question\":{\"type\":\"string\"},\"first\":{\"type\":\"string\"},"
    "\"second\":{\"type\":\"string\"}},\"required\":[\"question\",\"first\","
    "\"second\"],\"additionalProperties\":false}";

/* What models call them that heed no schema. */
static const struct answer_field fields[] = {
	{ "question", "q|问题|提问|问", ANSWER_LINE },
	{ "cut", "cut after|first part ends|last unit of the first part|"
	    "last sentence of the first part|第一部分最后一句|"
	    "第一部分的最后一句|切分|切分点|切分位置", ANSWER_NUMBER },
	{ "first", "first part|part 1|context 1|第一部分|前半部分|前一部分|"
	    "上下文1|上下文一", ANSWER_TEXT },
	{ "second", "second part|part 2|context 2|第二部分|后半部分|后一部分|"
	    "上下文2|上下文二", ANSWER_TEXT },
	{ NULL, NULL, 0 }
};

int
how_is_local(const struct how *how)
{
	return how->by == BY_COHESION || how->by == BY_MIDDLE;
}

int
how_has_questions(const struct how *how)
{
	return how->by == BY_CUT || how->by == BY_REWRITE;
}

int
node_asks_only(const struct how *how, const struct node *n)
{
	return n->units.n < 2 || n->depth >= how->max_depth;
}

static const struct prompts *
prompts_of(const struct how *how, const struct node *n)
{
	return node_asks_only(how, n) ? &how->ask : &how->split;
}

const struct prompt *
node_prompt(const struct how *how, const struct node *n)
{
	return prompts_pick(prompts_of(how, n), n->context.s,
	    n->context.len);
}

int
node_ask(const struct how *how, const struct node *n, struct buf *messages,
    struct buf *schema)
{
	struct buf units = BUF_INIT;
	struct hole holes[] = {
		{ "context", n->context.s, n->context.len },
		{ "units", NULL, 0 },
		{ NULL, NULL, 0 }
	};
	int ok;

	split_render(n->context.s, &n->units, &units);
	holes[1].text = buf_cstr(&units);
	holes[1].len = units.len;
	if (node_asks_only(how, n))
		buf_str(schema, asking_schema);
	else if (how->by == BY_REWRITE)
		buf_str(schema, rewrite_schema);
	else
		cut_schema(n->units.n, schema);
	prompt_fill(node_prompt(how, n), holes, how->define, how->examples,
	    messages);
	ok = buf_ok(&units) && buf_ok(schema) && buf_ok(messages);
	buf_free(&units);
	return ok ? 0 : -1;
}

void
parts_free(struct parts *p)
{
	buf_free(&p->question);
	buf_free(&p->text[0]);
	buf_free(&p->text[1]);
	p->cut = 0;
	p->usable = 0;
}

static int
read_rewrite(const struct node *n, const struct doc *d, struct parts *p,
    struct buf *why)
{
	const char *first = doc_text(doc_get(d, "first"));
	const char *second = doc_text(doc_get(d, "second"));
	int r;

	if (first == NULL || second == NULL) {
		buf_str(why, "\"first\" and \"second\" must be texts");
		return 0;
	}
	buf_str(&p->text[0], first);
	buf_str(&p->text[1], second);
	r = split_guard(n->context.s, n->context.len, first, strlen(first),
	    second, strlen(second), why);
	p->usable = r == 0;
	return r < 0 || !buf_ok(&p->text[0]) || !buf_ok(&p->text[1]) ? -1 : 0;
}

static void
read_cut(const struct node *n, const struct doc *d, struct parts *p,
    struct buf *why)
{
	double x;

	p->usable = doc_number(doc_get(d, "cut"), &x) && x >= 1 &&
	    x < (double)n->units.n && x == (double)(size_t)x;
	if (p->usable)
		p->cut = (size_t)x;
	else
		buf_fmt(why, "\"cut\" must be a number from 1 to %zu",
		    n->units.n - 1);
}

int
node_read(const struct how *how, const struct node *n,
    const struct flow_reply *reply, struct parts *p, struct buf *why)
{
	struct doc *d = answer_read(reply->text, reply->len, fields,
	    why);
	const char *q = doc_text(doc_get(d, "question"));
	int r = 1;

	if (q != NULL)
		r = question_clean(q, strlen(q), &p->question, why);
	else if (d != NULL)
		buf_str(why, "the object has no \"question\"");
	if (r == 0 && !node_asks_only(how, n)) {
		if (how->by == BY_REWRITE)
			r = read_rewrite(n, d, p, why);
		else
			read_cut(n, d, p, why);
	}
	/* One reason is enough. */
	p->whole = r == 0 && why->len == 0 &&
	    !question_is_cut(q, strlen(q), why);
	doc_free(d);
	return buf_ok(why) ? r : -1;
}
