/* Streams of server-sent events: joined, cut, malformed; signs of life. */
#include "check.h"
#include "llm/chat.h"
#include "llm/sse.h"

static struct buf got, why;

static int
join(const char *s, size_t len, int framed)
{
	buf_reset(&got);
	buf_reset(&why);
	return sse_join(s, len, framed, &got, &why);
}

static void
gives(const char *stream, const char *want)
{
	CHECK(join(stream, strlen(stream), 1) == 0);
	CHECK_STR(buf_cstr(&why), "");
	CHECK_STR(buf_cstr(&got), want);
}

/* Nothing may come of it, and the reason holds these words. */
static void
fails(const char *stream, const char *words)
{
	CHECK(join(stream, strlen(stream), 1) == -1);
	CHECK_STR(buf_cstr(&got), "");
	CHECK(strstr(buf_cstr(&why), words) != NULL);
	if (strstr(buf_cstr(&why), words) == NULL)
		printf("\t%s\n\tnot %s\n", buf_cstr(&why), words);
}

#define CHUNK(delta) "data: {\"id\":\"c1\",\"object\":" \
	"\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0," \
	"\"delta\":" delta ",\"finish_reason\":null}]}\n\n"
#define STOP "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{}," \
	"\"finish_reason\":\"stop\"}]}\n\n"
#define USAGE "data: {\"id\":\"c1\",\"choices\":[],\"usage\":" \
	"{\"prompt_tokens\":9,\"completion_tokens\":3," \
	"\"prompt_tokens_details\":{\"cached_tokens\":8}}}\n\n"
#define DONE "data: [DONE]\n\n"
#define TEXT(s) CHUNK("{\"content\":\"" s "\"}")

/* A stream with a bit of everything, and the reply that it stands for. */
static const char whole[] =
    CHUNK("{\"role\":\"assistant\",\"content\":\"\"}")
    ": keep-alive\n\n"
    CHUNK("{\"reasoning_content\":\"Hm. \",\"content\":null}")
    CHUNK("{\"reasoning\":\"Hm?\"}")
    TEXT("The \\\"mill\\\"\\n")
    "event: message\nid: 7\nretry: 10\nmoney\n"
    TEXT("\xe7\xa3\xa8\xe5\x9d\x8a \\ud83d\\ude00 ")
    "data: {\"id\":\"c1\",\"choices\":[{\"index\":1,\"delta\":{\"content\":"
    "\"another\"},\"finish_reason\":\"length\"}]}\n\n"
    TEXT("burned.") STOP USAGE DONE
    "data: what follows is ignored\n\n";
static const char plain[] =
    "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"m\","
    "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
    "\"content\":\"The \\\"mill\\\"\\n\xe7\xa3\xa8\xe5\x9d\x8a "
    "\xf0\x9f\x98\x80 burned.\"},\"finish_reason\":\"stop\"}],"
    "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,"
    "\"prompt_tokens_details\":{\"cached_tokens\":8}}}";

static void
test_whole(void)
{
	struct chat_reply r = { .truncated = 0 };

	gives(whole, plain);
	CHECK(chat_parse(got.s, got.len, &r, &why) == 0);
	CHECK_STR(buf_cstr(&r.text), "The \"mill\"\n\xe7\xa3\xa8\xe5\x9d\x8a "
	    "\xf0\x9f\x98\x80 burned.");
	CHECK(r.tokens_in == 9 && r.tokens_out == 3 && r.tokens_cached == 8);
	CHECK(!r.has_error && !r.truncated && !r.refused);
	chat_reply_free(&r);
	/* Appended, not put in the place of what was there. */
	CHECK(sse_join(whole, strlen(whole), 1, &got, &why) == 0);
	CHECK(got.len == 2 * strlen(plain));
}

/* Cut at any byte, a stream is the whole answer or none. */
static void
test_cut(void)
{
	const char *stop = strstr(whole, "\"stop\"");
	const char *done = strstr(whole, "[DONE]");
	size_t i, taken = 0;
	struct chat_reply r;

	for (i = 0; i < strlen(whole); i++) {
		if (join(whole, i, 1) < 0) {
			CHECK(got.len == 0 && why.len > 0);
			continue;
		}
		taken++;
		CHECK(whole + i > stop);
		memset(&r, 0, sizeof(r));
		CHECK(chat_parse(got.s, got.len, &r, &why) == 0);
		CHECK_STR(buf_cstr(&r.text), "The \"mill\"\n\xe7\xa3\xa8\xe5"
		    "\x9d\x8a \xf0\x9f\x98\x80 burned.");
		chat_reply_free(&r);
	}
	CHECK(taken > 0);
	/* What only the closing of a connection ended has to have [DONE]. */
	for (i = 0; i < strlen(whole); i++)
		CHECK((join(whole, i, 0) == 0) == (whole + i >= done + 6));
}

/* `whole` with other line ends, and each comma on a data line of its own. */
static void
test_lines(void)
{
	static const char *const ends[] = { "\n", "\r", "\r\n" };
	struct buf b = BUF_INIT;
	const char *p;
	size_t i;
	int broken;

	for (i = 0; i < 3; i++)
		for (broken = 0; broken < 2; broken++) {
			buf_reset(&b);
			buf_str(&b, "\xef\xbb\xbf");
			for (p = whole; *p != '\0'; p++)
				if (*p == '\n')
					buf_str(&b, ends[i]);
				else if (broken && *p == ',' && p[1] == '"')
					buf_fmt(&b, ",%sdata:", ends[i]);
				else
					buf_byte(&b, *p);
			gives(buf_cstr(&b), plain);
		}
	buf_free(&b);
}

static void
test_forms(void)
{
	/* No [DONE], and no empty line at the end of a framed body. */
	gives("data:{\"choices\":[{\"delta\":{\"content\":\"a\"},"
	    "\"finish_reason\":\"length\"}]}", "{\"object\":"
	    "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
	    "{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":"
	    "\"length\"}]}");
	/* Text completions. */
	gives("data: {\"model\":\"b\",\"choices\":[{\"index\":0,\"text\":"
	    "\"on\",\"finish_reason\":null}]}\n\ndata: {\"choices\":"
	    "[{\"index\":0,\"text\":\"ce\",\"finish_reason\":\"stop\"}],"
	    "\"usage\":null}\n\n" DONE, "{\"object\":\"text_completion\","
	    "\"model\":\"b\",\"choices\":[{\"index\":0,\"text\":\"once\","
	    "\"finish_reason\":\"stop\"}]}");
	/* A refusal; no content at all. */
	gives(CHUNK("{\"refusal\":\"I can\"}") CHUNK("{\"refusal\":\"not.\"}")
	    STOP DONE, "{\"id\":\"c1\",\"object\":\"chat.completion\","
	    "\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
	    "{\"role\":\"assistant\",\"content\":null,\"refusal\":"
	    "\"I cannot.\"},\"finish_reason\":\"stop\"}]}");
	/* Usage in each event: the last one counts. */
	gives("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],"
	    "\"usage\":{\"completion_tokens\":1}}\n\ndata: {\"choices\":"
	    "[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"
	    "{\"completion_tokens\":2}}\n\n" DONE, "{\"object\":"
	    "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
	    "{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":"
	    "\"stop\"}],\"usage\":{\"completion_tokens\":2}}");
}

/* Errors in the middle become a body of an error alone. */
static void
test_errors(void)
{
	struct chat_reply r = { .truncated = 0 };

	gives(TEXT("half") "data: {\"error\":{\"code\":502,\"message\":"
	    "\"gone\"}}\n\n" STOP DONE,
	    "{\"error\":{\"code\":502,\"message\":\"gone\"}}");
	CHECK(chat_parse(got.s, got.len, &r, &why) == 0);
	CHECK(r.has_error && r.error_status == 502 && r.text.len == 0);
	chat_reply_free(&r);
	gives(TEXT("half") STOP "data: {\"id\":\"c1\",\"error\":{\"code\":"
	    "\"server_error\"},\"choices\":[{\"delta\":{\"content\":\"\"},"
	    "\"finish_reason\":\"error\"}]}\n\n",
	    "{\"error\":{\"code\":\"server_error\"}}");
	gives("data: {\"object\":\"error\",\"message\":\"m\",\"code\":400}\n\n"
	    DONE, "{\"error\":{\"object\":\"error\",\"message\":\"m\","
	    "\"code\":400}}");
	gives("event: error\ndata: {\"message\":\"m\"}\n\n",
	    "{\"error\":{\"message\":\"m\"}}");
	/* No error: null, and a name that was the last event's. */
	gives("event: error\n\ndata: {\"error\":null,\"choices\":[{\"delta\":"
	    "{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n",
	    "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,"
	    "\"message\":{\"role\":\"assistant\",\"content\":\"a\"},"
	    "\"finish_reason\":\"stop\"}]}");
}

static void
test_malformed(void)
{
	struct buf b = BUF_INIT;
	size_t i;

	fails("", "without a finish_reason");
	fails(DONE, "without a finish_reason");
	fails(": hello\n\n: hello\n\n", "without a finish_reason");
	fails("{\"choices\":[]}", "without a finish_reason");
	fails(TEXT("a"), "without a finish_reason");
	fails(TEXT("a") DONE, "without a finish_reason");
	fails(TEXT("a") DONE STOP, "without a finish_reason");
	fails("data: {\"choices\":[{\"index\":1,\"delta\":{},"
	    "\"finish_reason\":\"stop\"}]}\n\n" DONE,
	    "without a finish_reason");
	fails(TEXT("a") "data: hello\n\n" STOP DONE, "column 1");
	fails(TEXT("a") "data: []\n\n" STOP DONE, "no object");
	fails(TEXT("a") "data: null\n\n" STOP DONE, "no object");
	fails(TEXT("a") "data: {} {}\n\n" STOP DONE, "column 4");
	fails(TEXT("a") "data: {\"x\":NaN}\n\n" STOP DONE, "column 6");
	fails(TEXT("\xff") STOP DONE, "column");
	fails(TEXT("\xe7\xa3") STOP DONE, "column");
	fails(TEXT("\\ud83d") TEXT("\\ude00") STOP DONE, "surrogate");
	fails(TEXT("a\\u0000b") STOP DONE, "NUL");
	fails(CHUNK("{\"content\":7}") STOP DONE, "no text");
	fails(CHUNK("{\"content\":[\"a\"]}") STOP DONE, "no text");
	fails("data: {\"choices\":{\"index\":0}}\n\n" STOP DONE, "no list");
	/* A hole where a name stands twice would be a silent loss. */
	fails(CHUNK("{\"content\":\"a\",\"content\":\"b\"}") STOP DONE,
	    "\"content\" twice");
	fails("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"delta\":"
	    "{}}]}\n\n" STOP DONE, "\"delta\" twice");
	fails("data: {\"choices\":[],\"choices\":[]}\n\n" STOP DONE,
	    "no list");
	fails("data: {\"usage\":1,\"usage\":2}\n\n" STOP DONE,
	    "\"usage\" twice");
	fails(TEXT("a") "data: {\"choices\":[{\"text\":\"b\"}]}\n\n" STOP DONE,
	    "two kinds");
	for (i = 0; i < 300; i++)
		buf_str(&b, "data: [[[[[\n");
	fails(buf_cstr(&b), "column");
	/* A NUL behind the value is not the end of a string to be cut. */
	buf_reset(&b);
	buf_add(&b, TEXT("a") STOP "data: [DONE]\0\n\n",
	    sizeof(TEXT("a") STOP "data: [DONE]\0\n\n") - 1);
	CHECK(join(b.s, b.len, 1) == -1);
	buf_free(&b);
}

/* An event of a little less than the cap passes, one of more does not. */
static void
test_large(void)
{
	struct buf b = BUF_INIT;
	size_t n;

	for (n = SSE_EVENT_MAX - 300; n < SSE_EVENT_MAX + 300; n += 500) {
		buf_reset(&b);
		buf_str(&b, "data: {\"choices\":[{\"finish_reason\":\"stop\","
		    "\"delta\":{\"content\":\"");
		while (b.len < n)
			buf_byte(&b, 'a');
		buf_str(&b, "\"}}]}\n\n" DONE);
		if (n < SSE_EVENT_MAX)
			CHECK(join(b.s, b.len, 1) == 0 && got.len > n - 100);
		else
			fails(buf_cstr(&b), "more than");
	}
	buf_free(&b);
}

/* Does a stream, fed in pieces of so many bytes, ever show progress? */
static int
alive(const char *s, size_t len, size_t step)
{
	struct sse_alive a = { 0, 0 };
	size_t i;
	int some = 0;

	for (i = 0; i < len; i += step)
		some |= sse_progress(&a, s + i, len - i < step ? len - i :
		    step);
	return some;
}

static void
test_progress(void)
{
	static const char *const dead[] = { "", "\n\n\r\n\r", ": data\n\n:\n",
	    "\xef\xbb\xbf: hello\r: data: x\r\n\r\n:", "  \t\n \r\n",
	    ":a\n:b\n:c" };
	static const char *const living[] = { "data: x\n", ": a\ndata",
	    ("\xef\xbb\xbf" "d"), ": a\rx", "\n\n\r\nevent", " :x" };
	struct sse_alive a = { 0, 0 };
	size_t i, step;

	for (step = 1; step < 6; step++) {
		for (i = 0; i < sizeof(dead) / sizeof(*dead); i++)
			CHECK(!alive(dead[i], strlen(dead[i]), step));
		for (i = 0; i < sizeof(living) / sizeof(*living); i++)
			CHECK(alive(living[i], strlen(living[i]), step));
	}
	/* Which piece brings it. */
	CHECK(!sse_progress(&a, ": keep-", 7));
	CHECK(!sse_progress(&a, "alive: data\n", 12));
	CHECK(!sse_progress(&a, "\n", 1));
	CHECK(sse_progress(&a, "da", 2));
	CHECK(sse_progress(&a, "ta: {", 5));
	CHECK(!sse_progress(&a, "\r\n\r\n: x", 7));
	CHECK(!sse_progress(&a, "", 0));
	/* Cut in two at any byte, one of the halves brings it. */
	for (i = 0; i <= strlen(whole); i++) {
		a.bom = a.line = 0;
		CHECK(sse_progress(&a, whole, i) +
		    sse_progress(&a, whole + i, strlen(whole) - i) > 0);
	}
}

int
main(void)
{
	test_whole();
	test_cut();
	test_lines();
	test_forms();
	test_errors();
	test_malformed();
	test_large();
	test_progress();
	buf_free(&got);
	buf_free(&why);
	return check_end("sse");
}
