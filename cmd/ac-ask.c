/* ac-ask: asks a model for a question about each context. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/question.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "cmd.h"
#include "items.h"
#include "llm/answer.h"
#include "llm/flow.h"

static struct options {
	unsigned long samples, first_sample, min_length;
	const char *negative;
	int force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "samples", 0, OPT_COUNT, OPT_TOP, "K", NULL, AT(samples), 1,
	    "ask K questions of each context" },
	{ "first-sample", 0, OPT_COUNT, OPT_ONCE, "N", "0", AT(first_sample),
	    0, "number of the first sample, to go on later" },
	{ "negative", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "KIND[,KIND...]",
	    NULL, AT(negative), 0,
	    "add questions of worse prompts: instr, fs, both" },
	{ "min-length", 0, OPT_COUNT, 0, "N", "20", AT(min_length), 0,
	    "pass contexts of fewer code points (lambda)" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "ask again where there is a question" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt },
	{ llm_opts, &llm_opt }, { llm_prompt_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_ask_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-ask",
	"ask a model for a question about each context",
	"[FILE ...]",
	"ac-chunk book.txt | ac-split --by cohesion | ac-ask -m MODEL -u URL",
	groups
};

static const char schema[] = "{\"type\":\"object\",\"properties\":"
    "{\"question\":{\"type\":\"string\"}},\"required\":[\"question\"],"
    "\"additionalProperties\":false}";

/* What models call it that heed no schema. */
static const struct answer_field fields[] = {
	{ "question", "q|问题|提问|问", ANSWER_LINE }, { NULL, NULL, 0 }
};

/* Prompts and names of members. */
struct ask {
	struct prompts prompts[ITEM_PROMPTS];
	struct item_opt item;
	const char *in, *out;
	struct buf question;	/* of the reply that was judged last */
};

static int
ask_one(struct flow *w, struct job *job, size_t index, const char *context,
    size_t len)
{
	struct items *all = job->state;
	struct item *it = &all->v[index];
	struct ask *a = flow_command(w);
	struct buf messages = BUF_INIT, id = BUF_INIT;
	struct hole holes[] = { { "context", context, len },
	    { NULL, NULL, 0 } };
	struct prompts *p = &a->prompts[item_prompt(&it->rec)];
	struct flow_ask ask = { .tag = (long)index, .schema = schema };
	int r = -1;

	prompt_fill(prompts_pick(p, context, len), holes, &llm_opt.define,
	    NULL, &messages);
	flow_identity(&it->rec, filter_opt.id_name, context, len, &id,
	    &ask.sample);
	if (buf_ok(&messages) && buf_ok(&id)) {
		ask.messages = messages.s;
		ask.id = buf_cstr(&id);
		r = flow_ask(w, job, &ask);
	} else {
		flow_no_memory(w);
	}
	buf_free(&messages);
	buf_free(&id);
	return r;
}

static int
begin(struct flow *w, struct job *job)
{
	const struct ask *a = flow_command(w);
	struct rec *r = &job->rec[0];
	struct items *all = mem_new(1, sizeof(*all));
	struct buf context = BUF_INIT;
	const char *raw;
	size_t i, n;
	int there, ok = -1;

	job->state = all;
	if (all == NULL)
		return flow_no_memory(w);
	there = rec_text(r, a->in, &context);
	if (buf_ok(&context))
		ok = items_plan(all, r, &a->item, &context, there, !opt.force &&
		    rec_raw(r, a->out, &raw, &n) != 0);
	if (ok < 0)
		flow_no_memory(w);
	for (i = 0; ok == 0 && i < all->n; i++)
		if (all->v[i].asks)
			ok = ask_one(w, job, i, context.s, context.len);
	buf_free(&context);
	return ok;
}

/* The question in a reply, cleaned; anything else is FLOW_BAD. */
static enum flow_verdict
read_question(const struct flow_reply *reply, struct buf *question,
    struct buf *why)
{
	struct buf text = BUF_INIT;
	struct doc *d = NULL;
	const char *s;
	int bad = 1;

	if (answer_first(reply->text, reply->len, fields, &text)) {
		s = buf_cstr(&text);
	} else {
		d = answer_read(reply->text, reply->len, fields, why);
		s = doc_text(doc_get(d, "question"));
	}
	if (s != NULL)
		bad = question_clean(s, strlen(s), question, why);
	else if (d != NULL)
		buf_str(why, "the object has no \"question\"");
	doc_free(d);
	buf_free(&text);
	return bad ? FLOW_BAD : FLOW_TAKE;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct ask *a = flow_command(w);

	(void)job;
	buf_reset(&a->question);
	return read_question(reply, &a->question, why);
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct items *all = job->state;
	struct item *it = &all->v[reply->tag];
	struct ask *a = flow_command(w);
	struct buf why = BUF_INIT;
	int bad = 0;

	it->code = reply->code;
	it->message = reply->message;
	it->status = reply->status;
	/* It was good when it was judged. */
	if (reply->judged) {
		it->question = a->question;
		memset(&a->question, 0, sizeof(a->question));
	} else if (reply->text != NULL)
		bad = read_question(reply, &it->question, &why) != FLOW_TAKE;
	buf_free(&why);
	return !bad && buf_ok(&it->question) ? 0 : flow_no_memory(w);
}

static int
finish_one(struct flow *w, struct job *job, struct item *it)
{
	struct ask *a = flow_command(w);
	struct buf context = BUF_INIT;
	int r;

	if (it->code != NULL) {
		if (it->message == NULL)
			it->message = "the context is missing, blank or "
			    "no text";
		return flow_fail(w, job, &it->rec, it->code, it->message,
		    it->status);
	}
	if (!it->asks)
		return flow_pass(w, job, &it->rec);
	rec_drop(&it->rec, "error");
	rec_set_text(&it->rec, a->out, it->question.s, it->question.len);
	if (llm_opt.provenance) {
		rec_text(&it->rec, a->in, &context);
		flow_provenance(w, prompts_pick(&a->prompts[item_prompt(
		    &it->rec)], buf_cstr(&context), context.len), &it->rec);
	}
	r = flow_ok(w, job, &it->rec);
	buf_free(&context);
	return r;
}

static int
finish(struct flow *w, struct job *job)
{
	struct items *all = job->state;
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < all->n; i++)
		r = finish_one(w, job, &all->v[i]);
	return r;
}

static void
free_state(void *state)
{
	items_free(state);
	free(state);
}

/* "instr,fs" to flags. */
static void
read_kinds(struct ask *a, const char *s)
{
	size_t i, len;

	for (; s != NULL && *s != '\0'; s += len + (s[len] == ',')) {
		len = strcspn(s, ",");
		for (i = 0; i < ITEM_GOOD; i++)
			if (strlen(item_kinds[i]) == len &&
			    memcmp(item_kinds[i], s, len) == 0)
				break;
		if (i == ITEM_GOOD)
			die_usage("--negative: '%.*s' is none of instr, fs, "
			    "both", (int)(len < 40 ? len : 40), s);
		a->item.kinds[i] = 1;
	}
}

static void
load_prompts(struct ask *a)
{
	static const char *const holes[] = { "context", NULL };
	struct buf name = BUF_INIT, why = BUF_INIT;
	const char *good = llm_opt.prompt ? llm_opt.prompt : "ask";
	size_t i;

	/* Any kind may come in with a negative that failed in another run. */
	for (i = 0; i < ITEM_PROMPTS; i++) {
		buf_reset(&name);
		buf_fmt(&name, "ask-%s", i < ITEM_GOOD ? item_kinds[i] : "");
		if (!buf_ok(&name))
			cmd_refuse(&name);
		if (prompts_load(&a->prompts[i], i < ITEM_GOOD ? name.s : good,
		    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
			cmd_refuse(&why);
	}
	buf_free(&name);
}

int
main(int argc, char **argv)
{
	static const struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state };
	struct ask a = { .in = "context", .out = "question" };
	int first = cmd_begin(&command, argc, argv), code, i;

	if (opt.samples > 0 && opt.negative != NULL)
		die_usage("--samples and --negative do not go together");
	read_kinds(&a, opt.negative);
	if (filter_opt.in_name != NULL)
		a.in = filter_opt.in_name;
	if (filter_opt.out_name != NULL)
		a.out = filter_opt.out_name;
	a.item.samples = opt.samples;
	a.item.first_sample = opt.first_sample;
	a.item.min_length = opt.min_length;
	a.item.negative = opt.negative != NULL;
	a.item.question = a.out;
	a.item.id = filter_opt.id_name;
	load_prompts(&a);
	code = flow_run(&ops, &filter_opt, &llm_opt, 0, argv + first,
	    (size_t)(argc - first), &a);
	for (i = 0; i < ITEM_PROMPTS; i++)
		prompts_free(&a.prompts[i]);
	buf_free(&a.question);
	return code;
}
