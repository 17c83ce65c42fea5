/*
 * What a request's JSON asks: the user message that counts, the shape wanted
 * for the answer, and the directive list inside the message.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "server.h"

/* Lines that begin with one of these and a colon open the passage ... */
static const char *const openers[] = { "context", "text", "passage",
	"document", "paragraph", "sentences", "units", "parts", "上下文",
	"文本", "原文", "段落", "文段", "材料", "短文", "文章", "内容", "句子",
	"单元" };
/* ... and with one of these, end it. */
static const char *const closers[] = { "question", "answer", "output", "json",
	"reply", "rules", "task", "问题", "答案", "回答", "输出", "要求",
	"任务" };

/* The content of a message: a string, or an array of parts with texts. */
static void
content(struct slice val, struct buf *out)
{
	struct slice it = js_open(val, '['), part;

	out->n = 0;
	if (js_text(val, out))
		return;
	while (js_next(&it, NULL, &part))
		js_text(js_member(part, "text"), out);
}

/*
 * A retry may end with a message about the last reply; the passage is in the
 * one before.  So a message with a directive wins over the last one, and what
 * was answered to it is no example.
 */
static const char *
read_messages(struct ask *a, struct slice messages)
{
	struct slice it = js_open(messages, '['), m, role, text;
	struct slice user = { NULL, 0 }, marked = user, model = user;

	while (js_next(&it, NULL, &m)) {
		role = js_member(m, "role");
		text = js_member(m, "content");
		if (text.p == NULL)
			return "a message lacks content";
		if (slice_is(role, "\"user\"")) {
			user = text;
			if (slice_find(text, "@@") != NULL)
				marked = text;
		} else if (slice_is(role, "\"assistant\"")) {
			if (marked.p == NULL)
				model = text;
		} else if (!slice_is(role, "\"system\"") &&
		    !slice_is(role, "\"developer\"")) {
			return "a message has an unknown role";
		}
	}
	if (user.p == NULL)
		return "no user message";
	content(marked.p ? marked : user, &a->msg);
	if (a->props.p == NULL && model.p != NULL)
		content(model, &a->example);
	return NULL;
}

/* The last JSON object alone on its line; base models see no roles. */
static void
last_object(struct ask *a)
{
	struct slice rest = buf_slice(&a->msg), line;
	const char *e;

	while (rest.n > 0) {
		e = memchr(rest.p, '\n', rest.n);
		line = (struct slice){ rest.p,
		    e ? (size_t)(e - rest.p) : rest.n };
		rest.p += line.n + (e != NULL);
		rest.n -= line.n + (e != NULL);
		if (line.n > 2 && line.p[0] == '{' &&
		    line.p[line.n - 1] == '}') {
			a->example.n = 0;
			buf_add(&a->example, line.p, line.n);
		}
	}
}

static bool
labels(struct slice line, const char *const *words, size_t n, size_t *len)
{
	size_t i;

	for (i = 0; i < n; i++) {
		*len = strlen(words[i]);
		if (line.n <= *len || strncasecmp(line.p, words[i], *len) != 0)
			continue;
		line.p += *len;
		line.n -= *len;
		if (line.p[0] == ':')
			*len += 1;
		else if (slice_starts(line, "："))
			*len += strlen("：");
		else
			return false;
		return true;
	}
	return false;
}

/* A closer, or a question about the text above it. */
static bool
closes(struct slice line)
{
	size_t len;

	return labels(line, closers, sizeof closers / sizeof *closers, &len) ||
	    slice_starts(line, "Does the text ") ||
	    slice_starts(line, "原文回答了");
}

/* The passage: what follows the last opener, up to a closer; or it all. */
static struct slice
passage(struct slice msg)
{
	struct slice rest = msg, line, text = msg;
	const char *e;
	size_t len;
	bool in = false;

	while (rest.n > 0) {
		e = memchr(rest.p, '\n', rest.n);
		line = (struct slice){ rest.p,
		    e ? (size_t)(e - rest.p) : rest.n };
		if (labels(line, openers, sizeof openers / sizeof *openers,
		    &len)) {
			text = (struct slice){ rest.p + len, rest.n - len };
			in = true;
		} else if (in && closes(line)) {
			text.n = (size_t)(rest.p - text.p);
			in = false;
		}
		rest.p += line.n + (e != NULL);
		rest.n -= line.n + (e != NULL);
	}
	while (text.n > 0 && isspace((unsigned char)text.p[text.n - 1]))
		text.n--;
	while (text.n > 0 && isspace((unsigned char)*text.p))
		text.p++, text.n--;
	return text.n > 0 ? text : msg;
}

/* a,b,c of the first @@a,b,c@@; no blank inside. */
static struct slice
directives(struct slice msg)
{
	const char *p, *q, *e = msg.p + msg.n;

	while ((p = slice_find(msg, "@@")) != NULL) {
		for (q = p += 2; q < e && *q != '@' &&
		    !isspace((unsigned char)*q); q++)
			;
		if (e - q >= 2 && q > p && q[0] == '@' && q[1] == '@')
			return (struct slice){ p, (size_t)(q - p) };
		msg = (struct slice){ p, (size_t)(e - p) };
	}
	return (struct slice){ NULL, 0 };
}

static const char *
read_body(struct ask *a, struct slice body)
{
	struct slice it = js_open(body, '{'), key, val, messages = { NULL, 0 };
	struct slice type;

	while (js_next(&it, &key, &val)) {
		if (slice_is(key, "messages") && a->api == CHAT)
			messages = val;
		else if (slice_is(key, "prompt") && a->api == TEXT)
			messages = val;
		else if (slice_is(key, "input") && a->api == EMBED)
			messages = a->input = val;
		else if (slice_is(key, "stream"))
			a->stream = slice_is(val, "true");
		else if (slice_is(key, "logprobs"))
			a->probs = !slice_is(val, "false") &&
			    !slice_is(val, "null") && !slice_is(val, "0");
		else if (slice_is(key, "top_logprobs"))
			a->top = slice_long(val);
		else if (slice_is(key, "echo"))
			a->echo = slice_is(val, "true");
		else if (slice_is(key, "max_tokens"))
			a->one = slice_is(val, "1");
		else if (slice_is(key, "encoding_format"))
			a->base64 = slice_is(val, "\"base64\"");
		else if (slice_is(key, "response_format")) {
			type = js_member(val, "type");
			a->format = !slice_is(type, "\"text\"");
			a->json_object = slice_is(type, "\"json_object\"");
			a->props = js_member(js_member(js_member(val,
			    "json_schema"), "schema"), "properties");
		}
	}
	if (messages.p == NULL)
		return "no messages, prompt or input";
	if (a->api == EMBED) {
		content(messages, &a->msg);
		return NULL;
	}
	if (a->api == CHAT)
		return read_messages(a, messages);
	if (!js_text(messages, &a->msg))
		return "the prompt is no string";
	if (a->props.p == NULL)
		last_object(a);
	return NULL;
}

/* a is a fresh struct or one that was used before: its buffers stay. */
const char *
ask_read(struct ask *a, const struct request *r)
{
	struct slice body = r->body, path = r->path;
	struct buf msg = a->msg, example = a->example;
	const char *why, *query = memchr(path.p, '?', path.n);

	memset(a, 0, sizeof *a);
	a->msg = msg;
	a->example = example;
	a->msg.n = a->example.n = 0;
	a->req = r;
	a->id = digest(body);
	if (query != NULL)
		path.n = (size_t)(query - path.p);
	a->api = slice_ends(path, "/chat/completions") ? CHAT :
	    slice_ends(path, "/completions") ? TEXT :
	    slice_ends(path, "/embeddings") ? EMBED : OTHER;
	if (a->api == OTHER || !slice_is(r->method, "POST"))
		return NULL;
	while (body.n > 0 && isspace((unsigned char)body.p[body.n - 1]))
		body.n--;
	while (body.n > 0 && isspace((unsigned char)*body.p))
		body.p++, body.n--;
	if (body.n == 0 || body.p[0] != '{' || !js_valid(body))
		return "the body is no JSON object in valid UTF-8";
	if ((why = read_body(a, body)) != NULL)
		return why;
	a->msgid = digest(buf_slice(&a->msg));
	a->text = passage(buf_slice(&a->msg));
	a->list = directives(buf_slice(&a->msg));
	return NULL;
}
