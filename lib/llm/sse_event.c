#include <string.h>

#include "llm/sse_int.h"
#include "rec/doc.h"

/* Replaces a value by JSON text on one line; no string has a raw newline. */
static void
set_raw(struct buf *to, const char *s, size_t len)
{
	size_t i;

	buf_reset(to);
	for (i = 0; i < len; i++)
		if (s[i] != '\n')
			buf_byte(to, s[i]);
}

/* Replaces a value by a member of the event, if it has one that is not null. */
static int
take_member(struct sse *e, const char *name, struct buf *to)
{
	const struct json_member *m;
	size_t i, len = strlen(name);
	int hits = 0;

	for (i = 0; i < e->scan.n; i++) {
		m = &e->scan.v[i];
		if (m->key_len != len || memcmp(e->data.s + m->key, name,
		    len) != 0)
			continue;
		if (hits++ > 0) {
			buf_fmt(e->why, "an event has \"%s\" twice", name);
			return -1;
		}
		if (m->kind != JSON_NULL)
			set_raw(to, e->data.s + m->val, m->val_len);
	}
	return 0;
}

/* Appends a member's text; null and none at all say nothing.  -1: other. */
static int
add_text(struct sse *e, const struct doc *from, const char *name,
    struct buf *to, int *has)
{
	const struct doc *d = doc_get(from, name);
	const char *s = doc_text(d);

	if (doc_named(from, name) > 1) {
		buf_fmt(e->why, "an event has \"%s\" twice", name);
		return -1;
	}
	if (s != NULL) {
		buf_str(to, s);
		*has = 1;
	} else if (d != NULL && doc_kind(d) != JSON_NULL) {
		buf_str(e->why, "the content of an event is no text");
		return -1;
	}
	return 0;
}

static int
take_choice(struct sse *e, const struct doc *choice)
{
	const struct doc *delta = doc_get(choice, "delta");
	const char *finish = doc_text(doc_get(choice, "finish_reason"));
	double index = 0;

	if (doc_number(doc_get(choice, "index"), &index) && index != 0)
		return 0;
	if (doc_named(choice, "delta") > 1) {
		buf_str(e->why, "an event has \"delta\" twice");
		return -1;
	}
	e->is_chat |= delta != NULL;
	e->is_text |= doc_named(choice, "text") > 0;
	if (finish != NULL) {
		buf_reset(&e->finish);
		buf_str(&e->finish, finish);
	}
	if (add_text(e, delta, "content", &e->text, &e->has_text) < 0 ||
	    add_text(e, choice, "text", &e->text, &e->has_text) < 0)
		return -1;
	return add_text(e, delta, "refusal", &e->refusal, &e->has_refusal);
}

static int
take_choices(struct sse *e, const struct doc *root)
{
	const struct doc *choices = doc_get(root, "choices");
	size_t i, n = doc_count(choices), named = doc_named(root, "choices");
	int r = 0;

	if (named == 0 || (named == 1 && doc_kind(choices) == JSON_NULL))
		return 0;
	if (choices == NULL || doc_kind(choices) != JSON_ARRAY) {
		buf_str(e->why, "the choices of an event are no list");
		return -1;
	}
	for (i = 0; i < n && r == 0; i++)
		r = take_choice(e, doc_at(choices, i));
	return r;
}

/*
 * Is it an error without an `error` member?  So is an event of that name, and
 * what vLLM sent before it nested them: {"object":"error","message":...}.
 */
static int
is_error(const struct sse *e, const struct doc *root)
{
	const char *object = doc_text(doc_get(root, "object"));

	return e->named_error || (object != NULL &&
	    strcmp(object, "error") == 0);
}

int
sse_take(struct sse *e)
{
	struct doc *root;
	int r = -1;

	if (json_scan(&e->scan, e->data.s, e->data.len, e->why) < 0)
		return -1;
	if (e->scan.kind != JSON_OBJECT) {
		buf_str(e->why, "an event is no object");
		return -1;
	}
	root = doc_parse(e->data.s, e->data.len, e->why);
	if (root == NULL)
		return -1;
	if (take_member(e, "error", &e->error) < 0 ||
	    take_member(e, "id", &e->id) < 0 ||
	    take_member(e, "model", &e->model) < 0 ||
	    take_member(e, "usage", &e->usage) < 0 ||
	    take_choices(e, root) < 0)
		goto out;
	if (e->error.len == 0 && is_error(e, root))
		set_raw(&e->error, e->data.s, e->data.len);
	e->done |= e->error.len > 0;
	r = 0;
out:
	doc_free(root);
	return r;
}

static void
add_member(struct buf *out, const char *name, const struct buf *value)
{
	if (value->len == 0)
		return;
	buf_fmt(out, "\"%s\":", name);
	buf_add(out, value->s, value->len);
	buf_byte(out, ',');
}

static void
quote_or_null(struct buf *out, const struct buf *text, int has)
{
	if (has)
		json_quote(out, buf_cstr(text), text->len);
	else
		buf_str(out, "null");
}

/* The completion, in the form of a reply that was not streamed. */
static void
write_completion(const struct sse *e, struct buf *out)
{
	buf_byte(out, '{');
	add_member(out, "id", &e->id);
	buf_fmt(out, "\"object\":\"%s\",", e->is_text ? "text_completion" :
	    "chat.completion");
	add_member(out, "model", &e->model);
	buf_str(out, "\"choices\":[{\"index\":0,");
	if (e->is_text) {
		buf_str(out, "\"text\":");
		json_quote(out, buf_cstr(&e->text), e->text.len);
	} else {
		buf_str(out, "\"message\":{\"role\":\"assistant\","
		    "\"content\":");
		quote_or_null(out, &e->text, e->has_text);
		if (e->has_refusal) {
			buf_str(out, ",\"refusal\":");
			quote_or_null(out, &e->refusal, 1);
		}
		buf_byte(out, '}');
	}
	buf_str(out, ",\"finish_reason\":");
	json_quote(out, buf_cstr(&e->finish), e->finish.len);
	buf_str(out, "}]");
	if (e->usage.len > 0) {
		buf_str(out, ",\"usage\":");
		buf_add(out, e->usage.s, e->usage.len);
	}
	buf_byte(out, '}');
}

int
sse_write(const struct sse *e, int framed, struct buf *out)
{
	if (e->error.len > 0) {
		buf_str(out, "{\"error\":");
		buf_add(out, e->error.s, e->error.len);
		buf_byte(out, '}');
		return 0;
	}
	if (e->finish.len == 0)
		buf_str(e->why, "the stream ends without a finish_reason");
	else if (!e->done && !framed)
		buf_str(e->why, "the stream ends without [DONE]");
	else if (e->is_chat && e->is_text)
		buf_str(e->why, "the stream is of two kinds");
	else {
		write_completion(e, out);
		return 0;
	}
	return -1;
}
