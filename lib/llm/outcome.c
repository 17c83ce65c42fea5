#include "llm/outcome.h"

#include <string.h>

#include "base/die.h"
#include "llm/bill.h"
#include "llm/hint.h"
#include "llm/outcome_int.h"

enum {
	DETAIL_MAX = 300,	/* bytes of the server's own words */
	MALFORMED_TRIES = 3,
	EMPTY_TRIES = 2
};

const char *
outcome_message(const char *code)
{
	static const struct { const char *code, *message; } texts[] = {
		{ "too_long", "longer than the model's context" },
		{ "too_large", "the server refuses a request of this size" },
		{ "bad_request", "the server refuses the request" },
		{ "forbidden", "the server refuses the key or the account" },
		{ "refused", "refused by the model or a content filter" },
		{ "http", "the server answered with an error status" },
		{ "transport", "no connection, or it was lost" },
		{ "timeout", "no reply in time" },
		{ "at_most_once", "it may have been answered, and is not sent "
		    "again" },
		{ "malformed_response", "the reply is no chat completion" },
		{ "response_too_large", "the reply is too large" },
		{ "truncated", "the reply was cut at the token limit" },
		{ "prompt_truncated", "the server has read only a part of the "
		    "prompt" },
		{ "empty", "the reply holds no text" },
		{ "bad_reply", "the reply is not what the prompt asks for" },
		{ "offline", "not in the cache" },
		{ "not_attempted", "the run stopped before it" },
		{ "missing_field", "a member is missing or mistyped" },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(texts[i].code, code) == 0)
			return texts[i].message;
	return code;
}

static void
malformed(struct outcome *o)
{
	outcome_be(o, OUTCOME_RETRY, "malformed_response");
	o->most = MALFORMED_TRIES;
	o->lost = 1;
}

static void
of_fault(const struct http_req *r, struct outcome *o)
{
	switch (r->fault) {
	case HTTP_FINE:
		break;
	case HTTP_CONNECT:
		outcome_be(o, OUTCOME_RETRY, "transport");
		break;
	case HTTP_LOST:
		outcome_be(o, OUTCOME_RETRY, "transport");
		o->lost = 1;
		break;
	case HTTP_TIMEOUT:
		outcome_be(o, OUTCOME_RETRY, "timeout");
		/* It has changed to another protocol, and so it is silent. */
		if (r->status == 101)
			malformed(o);
		o->lost = r->wires > 0;
		break;
	case HTTP_GARBAGE:
		outcome_be(o, OUTCOME_RETRY, "malformed_response");
		o->most = MALFORMED_TRIES;
		o->lost = r->wires > 0;
		break;
	case HTTP_ONCE:
		outcome_be(o, OUTCOME_FINAL, "at_most_once");
		o->lost = 1;
		break;
	case HTTP_TOO_LARGE:
		/* A head without end is a fault; a long reply comes again. */
		outcome_be(o, r->header_bytes > HTTP_HEADER_MAX ?
		    OUTCOME_RETRY : OUTCOME_FINAL, "response_too_large");
		o->most = MALFORMED_TRIES;
		o->lost = 1;
		break;
	case HTTP_TLS: case HTTP_PROXY:
		outcome_stop(o, AC_PROTO, "transport");
		break;
	case HTTP_BUG:
		outcome_stop(o, AC_BUG, "transport");
		break;
	}
}

/*
 * About how many tokens a body has, runs of one byte left out: tokenizers
 * take long blanks and rules as one.  It is, times what o200k, cl100k and
 * DeepSeek's tokenizer count: for English 1.1, Chinese 0.8 to 1.3, code 0.8
 * to 0.9, rules 0.9 to 1.1, tables padded with blanks 0.4 to 0.6.
 */
static double
tokens_of(const char *s, size_t len)
{
	size_t i, runs = 0;

	for (i = 2; i < len; i++)
		runs += s[i] == s[i - 1] && s[i] == s[i - 2];
	return bill_tokens(s, len) - (double)runs / 4;
}

/*
 * Does the server say that it read far fewer tokens than it was sent?  Some
 * cut a prompt without a word (Ollama's documentation, "context length").
 * No usage at all says nothing.
 */
static int
is_prompt_cut(const struct http_req *q, const struct chat_reply *r)
{
	enum { FEW = 256 };	/* tokens of a prompt that nobody cuts */
	double sent;

	/* No text has so few tokens a byte that the rest must be counted. */
	if (r->tokens_in <= 0 || q->body == NULL ||
	    r->tokens_in * 8 >= (double)q->len)
		return 0;
	sent = tokens_of(q->body, q->len);
	return sent >= FEW && r->tokens_in * 2.5 < sent;
}

static void
of_content(const struct http_req *q, const struct chat_reply *r,
    const struct llm_opt *opt, struct outcome *o)
{
	int may_be_cut = opt != NULL && opt->allow_truncated && r->text.len > 0;

	o->prompt_cut = is_prompt_cut(q, r);
	if (r->refused)
		outcome_be(o, OUTCOME_FINAL, "refused");
	else if (o->prompt_cut && opt != NULL && opt->strict_prompt)
		outcome_be(o, OUTCOME_FINAL, "prompt_truncated");
	else if (r->open_think || (r->truncated && !may_be_cut))
		outcome_be(o, OUTCOME_FINAL, "truncated");
	else if (r->text.len == 0) {
		outcome_be(o, OUTCOME_RETRY, "empty");
		o->most = EMPTY_TRIES;
	} else
		o->class = OUTCOME_OK;
}

/*
 * x-should-retry (OpenAI, Anthropic) overrides what 4xx and 5xx mean by
 * themselves, but not a word about the key, and not a proxy's.
 */
static void
of_should_retry(const struct http_req *r, struct outcome *o)
{
	size_t len = 0;
	const char *s = http_header(r, "x-should-retry", &len);
	int fixed = o->status < 400 || o->status == 407 ||
	    (o->status >= 401 && o->status <= 403);

	if (s == NULL || fixed)
		return;
	if (len == 5 && memcmp(s, "false", 5) == 0) {
		if (o->class == OUTCOME_RETRY)
			o->class = OUTCOME_FINAL;
	} else if (len == 4 && memcmp(s, "true", 4) == 0) {
		o->class = OUTCOME_RETRY;
		o->exit = 0;
		o->no_format = 0;	/* it is not the request's form */
	}
}

static void
of_error(const struct http_req *q, int succeeded, const struct chat_reply *r,
    struct outcome *o)
{
	if (outcome_row_body(r, o->status, o))
		return;
	outcome_row_status(o->status, succeeded, r, o);
	of_should_retry(q, o);
}

/* The status that an error with 200 stands for. */
static int
inner_status(const struct chat_reply *r)
{
	int status = r->error_status;

	if (status == 0)
		status = outcome_word_status(r);
	return status >= 400 ? status : 500;
}

static void
add_detail(const struct chat_reply *r, const struct outcome *o,
    struct buf *detail)
{
	size_t len = r->error_text.len;
	struct buf advice = BUF_INIT;

	if (o->code != NULL && strcmp(o->code, "bad_request") == 0)
		outcome_advice(r, &advice);
	if (advice.len > 0)
		buf_fmt(detail, "%s%s", detail->len > 0 ? "; " : "",
		    advice.s);
	buf_free(&advice);
	if (len > 0 && detail->len > 0)
		buf_str(detail, "; ");
	while (len > DETAIL_MAX || (len < r->error_text.len &&
	    (r->error_text.s[len] & 0xc0) == 0x80))
		len = len > DETAIL_MAX ? DETAIL_MAX : len - 1;
	buf_add(detail, buf_cstr(&r->error_text), len);
}

void
outcome_of(const struct http_req *q, int succeeded,
    const struct llm_opt *opt, struct chat_reply *r, struct outcome *o,
    struct buf *detail)
{
	struct buf why = BUF_INIT;
	int parsed;

	memset(o, 0, sizeof(*o));
	o->hint = -1;
	if (q->fault != HTTP_FINE) {
		of_fault(q, o);
		buf_str(detail, q->error);
		return;
	}
	parsed = chat_parse(buf_cstr(&q->reply), q->reply.len, r, &why);
	o->hint = hint_seconds(q, r->retry_delay);
	o->status = q->status;
	if (q->status == 204 || q->status == 206) {
		malformed(o);
	} else if (q->status < 200 || q->status > 299) {
		of_error(q, succeeded, r, o);
	} else if (parsed < 0) {
		o->status = 0;
		malformed(o);
		buf_str(detail, buf_cstr(&why));
	} else if (r->has_error) {
		o->status = inner_status(r);
		of_error(q, succeeded, r, o);
	} else {
		o->status = 0;
		of_content(q, r, opt, o);
	}
	if (o->class != OUTCOME_OK)
		add_detail(r, o, detail);
	if (o->status != 0 && detail->len == 0)
		buf_fmt(detail, "HTTP %d", o->status);
	detail->bad |= why.bad;
	buf_free(&why);
}
