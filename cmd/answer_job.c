#include "answer_job.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What became of one record. */
struct answered {
	struct buf context, question, answer;
	int asks;
	const char *code, *message;
	int status;
};

static int
ask(struct flow *w, struct job *job)
{
	const struct answers *a = flow_command(w);
	struct answered *o = job->state;
	struct buf messages = BUF_INIT, id = BUF_INIT;
	struct flow_ask ask = { .tag = 0 };
	int r = -1;

	manner_fill(&a->manner, a->shown, &o->context, &o->question,
	    &messages);
	flow_identity(&job->rec[0], a->id, o->context.s, o->context.len, &id,
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
is_text(int there, const struct buf *b)
{
	return there == 1 && strspn(buf_cstr(b), " \t\r\n") < b->len;
}

static int
begin(struct flow *w, struct job *job)
{
	const struct answers *a = flow_command(w);
	struct answered *o = mem_new(1, sizeof(*o));
	struct rec *r = &job->rec[0];
	const char *raw;
	size_t len;
	int question;

	job->state = o;
	if (o == NULL)
		return flow_no_memory(w);
	if (!a->force && rec_raw(r, a->out, &raw, &len) != 0)
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
	struct answered *o = job->state;

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
	const struct answers *a = flow_command(w);
	struct answered *o = job->state;
	struct rec *r = &job->rec[0];
	int ok;

	if (o->code != NULL) {
		ok = flow_fail(w, job, r, o->code, o->message, o->status);
	} else if (!o->asks) {
		ok = flow_pass(w, job, r);
	} else {
		rec_set_text(r, a->out, o->answer.s, o->answer.len);
		flow_provenance(w, manner_prompt(&a->manner, &o->context), r);
		ok = flow_ok(w, job, r);
	}
	return ok;
}

static void
free_state(void *state)
{
	struct answered *o = state;

	buf_free(&o->context);
	buf_free(&o->question);
	buf_free(&o->answer);
	free(o);
}

int
answer_run(struct answers *a, const struct filter_opt *f,
    const struct llm_opt *o, char **files, size_t n)
{
	static const struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state };

	return flow_run(&ops, f, o, 0, files, n, a);
}
