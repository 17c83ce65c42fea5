/* The bodies of requests: members, streams, completions, options. */
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

int
main(void)
{
	test_body();
	test_wants();
	test_members();
	test_stream();
	test_plain();
	test_check();
	return check_end("chat_body");
}
