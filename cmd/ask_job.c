#include "ask_job.h"

#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "base/mem.h"

static int
ask_one(struct flow *w, struct job *job, size_t index, const char *context,
    size_t len)
{
	struct items *all = job->state;
	struct item *it = &all->v[index];
	struct ask *a = flow_command(w);
	struct buf messages = BUF_INIT, id = BUF_INIT;
	int prompt = item_prompt(&it->rec);
	struct flow_ask ask = { .tag = (long)index, .schema = asking_schema };
	int r = -1;

	if (prompt < 0)
		return flow_no_memory(w);
	asking_fill(&a->prompts[prompt], &a->llm->define, prompt == ITEM_GOOD ?
	    a->shown : NULL, context, len, &messages);
	flow_identity(&it->rec, a->item.id, context, len, &id, &ask.sample);
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
		ok = items_plan(all, r, &a->item, &context, there, !a->force &&
		    rec_raw(r, a->item.question, &raw, &n) != 0);
	if (ok < 0)
		flow_no_memory(w);
	for (i = 0; ok == 0 && i < all->n; i++)
		if (all->v[i].asks)
			ok = ask_one(w, job, i, context.s, context.len);
	buf_free(&context);
	return ok;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct ask *a = flow_command(w);

	(void)job;
	buf_reset(&a->question);
	return asking_read(reply, &a->question, why);
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
		bad = asking_read(reply, &it->question, &why) == FLOW_BAD;
	buf_free(&why);
	return !bad && buf_ok(&it->question) ? 0 : flow_no_memory(w);
}

static int
finish_one(struct flow *w, struct job *job, struct item *it)
{
	struct ask *a = flow_command(w);
	struct buf context = BUF_INIT;
	int prompt;

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
	rec_set_text(&it->rec, a->item.question, it->question.s,
	    it->question.len);
	if (a->llm->provenance) {
		prompt = item_prompt(&it->rec);
		rec_text(&it->rec, a->in, &context);
		if (prompt < 0 || !buf_ok(&context)) {
			buf_free(&context);
			return flow_no_memory(w);
		}
		flow_provenance(w, prompts_pick(&a->prompts[prompt],
		    buf_cstr(&context), context.len), &it->rec);
		buf_free(&context);
	}
	return flow_ok(w, job, &it->rec);
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

int
ask_run(struct ask *a, const struct filter_opt *o, char **files, size_t n)
{
	static const struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state };
	int code = flow_run(&ops, o, a->llm, 0, files, n, a);

	buf_free(&a->question);
	return code;
}
