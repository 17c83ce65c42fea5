/* Replies to chat requests: texts, thoughts, refusals, errors. */
#include "check.h"
#include "llm/chat.h"

static int
parses_as(enum llm_want want, const char *body, const char *text)
{
	struct chat_reply r = { .want = want };
	struct buf why = BUF_INIT;
	int ok = chat_parse(body, strlen(body), &r, &why);

	CHECK_STR(buf_cstr(&r.text), text);
	CHECK(!r.truncated);
	chat_reply_free(&r);
	buf_free(&why);
	return ok;
}

#define CHOICE(more) "{\"choices\":[{\"index\":0,\"message\":{\"role\":" \
	"\"assistant\",\"content\":\"No\"}," more "}]}"

/* Of choices and an echo the logprobs, as they came; one token is whole. */
static void
test_logprobs(void)
{
	const char *body = CHOICE("\"logprobs\":{\"content\": [ ]},"
	    "\"finish_reason\":\"length\"");

	CHECK(parses_as(LLM_CHOICES, body, "{\"content\": [ ]}") == 0);
	CHECK(parses_as(LLM_ECHO, body, "{\"content\": [ ]}") == 0);
	CHECK(parses_as(LLM_ECHO, "{\"choices\":[{\"text\":null,"
	    "\"logprobs\":{\"tokens\":[]}}]}", "{\"tokens\":[]}") == 0);
	CHECK(parses_as(LLM_ANSWER, CHOICE("\"logprobs\":{}"), "No") == 0);
	CHECK(parses_as(LLM_CHOICES, CHOICE("\"logprobs\":null"), "") < 0);
	CHECK(parses_as(LLM_CHOICES, CHOICE("\"x\":1"), "") < 0);
	CHECK(parses_as(LLM_CHOICES, CHOICE("\"logprobs\":[1]"), "") < 0);
	CHECK(parses_as(LLM_ECHO, CHOICE("\"logprobs\":{},\"logprobs\":{}"),
	    "") < 0);
}

static struct chat_reply r;

/* Parses a body; what it says is in r. */
static int
parse(const char *body)
{
	struct buf why = BUF_INIT;
	int ok;

	chat_reply_free(&r);
	ok = chat_parse(body, strlen(body), &r, &why);
	CHECK((ok < 0) == (why.len > 0));
	buf_free(&why);
	return ok;
}

/* A reply with this content and finish_reason, both as JSON. */
static int
content(const char *json, const char *finish)
{
	char body[4096];

	snprintf(body, sizeof(body), "{\"choices\":[{\"index\":0,\"message\":"
	    "{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":%s}],"
	    "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,"
	    "\"prompt_tokens_details\":{\"cached_tokens\":8}}}", json, finish);
	return parse(body);
}

static void
test_text(void)
{
	CHECK(content("\" \\n A b.\\n\"", "\"stop\"") == 0);
	CHECK_STR(buf_cstr(&r.text), "A b.");
	CHECK(r.tokens_in == 12 && r.tokens_out == 3 && r.tokens_cached == 8);
	CHECK(!r.truncated && !r.refused && !r.open_think && !r.has_error);
	CHECK(content("\"\\ud83d\\ude00 \\u2028x\"", "null") == 0);
	CHECK_STR(buf_cstr(&r.text), "\xf0\x9f\x98\x80 \xe2\x80\xa8x");
	CHECK(content("null", "\"stop\"") == 0);
	CHECK(r.text.len == 0);
	CHECK(content("\" \\t\\n\"", "\"stop\"") == 0);
	CHECK(r.text.len == 0);
	CHECK(content("\"A b.\"", "\"unheard_of\"") == 0);
	CHECK_STR(buf_cstr(&r.text), "A b.");
	/* The completions API. */
	CHECK(parse("{\"choices\":[{\"text\":\" A\",\"finish_reason\":"
	    "\"stop\"}]}") == 0);
	CHECK_STR(buf_cstr(&r.text), "A");
	CHECK(r.tokens_in == 0);
	/* DeepSeek's name for them. */
	CHECK(parse("{\"choices\":[{\"text\":\"A\"}],\"usage\":{"
	    "\"prompt_tokens\":9,\"prompt_cache_hit_tokens\":4}}") == 0);
	CHECK(r.tokens_cached == 4);
}

static void
test_think(void)
{
	CHECK(content("\"<think>\\nHm.\\n</think>\\n\\nSo.\"", "null") == 0);
	CHECK_STR(buf_cstr(&r.text), "So.");
	CHECK(content("\"\\n<think></think>\"", "\"stop\"") == 0);
	CHECK(r.text.len == 0 && !r.open_think);
	CHECK(content("\"<think>Hm, and so\"", "\"stop\"") == 0);
	CHECK(r.text.len == 0 && r.open_think);
	CHECK(content("\"Use <think> tags.\"", "\"stop\"") == 0);
	CHECK_STR(buf_cstr(&r.text), "Use <think> tags.");
	/* Opened by the template; Gemini's word for it. */
	CHECK(content("\"Hm, and\\n</think>\\nSo.\"", "\"stop\"") == 0);
	CHECK_STR(buf_cstr(&r.text), "So.");
	CHECK(content("\"<thought>Hm\\n</thought>So.\"", "\"stop\"") == 0);
	CHECK_STR(buf_cstr(&r.text), "So.");
	CHECK(content("\"<thought>Hm\"", "\"stop\"") == 0 && r.open_think);
}

static void
test_finish(void)
{
	static const char *const cut[] = { "\"length\"", "\"max_tokens\"",
	    "\"model_context_window_exceeded\"" };
	static const char *const refused[] = { "\"content_filter\"",
	    "\"refusal\"", "\"content_filter: PROHIBITED_CONTENT\"" };
	size_t i;

	for (i = 0; i < 3; i++)
		CHECK(content("\"Half a\"", cut[i]) == 0 && r.truncated);
	for (i = 0; i < 3; i++)
		CHECK(content("\"No.\"", refused[i]) == 0 && r.refused);
	CHECK(parse("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":"
	    "\"I cannot.\"},\"finish_reason\":\"stop\"}]}") == 0 && r.refused);
	CHECK(parse("{\"choices\":[{\"message\":{\"content\":\"A\",\"refusal\":"
	    "null},\"finish_reason\":\"stop\"}]}") == 0 && !r.refused);
	CHECK(parse("{\"choices\":[{\"message\":{\"content\":\"A\",\"refusal\":"
	    "\"\"},\"finish_reason\":\"stop\"}]}") == 0 && !r.refused);
	/* DeepSeek gave up half-way: no answer, and it may be asked again. */
	CHECK(content("\"Half a\"", "\"insufficient_system_resource\"") == 0);
	CHECK(r.has_error && r.error_status == 503 && r.text.len == 0);
}

static void
test_malformed(void)
{
	static const char *const bad[] = { "", "null", "[]", "{}", "<html>",
	    "{\"choices\":[]}", "{\"choices\":{}}", "{\"choices\":[{}]}",
	    "{\"choices\":null}", "{\"choices\":[null]}",
	    "{\"choices\":[{\"message\":{\"content\":[1]}}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"a\"}}]} x",
	    "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}{}",
	    "{\"choices\":[{\"message\":{\"content\":\"a\"}}]",
	    "{\"choices\":[{\"message\":{\"content\":\"\\u0000\"}}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"\\ud800\"}}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"\xff\"}}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"a\tb\"}}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"a\"},\"p\":NaN}]}",
	    "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"choices\":1}"
	};
	static const char whole[] = "{\"choices\":[{\"message\":{\"content\":"
	    "\"a\"},\"finish_reason\":\"stop\"}]}";
	char part[sizeof(whole)];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int ok = parse(bad[i]);

		if (ok == 0)
			printf("%s\n", bad[i]);
		CHECK(ok < 0);
	}
	CHECK(parse(whole) == 0);
	/* Cut at any byte it is no reply. */
	for (i = 0; i < sizeof(whole) - 1; i++) {
		memcpy(part, whole, i);
		part[i] = '\0';
		CHECK(parse(part) < 0);
	}
}

static void
test_error(void)
{
	CHECK(parse("{\"error\":{\"code\":429,\"type\":\"rate\",\"message\":"
	    "\"Slow down\"}}") == 0);
	CHECK(r.has_error && r.error_status == 429);
	CHECK_STR(buf_cstr(&r.error_code), "429 rate ");
	CHECK_STR(buf_cstr(&r.error_text), "Slow down");
	CHECK(parse("{\"error\":\"model is loading\"}") == 0);
	CHECK(r.has_error && r.error_status == 0);
	CHECK_STR(buf_cstr(&r.error_text), "model is loading");
	CHECK(parse("{\"error\":{\"code\":\"e\",\"innererror\":{\"code\":"
	    "\"X\"},\"details\":{\"error_code\":\"d\"}}}") == 0);
	CHECK_STR(buf_cstr(&r.error_code), "e X d ");
	CHECK(parse("{\"choices\":[{\"error\":{\"code\":502,\"message\":"
	    "\"up\"},\"message\":{\"content\":\"half\"}}]}") == 0);
	CHECK(r.has_error && r.error_status == 502 && r.text.len == 0);
	CHECK(content("\"half\"", "\"error\"") == 0);
	CHECK(r.has_error && r.error_status == 0 && r.text.len == 0);
	CHECK(parse("{\"error\":{\"code\":null,\"param\":\"max_tokens\","
	    "\"message\":\"No\"}}") == 0);
	CHECK_STR(buf_cstr(&r.error_param), "max_tokens");
	/* A null error is none. */
	CHECK(parse("{\"error\":null,\"choices\":[{\"message\":{\"content\":"
	    "\"a\"}}]}") == 0);
	CHECK(!r.has_error);
}

#define RETRY_INFO "{\"@type\":\"type.googleapis.com/google.rpc." \
    "RetryInfo\",\"retryDelay\":\"46.5s\"}"

static void
test_error_forms(void)
{
	/* Gemini: a list; its details. */
	CHECK(parse("[{\"error\":{\"code\":429,\"message\":\"Full\","
	    "\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"x\"},"
	    RETRY_INFO "]}}]") == 0);
	CHECK(r.has_error && r.error_status == 429 && r.retry_delay == 46.5);
	CHECK_STR(buf_cstr(&r.error_code), "429 RESOURCE_EXHAUSTED ");
	CHECK(parse("{\"error\":{\"details\":[{\"reason\":\"API_KEY_INVALID\"}"
	    ",{\"violations\":[{\"quotaId\":\"RequestsPerDayPerProject\"}]}]}}")
	    == 0);
	CHECK_STR(buf_cstr(&r.error_code), "API_KEY_INVALID per_day_quota ");
	/* An error passed on as the text of another one. */
	CHECK(parse("{\"error\":{\"message\":\"{\\n \\\"error\\\": {\\\"code"
	    "\\\": 503, \\\"message\\\": \\\"Busy\\\", \\\"status\\\": "
	    "\\\"UNAVAILABLE\\\"}}\",\"code\":500,\"status\":\"Error\"}}")
	    == 0);
	CHECK_STR(buf_cstr(&r.error_text), "Busy");
	CHECK_STR(buf_cstr(&r.error_code), "500 Error 503 UNAVAILABLE ");
	CHECK(r.error_status == 503);
	/* A text that only looks like one. */
	CHECK(parse("{\"error\":{\"message\":\"{x} is bad\"}}") == 0);
	CHECK_STR(buf_cstr(&r.error_text), "{x} is bad");
	/* OpenRouter: what the provider said, and why input was flagged. */
	CHECK(parse("{\"error\":{\"code\":429,\"message\":\"Provider error\","
	    "\"metadata\":{\"raw\":\"slow\"}},\"user_id\":\"u\"}") == 0);
	CHECK_STR(buf_cstr(&r.error_text), "Provider error: slow");
	CHECK(parse("{\"error\":{\"code\":403,\"message\":\"No\",\"metadata\":"
	    "{\"reasons\":[\"violence\"]}}}") == 0);
	CHECK_STR(buf_cstr(&r.error_code), "403 moderation ");
	/* Anthropic. */
	CHECK(parse("{\"type\":\"error\",\"error\":{\"type\":"
	    "\"overloaded_error\",\"message\":\"Overloaded\"},"
	    "\"request_id\":\"req_1\"}") == 0);
	CHECK_STR(buf_cstr(&r.error_code), "overloaded_error ");
	/* vLLM before it had a member `error`. */
	CHECK(parse("{\"object\":\"error\",\"message\":\"Too long\",\"type\":"
	    "\"BadRequestError\",\"param\":null,\"code\":400}") == 0);
	CHECK(r.has_error && r.error_status == 400);
}

/* Not an error by themselves: a status must say that they are. */
static void
test_bare(void)
{
	CHECK(parse("{\"detail\":\"Not Found\"}") < 0 && !r.has_error);
	CHECK_STR(buf_cstr(&r.error_text), "Not Found");
	CHECK(parse("{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":"
	    "[\"body\",\"seed\"],\"msg\":\"Extra inputs\"}]}") < 0);
	CHECK_STR(buf_cstr(&r.error_text), "Extra inputs");
	CHECK_STR(buf_cstr(&r.error_code), "extra_forbidden ");
	CHECK_STR(buf_cstr(&r.error_param), "seed");
	CHECK(parse("{\"statusCode\":429,\"message\":\"Slow\"}") < 0);
	CHECK_STR(buf_cstr(&r.error_text), "Slow");
	CHECK(r.error_status == 429 && !r.has_error);
}

int
main(void)
{
	test_logprobs();
	test_text();
	test_think();
	test_finish();
	test_malformed();
	test_error();
	test_error_forms();
	test_bare();
	chat_reply_free(&r);
	return check_end("chat");
}
