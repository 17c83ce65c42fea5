/* A call from what came back to the command: taken, asked again, failed. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "llm/flow_int.h"

/*
 * A failure for good: so many in a row end the run.  What is one record's own
 * fault, such as a refusal, says nothing of the others.
 */
static void
count_failure(struct flow *w, const char *code)
{
	if (strcmp(code, "http") == 0 || strcmp(code, "transport") == 0 ||
	    strcmp(code, "timeout") == 0) {
		if (++w->silent >= w->opt->give_up)
			flow_stop(w, AC_AGAIN, "the endpoint fails record "
			    "after record");
		return;
	}
	w->silent = 0;
	if (strcmp(code, "refused") == 0 || strcmp(code, "too_long") == 0 ||
	    strcmp(code, "too_large") == 0)
		return;
	if (++w->useless >= w->opt->give_up)
		flow_stop(w, AC_PROTO, "record after record fails; see the "
		    "errors above");
}

/*
 * Ends a call and those that asked the same: the command gets the answer or
 * the failure, and the job ends with its last call.
 */
static int
flow_reply(struct flow *w, struct call *c, const struct flow_reply *r)
{
	struct call *twin;
	struct flow_reply copy = *r;
	int ok = w->ops->reply(w, c->job, r);

	if (--c->job->open == 0)
		job_end(w, c->job);
	while ((twin = c->twins) != NULL) {
		c->twins = twin->next;
		copy.tag = twin->tag;
		copy.judged = 0;
		if (ok == 0)
			ok = w->ops->reply(w, twin->job, &copy);
		if (--twin->job->open == 0)
			job_end(w, twin->job);
		call_end(w, twin);
	}
	call_end(w, c);
	return ok;
}

int
call_fail(struct flow *w, struct call *c, const char *code, int status)
{
	struct flow_reply r = { .tag = c->tag, .code = code,
	    .message = outcome_message(code), .status = status };

	return flow_reply(w, c, &r);
}

enum flow_verdict
call_judge(struct flow *w, const struct call *c, const struct chat_reply *reply,
    struct buf *why)
{
	struct flow_reply r = { .tag = c->tag, .text = buf_cstr(&reply->text),
	    .len = reply->text.len };

	if (w->ops->judge != NULL)
		return w->ops->judge(w, c->job, &r, why);
	if (r.len > 0)
		return FLOW_TAKE;
	buf_str(why, "the answer is empty");
	return FLOW_BAD;
}

int
call_accept(struct flow *w, struct call *c, const struct chat_reply *reply,
    int judged)
{
	struct flow_reply r = { .tag = c->tag, .text = buf_cstr(&reply->text),
	    .len = reply->text.len, .judged = judged };

	return flow_reply(w, c, &r);
}

int
call_keep(struct flow *w, struct call *c, struct buf *body,
    struct chat_reply *reply, int judged)
{
	struct chat_reply other = { .want = c->want };
	struct buf why = BUF_INIT;
	int kept, ok;

	w->silent = w->useless = 0;
	kept = cache_put(&w->cache, c->key, c->changed ? c->body.s : NULL,
	    body, w->opt->fresh, &why);
	if (kept < 0 && !w->warned_cache) {
		w->warned_cache = 1;
		warn("%s; going on without", buf_cstr(&why));
	}
	buf_free(&why);
	if (kept == 1 && chat_parse(body->s, body->len, &other, &why) == 0) {
		judged = call_judge(w, c, &other, &why) != FLOW_BAD;
		if (judged)
			reply = &other;
	}
	ok = call_accept(w, c, reply, judged);
	buf_free(&why);
	chat_reply_free(&other);
	return ok;
}

/* Takes the weak reply that was kept for this case. */
static int
fall_back(struct flow *w, struct call *c)
{
	struct chat_reply reply = { .want = c->want };
	struct buf why = BUF_INIT, body = c->weak;
	int r;

	memset(&c->weak, 0, sizeof(c->weak));
	if (chat_parse(body.s, body.len, &reply, &why) < 0)
		r = call_fail(w, c, "bad_reply", 0);
	else
		r = call_keep(w, c, &body, &reply, 0);
	chat_reply_free(&reply);
	buf_free(&body);
	buf_free(&why);
	return r;
}

int
call_give_up(struct flow *w, struct call *c, const char *code, int status,
    const char *detail)
{
	if (c->weak.len > 0)
		return fall_back(w, c);
	/* For the report of the record that will carry the code. */
	buf_reset(&c->job->detail);
	endpoint_redact(&w->endpoint, detail, strlen(detail),
	    &c->job->detail);
	if (w->stop == 0)
		count_failure(w, code);
	return call_fail(w, c, code, status);
}

/* Shows the model what was wrong with its answer, on the second retry. */
static int
show_error(struct flow *w, struct call *c, const struct chat_reply *reply,
    const struct buf *why)
{
	struct buf text = BUF_INIT;

	buf_reset(&c->more);
	if (c->bad == 2) {
		buf_fmt(&text, "That was not right: %s. Answer again, in the "
		    "form of the examples.", buf_cstr(why));
		prompt_message(&c->more, PROMPT_ASSISTANT,
		    buf_cstr(&reply->text), reply->text.len < 2000 ?
		    reply->text.len : 2000);
		buf_byte(&c->more, ',');
		prompt_message(&c->more, PROMPT_USER, buf_cstr(&text),
		    text.len);
	}
	c->changed = 1;
	if (!buf_ok(&text) || !buf_ok(&c->more)) {
		buf_free(&text);
		return flow_no_memory(w);
	}
	buf_free(&text);
	return call_body(w, c);
}

/* Not what the prompt asks for: asked again, or the record fails. */
static int
ask_again(struct flow *w, struct call *c, const struct chat_reply *reply,
    const struct buf *why)
{
	c->last = "bad_reply";
	c->status = 0;
	c->bad++;
	if (c->tries++ >= w->opt->retries)
		return call_give_up(w, c, "bad_reply", 0, buf_cstr(why));
	call_log(w, c, "bad_reply", buf_cstr(why));
	return show_error(w, c, reply, why) < 0 ? -1 : call_ready(w, c);
}

/* An answer with text: is it what the prompt asks for? */
static int
settle(struct flow *w, struct call *c, struct chat_reply *reply)
{
	struct buf why = BUF_INIT;
	enum flow_verdict v = call_judge(w, c, reply, &why);
	int r;

	if (v == FLOW_WEAK && c->weak.len == 0)
		buf_add(&c->weak, c->req.reply.s, c->req.reply.len);
	if (!buf_ok(&why) || !buf_ok(&c->weak))
		r = flow_no_memory(w);
	else if (v == FLOW_TAKE)
		r = call_keep(w, c, &c->req.reply, reply, 1);
	else
		r = ask_again(w, c, reply, &why);
	buf_free(&why);
	return r;
}

/*
 * Joins the events of a stream to the reply that it stands for; what is no
 * whole stream stays as it came, and is no JSON.
 */
static void
join_stream(struct http_req *r)
{
	struct buf whole = BUF_INIT, why = BUF_INIT;

	if (!r->is_stream || r->fault != HTTP_FINE)
		return;
	if (sse_join(buf_cstr(&r->reply), r->reply.len, r->is_framed, &whole,
	    &why) == 0 && buf_ok(&whole)) {
		buf_free(&r->reply);
		r->reply = whole;
	} else {
		buf_free(&whole);
	}
	buf_free(&why);
}

/* A reply whose prompt was cut by the server was paid for all the same. */
static void
warn_cut_prompt(struct flow *w, const struct call *c)
{
	const struct rec *r = &c->job->rec[0];

	if (++w->cut_prompts <= 3 && !w->filter->opt->quiet)
		warn("%s:%lu: the server seems to have cut the prompt: it "
		    "counts far fewer tokens than were sent", r->file,
		    r->line);
}

static int
one_done(struct flow *w, struct call *c)
{
	struct chat_reply reply = { .want = c->want };
	struct buf detail = BUF_INIT;
	struct outcome o;
	int r;

	join_stream(&c->req);
	outcome_of(&c->req, w->answered > 0, w->opt, &reply, &o, &detail);
	call_land(w, c, &o, &reply);
	if (o.prompt_cut)
		warn_cut_prompt(w, c);
	if (!buf_ok(&detail)) {
		r = flow_no_memory(w);
	} else if (o.class == OUTCOME_OK) {
		w->answered++;
		if (c->schema != NULL && c->format > w->format)
			w->format = c->format;
		r = settle(w, c, &reply);
	} else {
		r = call_failed(w, c, &o, buf_cstr(&detail));
	}
	chat_reply_free(&reply);
	buf_free(&detail);
	return r;
}

int
call_collect(struct flow *w)
{
	struct http_req *r;

	while (w->http != NULL && (r = http_done(w->http)) != NULL)
		if (one_done(w, r->owner) < 0)
			return -1;
	return 0;
}
