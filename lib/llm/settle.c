/* A call from what came back to the command: taken, tried again, failed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/rng.h"
#include "llm/flow_int.h"
#include "llm/outcome.h"

enum { WAIT_MAX = 600 };	/* seconds the server may ask us to wait */

static void
count_failure(struct flow *w, const char *code)
{
	int ours = strcmp(code, "offline") == 0 ||
	    strcmp(code, "not_attempted") == 0;

	if (ours || w->stop)
		return;
	if (++w->in_a_row < w->opt->give_up)
		return;
	if (strcmp(code, "http") == 0 || strcmp(code, "transport") == 0 ||
	    strcmp(code, "timeout") == 0)
		flow_stop(w, AC_AGAIN, "the endpoint fails record after "
		    "record");
	else
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

	c->job->open--;
	while ((twin = c->twins) != NULL) {
		c->twins = twin->next;
		copy.tag = twin->tag;
		if (ok == 0)
			ok = w->ops->reply(w, twin->job, &copy);
		twin->job->open--;
		call_free(twin);
	}
	call_free(c);
	return ok;
}

/* Hands a failure to the command. */
int
call_fail(struct flow *w, struct call *c, const char *code, int status)
{
	struct flow_reply r = { .tag = c->tag, .code = code,
	    .message = outcome_message(code), .status = status };

	return flow_reply(w, c, &r);
}

/* Lets the command judge a parsed reply. */
static enum flow_verdict
judge(struct flow *w, const struct call *c, const struct chat_reply *reply,
    struct buf *why)
{
	struct flow_reply r = { .tag = c->tag, .text = buf_cstr(&reply->text),
	    .len = reply->text.len };

	return w->ops->judge(w, c->job, &r, why);
}

static int
accept(struct flow *w, struct call *c, const struct chat_reply *reply)
{
	struct flow_reply r = { .tag = c->tag, .text = buf_cstr(&reply->text),
	    .len = reply->text.len };

	return flow_reply(w, c, &r);
}

/*
 * Keeps an accepted reply before it is used (nothing paid is lost), then
 * uses it; where another process kept one first, that one.
 */
static int
keep_and_accept(struct flow *w, struct call *c, struct buf *body,
    struct chat_reply *reply)
{
	struct chat_reply other = { .truncated = 0 };
	struct buf why = BUF_INIT;
	int kept, ok;

	w->in_a_row = 0;
	kept = cache_put(&w->cache, c->key, c->changed ? c->body.s : NULL,
	    body, w->opt->fresh, &why);
	if (kept < 0 && !w->warned_cache) {
		w->warned_cache = 1;
		warn("%s; going on without", buf_cstr(&why));
	}
	buf_free(&why);
	if (kept == 1 && chat_parse(body->s, body->len, &other, &why) == 0 &&
	    judge(w, c, &other, &why) != FLOW_BAD)
		ok = accept(w, c, &other);
	else
		ok = accept(w, c, reply);
	buf_free(&why);
	chat_reply_free(&other);
	return ok;
}

/* 1: answered from the cache; 0: a miss; -1. */
int
call_from_cache(struct flow *w, struct call *c)
{
	struct buf body = BUF_INIT, why = BUF_INIT;
	struct chat_reply reply = { .truncated = 0 };
	int hit = 0;

	if (w->opt->fresh || !cache_get(&w->cache, c->key, &body))
		goto out;
	if (chat_parse(body.s, body.len, &reply, &why) == 0 &&
	    !reply.has_error && judge(w, c, &reply, &why) != FLOW_BAD) {
		w->filter.cached++;
		hit = accept(w, c, &reply) < 0 ? -1 : 1;
	}
out:
	chat_reply_free(&reply);
	buf_free(&body);
	buf_free(&why);
	return hit;
}

/* Tries again after a while: at least `hint` seconds, where that is > 0. */
static int
again(struct flow *w, struct call *c, double hint)
{
	double cap = 0.5 * (double)(1u << (c->backoff < 7 ? c->backoff : 7));
	double wait = rng_unit(&w->rng) * (cap < 60 ? cap : 60);

	c->backoff++;
	/* All who were refused have the same hint: not all at once. */
	hint *= 1 + rng_unit(&w->rng) * 0.1;
	if (wait < hint)
		wait = hint;
	if (wait < 0.05)
		wait = 0.05;
	return heap_push(&w->waiting, (uint64_t)((clock_now() + wait) * 1000),
	    c->seq, c) < 0 ? flow_no_memory(w) : 0;
}

static void
log_try(struct flow *w, struct call *c, const char *code, const char *detail)
{
	struct buf more = BUF_INIT, clean = BUF_INIT;
	const struct rec *r = &c->job->rec[0];

	endpoint_redact(&w->endpoint, detail, strlen(detail), &clean);
	if (w->filter.opt->verbose)
		warn("%s:%lu: %s: %s; try %u", r->file, r->line, code,
		    buf_cstr(&clean), c->tries + 1);
	buf_str(&more, "\"code\":");
	json_quote(&more, code, strlen(code));
	buf_str(&more, ",\"detail\":");
	json_quote(&more, buf_cstr(&clean), clean.len);
	filter_log(&w->filter, "retry", r, buf_cstr(&more));
	buf_free(&more);
	buf_free(&clean);
}

/* Takes the weak reply that was kept for this case. */
static int
fall_back(struct flow *w, struct call *c)
{
	struct chat_reply reply = { .truncated = 0 };
	struct buf why = BUF_INIT, body = c->weak;
	int r;

	memset(&c->weak, 0, sizeof(c->weak));
	if (chat_parse(body.s, body.len, &reply, &why) < 0)
		r = call_fail(w, c, "bad_reply", 0);
	else
		r = keep_and_accept(w, c, &body, &reply);
	chat_reply_free(&reply);
	buf_free(&body);
	buf_free(&why);
	return r;
}

static int
give_up(struct flow *w, struct call *c, const char *code, int status,
    const char *detail)
{
	if (c->weak.len > 0)
		return fall_back(w, c);
	/* For the report of the record that will carry the code. */
	buf_reset(&c->job->detail);
	endpoint_redact(&w->endpoint, detail, strlen(detail),
	    &c->job->detail);
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

/* An answer with text: is it what the prompt asks for? */
static int
settle(struct flow *w, struct call *c, struct chat_reply *reply)
{
	struct buf why = BUF_INIT;
	enum flow_verdict v = judge(w, c, reply, &why);
	int r;

	if (v == FLOW_TAKE) {
		r = keep_and_accept(w, c, &c->req.reply, reply);
	} else {
		if (v == FLOW_WEAK && c->weak.len == 0)
			buf_add(&c->weak, c->req.reply.s, c->req.reply.len);
		c->last = "bad_reply";
		c->status = 0;
		c->bad++;
		if (c->tries++ >= w->opt->retries) {
			r = give_up(w, c, "bad_reply", 0, buf_cstr(&why));
		} else {
			log_try(w, c, "bad_reply", buf_cstr(&why));
			r = show_error(w, c, reply, &why);
			if (r == 0)
				r = heap_push(&w->ready, c->job->seq, c->seq,
				    c) < 0 ? flow_no_memory(w) : 0;
		}
	}
	buf_free(&why);
	return r;
}

/* A wait the server asks for; one too long ends the run. */
static void
obey_hint(struct flow *w, const struct outcome *o)
{
	double now = clock_now();
	struct buf why = BUF_INIT;
	struct tm tm;
	time_t when;
	char text[32];

	if (o->hint > WAIT_MAX) {
		when = time(NULL) + (time_t)o->hint;
		if (localtime_r(&when, &tm) == NULL ||
		    strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm) == 0)
			memcpy(text, "later", 6);
		buf_fmt(&why, "the server asks to wait until %s: run again "
		    "then", text);
		flow_stop(w, AC_AGAIN, buf_cstr(&why));
		buf_free(&why);
	} else if (o->hint > 0 && now + o->hint > w->pause) {
		w->pause = now + o->hint;
	}
}

/* May the server only dislike response_format?  Then ask in a lesser form. */
static int
lesser_format(struct flow *w, struct call *c)
{
	if (c->schema == NULL || c->format == CHAT_FREE)
		return 0;
	c->format++;
	c->changed = 1;
	return call_body(w, c) == 0;
}

static int
failed_try(struct flow *w, struct call *c, const struct outcome *o,
    const char *detail)
{
	unsigned most = o->most > 0 ? (unsigned)o->most :
	    (unsigned)w->opt->retries + 1;

	if (o->overload)
		limit_full(&w->limit, c->sent, clock_now());
	if (o->no_format && lesser_format(w, c)) {
		log_try(w, c, "response_format", detail);
		return heap_push(&w->ready, c->job->seq, c->seq, c) < 0 ?
		    flow_no_memory(w) : 0;
	}
	if (o->no_format && w->answered == 0 && ++w->refused >= 10)
		flow_stop(w, AC_PROTO, detail);
	if (o->class == OUTCOME_STOP && o->status == 401 && w->answered > 0 &&
	    !c->denied) {
		c->denied = 1;
		return again(w, c, 1);
	}
	if (o->class == OUTCOME_STOP)
		flow_stop(w, o->exit, detail);
	if (o->class == OUTCOME_RETRY && !w->stop) {
		obey_hint(w, o);
		if (c->last == NULL || strcmp(c->last, o->code) != 0)
			c->kind = 0;
		c->last = o->code;
		c->status = o->status;
		c->kind++;
		if (!o->is_free)
			c->tries++;
		if ((o->is_free || (c->kind < most && c->tries <=
		    w->opt->retries)) && clock_now() + fmax(o->hint, 0) <
		    c->deadline) {
			log_try(w, c, o->code, detail);
			return again(w, c, o->hint);
		}
	}
	return give_up(w, c, o->code, o->status, detail);
}

static void
land(struct flow *w, struct call *c)
{
	struct call **p = &w->flying;

	while (*p != c)
		p = &(*p)->next;
	*p = c->next;
	c->next = NULL;
	w->filter.running = --w->nflying;
	w->wires += c->req.wires;
	if (c->req.wires > 1)
		w->hidden += c->req.wires - 1;
}

static int
one_done(struct flow *w, struct call *c)
{
	struct chat_reply reply = { .truncated = 0 };
	struct buf detail = BUF_INIT;
	struct outcome o;
	int r;

	land(w, c);
	outcome_of(&c->req, w->answered > 0, w->opt->allow_truncated, &reply,
	    &o, &detail);
	w->tokens_in += reply.tokens_in;
	w->tokens_out += reply.tokens_out;
	w->tokens_cached += reply.tokens_cached;
	w->filter.tokens = w->tokens_in + w->tokens_out;
	if (o.class == OUTCOME_OK) {
		w->answered++;
		limit_answer(&w->limit);
		if (c->schema != NULL && c->format > w->format)
			w->format = c->format;
		r = settle(w, c, &reply);
	} else {
		r = failed_try(w, c, &o, buf_cstr(&detail));
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
