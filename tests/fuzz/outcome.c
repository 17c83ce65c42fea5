/*
 * Status, headers and body of a reply and what is done about them.  The
 * input: a line with the status, headers, an empty line, the body.  Whatever
 * it is, the outcome is one of the closed list, a wait is a number that one
 * can wait, and only a whole answer is taken.
 */
#include <math.h>
#include <string.h>

#include "base/die.h"
#include "llm/outcome.h"
#include "fuzz.h"

static const char *const codes[] = { "too_long", "too_large", "bad_request",
	"forbidden", "refused", "http", "transport", "timeout",
	"malformed_response", "response_too_large", "truncated", "empty", NULL
};

static int
known(const char *code)
{
	size_t i;

	for (i = 0; codes[i] != NULL; i++)
		if (strcmp(codes[i], code) == 0)
			return 1;
	return 0;
}

static void
check_header(const struct http_req *r, const char *name)
{
	size_t len = 0;
	const char *s = http_header(r, name, &len);

	MUST(s == NULL || (s >= r->headers.s &&
	    s + len <= r->headers.s + r->headers.len));
	MUST(s == NULL || memchr(s, '\n', len) == NULL);
}

static void
check(const struct outcome *o, const struct http_req *r,
    const struct chat_reply *reply)
{
	MUST(o->hint == -1 || (isfinite(o->hint) && o->hint >= 0 &&
	    o->hint <= 1e9));
	if (o->class == OUTCOME_OK) {
		MUST(o->code == NULL);
		MUST(r->status >= 200 && r->status < 300);
		MUST(reply->text.len > 0 && !reply->has_error &&
		    !reply->refused && !reply->open_think);
		return;
	}
	MUST(known(o->code));
	MUST(o->message != NULL && *o->message != '\0');
	MUST(o->class != OUTCOME_STOP || (o->exit >= AC_BUG &&
	    o->exit <= AC_DENIED));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct http_req r = { .fault = HTTP_FINE };
	struct chat_reply reply = { .truncated = 0 };
	struct buf text = BUF_INIT, detail = BUF_INIT;
	struct llm_opt opt = { .allow_truncated = (len & 2) != 0,
	    .strict_prompt = (len & 4) != 0 };
	struct outcome o;
	char *head, *body;

	buf_add(&text, data, len);
	head = memchr(buf_cstr(&text), '\n', text.len);
	body = head == NULL ? NULL : strstr(head, "\n\n");
	if (body != NULL) {
		head++;
		body++;
		r.status = (int)(strtoul(text.s, NULL, 10) % 1100);
		if (body > head)
			buf_add(&r.headers, head, (size_t)(body - head));
		body++;
		buf_add(&r.reply, body, (size_t)(text.s + text.len - body));
		check_header(&r, "retry-after");
		check_header(&r, "date");
		outcome_of(&r, (int)(len & 1), &opt, &reply, &o, &detail);
		check(&o, &r, &reply);
	}
	chat_reply_free(&reply);
	buf_free(&r.headers);
	buf_free(&r.reply);
	buf_free(&text);
	buf_free(&detail);
	return 0;
}
