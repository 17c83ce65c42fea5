/* What one try came to: faults, replies, prompts cut, what was lost. */
#include "outcome.h"

static void
test_fault(void)
{
	judge(HTTP_CONNECT, 0, "", "", 0);
	CHECK(is(OUTCOME_RETRY, "transport") && !o.is_free && o.status == 0);
	CHECK_STR(buf_cstr(&detail), "Could not connect");
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

/* The outcome of a reply to a request body, with these options. */
static void
judge_body(const char *body, size_t len, const char *reply_body, int cut,
    int strict)
{
	struct llm_opt opt = { .allow_truncated = cut,
	    .strict_prompt = strict };
	struct http_req q = { .status = 200, .body = body, .len = len };
	struct chat_reply reply = { .truncated = 0 };

	buf_str(&q.reply, reply_body);
	buf_reset(&detail);
	outcome_of(&q, 0, &opt, &reply, &o, &detail);
	chat_reply_free(&reply);
	http_req_free(&q);
}

static void
test_truncated_is_allowed(void)
{
	judge_body("", 0, "{\"choices\":[{\"message\":{\"content\":\"A\"},"
	    "\"finish_reason\":\"length\"}]}", 1, 0);
	CHECK(o.class == OUTCOME_OK);
	judge_body("", 0, "{\"choices\":[{\"message\":{\"content\":\"\"},"
	    "\"finish_reason\":\"length\"}]}", 1, 0);
	CHECK(is(OUTCOME_FINAL, "truncated"));
	judge_body("", 0, "{\"choices\":[{\"message\":{\"content\":"
	    "\"<think>A\"},\"finish_reason\":\"length\"}]}", 1, 0);
	CHECK(is(OUTCOME_FINAL, "truncated"));
}

/* Is a prompt of so many bytes cut when so many tokens of it were read? */
static int
is_cut(const char *unit, size_t bytes, int tokens, int strict)
{
	char reply[200];
	struct buf body = BUF_INIT;

	while (body.len < bytes)
		buf_str(&body, unit);
	snprintf(reply, sizeof(reply), "{\"choices\":[{\"message\":"
	    "{\"content\":\"A\"}}],\"usage\":{\"prompt_tokens\":%d}}",
	    tokens);
	judge_body(body.s, body.len, reply, 0, strict);
	CHECK(strict && o.prompt_cut ? is(OUTCOME_FINAL, "prompt_truncated") :
	    o.class == OUTCOME_OK);
	buf_free(&body);
	return o.prompt_cut;
}

static void
test_prompt_cut(void)
{
	/* About as many tokens as tokenizers make of it. */
	CHECK(!is_cut("One of ten words that a text is made of. ", 32000,
	    7000, 1));
	CHECK(!is_cut("一段文字有很多个字。", 30000, 5000, 1));
	CHECK(!is_cut("\tfor (i = 0; i < n; i++)\\n\t\treturn 0;\\n", 32000,
	    11000, 1));
	CHECK(!is_cut("row                                               1\\n"
	    "------------------------------------------------------\\n", 32000,
	    2400, 1));
	/* Two of eight, and of ten thousand. */
	CHECK(is_cut("One of ten words that a text is made of. ", 32000,
	    2050, 0));
	CHECK(is_cut("One of ten words that a text is made of. ", 32000,
	    2050, 1));
	CHECK(is_cut("一段文字有很多个字。", 30000, 2050, 1));
	CHECK(is_cut("One of ten words that a text is made of. ", 4000, 5, 1));
	/* A server that does not count; one that is asked little. */
	CHECK(!is_cut("One of ten words that a text is made of. ", 32000, 0,
	    1));
	CHECK(!is_cut("One of ten words. ", 900, 5, 1));
}

/* Long words of a server are cut between characters. */
static void
test_detail(void)
{
	char body[1000];
	size_t i, n = (size_t)snprintf(body, sizeof(body),
	    "{\"error\":{\"message\":\"x");

	for (i = 0; i < 200; i++, n += 3)
		memcpy(body + n, "字", 3);
	snprintf(body + n, sizeof(body) - n, "\"}}");
	judge(HTTP_FINE, 500, "", body, 0);
	CHECK(detail.len == 298 && memcmp(detail.s + 295, "字", 3) == 0);
}

/* What may have been answered, and billed. */
static void
test_lost(void)
{
	struct http_req q = { .fault = HTTP_TIMEOUT, .wires = 1 };
	struct chat_reply reply = { .truncated = 0 };

	judge(HTTP_CONNECT, 0, "", "", 0);
	CHECK(!o.lost);
	judge(HTTP_LOST, 0, "", "", 0);
	CHECK(o.lost);
	judge(HTTP_TIMEOUT, 0, "", "", 0);
	CHECK(!o.lost);
	outcome_of(&q, 0, NULL, &reply, &o, &detail);
	CHECK(o.lost && is(OUTCOME_RETRY, "timeout"));
	judge(HTTP_FINE, 200, "", "<html>", 0);
	CHECK(o.lost);
	judge(HTTP_FINE, 200, "", GOOD, 0);
	CHECK(!o.lost);
	judge(HTTP_FINE, 500, "", "", 0);
	CHECK(!o.lost);
}

int
main(void)
{
	test_fault();
	test_2xx();
	test_content();
	test_truncated_is_allowed();
	test_prompt_cut();
	test_detail();
	test_lost();
	buf_free(&detail);
	return check_end("outcome");
}
