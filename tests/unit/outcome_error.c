/* What errors come to: by status, by word, as each server writes them. */
#include "outcome.h"

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

/* x-should-retry comes after the body's code and before the status. */
static void
test_should_retry(void)
{
	judge(HTTP_FINE, 400, "x-should-retry: true\n",
	    "{\"error\":{\"code\":\"context_length_exceeded\"}}", 0);
	CHECK(is(OUTCOME_FINAL, "too_long"));
	judge(HTTP_FINE, 404, "x-should-retry: true\n", "", 0);
	CHECK(is(OUTCOME_RETRY, "http") && o.exit == 0);
	judge(HTTP_FINE, 404, "x-should-retry: false\n", "", 0);
	CHECK(stops(AC_PROTO, "http"));
	judge(HTTP_FINE, 403, "x-should-retry: true\n", "", 0);
	CHECK(stops(AC_DENIED, "forbidden"));
	judge(HTTP_FINE, 307, "x-should-retry: true\n", "", 0);
	CHECK(stops(AC_PROTO, "http"));
	judge(HTTP_FINE, 429, "x-should-retry: false\n", "", 0);
	CHECK(is(OUTCOME_FINAL, "http"));
	judge(HTTP_FINE, 200, "x-should-retry: false\n",
	    "{\"error\":{\"code\":503}}", 0);
	CHECK(is(OUTCOME_FINAL, "http"));
}

/* Errors as each server writes them, and what they come to. */
static void
test_servers(void)
{
	static const struct {
		int status;
		enum outcome_class class;
		const char *code, *body;
		int exit;
	} rows[] = {
		/* OpenAI */
		{ 429, OUTCOME_STOP, "forbidden", "{\"error\":{\"type\":"
		    "\"insufficient_quota\",\"code\":"
		    "\"project_spend_limit_exceeded\"}}", AC_DENIED },
		{ 429, OUTCOME_RETRY, "http", "{\"error\":{\"type\":"
		    "\"tokens\",\"code\":\"rate_limit_exceeded\"}}", 0 },
		{ 404, OUTCOME_STOP, "http", "{\"error\":{\"code\":"
		    "\"model_not_found\"}}", AC_PROTO },
		/* Azure */
		{ 400, OUTCOME_FINAL, "refused", "{\"error\":{\"code\":"
		    "\"content_filter\",\"param\":\"prompt\",\"status\":400,"
		    "\"innererror\":{\"code\":"
		    "\"ResponsibleAIPolicyViolation\"}}}", 0 },
		{ 404, OUTCOME_STOP, "http", "{\"error\":{\"code\":"
		    "\"DeploymentNotFound\"}}", AC_PROTO },
		/* Anthropic */
		{ 429, OUTCOME_STOP, "forbidden", "{\"type\":\"error\","
		    "\"error\":{\"type\":\"rate_limit_error\",\"details\":"
		    "{\"error_code\":\"enforced_spend_limit_reached\"}},"
		    "\"request_id\":\"r\"}", AC_DENIED },
		{ 400, OUTCOME_STOP, "forbidden", "{\"error\":{\"type\":"
		    "\"invalid_request_error\",\"message\":\"You have reached "
		    "your specified API usage limits.\"}}", AC_DENIED },
		{ 400, OUTCOME_FINAL, "too_long", "{\"error\":{\"message\":"
		    "\"prompt is too long: 9 tokens > 8 maximum\"}}", 0 },
		{ 529, OUTCOME_RETRY, "http", "{\"type\":\"error\","
		    "\"error\":{\"type\":\"overloaded_error\"}}", 0 },
		{ 200, OUTCOME_RETRY, "http", "{\"type\":\"error\","
		    "\"error\":{\"type\":\"overloaded_error\"}}", 0 },
		/* Gemini */
		{ 429, OUTCOME_RETRY, "http", "[{\"error\":{\"code\":429,"
		    "\"status\":\"RESOURCE_EXHAUSTED\"}}]", 0 },
		{ 429, OUTCOME_STOP, "forbidden", "[{\"error\":{\"code\":429,"
		    "\"details\":[{\"violations\":[{\"quotaId\":"
		    "\"GenerateRequestsPerDayPerProject\"}]}]}}]", AC_DENIED },
		{ 400, OUTCOME_STOP, "forbidden", "[{\"error\":{\"code\":400,"
		    "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]",
		    AC_DENIED },
		{ 400, OUTCOME_FINAL, "too_long", "[{\"error\":{\"code\":400,"
		    "\"message\":\"The input token count (9) exceeds the "
		    "maximum number of tokens allowed (8).\"}}]", 0 },
		/* OpenRouter */
		{ 200, OUTCOME_RETRY, "http", "{\"choices\":[{\"message\":{"
		    "\"content\":\"Half\"},\"finish_reason\":\"error\","
		    "\"error\":{\"code\":502,\"message\":\"x\"}}]}", 0 },
		{ 200, OUTCOME_RETRY, "http", "{\"choices\":[{\"message\":{"
		    "\"content\":\"Half\"},\"finish_reason\":\"error\"}]}",
		    0 },
		{ 200, OUTCOME_STOP, "forbidden", "{\"error\":{\"code\":402,"
		    "\"message\":\"Insufficient credits\"}}", AC_DENIED },
		{ 403, OUTCOME_FINAL, "refused", "{\"error\":{\"code\":403,"
		    "\"metadata\":{\"reasons\":[\"x\"]}}}", 0 },
		/* DeepSeek */
		{ 200, OUTCOME_RETRY, "http", "{\"choices\":[{\"message\":{"
		    "\"content\":\"Half\"},\"finish_reason\":"
		    "\"insufficient_system_resource\"}]}", 0 },
		{ 402, OUTCOME_STOP, "forbidden", "{\"error\":{\"message\":"
		    "\"Insufficient Balance\"}}", AC_DENIED },
		/* Ollama */
		{ 200, OUTCOME_OK, NULL, "{\"choices\":[{\"message\":{"
		    "\"content\":\"A\"},\"finish_reason\":null}]}", 0 },
		{ 404, OUTCOME_STOP, "http", "{\"error\":{\"message\":\"model "
		    "not found, try pulling it first\",\"type\":"
		    "\"api_error\",\"param\":null,\"code\":null}}", AC_PROTO },
		/* vLLM */
		{ 400, OUTCOME_FINAL, "too_long", "{\"error\":{\"message\":"
		    "\"This model's maximum context length is 8 tokens.\","
		    "\"type\":\"BadRequestError\",\"param\":null,"
		    "\"code\":400}}", 0 },
		{ 400, OUTCOME_FINAL, "too_long", "{\"object\":\"error\","
		    "\"message\":\"This model's maximum context length is 8 "
		    "tokens.\",\"code\":400}", 0 },
		{ 401, OUTCOME_STOP, "forbidden", "{\"error\":"
		    "\"Unauthorized\"}", AC_DENIED },
		{ 422, OUTCOME_FINAL, "bad_request", "{\"detail\":[{\"loc\":"
		    "[\"body\"],\"msg\":\"x\",\"type\":\"missing\"}]}", 0 },
		/* llama.cpp: the code in the body, whatever the status. */
		{ 200, OUTCOME_FINAL, "too_long", "{\"error\":{\"code\":400,"
		    "\"type\":\"exceed_context_size_error\","
		    "\"n_prompt_tokens\":9,\"n_ctx\":8}}", 0 },
		{ 500, OUTCOME_FINAL, "too_long", "{\"error\":{\"code\":500,"
		    "\"type\":\"exceed_context_size_error\"}}", 0 },
		/* A framework's page with 200 is no answer and no error. */
		{ 200, OUTCOME_RETRY, "malformed_response",
		    "{\"detail\":\"Not Found\"}", 0 },
		{ 200, OUTCOME_RETRY, "malformed_response", "{\"choices\":[{"
		    "\"message\":{\"content\":\"A\"},\"logprobs\":{\"content\":"
		    "[{\"logprob\":NaN}]}}]}", 0 },
	};
	size_t i;
	int good;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		judge(HTTP_FINE, rows[i].status, "", rows[i].body, 0);
		good = o.class == rows[i].class && o.exit == rows[i].exit &&
		    (rows[i].code == NULL ? o.code == NULL :
		    is(rows[i].class, rows[i].code));
		if (!good)
			printf("%s %s\n", o.code ? o.code : "-",
			    rows[i].body);
		CHECK(good);
	}
}

/* What a refused member of the request needs. */
static const char *
advice(const char *error)
{
	char body[600];

	snprintf(body, sizeof(body), "{\"error\":%s}", error);
	judge(HTTP_FINE, 400, "", body, 0);
	CHECK(is(OUTCOME_FINAL, "bad_request"));
	return buf_cstr(&detail);
}

static void
test_advice(void)
{
	CHECK_STR(advice("{\"code\":\"unsupported_parameter\",\"param\":"
	    "\"max_tokens\",\"message\":\"Use 'max_completion_tokens' "
	    "instead.\"}"), "the endpoint refuses 'max_tokens': add "
	    "--rename-param max_tokens=max_completion_tokens; Use "
	    "'max_completion_tokens' instead.");
	CHECK(!o.no_format);
	CHECK_STR(advice("{\"code\":\"unsupported_value\",\"param\":"
	    "\"temperature\",\"message\":\"Only 1.\"}"), "the endpoint "
	    "refuses 'temperature': add --drop-param temperature; Only 1.");
	/* Without a code (a gateway took it), from the text. */
	CHECK_STR(advice("{\"message\":\"Unsupported parameter: 'seed' is "
	    "not.\"}"), "the endpoint refuses 'seed': add --drop-param seed; "
	    "Unsupported parameter: 'seed' is not.");
	CHECK_STR(advice("{\"code\":\"unsupported_value\",\"param\":"
	    "\"model\",\"message\":\"No.\"}"), "No.");
	CHECK_STR(advice("{\"code\":\"invalid_value\",\"param\":\"top_p\","
	    "\"message\":\"No.\"}"), "No.");
	CHECK(!o.no_format);
	advice("{\"code\":\"invalid_value\",\"param\":\"response_format\"}");
	CHECK(o.no_format);
	judge(HTTP_FINE, 422, "", "{\"detail\":[{\"type\":\"extra_forbidden\","
	    "\"loc\":[\"body\",\"seed\"],\"msg\":\"No.\"}]}", 0);
	CHECK_STR(buf_cstr(&detail), "the endpoint refuses 'seed': add "
	    "--drop-param seed; No.");
}

int
main(void)
{
	test_status();
	test_words();
	test_should_retry();
	test_servers();
	test_advice();
	buf_free(&detail);
	return check_end("outcome_error");
}
