/* The outcome of a try, for the tests of outcomes. */
#ifndef TESTS_OUTCOME_H
#define TESTS_OUTCOME_H

#include "base/die.h"
#include "check.h"
#include "llm/outcome.h"

#define GOOD "{\"choices\":[{\"message\":{\"content\":\"A\"}," \
    "\"finish_reason\":\"stop\"}]}"

static struct outcome o;
static struct buf detail;

/* The outcome of a try; headers are "name: value\n". */
static void
judge(enum http_fault fault, int status, const char *headers,
    const char *body, int succeeded)
{
	struct http_req q = { .fault = fault, .status = status, .code = 7,
	    .error = "Could not connect" };
	struct chat_reply reply = { .truncated = 0 };

	buf_str(&q.headers, headers);
	buf_str(&q.reply, body);
	buf_reset(&detail);
	outcome_of(&q, succeeded, NULL, &reply, &o, &detail);
	chat_reply_free(&reply);
	http_req_free(&q);
}

static int
is(enum outcome_class class, const char *code)
{
	return o.class == class && o.code != NULL &&
	    strcmp(o.code, code) == 0 &&
	    strcmp(o.message, outcome_message(code)) == 0;
}

static int
stops(int exit, const char *code)
{
	return is(OUTCOME_STOP, code) && o.exit == exit;
}

#endif
