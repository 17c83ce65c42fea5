/* Lines for batch engines, and replies from their outputs. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "llm/batch.h"
#include "llm/chat.h"

static char path[] = "batch-XXXXXX";
static struct buf why, got;
static struct batch b;

/* Makes the file hold this text. */
static void
write_file(const char *s, size_t len)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	CHECK(fd >= 0 && write(fd, s, len) == (ssize_t)len);
	close(fd);
}

static void
open_text(const char *s)
{
	write_file(s, strlen(s));
	buf_reset(&why);
	CHECK(batch_open(&b, path, &why) == 0);
	CHECK_STR(buf_cstr(&why), "");
}

/* What an id has: "STATUS BODY", "" for nothing, "-" for a failure. */
static void
has(const char *id, const char *want)
{
	struct buf body = BUF_INIT;
	int status = 0, r;

	buf_reset(&got);
	buf_reset(&why);
	r = batch_get(&b, id, &status, &body, &why);
	if (r < 0)
		buf_str(&got, "-");
	else if (r > 0)
		buf_fmt(&got, "%d %s", status, buf_cstr(&body));
	CHECK_STR(buf_cstr(&got), want);
	CHECK((r < 0) == (why.len > 0));
	buf_free(&body);
}

static void
line_is(int api, const char *body, const char *want)
{
	struct buf line = BUF_INIT;

	batch_line(api, LLM_ANSWER, "k1", body, strlen(body), &line);
	CHECK_STR(buf_cstr(&line), want);
	buf_free(&line);
}

/* Other wants go elsewhere. */
static void
wants(int api, int want, const char *url)
{
	struct buf line = BUF_INIT;

	batch_line(api, want, "k1", "{}", 2, &line);
	CHECK(strstr(buf_cstr(&line), url) != NULL);
	buf_free(&line);
}

static void
test_line(void)
{
	line_is(LLM_CHAT, "{\"model\":\"m\"}", "{\"custom_id\":\"k1\","
	    "\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
	    "{\"model\":\"m\"}}\n");
	line_is(LLM_COMPLETIONS, "{}", "{\"custom_id\":\"k1\",\"method\":"
	    "\"POST\",\"url\":\"/v1/completions\",\"body\":{}}\n");
	wants(LLM_CHAT, LLM_CHOICES, "\"/v1/chat/completions\"");
	wants(LLM_CHAT, LLM_ECHO, "\"/v1/completions\"");
	wants(LLM_COMPLETIONS, LLM_EMBEDDING, "\"/v1/embeddings\"");
	wants(LLM_AZURE, LLM_ECHO, "\"/completions\"");
	/* As Azure's documentation has it. */
	line_is(LLM_AZURE, "{\"a\":\n[1,\r\n2]}", "{\"custom_id\":\"k1\","
	    "\"method\":\"POST\",\"url\":\"/chat/completions\",\"body\":"
	    "{\"a\": [1,  2]}}\n");
}

#define OK(id, body) "{\"id\":\"b\",\"custom_id\":\"" id "\",\"response\":" \
	"{\"status_code\":200,\"request_id\":\"r\",\"body\":" body "}," \
	"\"error\":null}\n"

/* OpenAI's output and error files, in one. */
static void
test_openai(void)
{
	open_text("\xef\xbb\xbf" OK("a", "{\"choices\": [ 1e400 ]}") "\n"
	    "{\"id\":\"b\",\"custom_id\":\"c\",\"response\":{\"status_code\":"
	    "429,\"request_id\":\"r\",\"body\":{\"error\":{\"code\":\"x\"}}},"
	    "\"error\":null}\r\n"
	    "{\"id\":\"b\",\"custom_id\":\"d\",\"response\":null,\"error\":"
	    "{\"code\":\"batch_expired\",\"message\":\"m\"}}\n"
	    "{\"id\":\"b\",\"custom_id\":\"e\",\"response\":null,\"error\":"
	    "{\"code\":\"batch_cancelled\",\"message\":\"m\"}}\n"
	    "{\"id\":\"b\",\"custom_id\":\"f\",\"response\":null,\"error\":"
	    "{\"code\":\"request_timeout\",\"message\":\"m\"}}\n"
	    "{\"id\":\"b\",\"custom_id\":\"\\u0067\",\"response\":null,"
	    "\"error\":{\"code\":\"odd\",\"message\":\"m\"}}");
	CHECK(b.n == 4 && b.bad == 0 && b.unrun == 2 && b.lines == 7);
	has("a", "200 {\"choices\": [ 1e400 ]}");
	has("b", "");
	has("c", "429 {\"error\":{\"code\":\"x\"}}");
	has("d", "");
	has("e", "");
	has("f", "408 {\"error\":{\"code\":\"request_timeout\",\"message\":"
	    "\"m\"}}");
	has("g", "500 {\"error\":{\"code\":\"odd\",\"message\":\"m\"}}");
	has("", "");
	batch_close(&b);
}

/* What `vllm run-batch` writes: one file, errors beside the response. */
static void
test_vllm(void)
{
	struct chat_reply r = { .truncated = 0 };

	open_text("{\"id\":\"vllm-1\",\"custom_id\":\"a\",\"response\":"
	    "{\"status_code\":200,\"request_id\":\"vllm-batch-1\",\"body\":"
	    "{\"choices\":[]}},\"error\":null}\n"
	    "{\"id\":\"vllm-2\",\"custom_id\":\"b\",\"response\":"
	    "{\"status_code\":400,\"request_id\":\"vllm-batch-2\",\"body\":"
	    "null},\"error\":{\"object\":\"error\",\"message\":\"too long\","
	    "\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}\n"
	    "{\"id\":\"vllm-3\",\"custom_id\":\"c\",\"response\":"
	    "{\"status_code\":404,\"request_id\":\"vllm-batch-3\",\"body\":"
	    "null},\"error\":{\"error\":{\"message\":\"none\",\"code\":404}}}"
	    "\n{\"id\":\"vllm-4\",\"custom_id\":\"d\",\"response\":"
	    "{\"request_id\":\"vllm-batch-4\",\"body\":{\"choices\":[1]}}}\n"
	    "{\"id\":\"vllm-5\",\"custom_id\":\"e\",\"response\":"
	    "{\"status_code\":400,\"request_id\":\"vllm-batch-5\",\"body\":"
	    "null},\"error\":\"Only some URLs are supported\"}\n"
	    "{\"custom_id\":\"f\",\"response\":{\"status_code\":200,"
	    "\"body\":{\"choices\":[]}},\"error\":{\"code\":\"odd\"}}\n");
	CHECK(b.n == 6 && b.bad == 0 && b.unrun == 0);
	has("a", "200 {\"choices\":[]}");
	has("c", "404 {\"error\":{\"message\":\"none\",\"code\":404}}");
	has("d", "200 {\"choices\":[1]}");
	has("e", "400 {\"error\":\"Only some URLs are supported\"}");
	has("f", "500 {\"error\":{\"code\":\"odd\"}}");
	has("b", "400 {\"error\":{\"object\":\"error\",\"message\":"
	    "\"too long\",\"type\":\"BadRequestError\",\"param\":null,"
	    "\"code\":400}}");
	CHECK(chat_parse(got.s + 4, got.len - 4, &r, &why) == 0);
	CHECK(r.has_error && r.error_status == 400);
	CHECK_STR(buf_cstr(&r.error_text), "too long");
	chat_reply_free(&r);
	batch_close(&b);
}

/* Outputs joined: the last reply counts, failures only without one. */
static void
test_again(void)
{
#define BAD(id, n) "{\"custom_id\":\"" id "\",\"response\":{\"status_code\":" \
	#n ",\"body\":{\"n\":" #n "}},\"error\":null}\n"
	open_text(BAD("a", 500) OK("a", "{\"n\":1}") BAD("a", 501)
	    OK("b", "{\"n\":1}") OK("b", "{\"n\":2}") BAD("b", 500)
	    BAD("c", 500) BAD("c", 503)
	    OK("d", "{\"error\":{\"code\":429}}") OK("e", "{\"n\":1}")
	    OK("e", "{\"error\":{}}"));
	has("a", "200 {\"n\":1}");
	has("b", "200 {\"n\":2}");
	has("c", "503 {\"n\":503}");
	has("d", "200 {\"error\":{\"code\":429}}");
	has("e", "200 {\"n\":1}");
	batch_close(&b);
}

static void
test_bad_lines(void)
{
	open_text("\n" OK("a", "{}") "hello\n" OK("b", "{}")
	    "{\"custom_id\":\"c\"}\n[]\n{\"response\":{}}\n"
	    "{\"custom_id\":7,\"response\":{\"body\":{}}}\n"
	    "{\"custom_id\":\"d\",\"custom_id\":\"e\",\"response\":{\"body\":"
	    "{}}}\n{\"custom_id\":\"f\",\"response\":{\"status_code\":0,"
	    "\"body\":{}}}\n{\"custom_id\":\"\xff\",\"response\":{\"body\":"
	    "{}}}\n" "{\"custom_id\":\"g\",\"response\":null,\"error\":null}"
	    "\n{\"custom_id\":\"h\",\"response\":{\"body\":{\"x\":[1,2");
	CHECK(b.n == 2 && b.lines == 13 && b.bad == 10 && b.first_bad == 3);
	CHECK_STR(buf_cstr(&b.bad_why), "column 1: no value");
	has("a", "200 {}");
	has("b", "200 {}");
	has("f", "");
	has("h", "");
	batch_close(&b);
	/* The requests themselves, given for replies. */
	open_text("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1\","
	    "\"body\":{}}\n");
	CHECK(b.n == 0 && b.bad == 1 && b.first_bad == 1);
	CHECK_STR(buf_cstr(&b.bad_why), "neither a response nor an error");
	batch_close(&b);
	open_text("");
	CHECK(b.n == 0 && b.bad == 0 && b.lines == 0);
	has("a", "");
	batch_close(&b);
}

static void
test_refused(void)
{
	buf_reset(&why);
	CHECK(batch_open(&b, "no/such/file", &why) == -1);
	CHECK_STR(buf_cstr(&why), "no/such/file: No such file or directory");
	batch_close(&b);
	buf_reset(&why);
	CHECK(batch_open(&b, ".", &why) == -1);
	CHECK_STR(buf_cstr(&why), ".: read error: Is a directory");
	batch_close(&b);
}

/* A file that is written over while it is used is no reply to anyone. */
static void
test_changed(void)
{
	open_text(OK("a", "{\"n\":1}") OK("b", "{\"n\":1}"));
	has("a", "200 {\"n\":1}");
	write_file(OK("b", "{\"n\":1}") OK("a", "{\"n\":1}"),
	    strlen(OK("a", "{\"n\":1}") OK("b", "{\"n\":1}")));
	has("a", "-");
	write_file("", 0);
	has("b", "-");
	batch_close(&b);
}

/* Many lines, backwards, with pieces of reads anywhere in them. */
static void
test_many(void)
{
	struct buf text = BUF_INIT, want = BUF_INIT;
	char id[24];
	int i, k, n = 20000, wrong = 0, status;

	for (i = n; i-- > 0; ) {
		buf_fmt(&text, "{\"custom_id\":\"id%d\",\"response\":{"
		    "\"body\":{\"n\":%d,\"s\":\"", i, i);
		for (k = 0; k < i % 61; k++)
			buf_str(&text, "\xe7\xa3\xa8");
		buf_str(&text, "\"}}}\n");
	}
	/* One line longer than a read. */
	buf_str(&text, "{\"custom_id\":\"long\",\"response\":{\"body\":{\"s\":"
	    "\"");
	for (i = 0; i < 1 << 20; i++)
		buf_byte(&text, 'a');
	buf_str(&text, "\"}}}\n" OK("last", "{}"));
	CHECK(buf_ok(&text));
	open_text(buf_cstr(&text));
	CHECK(b.n == (size_t)n + 2 && b.bad == 0);
	for (i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "id%d", i);
		buf_reset(&got);
		buf_reset(&want);
		buf_fmt(&want, "{\"n\":%d,\"s\":\"", i);
		if (batch_get(&b, id, &status, &got, &why) != 1 ||
		    strncmp(buf_cstr(&got), want.s, want.len) != 0)
			wrong++;
	}
	CHECK(wrong == 0);
	buf_reset(&got);
	CHECK(batch_get(&b, "long", &status, &got, &why) == 1);
	CHECK(got.len == (1 << 20) + 8);
	has("last", "200 {}");
	batch_close(&b);
	buf_free(&text);
	buf_free(&want);
}

/* A pipe is read once and kept. */
static void
test_pipe(void)
{
	char name[] = "batch-fifo-XXXXXX";
	int fd = mkstemp(name), status;
	pid_t child;

	close(fd);
	unlink(name);
	CHECK(mkfifo(name, 0600) == 0);
	child = fork();
	if (child == 0) {
		fd = open(name, O_WRONLY);
		status = write(fd, OK("a", "{\"n\":1}"),
		    strlen(OK("a", "{\"n\":1}"))) <= 0;
		_exit(status);
	}
	buf_reset(&why);
	CHECK(batch_open(&b, name, &why) == 0);
	CHECK_STR(buf_cstr(&why), "");
	has("a", "200 {\"n\":1}");
	has("a", "200 {\"n\":1}");
	batch_close(&b);
	unlink(name);
}

int
main(void)
{
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	close(fd);
	test_line();
	test_openai();
	test_vllm();
	test_again();
	test_bad_lines();
	test_refused();
	test_changed();
	test_many();
	test_pipe();
	unlink(path);
	buf_free(&why);
	buf_free(&got);
	return check_end("batch");
}
