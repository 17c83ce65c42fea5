#include "llm/chat.h"

#include <stdlib.h>
#include <string.h>

#include "rec/doc.h"
#include "rec/json.h"

static void
add_format(const struct chat_ask *a, struct buf *b)
{
	if (a->schema == NULL || a->format == CHAT_FREE)
		return;
	if (a->format == CHAT_OBJECT) {
		buf_str(b, ",\"response_format\":{\"type\":\"json_object\"}");
		return;
	}
	buf_fmt(b, ",\"response_format\":{\"type\":\"json_schema\","
	    "\"json_schema\":{\"name\":\"reply\",\"strict\":true,"
	    "\"schema\":%s}}", a->schema);
}

void
chat_body(const struct llm_opt *opt, const struct chat_ask *a, struct buf *b)
{
	size_t i, len = strlen(a->messages);
	const char *eq;

	buf_str(b, "{\"model\":");
	json_quote(b, opt->model, strlen(opt->model));
	buf_str(b, ",\"messages\":");
	if (*a->more == '\0')
		buf_add(b, a->messages, len);
	else {
		buf_add(b, a->messages, len - 1);
		buf_fmt(b, ",%s]", a->more);
	}
	buf_str(b, ",\"temperature\":");
	json_number(b, opt->temperature);
	buf_fmt(b, ",\"max_tokens\":%lu", a->max_tokens);
	if (a->has_seed)
		buf_fmt(b, ",\"seed\":%lu", (unsigned long)a->seed);
	add_format(a, b);
	for (i = 0; i < opt->set.n; i++) {
		eq = strchr(opt->set.v[i], '=');
		buf_byte(b, ',');
		json_quote(b, opt->set.v[i], (size_t)(eq - opt->set.v[i]));
		buf_fmt(b, ":%s", eq + 1);
	}
	buf_byte(b, '}');
}

void
chat_reply_free(struct chat_reply *r)
{
	buf_free(&r->text);
	buf_free(&r->error_code);
	buf_free(&r->error_text);
	memset(r, 0, sizeof(*r));
}

static void
add_word(struct buf *b, const struct doc *d)
{
	const char *s = doc_text(d);
	double x;

	if (s != NULL)
		buf_fmt(b, "%s ", s);
	else if (doc_number(d, &x))
		buf_fmt(b, "%.0f ", x);
}

static void
read_error(const struct doc *e, struct chat_reply *r)
{
	const char *s;
	double x;

	r->has_error = 1;
	add_word(&r->error_code, doc_get(e, "code"));
	add_word(&r->error_code, doc_get(e, "type"));
	add_word(&r->error_code, doc_get(e, "status"));
	add_word(&r->error_code, doc_get(doc_get(e, "details"),
	    "error_code"));
	add_word(&r->error_code, doc_get(doc_get(e, "innererror"), "code"));
	s = doc_text(doc_get(e, "message"));
	if (s == NULL)
		s = doc_text(e);
	buf_str(&r->error_text, s != NULL ? s : "");
	if (doc_number(doc_get(e, "code"), &x) && x >= 100 && x < 1000)
		r->error_status = (int)x;
}

static double
number_or_0(const struct doc *d)
{
	double x;

	return doc_number(d, &x) && x >= 0 ? x : 0;
}

static void
read_usage(const struct doc *u, struct chat_reply *r)
{
	r->tokens_in = number_or_0(doc_get(u, "prompt_tokens"));
	r->tokens_out = number_or_0(doc_get(u, "completion_tokens"));
	r->tokens_cached = number_or_0(doc_get(doc_get(u,
	    "prompt_tokens_details"), "cached_tokens"));
}

/* The answer without a leading block of thoughts and blanks at its ends. */
static void
read_text(const char *s, struct chat_reply *r)
{
	const char *close;
	size_t len;

	s += strspn(s, " \t\r\n");
	if (strncmp(s, "<think>", 7) == 0) {
		close = strstr(s, "</think>");
		if (close == NULL) {
			r->open_think = 1;
			return;
		}
		s = close + 8;
		s += strspn(s, " \t\r\n");
	}
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	buf_add(&r->text, s, len);
}

static int
read_choice(const struct doc *choice, struct chat_reply *r, struct buf *why)
{
	const struct doc *message = doc_get(choice, "message");
	const struct doc *content = doc_get(message, "content");
	const char *finish = doc_text(doc_get(choice, "finish_reason"));
	const char *s = doc_text(content);

	if (message == NULL) {		/* the completions API */
		content = doc_get(choice, "text");
		s = doc_text(content);
		message = content;
	}
	if (doc_get(choice, "error") != NULL)
		read_error(doc_get(choice, "error"), r);
	if (finish != NULL && strcmp(finish, "error") == 0)
		r->has_error = 1;
	if (r->has_error)
		return 0;
	if (message == NULL || (s == NULL && content != NULL &&
	    doc_kind(content) != JSON_NULL)) {
		buf_str(why, "no message in the first choice");
		return -1;
	}
	if (finish != NULL && (strcmp(finish, "length") == 0 ||
	    strcmp(finish, "max_tokens") == 0 ||
	    strcmp(finish, "model_context_window_exceeded") == 0))
		r->truncated = 1;
	if ((finish != NULL && (strcmp(finish, "content_filter") == 0 ||
	    strcmp(finish, "refusal") == 0)) ||
	    doc_text(doc_get(message, "refusal")) != NULL)
		r->refused = 1;
	if (s != NULL)
		read_text(s, r);
	return 0;
}

int
chat_parse(const char *body, size_t len, struct chat_reply *r,
    struct buf *why)
{
	struct doc *root = doc_parse(body, len, why);
	const struct doc *choices, *error;
	int ok = -1;

	if (root == NULL)
		return -1;
	error = doc_get(root, "error");
	choices = doc_get(root, "choices");
	read_usage(doc_get(root, "usage"), r);
	if (error != NULL && doc_kind(error) != JSON_NULL) {
		read_error(error, r);
		ok = 0;
	} else if (doc_count(choices) == 0 || doc_kind(choices) !=
	    JSON_ARRAY) {
		buf_str(why, "no choices in the reply");
	} else {
		ok = read_choice(doc_at(choices, 0), r, why);
	}
	doc_free(root);
	if (!buf_ok(&r->text) || !buf_ok(&r->error_text))
		ok = -1;
	return ok;
}

enum {
	TRIES = 32,		/* braces at which an object may begin */
	DEPTH = 100		/* of an object that a prompt would ask for */
};

/*
 * Copies the object that begins at s, its raw control bytes escaped.  0 when
 * it does not close.
 */
static int
copy_object(const char *s, size_t len, struct buf *out)
{
	size_t i, depth = 0;
	int quoted = 0;

	for (i = 0; i < len; i++) {
		if (quoted && (unsigned char)s[i] < 0x20) {
			buf_fmt(out, "\\u%04x", (unsigned)s[i]);
			continue;
		}
		buf_byte(out, s[i]);
		if (quoted && s[i] == '\\' && i + 1 < len)
			buf_byte(out, s[++i]);
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] == '{' && ++depth > DEPTH)
			return 0;
		else if (!quoted && s[i] == '}' && --depth == 0)
			return 1;
	}
	return 0;
}

struct doc *
chat_object(const char *text, size_t len, struct buf *why)
{
	const char *p = text, *end = text + len;
	struct buf object = BUF_INIT;
	struct doc *d = NULL;
	int tries;

	/* Bounded: a reply of nothing but braces costs no hours. */
	for (tries = 0; d == NULL && tries < TRIES; tries++) {
		p = memchr(p, '{', (size_t)(end - p));
		if (p == NULL)
			break;
		buf_reset(&object);
		buf_reset(why);
		if (copy_object(p, (size_t)(end - p), &object) &&
		    buf_ok(&object))
			d = doc_parse(object.s, object.len, why);
		p++;
	}
	if (d == NULL && why->len == 0)
		buf_str(why, "the reply holds no JSON object");
	buf_free(&object);
	return d;
}
