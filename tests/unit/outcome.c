/* What one try came to: the table row by row, and the waits servers ask. */
#include <time.h>

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
	struct http_req q = { .fault = fault, .status = status, .code = 7 };
	struct chat_reply reply = { .truncated = 0 };

	buf_str(&q.headers, headers);
	buf_str(&q.reply, body);
	buf_reset(&detail);
	outcome_of(&q, succeeded, 0, &reply, &o, &detail);
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

static void
test_fault(void)
{
	judge(HTTP_CONNECT, 0, "", "", 0);
	CHECK(is(OUTCOME_RETRY, "transport") && !o.is_free && o.status == 0);
	CHECK_STR(buf_cstr(&detail), "libcurl 7");
	/* What was received before the loss does not count. */
	judge(HTTP_LOST, 200, "", GOOD, 0);
	CHECK(is(OUTCOME_RETRY, "transport"));
	judge(HTTP_TIMEOUT, 0, "", "", 0);
	CHECK(is(OUTCOME_RETRY, "timeout"));
	judge(HTTP_GARBAGE, 0, "", "", 0);
	CHECK(is(OUTCOME_RETRY, "malformed_response") && o.most == 3);
	judge(HTTP_TOO_LARGE, 200, "", "", 0);
	CHECK(is(OUTCOME_FINAL, "response_too_large"));
	judge(HTTP_TLS, 0, "", "", 0);
	CHECK(stops(AC_PROTO, "transport"));
	judge(HTTP_PROXY, 0, "", "", 0);
	CHECK(stops(AC_PROTO, "transport"));
	judge(HTTP_BUG, 0, "", "", 0);
	CHECK(stops(AC_BUG, "transport"));
}

static void
test_2xx(void)
{
	static const char *const malformed[] = { "", "<html></html>", "null",
	    "{}", "{\"choices\":[]}", GOOD "{}", "{\"choices\":[{" };
	size_t i;

	judge(HTTP_FINE, 200, "", GOOD, 0);
	CHECK(o.class == OUTCOME_OK && o.code == NULL && o.status == 0);
	judge(HTTP_FINE, 201, "x-should-retry: true\n", GOOD, 0);
	CHECK(o.class == OUTCOME_OK);
	for (i = 0; i < sizeof(malformed) / sizeof(*malformed); i++) {
		judge(HTTP_FINE, 200, "", malformed[i], 1);
		CHECK(is(OUTCOME_RETRY, "malformed_response") && o.most == 3);
		CHECK(o.status == 0 && detail.len > 0);
	}
	judge(HTTP_FINE, 204, "", "", 0);
	CHECK(is(OUTCOME_RETRY, "malformed_response"));
	judge(HTTP_FINE, 206, "", GOOD, 0);
	CHECK(is(OUTCOME_RETRY, "malformed_response"));
	/* An error inside counts as its code says. */
	judge(HTTP_FINE, 200, "", "{\"error\":{\"code\":429}}", 0);
	CHECK(is(OUTCOME_RETRY, "http") && o.is_free && o.status == 429);
	judge(HTTP_FINE, 200, "", "{\"error\":{\"code\":401}}", 0);
	CHECK(stops(AC_DENIED, "forbidden"));
	judge(HTTP_FINE, 200, "", "{\"error\":{\"message\":\"Oh\"}}", 0);
	CHECK(is(OUTCOME_RETRY, "http") && o.status == 500);
	CHECK_STR(buf_cstr(&detail), "Oh");
}

static void
test_content(void)
{
	judge(HTTP_FINE, 200, "", "{\"choices\":[{\"message\":{\"content\":"
	    "\"A\"},\"finish_reason\":\"length\"}]}", 0);
	CHECK(is(OUTCOME_FINAL, "truncated"));
	judge(HTTP_FINE, 200, "", "{\"choices\":[{\"message\":{\"content\":"
	    "\"<think>A\"},\"finish_reason\":\"stop\"}]}", 0);
	CHECK(is(OUTCOME_FINAL, "truncated"));
	judge(HTTP_FINE, 200, "", "{\"choices\":[{\"message\":{\"content\":"
	    "\"A\"},\"finish_reason\":\"content_filter\"}]}", 0);
	CHECK(is(OUTCOME_FINAL, "refused"));
	judge(HTTP_FINE, 200, "", "{\"choices\":[{\"message\":{\"content\":"
	    "null},\"finish_reason\":\"stop\"}]}", 0);
	CHECK(is(OUTCOME_RETRY, "empty") && o.most == 2);
}

static void
test_truncated_is_allowed(void)
{
	struct http_req q = { .status = 200 };
	struct chat_reply reply = { .truncated = 0 };

	buf_str(&q.reply, "{\"choices\":[{\"message\":{\"content\":\"A\"},"
	    "\"finish_reason\":\"length\"}]}");
	outcome_of(&q, 0, 1, &reply, &o, &detail);
	CHECK(o.class == OUTCOME_OK);
	CHECK_STR(buf_cstr(&reply.text), "A");
	chat_reply_free(&reply);
	buf_reset(&q.reply);
	buf_str(&q.reply, "{\"choices\":[{\"message\":{\"content\":\"\"},"
	    "\"finish_reason\":\"length\"}]}");
	outcome_of(&q, 0, 1, &reply, &o, &detail);
	CHECK(is(OUTCOME_FINAL, "truncated"));
	chat_reply_free(&reply);
	http_req_free(&q);
}

static void
test_status(void)
{
	static const struct {
		int status;
		enum outcome_class class;
		const char *code;
		int exit, is_free, overload, most;
	} rows[] = {
		{ 100, OUTCOME_RETRY, "malformed_response", 0, 0, 0, 3 },
		{ 101, OUTCOME_RETRY, "malformed_response", 0, 0, 0, 3 },
		{ 301, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 307, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 400, OUTCOME_FINAL, "bad_request", 0, 0, 0, 0 },
		{ 401, OUTCOME_STOP, "forbidden", AC_DENIED, 0, 0, 0 },
		{ 402, OUTCOME_STOP, "forbidden", AC_DENIED, 0, 0, 0 },
		{ 403, OUTCOME_STOP, "forbidden", AC_DENIED, 0, 0, 0 },
		{ 404, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 405, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 407, OUTCOME_STOP, "transport", AC_PROTO, 0, 0, 0 },
		{ 408, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 409, OUTCOME_RETRY, "http", 0, 0, 0, 3 },
		{ 410, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 411, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 413, OUTCOME_FINAL, "too_large", 0, 0, 0, 0 },
		{ 415, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 418, OUTCOME_FINAL, "http", 0, 0, 0, 0 },
		{ 421, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 422, OUTCOME_FINAL, "bad_request", 0, 0, 0, 0 },
		{ 423, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 424, OUTCOME_RETRY, "http", 0, 0, 0, 3 },
		{ 425, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 429, OUTCOME_RETRY, "http", 0, 1, 1, 0 },
		{ 498, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 499, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 500, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 501, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 502, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 503, OUTCOME_RETRY, "http", 0, 0, 1, 0 },
		{ 504, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 505, OUTCOME_STOP, "http", AC_PROTO, 0, 0, 0 },
		{ 520, OUTCOME_RETRY, "http", 0, 0, 0, 0 },
		{ 529, OUTCOME_RETRY, "http", 0, 0, 1, 0 },
		{ 999, OUTCOME_RETRY, "malformed_response", 0, 0, 0, 3 },
	};
	size_t i;
	int good;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		judge(HTTP_FINE, rows[i].status, "", "<html>", 0);
		good = is(rows[i].class, rows[i].code) &&
		    o.exit == rows[i].exit && o.is_free == rows[i].is_free &&
		    o.overload == rows[i].overload && o.most == rows[i].most &&
		    o.status == rows[i].status;
		if (!good)
			printf("status %d\n", rows[i].status);
		CHECK(good);
	}
	judge(HTTP_FINE, 404, "", "", 1);
	CHECK(is(OUTCOME_FINAL, "http"));
	judge(HTTP_FINE, 402, "retry-after: 5\n", "", 0);
	CHECK(is(OUTCOME_RETRY, "forbidden") && o.hint == 5);
}

static void
test_words(void)
{
	judge(HTTP_FINE, 429, "", "{\"error\":{\"code\":"
	    "\"insufficient_quota\"}}", 1);
	CHECK(stops(AC_DENIED, "forbidden"));
	judge(HTTP_FINE, 429, "", "{\"error\":{\"details\":{\"error_code\":"
	    "\"enforced_spend_limit_reached\"}}}", 1);
	CHECK(stops(AC_DENIED, "forbidden"));
	judge(HTTP_FINE, 400, "", "{\"error\":{\"code\":"
	    "\"context_length_exceeded\"}}", 0);
	CHECK(is(OUTCOME_FINAL, "too_long") && !o.no_format);
	judge(HTTP_FINE, 400, "", "{\"error\":{\"type\":"
	    "\"exceed_context_size_error\"}}", 0);
	CHECK(is(OUTCOME_FINAL, "too_long"));
	judge(HTTP_FINE, 400, "", "{\"error\":{\"code\":\"content_filter\"}}",
	    0);
	CHECK(is(OUTCOME_FINAL, "refused"));
	judge(HTTP_FINE, 403, "", "{\"error\":{\"message\":"
	    "\"flagged by moderation\"}}", 0);
	CHECK(is(OUTCOME_FINAL, "refused"));
	judge(HTTP_FINE, 503, "", "{\"error\":{\"message\":\"Loading model\","
	    "\"type\":\"unavailable_error\"}}", 0);
	CHECK(is(OUTCOME_RETRY, "http") && o.is_free);
	judge(HTTP_FINE, 400, "", "{\"error\":{\"message\":\"no\"}}", 0);
	CHECK(is(OUTCOME_FINAL, "bad_request") && o.no_format);
	/* The server's own advice. */
	judge(HTTP_FINE, 503, "x-should-retry: false\n", "", 0);
	CHECK(is(OUTCOME_FINAL, "http"));
	judge(HTTP_FINE, 400, "x-should-retry: true\n", "", 0);
	CHECK(is(OUTCOME_RETRY, "bad_request") && !o.no_format);
	judge(HTTP_FINE, 401, "x-should-retry: true\n", "", 0);
	CHECK(stops(AC_DENIED, "forbidden"));
	judge(HTTP_FINE, 429, "x-should-retry: true\n", "{\"error\":{\"code\":"
	    "\"insufficient_quota\"}}", 0);
	CHECK(stops(AC_DENIED, "forbidden"));
}

static double
hint(const char *headers, const char *body)
{
	struct http_req q = { .status = 429 };
	double x;

	buf_str(&q.headers, headers);
	buf_str(&q.reply, body);
	x = outcome_hint(&q);
	http_req_free(&q);
	return x;
}

static void
test_hint(void)
{
	static const char *const none[] = { "", "retry-after: \n",
	    "retry-after: -1\n", "retry-after: 0\n", "retry-after: NaN\n",
	    "retry-after: inf\n", "retry-after: 99999999999\n",
	    "retry-after: 0x10\n", "retry-after: 1e3\n", "retry-after: .\n",
	    "retry-after: soon\n", "retry-after-ms: 0\n",
	    "date: Wed, 21 Oct 2015 07:28:00 GMT\n"
	    "retry-after: Wed, 21 Oct 2015 07:27:00 GMT\n",
	    "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\n",
	    "date: Wed, 21 Oct 2015 07:28:00 GMT\n"
	    "retry-after: Wed, 21 Foo 2015 07:29:00 GMT\n" };
	char soon[80];
	time_t then = time(NULL) + 100;
	struct tm tm;
	double x;
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(*none); i++) {
		x = hint(none[i], "");
		if (x >= 0)
			printf("%s", none[i]);
		CHECK(x < 0);
	}
	CHECK(hint("retry-after: 2\n", "") == 2);
	CHECK(hint("retry-after:   1.5\n", "") == 1.5);
	CHECK(hint("retry-after: 3600\n", "") == 3600);
	CHECK(hint("retry-after: 9\nretry-after-ms: 300\n", "") == 0.3);
	/* A date counts against the reply's own. */
	CHECK(hint("date: Wed, 21 Oct 2015 07:28:00 GMT\n"
	    "retry-after: Wed, 21 Oct 2015 07:29:30 GMT\n", "") == 90);
	CHECK(hint("date: Tue, 28 Feb 2024 23:59:59 GMT\n"
	    "retry-after: Fri, 01 Mar 2024 00:00:00 GMT\n", "") == 86401);
	CHECK(hint("date: Sat, 31 Dec 2022 23:59:00 GMT\n"
	    "retry-after: Sun, 01 Jan 2023 00:00:00 GMT\n", "") == 60);
	CHECK(hint("date: Sun, 28 Feb 2100 00:00:00 GMT\n"
	    "retry-after: Mon, 01 Mar 2100 00:00:00 GMT\n", "") == 86400);
	/* Without one, against this clock: a second or two may pass. */
	if (gmtime_r(&then, &tm) != NULL && strftime(soon, sizeof(soon),
	    "retry-after: %a, %d %b %Y %H:%M:%S GMT\n", &tm) > 0) {
		x = hint(soon, "");
		CHECK(x > 90 && x <= 100);
	}
	CHECK(hint("", "{\"error\":{\"details\":[{\"retryDelay\": \"46s\"}]}}")
	    == 46);
	CHECK(hint("", "{\"error\":{\"details\":[{\"retryDelay\"") < 0);
}

int
main(void)
{
	test_fault();
	test_2xx();
	test_content();
	test_truncated_is_allowed();
	test_status();
	test_words();
	test_hint();
	buf_free(&detail);
	return check_end("outcome");
}
