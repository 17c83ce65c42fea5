/* What becomes of a try that failed (augcon(7), OUTCOMES and WAITING). */
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/crc32c.h"
#include "base/die.h"
#include "base/rng.h"
#include "llm/flow_int.h"

static const double NOTICE = 120;	/* seconds; a longer wait is said */
static const double LOADING = 4;	/* seconds between two looks */

enum {
	HEAD = 512,		/* bytes of a malformed reply for --log */
	ALIKE = 3,		/* equal 500s that are the request's fault */
	REFUSED = 10,		/* 400s from the start that are everyone's */
	PROXY = 3		/* refusals of a proxy */
};

/* The start of a reply that is none: who sent it may be seen there. */
static void
add_head(struct flow *w, const struct call *c, struct buf *to)
{
	const struct buf *reply = &c->req.reply;
	struct buf clean = BUF_INIT;

	endpoint_redact(&w->endpoint, buf_cstr(reply), reply->len < HEAD ?
	    reply->len : HEAD, &clean);
	buf_str(to, ",\"reply\":");
	json_quote(to, buf_cstr(&clean), clean.len);
	buf_free(&clean);
}

void
call_log(struct flow *w, struct call *c, const char *code, const char *detail)
{
	struct buf more = BUF_INIT, clean = BUF_INIT;
	const struct rec *r = &c->job->rec[0];

	if (!w->filter->opt->verbose && w->filter->log_fd < 0)
		return;
	endpoint_redact(&w->endpoint, detail, strlen(detail), &clean);
	if (w->filter->opt->verbose)
		warn("%s:%lu: %s: %s; try %u", r->file, r->line, code,
		    buf_cstr(&clean), c->tries + 1);
	buf_str(&more, "\"code\":");
	json_quote(&more, code, strlen(code));
	buf_str(&more, ",\"detail\":");
	json_quote(&more, buf_cstr(&clean), clean.len);
	if (strcmp(code, "malformed_response") == 0)
		add_head(w, c, &more);
	filter_log(w->filter, "retry", r, buf_cstr(&more));
	buf_free(&more);
	buf_free(&clean);
}

/* How a request ended, in the words of the gate and of the bill. */
static enum gate_end
gate_end(const struct call *c, const struct outcome *o)
{
	if (o->class == OUTCOME_OK)
		return GATE_ANSWER;
	if (o->overload)
		return GATE_REFUSED;
	switch (c->req.fault) {
	case HTTP_TIMEOUT:
		return GATE_TIMEOUT;
	case HTTP_CONNECT:
		return GATE_AWAY;
	case HTTP_LOST:
	case HTTP_GARBAGE:
		return GATE_BROKEN;
	case HTTP_FINE:
		return o->class == OUTCOME_RETRY && c->req.status >= 500 ?
		    GATE_BROKEN : GATE_GONE;
	default:
		return GATE_GONE;
	}
}

static enum bill_end
bill_end(const struct call *c, const struct outcome *o)
{
	if (o->lost)
		return BILL_LOST;
	if (c->req.fault != HTTP_FINE || c->req.status < 200 ||
	    c->req.status >= 300)
		return BILL_FREE;
	/* An error with 200, and what is no completion, say nothing. */
	return o->class == OUTCOME_OK || strcmp(o->code, "truncated") == 0 ||
	    strcmp(o->code, "refused") == 0 || strcmp(o->code, "empty") == 0 ?
	    BILL_PAID : BILL_LOST;
}

static void
tell_news(struct flow *w, enum breaker_news news)
{
	if (news == BREAKER_SAME)
		return;
	filter_log(w->filter, news == BREAKER_OPENED ? "away" : "back", NULL,
	    NULL);
	if (!w->filter->opt->quiet)
		warn("the endpoint is %s", news == BREAKER_OPENED ?
		    "away; waiting for it" : "back");
}

void
call_land(struct flow *w, struct call *c, const struct outcome *o,
    const struct chat_reply *reply)
{
	double used = reply->tokens_in + reply->tokens_out;
	unsigned long hidden = c->req.wires > 1 ? c->req.wires - 1 : 0;

	flight_remove(w, c);
	w->wires += c->req.wires;
	w->hidden += hidden;
	bill_settle(&w->bill, &c->hold, bill_end(c, o), hidden,
	    reply->tokens_in, reply->tokens_out, reply->tokens_cached);
	w->filter->tokens = w->bill.in + w->bill.out;
	tell_news(w, gate_leave(&w->gate, &c->pass, gate_end(c, o), used,
	    clock_now()));
}

/*
 * The longest wait before the next try.  It grows with the rounds in which
 * the endpoint answered nobody, and, as long as it answers nobody, with the
 * tries that this request has used up, or they would be over in a second.
 */
static double
backoff(struct flow *w, struct call *c)
{
	double own = 0.5 * (double)(1u << (c->tries > 8 ? 7 : c->tries > 0 ?
	    c->tries - 1 : 0));
	double all = gate_backoff(&w->gate);
	int silent = w->answered == c->heard;

	c->heard = w->answered;
	return silent ? fmin(60, fmax(own, all)) : all;
}

/*
 * Tries again after a while, of `most` seconds or less; at least `hint`
 * seconds, where that is > 0.
 */
static int
again(struct flow *w, struct call *c, double hint, double most)
{
	double wait = rng_unit(&w->rng) * fmin(most, backoff(w, c));

	/* All who were refused have the same hint: not all at once. */
	hint *= 1 + rng_unit(&w->rng) * 0.1;
	wait = fmax(0.05, fmax(wait, hint));
	return heap_push(&w->waiting, (uint64_t)((clock_now() + wait) * 1000),
	    c->seq, c) < 0 ? flow_no_memory(w) : 0;
}

/* The local time in so many seconds. */
static void
time_in(double seconds, char text[32])
{
	time_t when = time(NULL) + (time_t)seconds;
	struct tm tm;

	if (localtime_r(&when, &tm) == NULL ||
	    strftime(text, 32, "%Y-%m-%d %H:%M", &tm) == 0)
		memcpy(text, "later", 6);
}

/* A wait the server asks for; one too long ends the run. */
static void
obey_hint(struct flow *w, const struct call *c, const struct outcome *o)
{
	double now = clock_now();
	struct buf why = BUF_INIT;
	char text[32];

	if (o->hint <= 0)
		return;
	time_in(o->hint, text);
	if (o->hint > GATE_PAUSE_MAX || (o->hint > NOTICE &&
	    now + o->hint > c->deadline)) {
		buf_fmt(&why, "the server asks to wait until %s: run again "
		    "then", text);
		flow_stop(w, AC_AGAIN, buf_cstr(&why));
		buf_free(&why);
		return;
	}
	if (o->hint > NOTICE && !w->filter->opt->quiet && now + o->hint >
	    w->said_until + NOTICE) {
		warn("waiting until %s, as the server asks", text);
		w->said_until = now + o->hint;
	}
	gate_pause(&w->gate, now + o->hint, now);
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

/*
 * The same 500 again and again for one request, while others were answered
 * in between, is that request's own fault.
 */
static int
is_alike(struct flow *w, struct call *c)
{
	uint32_t sum;

	if (c->req.fault != HTTP_FINE || c->req.status != 500) {
		c->same = 0;
		return 0;
	}
	sum = crc32c(buf_cstr(&c->req.reply), c->req.reply.len);
	if (c->same == 0 || sum != c->alike) {
		c->same = 0;
		c->answered = w->answered;
	}
	c->alike = sum;
	return ++c->same >= ALIKE && w->answered > c->answered;
}

/*
 * One more try, unless they are used up.  That the endpoint is full, loads or
 * is away is not charged to the request.
 */
static int
retry(struct flow *w, struct call *c, const struct outcome *o,
    const char *detail)
{
	unsigned most = o->most > 0 ? (unsigned)o->most :
	    (unsigned)w->opt->retries + 1;
	int is_free = o->is_free || (w->gate.breaker.open &&
	    c->req.fault == HTTP_CONNECT);

	if (c->last == NULL || strcmp(c->last, o->code) != 0)
		c->kind = 0;
	c->last = o->code;
	c->status = o->status;
	c->is_retry = !o->is_free;
	if (!is_free) {
		c->kind++;
		c->tries++;
	}
	if (w->stop || is_alike(w, c) || (!is_free && (c->kind >= most ||
	    c->tries > w->opt->retries)) ||
	    clock_now() + fmax(o->hint, 0) >= c->deadline)
		return call_give_up(w, c, o->code, o->status, detail);
	call_log(w, c, o->code, detail);
	/* A server that loads its model is asked now and then: it will come. */
	return again(w, c, o->hint, o->is_free && o->status == 503 ? LOADING :
	    INFINITY);
}

/* Once more for twice the tokens, as --grow-max-tokens says. */
static int
grow(struct flow *w, struct call *c)
{
	c->grown = 1;
	c->changed = 1;
	call_log(w, c, "truncated", "asking for twice the tokens");
	return call_body(w, c) < 0 ? -1 : call_ready(w, c);
}

/* What no request can get past. */
static int
stopped(struct flow *w, struct call *c, const struct outcome *o,
    const char *detail)
{
	if (o->status == 401 && w->answered > 0 && !c->denied) {
		c->denied = 1;	/* a key being changed, or a hiccup */
		return again(w, c, 1, 1);
	}
	if (c->req.fault == HTTP_PROXY && ++w->proxy < PROXY)
		return again(w, c, 0, 1);
	flow_stop(w, o->exit, detail);
	return call_give_up(w, c, o->code, o->status, detail);
}

int
call_failed(struct flow *w, struct call *c, const struct outcome *o,
    const char *detail)
{
	if (w->opt->at_most_once && o->lost)
		return call_give_up(w, c, "at_most_once", 0, detail);
	if (o->no_format && lesser_format(w, c)) {
		call_log(w, c, "response_format", detail);
		return call_ready(w, c);
	}
	if (strcmp(o->code, "bad_request") != 0)
		w->mixed = 1;
	else if (!w->mixed && w->answered == 0 && w->filter->cached == 0 &&
	    ++w->refused >= REFUSED)
		flow_stop(w, AC_PROTO, detail);
	if (o->class == OUTCOME_STOP)
		return stopped(w, c, o, detail);
	if (o->class == OUTCOME_RETRY && !w->stop)
		obey_hint(w, c, o);
	if (o->class == OUTCOME_RETRY)
		return retry(w, c, o, detail);
	if (strcmp(o->code, "truncated") == 0 && w->opt->grow_max_tokens &&
	    !c->grown && !w->stop)
		return grow(w, c);
	return call_give_up(w, c, o->code, o->status, detail);
}
