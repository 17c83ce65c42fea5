/* What a reply says: the answer, how it ended, what it cost. */
#include "llm/chat.h"

#include <string.h>

#include "llm/chat_int.h"
#include "rec/doc.h"

void
chat_reply_free(struct chat_reply *r)
{
	buf_free(&r->text);
	buf_free(&r->error_code);
	buf_free(&r->error_text);
	buf_free(&r->error_param);
	memset(r, 0, sizeof(*r));
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
	if (r->tokens_cached == 0)	/* DeepSeek */
		r->tokens_cached = number_or_0(doc_get(u,
		    "prompt_cache_hit_tokens"));
}

static const char *
skip_blank(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

/*
 * What follows the thoughts that a text begins with; NULL when they do not
 * end.  A chat template may have opened them itself, so that the text holds
 * their end alone.
 */
static const char *
after_thoughts(const char *s)
{
	static const struct { const char *open, *close; } marks[] = {
		{ "<think>", "</think>" },
		{ "<thinking>", "</thinking>" },
		{ "<thought>", "</thought>" },	/* Gemini */
	};
	const char *close;
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (strncmp(s, marks[i].open, strlen(marks[i].open)) != 0)
			continue;
		close = strstr(s, marks[i].close);
		return close == NULL ? NULL : close + strlen(marks[i].close);
	}
	close = strstr(s, marks[0].close);
	return close == NULL ? s : close + strlen(marks[0].close);
}

/* The answer without thoughts, and without blanks at its ends. */
static void
read_text(const char *s, struct chat_reply *r)
{
	size_t len;

	s = after_thoughts(skip_blank(s));
	if (s == NULL) {
		r->open_think = 1;
		return;
	}
	s = skip_blank(s);
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	buf_add(&r->text, s, len);
}

/* Words of finish_reason; what is not here is an end like any other. */
static void
read_finish(const char *finish, struct chat_reply *r)
{
	static const struct { const char *word; char what; } words[] = {
		{ "length", 't' }, { "max_tokens", 't' },
		{ "model_context_window_exceeded", 't' },
		/* Gemini writes a reason behind it. */
		{ "content_filter", 'r' }, { "refusal", 'r' },
		{ "error", 'e' },			/* OpenRouter */
		{ "insufficient_system_resource", 'b' }	/* DeepSeek */
	};
	size_t i;

	for (i = 0; finish != NULL && i < sizeof(words) / sizeof(*words); i++) {
		if (strncmp(finish, words[i].word, strlen(words[i].word)) != 0)
			continue;
		r->truncated |= words[i].what == 't';
		r->refused |= words[i].what == 'r';
		r->has_error |= words[i].what == 'e' || words[i].what == 'b';
		if (words[i].what == 'b') {
			r->error_status = 503;
			buf_str(&r->error_text, finish);
		}
		return;
	}
}

static int
read_choice(const struct doc *choice, struct chat_reply *r, struct buf *why)
{
	const struct doc *message = doc_get(choice, "message");
	const struct doc *content = doc_get(message, "content");
	const struct doc *error = doc_get(choice, "error");
	const char *refusal;
	double index;

	if (doc_number(doc_get(choice, "index"), &index) && index != 0) {
		buf_str(why, "the first choice is not number 0");
		return -1;
	}
	if (message == NULL)		/* the completions API */
		message = content = doc_get(choice, "text");
	if (error != NULL && doc_kind(error) != JSON_NULL)
		chat_error(error, r);
	else
		read_finish(doc_text(doc_get(choice, "finish_reason")), r);
	if (r->has_error)
		return 0;
	if (message == NULL || (content != NULL && doc_text(content) ==
	    NULL && doc_kind(content) != JSON_NULL)) {
		buf_str(why, "no message in the first choice");
		return -1;
	}
	refusal = doc_text(doc_get(message, "refusal"));
	if (refusal != NULL && *refusal != '\0')
		r->refused = 1;
	if (doc_text(content) != NULL)
		read_text(doc_text(content), r);
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
		chat_error(error, r);
		ok = 0;
	} else if (doc_kind(choices) == JSON_ARRAY && doc_count(choices) > 0) {
		ok = read_choice(doc_at(choices, 0), r, why);
	} else if (chat_bare_error(root, r)) {
		ok = 0;
	} else {
		buf_str(why, "no choices in the reply");
	}
	doc_free(root);
	if (!buf_ok(&r->text) || !buf_ok(&r->error_text)) {
		buf_str(why, "out of memory");
		ok = -1;
	}
	return ok;
}
