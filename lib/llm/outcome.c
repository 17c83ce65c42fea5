#include "llm/outcome.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/die.h"

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
		{ "malformed_response", "the reply is no chat completion" },
		{ "response_too_large", "the reply is too large" },
		{ "truncated", "the reply was cut at the token limit" },
		{ "empty", "the reply holds no text" },
		{ "bad_reply", "the reply is not what the prompt asks for" },
		{ "at_most_once", "it may have been answered, and is not sent "
		    "again" },
		{ "prompt_truncated", "the server has cut the prompt" },
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

/* A number of seconds that is worth believing, else -1. */
static double
believable(double x)
{
	return isfinite(x) && x > 0 && x <= 1e9 ? x : -1;
}

static double
number(const char *s, size_t len)
{
	char text[64], *end;
	double x;

	if (s == NULL || len == 0 || len >= sizeof(text) ||
	    strspn(s, "0123456789.s") < len || *s == 's')
		return -1;
	memcpy(text, s, len);
	text[len] = '\0';
	x = strtod(text, &end);
	return *end == '\0' || strcmp(end, "s") == 0 ? believable(x) : -1;
}

/* 0 for Jan to 11 for Dec, -1 for another word. */
static int
month_of(const char *name)
{
	static const char names[12][4] = { "Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int i;

	for (i = 0; i < 12; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* Days from 1970-01-01 to a date (year >= 1970, month from 0, day from 1). */
static long
days_since_1970(int year, int month, int day)
{
	static const int before[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
	    273, 304, 334 };
	/* Leap years up to the last February that is over. */
	long last = month > 1 ? year : year - 1;

	return (year - 1970) * 365L + (last / 4 - last / 100 + last / 400) -
	    (1969 / 4 - 1969 / 100 + 1969 / 400) + before[month] + day - 1;
}

/* An IMF-fixdate (RFC 9110, 5.6.7) as seconds; -1 when it is none. */
static double
http_date(const char *s, size_t len)
{
	int day, year, hour, minute, second, month;
	char name[4], text[40];

	if (s == NULL || len < 29 || len >= sizeof(text))
		return -1;
	memcpy(text, s, len);
	text[len] = '\0';
	if (sscanf(text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, name,
	    &year, &hour, &minute, &second) != 6)
		return -1;
	month = month_of(name);
	if (month < 0 || year < 1970)
		return -1;
	return (double)days_since_1970(year, month, day) * 86400 +
	    hour * 3600 + minute * 60 + second;
}

double
outcome_hint(const struct http_req *r)
{
	size_t len = 0;
	const char *s;
	double x, date;

	s = http_header(r, "retry-after-ms", &len);
	x = number(s, len);
	if (x > 0)
		return x / 1000;
	s = http_header(r, "retry-after", &len);
	x = number(s, len);
	if (x > 0)
		return x;
	date = http_date(s, len);
	if (date > 0) {
		s = http_header(r, "date", &len);
		x = http_date(s, len);
		/* Against the server's own clock; ours may be wrong. */
		return x > 0 ? believable(date - x) :
		    believable(date - (double)time(NULL));
	}
	/* Gemini: details[].retryDelay, "46s". */
	s = r->reply.len > 0 ? strstr(r->reply.s, "\"retryDelay\"") : NULL;
	if (s != NULL && (s = strchr(s + 12, '"')) != NULL) {
		s++;
		return number(s, strcspn(s, "\""));
	}
	return -1;
}

static void
be(struct outcome *o, enum outcome_class class, const char *code)
{
	o->class = class;
	o->code = code;
	o->message = outcome_message(code);
}

static void
stop(struct outcome *o, int exit, const char *code)
{
	be(o, OUTCOME_STOP, code);
	o->exit = exit;
}

/* True when one of the error's words is this one. */
static int
says(const struct chat_reply *r, const char *word)
{
	return strstr(buf_cstr(&r->error_code), word) != NULL;
}

static void
of_fault(const struct http_req *r, struct outcome *o)
{
	switch (r->fault) {
	case HTTP_FINE:
		break;
	case HTTP_CONNECT:
	case HTTP_LOST:
		be(o, OUTCOME_RETRY, "transport");
		break;
	case HTTP_TIMEOUT:
		be(o, OUTCOME_RETRY, "timeout");
		break;
	case HTTP_GARBAGE:
		be(o, OUTCOME_RETRY, "malformed_response");
		o->most = 3;
		break;
	case HTTP_ONCE:
		be(o, OUTCOME_FINAL, "at_most_once");
		break;
	case HTTP_TOO_LARGE:
		be(o, OUTCOME_FINAL, "response_too_large");
		break;
	case HTTP_TLS:
	case HTTP_PROXY:
		stop(o, AC_PROTO, "transport");
		break;
	case HTTP_BUG:
		stop(o, AC_BUG, "transport");
		break;
	}
}

/* Codes in the body say more than the status. */
static int
of_error_code(const struct chat_reply *r, struct outcome *o)
{
	static const char *const money[] = { "insufficient_quota",
	    "credit_balance_exhausted", "spend_limit", "usage_limit",
	    "billing" };
	size_t i;

	for (i = 0; i < sizeof(money) / sizeof(*money); i++)
		if (says(r, money[i])) {
			stop(o, AC_DENIED, "forbidden");
			return 1;
		}
	if (says(r, "context_length_exceeded") ||
	    says(r, "exceed_context_size")) {
		be(o, OUTCOME_FINAL, "too_long");
		return 1;
	}
	if (says(r, "content_filter") || says(r, "content_policy") ||
	    says(r, "ResponsibleAIPolicyViolation") ||
	    says(r, "moderation")) {
		be(o, OUTCOME_FINAL, "refused");
		return 1;
	}
	return 0;
}

static void
of_client_status(int status, int succeeded, const struct chat_reply *r,
    struct outcome *o)
{
	switch (status) {
	case 400:
	case 422:
		be(o, OUTCOME_FINAL, "bad_request");
		o->no_format = 1;
		break;
	case 401:
		stop(o, AC_DENIED, "forbidden");
		break;
	case 402:
		stop(o, AC_DENIED, "forbidden");
		if (o->hint >= 0)
			be(o, OUTCOME_RETRY, "forbidden");
		break;
	case 403:
		if (strstr(buf_cstr(&r->error_text), "moderation") != NULL ||
		    strstr(buf_cstr(&r->error_text), "flagged") != NULL)
			be(o, OUTCOME_FINAL, "refused");
		else
			stop(o, AC_DENIED, "forbidden");
		break;
	case 404:
		if (succeeded)
			be(o, OUTCOME_FINAL, "http");
		else
			stop(o, AC_PROTO, "http");
		break;
	case 405: case 410: case 411: case 415:
		stop(o, AC_PROTO, "http");
		break;
	case 407:
		stop(o, AC_PROTO, "transport");
		break;
	case 409: case 424:
		be(o, OUTCOME_RETRY, "http");
		o->most = 3;
		break;
	case 408: case 421: case 423: case 425: case 498: case 499:
		be(o, OUTCOME_RETRY, "http");
		break;
	case 413:
		be(o, OUTCOME_FINAL, "too_large");
		break;
	case 429:
		be(o, OUTCOME_RETRY, "http");
		o->is_free = o->overload = 1;
		break;
	default:
		be(o, OUTCOME_FINAL, "http");
	}
}

static void
of_status(int status, int succeeded, const struct chat_reply *r,
    struct outcome *o)
{
	if (status < 200 || status > 599) {
		be(o, OUTCOME_RETRY, "malformed_response");
		o->most = 3;
	} else if (status < 400) {
		stop(o, AC_PROTO, "http");
	} else if (status < 500) {
		of_client_status(status, succeeded, r, o);
	} else if (status == 501 || status == 505) {
		stop(o, AC_PROTO, "http");
	} else {
		be(o, OUTCOME_RETRY, "http");
		o->overload = status == 503 || status == 529;
		if (status == 503 && (says(r, "unavailable_error") ||
		    strstr(buf_cstr(&r->error_text), "oading model")))
			o->is_free = 1;
	}
}

static void
of_content(const struct chat_reply *r, int allow_truncated, struct outcome *o)
{
	if (r->refused)
		be(o, OUTCOME_FINAL, "refused");
	else if (r->open_think || (r->truncated && !(allow_truncated &&
	    r->text.len > 0)))
		be(o, OUTCOME_FINAL, "truncated");
	else if (r->text.len == 0) {
		be(o, OUTCOME_RETRY, "empty");
		o->most = 2;
	} else
		o->class = OUTCOME_OK;
}

/* x-should-retry overrides the rows of 4xx and 5xx, but not a stop. */
static void
of_should_retry(const struct http_req *r, struct outcome *o)
{
	size_t len = 0;
	const char *s = http_header(r, "x-should-retry", &len);

	if (s == NULL || o->class == OUTCOME_STOP || o->status < 400)
		return;
	if (len == 5 && memcmp(s, "false", 5) == 0)
		o->class = OUTCOME_FINAL;
	else if (len == 4 && memcmp(s, "true", 4) == 0) {
		o->class = OUTCOME_RETRY;
		o->no_format = 0;	/* it is not the request's form */
	}
}

void
outcome_of(const struct http_req *r, int succeeded, int allow_truncated,
    struct chat_reply *reply, struct outcome *o, struct buf *detail)
{
	struct buf why = BUF_INIT;
	int parsed;

	memset(o, 0, sizeof(*o));
	o->hint = -1;
	if (r->fault != HTTP_FINE) {
		of_fault(r, o);
		buf_fmt(detail, "libcurl %d", r->code);
		return;
	}
	o->hint = outcome_hint(r);
	parsed = chat_parse(buf_cstr(&r->reply), r->reply.len, reply, &why);
	o->status = r->status;
	if (r->status >= 200 && r->status < 300 && r->status != 204 &&
	    r->status != 206) {
		o->status = 0;
		if (parsed < 0) {
			be(o, OUTCOME_RETRY, "malformed_response");
			o->most = 3;
			buf_str(detail, buf_cstr(&why));
		} else if (!reply->has_error) {
			of_content(reply, allow_truncated, o);
		} else if (!of_error_code(reply, o)) {
			o->status = reply->error_status ? reply->error_status :
			    500;
			of_status(o->status, succeeded, reply, o);
		}
	} else if (r->status == 204 || r->status == 206) {
		be(o, OUTCOME_RETRY, "malformed_response");
		o->most = 3;
	} else if (parsed < 0 || !of_error_code(reply, o)) {
		of_status(r->status, succeeded, reply, o);
	}
	of_should_retry(r, o);
	if (o->class != OUTCOME_OK && reply->has_error) {
		if (detail->len > 0)
			buf_str(detail, "; ");
		buf_add(detail, buf_cstr(&reply->error_text),
		    reply->error_text.len < 300 ? reply->error_text.len : 300);
	}
	if (o->status != 0 && detail->len == 0)
		buf_fmt(detail, "HTTP %d", o->status);
	buf_free(&why);
}
