/* Chat requests and replies: bodies, texts, thoughts, refusals, errors. */
#include "check.h"
#include "llm/chat.h"

static void
body_is(const struct llm_opt *opt, const struct chat_ask *ask,
    const char *want)
{
	struct buf b = BUF_INIT;

	chat_body(opt, ask, &b);
	CHECK(buf_ok(&b));
	CHECK_STR(buf_cstr(&b), want);
	buf_free(&b);
}

static void
test_body(void)
{
	const char *set[] = { "top_p=0.9", "stop=[\"\\n\"]" };
	struct llm_opt opt = { .model = "a\"b", .temperature = 0.85,
	    .max_tokens = 99 };
	struct chat_ask ask = { "[{\"role\":\"user\"}]", "", NULL,
	    CHAT_SCHEMA, 160, 0, 0 };

	body_is(&opt, &ask, "{\"model\":\"a\\\"b\",\"messages\":"
	    "[{\"role\":\"user\"}],\"temperature\":0.85,\"max_tokens\":160}");
	ask.schema = "{}";
	ask.more = "{\"role\":\"assistant\"}";
	ask.has_seed = 1;
	ask.seed = 7;
	body_is(&opt, &ask, "{\"model\":\"a\\\"b\",\"messages\":"
	    "[{\"role\":\"user\"},{\"role\":\"assistant\"}],"
	    "\"temperature\":0.85,\"max_tokens\":160,\"seed\":7,"
	    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
	    "{\"name\":\"reply\",\"strict\":true,\"schema\":{}}}}");
	opt.model = "m";
	opt.temperature = 0;
	opt.set.v = set;
	opt.set.n = 2;
	ask.more = "";
	ask.has_seed = 0;
	ask.format = CHAT_OBJECT;
	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":"
	    "[{\"role\":\"user\"}],\"temperature\":0,\"max_tokens\":160,"
	    "\"stop\":[\"\\n\"],\"response_format\":{\"type\":"
	    "\"json_object\"},\"top_p\":0.9}");
	opt.set.n = 0;
	ask.format = CHAT_FREE;
	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":"
	    "[{\"role\":\"user\"}],\"temperature\":0,\"max_tokens\":160}");
}

static void
want_is(const struct llm_opt *opt, enum llm_want want, const char *body)
{
	struct buf b = BUF_INIT;

	if (want == LLM_CHOICES)
		chat_choices_body(opt, "[{\"role\":\"user\",\"content\":"
		    "\"x\"}]", &b);
	else if (want == LLM_ECHO)
		chat_echo_body(opt, "a \"b\"", &b);
	else
		chat_embed_body(opt, "a \"b\"", &b);
	CHECK(buf_ok(&b));
	CHECK_STR(buf_cstr(&b), body);
	buf_free(&b);
}

/* What no answer needs is not sent: nor what --set has for another want. */
static void
test_wants(void)
{
	const char *set[] = { "top_logprobs=5", "x=1", "response_format={}" };
	const char *drop[] = { "temperature" };
	const char *rename[] = { "max_tokens=max_completion_tokens" };
	struct llm_opt opt = { .model = "m", .temperature = 0.85,
	    .max_tokens = 99, .seed = "7" };

	want_is(&opt, LLM_CHOICES, "{\"model\":\"m\",\"messages\":"
	    "[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":0,"
	    "\"max_tokens\":1,\"logprobs\":true,\"top_logprobs\":20}");
	want_is(&opt, LLM_ECHO, "{\"model\":\"m\",\"prompt\":\"a \\\"b"
	    "\\\"\",\"temperature\":0,\"max_tokens\":1,\"logprobs\":1,"
	    "\"echo\":true}");
	want_is(&opt, LLM_EMBEDDING, "{\"model\":\"m\",\"input\":"
	    "\"a \\\"b\\\"\"}");
	opt.api = LLM_COMPLETIONS;
	want_is(&opt, LLM_CHOICES, "{\"model\":\"m\",\"prompt\":\"--- user"
	    "\\nx\\n\\n--- assistant\\n\",\"temperature\":0,"
	    "\"max_tokens\":1,\"logprobs\":5}");
	opt.api = LLM_CHAT;
	opt.set.v = set;
	opt.set.n = 3;
	opt.drop_param.v = drop;
	opt.drop_param.n = 1;
	opt.rename_param.v = rename;
	opt.rename_param.n = 1;
	want_is(&opt, LLM_CHOICES, "{\"model\":\"m\",\"messages\":"
	    "[{\"role\":\"user\",\"content\":\"x\"}],"
	    "\"max_completion_tokens\":1,\"logprobs\":true,"
	    "\"top_logprobs\":5,\"x\":1}");
	want_is(&opt, LLM_ECHO, "{\"model\":\"m\",\"prompt\":\"a \\\"b"
	    "\\\"\",\"max_completion_tokens\":1,\"logprobs\":1,"
	    "\"echo\":true,\"x\":1}");
}

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

/* Each member once, wherever it comes from. */
static void
test_members(void)
{
	const char *set[] = { "max_tokens=5", "x=1", "seed=3", "x=[2]" };
	const char *drop[] = { "temperature" };
	const char *rename[] = { "max_tokens=max_completion_tokens", "x=y" };
	struct llm_opt opt = { .model = "m", .set = { set, 4, 4 } };
	struct chat_ask ask = { "[]", "", NULL, CHAT_SCHEMA, 160, 0, 0 };

	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":[],"
	    "\"temperature\":0,\"max_tokens\":5,\"seed\":3,\"x\":[2]}");
	ask.has_seed = 1;
	ask.seed = 9;
	opt.drop_param.v = drop;
	opt.drop_param.n = 1;
	opt.rename_param.v = rename;
	opt.rename_param.n = 2;
	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":[],"
	    "\"max_completion_tokens\":5,\"seed\":3,\"y\":[2]}");
	opt.set.n = 0;
	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":[],"
	    "\"max_completion_tokens\":160,\"seed\":9}");
}

static void
test_stream(void)
{
	const char *drop[] = { "stream_options" };
	struct llm_opt opt = { .model = "m", .stream = 1 };
	struct chat_ask ask = { "[]", "", NULL, CHAT_SCHEMA, 9, 0, 0 };
	struct buf a = BUF_INIT, b = BUF_INIT;

	/* What keys are made from does not know of streams. */
	chat_body(&opt, &ask, &a);
	opt.stream = 0;
	chat_body(&opt, &ask, &b);
	CHECK_STR(a.s, b.s);
	chat_stream(&opt, &a);
	CHECK_STR(a.s, "{\"model\":\"m\",\"messages\":[],\"temperature\":0,"
	    "\"max_tokens\":9,\"stream\":true,\"stream_options\":"
	    "{\"include_usage\":true}}");
	opt.drop_param.v = drop;
	opt.drop_param.n = 1;
	chat_stream(&opt, &b);
	CHECK_STR(b.s, "{\"model\":\"m\",\"messages\":[],\"temperature\":0,"
	    "\"max_tokens\":9,\"stream\":true}");
	buf_free(&a);
	buf_free(&b);
}

#define MESSAGES "[{\"role\":\"system\",\"content\":\"Ask.\"}," \
    "{\"role\":\"user\",\"content\":\"A \\\"b\\\"\\n\\nc\"}," \
    "{\"role\":\"assistant\",\"content\":\"B?\"}," \
    "{\"role\":\"user\",\"content\":\"D\"}]"

static void
test_plain(void)
{
	struct llm_opt opt = { .model = "m", .api = LLM_COMPLETIONS };
	struct chat_ask ask = { MESSAGES, "", "{}", CHAT_SCHEMA, 9, 0, 0 };
	struct buf b = BUF_INIT;

	chat_plain(MESSAGES, "", &b);
	CHECK_STR(buf_cstr(&b), "--- system\nAsk.\n\n--- user\nA \"b\"\n\nc"
	    "\n\n--- assistant\nB?\n\n--- user\nD\n\n--- assistant\n");
	buf_reset(&b);
	chat_plain("[]", "{\"role\":\"assistant\",\"content\":\"B\"},"
	    "{\"role\":\"user\",\"content\":\"No.\"}", &b);
	CHECK_STR(buf_cstr(&b), "--- assistant\nB\n\n--- user\nNo.\n\n"
	    "--- assistant\n");
	buf_free(&b);
	ask.messages = "[{\"role\":\"user\",\"content\":\"D\"}]";
	body_is(&opt, &ask, "{\"model\":\"m\",\"prompt\":\"--- user\\nD"
	    "\\n\\n--- assistant\\n\",\"temperature\":0,\"max_tokens\":9,"
	    "\"stop\":[\"\\n--- \"],\"response_format\":{\"type\":"
	    "\"json_schema\",\"json_schema\":{\"name\":\"reply\","
	    "\"strict\":true,\"schema\":{}}},\"json_schema\":{}}");
	ask.format = CHAT_OBJECT;
	body_is(&opt, &ask, "{\"model\":\"m\",\"prompt\":\"--- user\\nD"
	    "\\n\\n--- assistant\\n\",\"temperature\":0,\"max_tokens\":9,"
	    "\"stop\":[\"\\n--- \"],\"response_format\":{\"type\":"
	    "\"json_object\"}}");
}

/* One entry of --set, --drop-param and --rename-param each, or "". */
static int
check(const char *set, const char *drop, const char *rename)
{
	struct llm_opt opt = { .model = "m" };
	struct buf why = BUF_INIT;
	const char *other[] = { rename, "temperature=t" };
	int ok;

	if (*set != '\0')
		opt.set = (struct opt_list){ &set, 1, 1 };
	if (drop != NULL)
		opt.drop_param = (struct opt_list){ &drop, 1, 1 };
	if (rename != NULL)
		opt.rename_param = (struct opt_list){ other, 2, 2 };
	ok = chat_check(&opt, &why);
	CHECK((ok < 0) == (why.len > 0));
	buf_free(&why);
	return ok;
}

static void
test_check(void)
{
	static const char *const drops[] = { "", "temperature=1", "model",
	    "messages", "prompt" };
	static const char *const renames[] = { "", "max_tokens", "=x", "x=",
	    "x=y=z", "max_tokens=seed", "max_tokens=temperature=",
	    "max_tokens=t", "temperature=u" };
	size_t i;

	CHECK(check("", NULL, NULL) == 0);
	CHECK(check("a=1", "temperature", "max_tokens=n") == 0);
	for (i = 0; i < sizeof(drops) / sizeof(*drops); i++)
		CHECK(check("", drops[i], NULL) < 0);
	for (i = 0; i < sizeof(renames) / sizeof(*renames); i++)
		CHECK(check("", NULL, renames[i]) < 0);
	CHECK(check("n=1", NULL, "max_tokens=n") < 0);
	CHECK(check("n=1", "n", "max_tokens=n") == 0);
	/* A name that has become free may be given. */
	CHECK(check("", NULL, "max_tokens=temperature") == 0);
	CHECK(check("stream=true", NULL, NULL) < 0);
	CHECK(check("stream_options={}", NULL, NULL) < 0);
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
	test_body();
	test_members();
	test_wants();
	test_logprobs();
	test_stream();
	test_plain();
	test_check();
	test_error_forms();
	test_bare();
	test_text();
	test_think();
	test_finish();
	test_malformed();
	test_error();
	chat_reply_free(&r);
	return check_end("chat");
}
