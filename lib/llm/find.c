/* An answer from where it costs nothing: the cache, or --replies. */
#include "llm/flow_int.h"

/* 1: answered from the cache; 0: a miss; -1. */
static int
from_cache(struct flow *w, struct call *c)
{
	struct buf body = BUF_INIT, why = BUF_INIT;
	struct chat_reply reply = { .want = c->want };
	int hit = 0;

	if (w->opt->fresh || !cache_get(&w->cache, c->key, &body))
		goto out;
	if (chat_parse(body.s, body.len, &reply, &why) == 0 &&
	    !reply.has_error && call_judge(w, c, &reply, &why) != FLOW_BAD) {
		w->filter->cached++;
		w->useless = 0;
		hit = call_accept(w, c, &reply, 1) < 0 ? -1 : 1;
	}
out:
	chat_reply_free(&reply);
	buf_free(&body);
	buf_free(&why);
	return hit;
}

/*
 * 1: settled by what a batch engine has given back (--replies); 0: it has
 * nothing; -1.  There is no second try and no stop: what one reply says costs
 * the others nothing.
 */
static int
from_batch(struct flow *w, struct call *c)
{
	struct chat_reply reply = { .want = c->want };
	struct buf detail = BUF_INIT, why = BUF_INIT;
	struct http_req *q = &c->req;
	struct outcome o;
	int r;

	r = batch_get(&w->batch, c->key, &q->status, &q->reply,
	    &w->filter->why);
	if (r <= 0)
		return r;
	q->fault = HTTP_FINE;
	bill_send(&w->bill, &c->hold);
	outcome_of(q, 1, w->opt, &reply, &o, &detail);
	bill_settle(&w->bill, &c->hold, o.class == OUTCOME_OK ? BILL_PAID :
	    BILL_FREE, 0, reply.tokens_in, reply.tokens_out,
	    reply.tokens_cached);
	buf_reset(&c->job->detail);
	if (o.class != OUTCOME_OK) {
		buf_str(&c->job->detail, buf_cstr(&detail));
		r = call_fail(w, c, o.code, o.status);
	} else if (call_judge(w, c, &reply, &why) == FLOW_BAD) {
		buf_str(&c->job->detail, buf_cstr(&why));
		r = call_fail(w, c, "bad_reply", 0);
	} else {
		r = call_keep(w, c, &q->reply, &reply, 1);
	}
	chat_reply_free(&reply);
	buf_free(&detail);
	buf_free(&why);
	return r < 0 ? -1 : 1;
}

int
call_find(struct flow *w, struct call *c)
{
	int r = 0;

	if (!c->looked) {
		c->looked = 1;
		r = from_cache(w, c);
		if (r == 0 && w->opt->replies != NULL)
			r = from_batch(w, c);
	}
	if (r != 0 || !(w->opt->offline || w->opt->replies != NULL))
		return r;
	return call_fail(w, c, "offline", 0) < 0 ? -1 : 1;
}
