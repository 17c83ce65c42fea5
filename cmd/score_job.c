#include "score_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd.h"
#include "look.h"
#include "remote.h"

struct run {
	const struct scoring *how;
	struct look look;
	struct remote remote;
	struct buf context, question;	/* of the record in hand */
	struct buf explain;
};

/* A record that is asked about. */
struct asked {
	struct buf context, question;
	float *v[GIVEN];	/* owned; NULL: not there */
	const char *code, *message;	/* why one is missing */
	int status;
};

enum fate { PASS, FAIL, SCORE };

/* What becomes of a record; its texts, or why it fails. */
static enum fate
fate_of(struct run *run, struct rec *r)
{
	const struct scoring *how = run->how;
	const char *raw;
	size_t len;

	if (!how->force && rec_raw(r, how->out, &raw, &len) != 0)
		return PASS;
	if (rec_raw(r, how->in, &raw, &len) == 0 && rec_has(r, "state"))
		return PASS;
	if (rec_need_text(r, how->in, &run->question) < 0 ||
	    rec_need_text(r, "context", &run->context) < 0)
		return FAIL;
	return SCORE;
}

static int
keep(float **to, const struct floats *v)
{
	float *copy = mem_new(v->n, sizeof(*copy));

	if (copy == NULL)
		return -1;
	memcpy(copy, v->v, v->n * sizeof(*copy));
	free(*to);
	*to = copy;
	return 0;
}

static int
ask_all(struct flow *w, struct job *job)
{
	struct run *run = flow_command(w);
	struct asked *a = job->state;
	struct remote_text t = { buf_cstr(&a->context),
	    buf_cstr(&a->question) };
	unsigned i;

	for (i = 0; i < GIVEN; i++)
		if (given_needed(&run->how->scorer->schema,
		    (enum given_what)i) && remote_ask(&run->remote, w, job,
		    (long)i, (enum given_what)i, &t) < 0)
			return -1;
	return 0;
}

static int
begin(struct flow *w, struct job *job)
{
	struct run *run = flow_command(w);
	struct asked *a;

	if (!schema_asks(&run->how->scorer->schema))
		return 0;
	if (fate_of(run, &job->rec[0]) != SCORE)
		return buf_ok(&job->rec[0].why) ? 0 : flow_no_memory(w);
	job->state = a = mem_new(1, sizeof(*a));
	if (a == NULL)
		return flow_no_memory(w);
	buf_add(&a->context, run->context.s, run->context.len);
	buf_add(&a->question, run->question.s, run->question.len);
	if (!buf_ok(&a->context) || !buf_ok(&a->question))
		return flow_no_memory(w);
	return ask_all(w, job);
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct run *run = flow_command(w);
	const struct asked *a = job->state;
	struct remote_text t = { buf_cstr(&a->context),
	    buf_cstr(&a->question) };

	return remote_judge(&run->remote, w, (enum given_what)reply->tag, &t,
	    reply, why);
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct run *run = flow_command(w);
	struct asked *a = job->state;
	struct remote_text t = { buf_cstr(&a->context),
	    buf_cstr(&a->question) };
	enum given_what what = (enum given_what)reply->tag;
	struct buf why = BUF_INIT;
	int bad;

	if (reply->text == NULL) {
		a->code = reply->code;
		a->message = reply->message;
		a->status = reply->status;
		return 0;
	}
	bad = remote_read(&run->remote, what, &t, reply, &why);
	buf_free(&why);
	if (bad > 0) {
		a->code = "bad_reply";
		a->message = REMOTE_BAD_REPLY;
		return 0;
	}
	if (bad < 0 || keep(&a->v[what], &run->remote.v) < 0)
		return flow_no_memory(w);
	return 0;
}

static int
score(struct flow *w, struct job *job, const struct buf *context,
    const struct buf *question)
{
	struct run *run = flow_command(w);
	const struct scorer *s = run->how->scorer;
	const struct asked *a = job->state;
	struct rec *r = &job->rec[0];
	char number[32];
	double x;
	int n;

	if (look_score(&run->look, s, context, question,
	    a != NULL ? (const float *const *)a->v : NULL, &x) < 0)
		return flow_no_memory(w);
	n = snprintf(number, sizeof(number), "%.9g", x + 0.0);
	rec_set_raw(r, run->how->out, number, (size_t)n);
	if (run->how->explain) {
		buf_reset(&run->explain);
		look_explain(&run->look, s, &run->explain);
		if (!buf_ok(&run->explain))
			return flow_no_memory(w);
		rec_set_raw(r, "explain", run->explain.s, run->explain.len);
	}
	return flow_ok(w, job, r);
}

static int
finish(struct flow *w, struct job *job)
{
	struct run *run = flow_command(w);
	const struct asked *a = job->state;
	struct rec *r = &job->rec[0];

	if (a != NULL && a->code != NULL)
		return flow_fail(w, job, r, a->code, a->message, a->status);
	if (a != NULL)
		return score(w, job, &a->context, &a->question);
	switch (fate_of(run, r)) {
	case PASS:
		return flow_pass(w, job, r);
	case FAIL:
		return flow_lacks(w, job, r);
	default:
		return score(w, job, &run->context, &run->question);
	}
}

static int
start(struct flow *w)
{
	struct run *run = flow_command(w);

	return remote_test(&run->remote, w);
}

static void
free_state(void *state)
{
	struct asked *a = state;
	unsigned i;

	for (i = 0; i < GIVEN; i++)
		free(a->v[i]);
	buf_free(&a->context);
	buf_free(&a->question);
	free(a);
}

int
score_run(const struct scoring *how, const struct filter_opt *filter_opt,
    const struct llm_opt *llm_opt, char **files, size_t n)
{
	struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state };
	struct run run = { .how = how };
	int asks = schema_asks(&how->scorer->schema), code;

	if (asks)
		ops.start = start;
	look_init(&run.look, how->scorer);
	remote_init(&run.remote, &how->scorer->schema);
	code = flow_run(&ops, filter_opt, llm_opt, !asks, files, n, &run);
	look_free(&run.look);
	remote_free(&run.remote);
	buf_free(&run.context);
	buf_free(&run.question);
	buf_free(&run.explain);
	return code;
}
