#include "answer_job.h"

#include <stdlib.h>
#include <string.h>

#include "answer_text.h"
#include "base/mem.h"

/* What one call came to. */
struct sample {
	struct buf answer;
	const char *code, *message;	/* why there is none, or NULL */
	int status;
};

/* What became of one record. */
struct answered {
	struct buf context, question;
	struct sample *v;	/* owned */
	size_t n;		/* 0: nothing was asked */
	const char *code, *message;	/* of a failure before that */
};

static int
ask_samples(struct flow *w, struct job *job, size_t n)
{
	const struct answers *a = flow_command(w);
	struct answered *o = job->state;
	struct buf messages = BUF_INIT, id = BUF_INIT;
	struct flow_ask ask = { .tag = 0 };
	int r = 0;

	manner_fill(&a->manner, a->shown, &o->context, &o->question,
	    &messages);
	flow_identity(&job->rec[0], a->id, o->context.s, o->context.len, &id,
	    &ask.sample);
	o->v = mem_new(n, sizeof(*o->v));
	if (buf_ok(&messages) && buf_ok(&id) && o->v != NULL) {
		ask.messages = messages.s;
		ask.id = buf_cstr(&id);
		for (o->n = n; r == 0 && (size_t)ask.tag < n; ask.tag++) {
			r = flow_ask(w, job, &ask);
			ask.sample += ANSWERS_APART;
		}
	} else {
		r = flow_no_memory(w);
	}
	buf_free(&messages);
	buf_free(&id);
	return r;
}

static int
is_text(int there, const struct buf *b)
{
	return there == 1 && !buf_is_blank(b);
}

static int
begin(struct flow *w, struct job *job)
{
	const struct answers *a = flow_command(w);
	struct answered *o = mem_new(1, sizeof(*o));
	struct rec *r = &job->rec[0];
	const char *raw;
	size_t len;
	int question, context;

	job->state = o;
	if (o == NULL)
		return flow_no_memory(w);
	if (!a->force && rec_raw(r, a->out, &raw, &len) != 0)
		return 0;
	question = rec_text(r, a->in, &o->question);
	if (question == 0 && rec_has(r, "state"))
		return 0;		/* a node that was not asked about */
	context = rec_text(r, "context", &o->context);
	if (!buf_ok(&o->question) || !buf_ok(&o->context)) {
		return flow_no_memory(w);
	} else if (!is_text(question, &o->question)) {
		o->code = "missing_field";
		o->message = "the question is missing, blank or no text";
	} else if (!is_text(context, &o->context)) {
		o->code = "missing_field";
		o->message = "the context is missing, blank or no text";
	} else {
		return ask_samples(w, job, a->samples > 0 ? a->samples : 1);
	}
	return 0;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	const struct answered *o = job->state;

	(void)w;
	return answer_judge(reply->text, reply->len, &o->context,
	    &o->question, why);
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct answered *o = job->state;
	struct sample *s = &o->v[reply->tag];

	s->code = reply->code;
	s->message = reply->message;
	s->status = reply->status;
	if (reply->text != NULL)
		answer_clean(reply->text, reply->len, &s->answer);
	return buf_ok(&s->answer) ? 0 : flow_no_memory(w);
}

/* Is a failure the sample's own?  Else the same command later mends it. */
static int
is_own(const char *code)
{
	static const char *const own[] = { "refused", "truncated", "empty",
	    "bad_reply", "offline" };
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(code, own[i]) == 0)
			return 1;
	return 0;
}

/*
 * Why there is no answer, or NULL.  What is wrong with a reply costs that
 * sample, and the record only where all failed.  What is wrong with the
 * endpoint costs the record: run again it pays for the missing ones alone,
 * and comes to what it would have come to (law L4).
 */
static const struct sample *
failure(const struct answered *o)
{
	const struct sample *first = NULL;
	size_t i, failed = 0;

	for (i = 0; i < o->n; i++) {
		if (o->v[i].code == NULL)
			continue;
		if (!is_own(o->v[i].code))
			return &o->v[i];
		if (failed++ == 0)
			first = &o->v[i];
	}
	return failed == o->n ? first : NULL;
}

/* Sets the answer and, of several, how far they agree.  0 or -1. */
static int
choose(const struct answers *a, const struct answered *o, struct rec *r)
{
	const struct buf **texts = mem_new(o->n, sizeof(*texts));
	size_t i, n = 0, which = 0;
	double agreement = 0;
	int ok = texts == NULL ? -1 : 0;

	for (i = 0; ok == 0 && i < o->n; i++)
		if (o->v[i].code == NULL)
			texts[n++] = &o->v[i].answer;
	if (ok == 0 && a->samples > 0)
		ok = choose_text(a->how, texts, n, o->n, &which, &agreement);
	if (ok == 0)
		rec_set_text(r, a->out, buf_cstr(texts[which]),
		    texts[which]->len);
	if (a->samples > 0)	/* three digits are what it is good for */
		rec_set_number(r, "agreement",
		    (double)(long)(agreement * 1000 + 0.5) / 1000);
	else
		rec_drop(r, "agreement");
	free(texts);
	return ok;
}

/* Model, prompt and sampling, and what else an answer is made of. */
static void
set_provenance(struct flow *w, const struct answered *o, struct rec *r)
{
	const struct answers *a = flow_command(w);
	struct buf more = BUF_INIT;

	buf_fmt(&more, ",\"principles\":\"%s\"",
	    manner_principles(&a->manner, &o->context));
	if (a->shown != NULL)
		buf_fmt(&more, ",\"examples\":\"%s\"", a->examples);
	if (a->samples > 0)
		buf_fmt(&more, ",\"samples\":%lu,\"choose\":\"%s\"",
		    a->samples, a->how == CHOOSE_MAJORITY ? "majority" :
		    "consensus");
	flow_provenance_of(w, manner_prompt(&a->manner, &o->context),
	    buf_cstr(&more), r);
	if (!buf_ok(&more))
		r->edits.bad = 1;
	buf_free(&more);
}

static int
finish(struct flow *w, struct job *job)
{
	const struct answers *a = flow_command(w);
	struct answered *o = job->state;
	struct rec *r = &job->rec[0];
	const struct sample *failed = failure(o);

	if (o->code != NULL)
		return flow_fail(w, job, r, o->code, o->message, 0);
	if (o->n == 0)
		return flow_pass(w, job, r);
	if (failed != NULL)
		return flow_fail(w, job, r, failed->code, failed->message,
		    failed->status);
	if (choose(a, o, r) < 0)
		return flow_no_memory(w);
	set_provenance(w, o, r);
	return flow_ok(w, job, r);
}

static void
free_state(void *state)
{
	struct answered *o = state;
	size_t i;

	buf_free(&o->context);
	buf_free(&o->question);
	for (i = 0; i < o->n; i++)
		buf_free(&o->v[i].answer);
	free(o->v);
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
