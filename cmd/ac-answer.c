/*
 * ac-answer: answers each question from its context, by principles and
 * examples (Quan, arXiv 2405.16579, section 3.3).
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "cmd.h"
#include "llm/flow.h"

static struct options {
	const char *principles, *examples;
	int force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "principles", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(principles), 0,
	    "what answers must keep to (default: built in)" },
	{ "examples", 0, OPT_TEXT, OPT_TOP, "FILE", NULL, AT(examples), 0,
	    "records whose answers are shown to the model" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, AT(force),
	    0, "answer again where there is an answer" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt },
	{ llm_opts, &llm_opt }, { llm_prompt_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_answer_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-answer",
	"answer each question from its context",
	"[FILE ...]",
	"ac-answer -m MODEL -u URL questions.ndjson | "
	    "jq -c '{question,answer}'",
	groups
};

/* One language's principles and, as JSON messages, the examples. */
struct manner {
	struct buf principles, examples;
};

struct answer {
	struct prompts prompts;
	struct manner en, zh;
	const char *in, *out;
};

/* What became of one record. */
struct outcome_of_one {
	struct buf context, question, answer;
	int asks;
	const char *code, *message;
	int status;
};

static const struct manner *
manner_of(const struct answer *a, const struct prompt *p)
{
	return p == &a->prompts.zh ? &a->zh : &a->en;
}

static int
ask(struct flow *w, struct job *job)
{
	const struct answer *a = flow_command(w);
	struct outcome_of_one *o = job->state;
	const struct prompt *p = prompts_pick(&a->prompts, o->context.s,
	    o->context.len);
	const struct manner *m = manner_of(a, p);
	struct hole holes[] = {
		{ "principles", buf_cstr(&m->principles), m->principles.len },
		{ "context", o->context.s, o->context.len },
		{ "question", o->question.s, o->question.len },
		{ NULL, NULL, 0 }
	};
	struct buf messages = BUF_INIT, id = BUF_INIT;
	struct flow_ask ask = { .tag = 0, .schema = NULL };
	int r = -1;

	prompt_fill(p, holes, &llm_opt.define, opt.examples ?
	    buf_cstr(&m->examples) : NULL, &messages);
	flow_identity(&job->rec[0], filter_opt.id_name, o->context.s,
	    o->context.len, &id, &ask.sample);
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
is_text(int there, const struct buf *b)
{
	return there == 1 && strspn(buf_cstr(b), " \t\r\n") < b->len;
}

static int
begin(struct flow *w, struct job *job)
{
	const struct answer *a = flow_command(w);
	struct outcome_of_one *o = mem_new(1, sizeof(*o));
	struct rec *r = &job->rec[0];
	const char *raw;
	size_t len;
	int question;

	job->state = o;
	if (o == NULL)
		return flow_no_memory(w);
	if (!opt.force && rec_raw(r, a->out, &raw, &len) != 0)
		return 0;
	question = rec_text(r, a->in, &o->question);
	if (question == 0 && rec_has(r, "state"))
		return 0;		/* a node that was not asked about */
	if (!is_text(question, &o->question)) {
		o->code = "missing_field";
		o->message = "the question is missing, blank or no text";
	} else if (!is_text(rec_text(r, "context", &o->context),
	    &o->context)) {
		o->code = "missing_field";
		o->message = "the context is missing, blank or no text";
	} else if (!buf_ok(&o->question) || !buf_ok(&o->context)) {
		return flow_no_memory(w);
	} else {
		o->asks = 1;
		return ask(w, job);
	}
	return 0;
}

/* Any text is an answer; what is none has been refused before. */
static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	(void)w;
	(void)job;
	if (reply->len > 0)
		return FLOW_TAKE;
	buf_str(why, "the answer is empty");
	return FLOW_BAD;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct outcome_of_one *o = job->state;

	o->code = reply->code;
	o->message = reply->message;
	o->status = reply->status;
	if (reply->text != NULL)
		buf_add(&o->answer, reply->text, reply->len);
	return buf_ok(&o->answer) ? 0 : flow_no_memory(w);
}

static int
finish(struct flow *w, struct job *job)
{
	const struct answer *a = flow_command(w);
	struct outcome_of_one *o = job->state;
	struct rec *r = &job->rec[0];
	int ok;

	if (o->code != NULL) {
		ok = flow_fail(w, job, r, o->code, o->message, o->status);
	} else if (!o->asks) {
		ok = flow_pass(w, job, r);
	} else {
		rec_set_text(r, a->out, o->answer.s, o->answer.len);
		flow_provenance(w, prompts_pick(&a->prompts, o->context.s,
		    o->context.len), r);
		ok = flow_ok(w, job, r);
	}
	return ok;
}

static void
free_state(void *state)
{
	struct outcome_of_one *o = state;

	buf_free(&o->context);
	buf_free(&o->question);
	buf_free(&o->answer);
	free(o);
}

/* One example as two messages: the prompt's question, and its answer. */
static void
add_example(struct manner *m, const struct prompt *p,
    const struct hole *holes, const struct buf *answer)
{
	if (m->examples.len > 0)
		buf_byte(&m->examples, ',');
	prompt_fill_last(p, holes, &llm_opt.define, &m->examples);
	buf_byte(&m->examples, ',');
	prompt_message(&m->examples, PROMPT_ASSISTANT, answer->s,
	    answer->len);
}

static void
read_example(struct answer *a, struct rec *r)
{
	static const char *const names[] = { "context", "question", "answer" };
	static const char *const none[] = {
		"the context is missing, blank or no text",
		"no text in member 'question'", "no text in member 'answer'"
	};
	struct buf text[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct hole holes[4];
	int i;

	for (i = 0; i < 3; i++) {
		if (r->bad != NULL || !is_text(rec_text(r, names[i], &text[i]),
		    &text[i]))
			die(AC_USAGE, "%s:%lu: %s", r->file, r->line,
			    r->bad ? "the line is no JSON object" : none[i]);
		holes[i].name = names[i];
		holes[i].text = text[i].s;
		holes[i].len = text[i].len;
	}
	holes[2].name = "principles";
	holes[2].text = "";
	holes[2].len = 0;
	holes[3].name = NULL;
	add_example(&a->en, &a->prompts.en, holes, &text[2]);
	add_example(&a->zh, &a->prompts.zh, holes, &text[2]);
	for (i = 0; i < 3; i++)
		buf_free(&text[i]);
}

static void
read_examples(struct answer *a, char *path)
{
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;
	struct in in;
	enum in_status status;
	size_t len;
	char *s;

	if (in_open(&in, &path, 1, &why) < 0)
		cmd_refuse(&why);
	while ((status = in_line(&in, 1, &s, &len, &why)) == IN_LINE ||
	    status == IN_WAIT) {
		if (status == IN_WAIT)
			continue;
		if (rec_take(&r, s, len, path, in.line) < 0)
			die(AC_BUG, "out of memory");
		read_example(a, &r);
	}
	if (status != IN_END)
		die(AC_USAGE, "%s: %s", path, why.len > 0 ? why.s :
		    "a line is too long");
	if (a->en.examples.len == 0)
		die(AC_USAGE, "%s: no examples in it", path);
	rec_free(&r);
	in_close(&in);
}

static void
load(struct answer *a)
{
	static const char *const holes[] = { "principles", "context",
	    "question", NULL };
	struct buf why = BUF_INIT;

	if (prompts_load(&a->prompts, llm_opt.prompt ? llm_opt.prompt :
	    "answer", llm_opt.lang, holes, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
	if (opt.principles != NULL) {
		cmd_read(opt.principles, &a->en.principles);
		buf_add(&a->zh.principles, a->en.principles.s,
		    a->en.principles.len);
	} else {
		buf_str(&a->en.principles, prompt_text("principles",
		    llm_opt.lang ? llm_opt.lang : "en"));
		buf_str(&a->zh.principles, prompt_text("principles",
		    llm_opt.lang ? llm_opt.lang : "zh"));
	}
	if (!buf_ok(&a->en.principles) || !buf_ok(&a->zh.principles))
		die(AC_BUG, "out of memory");
	if (opt.examples != NULL) {
		char *path = mem_dup(opt.examples, strlen(opt.examples));

		if (path == NULL)
			die(AC_BUG, "out of memory");
		read_examples(a, path);
		free(path);
	}
}

static void
manner_free(struct manner *m)
{
	buf_free(&m->principles);
	buf_free(&m->examples);
}

int
main(int argc, char **argv)
{
	static const struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state };
	struct answer a = { .in = "question", .out = "answer" };
	int first = cmd_begin(&command, argc, argv), code;

	if (filter_opt.in_name != NULL)
		a.in = filter_opt.in_name;
	if (filter_opt.out_name != NULL)
		a.out = filter_opt.out_name;
	load(&a);
	code = flow_run(&ops, &filter_opt, &llm_opt, 0, argv + first,
	    (size_t)(argc - first), &a);
	prompts_free(&a.prompts);
	manner_free(&a.en);
	manner_free(&a.zh);
	return code;
}
