/* ac-ask: asks a model for a question about each context. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/question.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/sha256.h"
#include "cmd.h"
#include "llm/chat.h"
#include "llm/flow.h"
#include "text/utf8.h"

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
	    0, "number of the first sample, to go on from an earlier run" },
	{ "negative", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "KIND[,KIND...]",
	    NULL, AT(negative), 0,
	    "add questions of worse prompts: instr, fs, both" },
	{ "min-length", 0, OPT_COUNT, 0, "N", "20", AT(min_length), 0,
	    "pass contexts of fewer code points (lambda)" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "ask again where there is a question" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt defaults[] = {
	{ "temperature", 't', OPT_NUMBER, OPT_ENV | OPT_TOP, "X", "0.85",
	    offsetof(struct llm_opt, temperature), 0, "sampling temperature" },
	{ "max-tokens", 0, OPT_COUNT, OPT_ENV, "N", "1024",
	    offsetof(struct llm_opt, max_tokens), 1,
	    "most tokens of a reply" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { llm_opts, &llm_opt }, { defaults, &llm_opt },
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

static const char *const kinds[] = { "instr", "fs", "both" };
enum { GOOD = 3, PROMPTS };	/* index of the good prompt */

/* Prompts and names of members. */
struct ask {
	struct prompts prompts[PROMPTS];
	unsigned char wanted[GOOD];	/* kinds of negatives */
	const char *in, *out;
};

/* One record to be written: a sample, or a negative. */
struct item {
	struct rec rec;
	int asks;
	const char *code, *message;
	int status;
	struct buf question;
};

struct items {
	struct item *v;
	size_t n, cap;
};

/* A record of its own with its id, sample and label, asked for or not. */
static struct item *
add(struct items *all, const struct rec *from, int asks)
{
	struct item *it;

	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) < 0)
		return NULL;
	it = &all->v[all->n];
	memset(it, 0, sizeof(*it));
	if (rec_derive(&it->rec, from) < 0)
		return NULL;
	it->asks = asks;
	all->n++;
	return it;
}

/* Sets the id of a derived record: the source's and a suffix. */
static void
set_id(struct rec *r, const char *suffix, long k)
{
	struct buf id = BUF_INIT;

	if (rec_id(r, filter_opt.id_name, &id) == 1) {
		buf_str(&id, suffix);
		if (k >= 0)
			buf_fmt(&id, "%ld", k);
		rec_set_text(r, filter_opt.id_name, buf_cstr(&id), id.len);
	}
	if (!buf_ok(&id))
		r->edits.bad = 1;
	buf_free(&id);
}

/* The samples of a record that has none yet (ac-record(5), SAMPLES). */
static int
add_samples(struct items *all, struct rec *r, const char *out,
    int has_question)
{
	unsigned long k = opt.first_sample, end = k + opt.samples;

	if (has_question && k > 0 && add(all, r, 0) == NULL)
		return -1;
	for (; k < end; k++) {
		int keep = has_question && k == 0;

		if (!keep)
			rec_drop(r, out);
		rec_set_integer(r, "sample", (long)k);
		if (k > 0)
			set_id(r, "+", (long)k);
		if (add(all, r, !keep) == NULL)
			return -1;
		rec_revert(r);
	}
	return 0;
}

/* A positive and one negative a kind; negatives carry the root they are of. */
static int
add_negatives(struct items *all, struct rec *r, const struct ask *a,
    int has_question, const char *root)
{
	char suffix[16] = "!";
	size_t i;

	rec_set_integer(r, "label", 1);
	if (add(all, r, !has_question) == NULL)
		return -1;
	rec_revert(r);
	for (i = 0; i < GOOD; i++) {
		if (!a->wanted[i])
			continue;
		memcpy(suffix + 1, kinds[i], strlen(kinds[i]) + 1);
		set_id(r, suffix, -1);
		rec_drop(r, a->out);
		rec_drop(r, "score");
		rec_drop(r, "answer");
		rec_set_integer(r, "label", 0);
		rec_set_text(r, "kind", kinds[i], strlen(kinds[i]));
		if (!rec_has(r, "root"))
			rec_set_text(r, "root", root, strlen(root));
		if (add(all, r, 1) == NULL)
			return -1;
		rec_revert(r);
	}
	return 0;
}

/* The prompt of a record: that of its kind when it is a negative. */
static int
prompt_of(struct rec *r)
{
	struct buf kind = BUF_INIT;
	long label;
	int i, which = GOOD;

	if (rec_integer(r, "label", &label) == 1 && label == 0 &&
	    rec_text(r, "kind", &kind) == 1)
		for (i = 0; i < GOOD; i++)
			if (strcmp(buf_cstr(&kind), kinds[i]) == 0)
				which = i;
	buf_free(&kind);
	return which;
}

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
	struct prompts *p = &a->prompts[prompt_of(&it->rec)];
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

/* What the record becomes: itself, samples, or a pair and more. */
static int
plan(struct items *all, struct rec *r, const struct ask *a,
    const struct buf *context, int there, int has_question)
{
	int negative = opt.negative != NULL && !rec_has(r, "label");
	int samples = opt.samples > 0 && !rec_has(r, "sample");
	struct item *it;
	char root[17];

	if (has_question && !negative && !samples)
		return add(all, r, 0) == NULL ? -1 : 0;
	if (there != 1 || strspn(buf_cstr(context), " \t\r\n") ==
	    context->len) {
		it = add(all, r, 0);
		if (it != NULL)
			it->code = "missing_field";
		return it == NULL ? -1 : 0;
	}
	if (utf8_count(context->s, context->len) < opt.min_length)
		return add(all, r, 0) == NULL ? -1 : 0;
	if (samples)
		return add_samples(all, r, a->out, has_question);
	if (negative) {
		sha256_hex(context->s, context->len, root, 16);
		return add_negatives(all, r, a, has_question, root);
	}
	return add(all, r, 1) == NULL ? -1 : 0;
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
		ok = plan(all, r, a, &context, there, !opt.force &&
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
	struct doc *d = chat_object(reply->text, reply->len, why);
	const char *s = doc_text(doc_get(d, "question"));
	int bad = 1;

	if (s != NULL)
		bad = question_clean(s, strlen(s), question, why);
	else if (d != NULL)
		buf_str(why, "the object has no \"question\"");
	doc_free(d);
	return bad ? FLOW_BAD : FLOW_TAKE;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct buf question = BUF_INIT;
	enum flow_verdict v = read_question(reply, &question, why);

	(void)w;
	(void)job;
	buf_free(&question);
	return v;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct items *all = job->state;
	struct item *it = &all->v[reply->tag];
	struct buf why = BUF_INIT;

	it->code = reply->code;
	it->message = reply->message;
	it->status = reply->status;
	if (reply->text != NULL)
		read_question(reply, &it->question, &why);
	buf_free(&why);
	return buf_ok(&it->question) ? 0 : flow_no_memory(w);
}

static int
finish_one(struct flow *w, struct job *job, struct item *it)
{
	struct ask *a = flow_command(w);
	struct buf context = BUF_INIT;
	int r;

	if (it->code != NULL) {
		if (it->message == NULL)
			it->message = "the context is missing, blank or no text";
		return flow_fail(w, job, &it->rec, it->code, it->message,
		    it->status);
	}
	if (!it->asks)
		return flow_pass(w, job, &it->rec);
	rec_drop(&it->rec, "error");
	rec_set_text(&it->rec, a->out, it->question.s, it->question.len);
	if (llm_opt.provenance) {
		rec_text(&it->rec, a->in, &context);
		flow_provenance(w, prompts_pick(&a->prompts[prompt_of(
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

	for (i = 0; i < all->n; i++) {
		if (r == 0)
			r = finish_one(w, job, &all->v[i]);
		rec_free(&all->v[i].rec);
		buf_free(&all->v[i].question);
	}
	free(all->v);
	free(all);
	job->state = NULL;
	return r;
}

/* "instr,fs" to flags. */
static void
read_kinds(struct ask *a, const char *s)
{
	size_t i, len;

	for (; s != NULL && *s != '\0'; s += len + (s[len] == ',')) {
		len = strcspn(s, ",");
		for (i = 0; i < GOOD; i++)
			if (strlen(kinds[i]) == len &&
			    memcmp(kinds[i], s, len) == 0)
				break;
		if (i == GOOD)
			die_usage("--negative: '%.*s' is none of instr, fs, "
			    "both", (int)(len < 40 ? len : 40), s);
		a->wanted[i] = 1;
	}
}

static void
load_prompts(struct ask *a)
{
	static const char *const holes[] = { "context", NULL };
	struct buf name = BUF_INIT, why = BUF_INIT;
	const char *good = llm_opt.prompt ? llm_opt.prompt : "ask";
	size_t i;

	/* Any kind may come in with a negative that failed in an earlier run. */
	for (i = 0; i < PROMPTS; i++) {
		buf_reset(&name);
		buf_fmt(&name, "ask-%s", i < GOOD ? kinds[i] : "");
		if (prompts_load(&a->prompts[i], i < GOOD ? name.s : good,
		    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
			die(AC_USAGE, "%s", buf_cstr(&why));
	}
	buf_free(&name);
}

int
main(int argc, char **argv)
{
	static const struct flow_ops ops = { begin, judge, take, finish,
	    NULL };
	struct ask a = { .wanted = { 0 } };
	int first = cmd_begin(&command, argc, argv), code, i;

	if (opt.samples > 0 && opt.negative != NULL)
		die_usage("--samples and --negative do not go together");
	read_kinds(&a, opt.negative);
	a.in = filter_opt.in_name ? filter_opt.in_name : "context";
	a.out = filter_opt.out_name ? filter_opt.out_name : "question";
	load_prompts(&a);
	code = flow_run(&ops, &filter_opt, &llm_opt, 0, argv + first,
	    (size_t)(argc - first), &a);
	for (i = 0; i < PROMPTS; i++)
		prompts_free(&a.prompts[i]);
	return code;
}
