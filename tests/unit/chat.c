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
	    .max_tokens = 160 };
	struct chat_ask ask = { "[{\"role\":\"user\"}]", "", NULL,
	    CHAT_SCHEMA, 0, 0 };

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
	    "\"response_format\":{\"type\":\"json_object\"},"
	    "\"top_p\":0.9,\"stop\":[\"\\n\"]}");
	opt.set.n = 0;
	ask.format = CHAT_FREE;
	body_is(&opt, &ask, "{\"model\":\"m\",\"messages\":"
	    "[{\"role\":\"user\"}],\"temperature\":0,\"max_tokens\":160}");
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
}

static void
test_finish(void)
{
	static const char *const cut[] = { "\"length\"", "\"max_tokens\"",
	    "\"model_context_window_exceeded\"" };
	static const char *const refused[] = { "\"content_filter\"",
	    "\"refusal\"" };
	size_t i;

	for (i = 0; i < 3; i++)
		CHECK(content("\"Half a\"", cut[i]) == 0 && r.truncated);
	for (i = 0; i < 2; i++)
		CHECK(content("\"No.\"", refused[i]) == 0 && r.refused);
	CHECK(parse("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":"
	    "\"I cannot.\"},\"finish_reason\":\"stop\"}]}") == 0 && r.refused);
	CHECK(parse("{\"choices\":[{\"message\":{\"content\":\"A\",\"refusal\":"
	    "null},\"finish_reason\":\"stop\"}]}") == 0 && !r.refused);
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
	CHECK(parse("{\"error\":{\"code\":\"e\",\"innererror\":{\"code\":\"X\"},"
	    "\"details\":{\"error_code\":\"d\"}}}") == 0);
	CHECK_STR(buf_cstr(&r.error_code), "e d X ");
	CHECK(parse("{\"choices\":[{\"error\":{\"code\":502,\"message\":\"up\"},"
	    "\"message\":{\"content\":\"half\"}}]}") == 0);
	CHECK(r.has_error && r.error_status == 502 && r.text.len == 0);
	CHECK(content("\"half\"", "\"error\"") == 0);
	CHECK(r.has_error && r.error_status == 0 && r.text.len == 0);
	/* A null error is none. */
	CHECK(parse("{\"error\":null,\"choices\":[{\"message\":{\"content\":"
	    "\"a\"}}]}") == 0);
	CHECK(!r.has_error);
}

/* The question in a text, or what is wrong with it. */
static const char *
question(const char *text)
{
	static struct buf out;
	struct buf why = BUF_INIT;
	struct doc *d = chat_object(text, strlen(text), &why);
	const char *q = doc_text(doc_get(d, "q"));

	buf_reset(&out);
	buf_str(&out, d == NULL ? buf_cstr(&why) : q == NULL ? "-" : q);
	doc_free(d);
	buf_free(&why);
	return out.s;
}

static void
test_object(void)
{
	static char many[1 << 20];
	struct buf why = BUF_INIT;

	CHECK_STR(question("{\"q\":\"A\"}"), "A");
	CHECK_STR(question("```json\n{\"q\": \"A\"}\n```"), "A");
	CHECK_STR(question("Sure! Here it is:\n{\"q\":\"A}{\\\"\"} Anything"
	    " else? {}"), "A}{\"");
	CHECK_STR(question("a { b } and {\"q\":\"A\"}"), "A");
	CHECK_STR(question("{{\"q\":\"A\"}"), "A");
	CHECK_STR(question("{\"q\":\"two\nlines\tand\"}"), "two\nlines\tand");
	CHECK_STR(question("{\"p\":{\"q\":\"A\"}}"), "-");
	CHECK_STR(question("What is it?"), "the reply holds no JSON object");
	CHECK_STR(question("{\"q\":\"A"), "the reply holds no JSON object");
	CHECK(strncmp(question("{\"q\":A}"), "column 6: ", 10) == 0);
	/* Bounded work on what has no end. */
	memset(many, '{', sizeof(many));
	CHECK(chat_object(many, sizeof(many), &why) == NULL);
	memcpy(many, "{\"", 2);
	memset(many + 2, 'a', sizeof(many) - 2);
	CHECK(chat_object(many, sizeof(many), &why) == NULL);
	buf_free(&why);
}

int
main(void)
{
	test_body();
	test_text();
	test_think();
	test_finish();
	test_malformed();
	test_error();
	test_object();
	chat_reply_free(&r);
	return check_end("chat");
}
