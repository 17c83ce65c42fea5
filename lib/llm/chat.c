/* What a reply says: the answer, how it ended, what it cost. */
#include "llm/chat.h"

#include <string.h>

#include "llm/chat_int.h"
#include "rec/doc.h"
#include "rec/view.h"

void
chat_reply_free(struct chat_reply *r)
{
	buf_free(&r->text);
	buf_free(&r->error_code);
	buf_free(&r->error_text);
	buf_free(&r->error_param);
	memset(r, 0, sizeof(*r));
}

/* A number from 0 up, 0 where there is none. */
static double
count(const struct view *v)
{
	double x;

	return view_number(v, &x) && x >= 0 ? x : 0;
}

static void
read_usage(const struct view *usage, struct chat_reply *r)
{
	static const char *const names[] = { "prompt_tokens",
	    "completion_tokens", "prompt_tokens_details",
	    "prompt_cache_hit_tokens", NULL };
	static const char *const details[] = { "cached_tokens", NULL };
	struct view v[4], cached;

	view_get(usage, names, v);
	view_get(&v[2], details, &cached);
	r->tokens_in = count(&v[0]);
	r->tokens_out = count(&v[1]);
	r->tokens_cached = count(&cached);
	if (r->tokens_cached == 0)
		r->tokens_cached = count(&v[3]);	/* DeepSeek */
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

/* An error in the place of an answer. */
static int
read_error(const struct view *v, struct chat_reply *r, struct buf *why)
{
	struct doc *error = doc_parse(v->s, v->len, why);

	if (error == NULL)
		return -1;
	chat_error(error, r);
	doc_free(error);
	return 0;
}

/* The answer of a message; of the completions API, a text alone. */
static int
read_message(const struct view *message, struct chat_reply *r,
    struct buf *why)
{
	static const char *const names[] = { "content", "refusal", NULL };
	struct view v[2];
	struct buf text = BUF_INIT;
	int is_text;

	view_get(message, names, v);
	if (view_kind(message) == JSON_STRING)
		v[0] = *message;
	is_text = view_text(&v[0], &text);
	if (is_text > 0)
		read_text(buf_cstr(&text), r);
	buf_free(&text);
	if (is_text < 0 || (is_text == 0 && view_kind(&v[0]) != JSON_NULL)) {
		buf_str(why, "no text in the first choice");
		return -1;
	}
	if (view_kind(&v[1]) == JSON_STRING && v[1].len > 2)
		r->refused = 1;
	return 0;
}

/* The log-probabilities of a choice; the text beside them says nothing. */
static int
read_logprobs(const struct view *v, struct chat_reply *r, struct buf *why)
{
	r->truncated = 0;	/* one token was asked for */
	if (view_kind(v) != JSON_OBJECT) {
		buf_str(why, "no log-probabilities in the reply");
		return -1;
	}
	buf_add(&r->text, v->s, v->len);
	return 0;
}

static int
read_choice(const struct view *choice, struct chat_reply *r, struct buf *why)
{
	enum { ERROR, INDEX, FINISH, MESSAGE, TEXT, LOGPROBS };
	static const char *const names[] = { "error", "index",
	    "finish_reason", "message", "text", "logprobs", NULL };
	struct buf finish = BUF_INIT;
	struct view v[6];
	double x;

	view_get(choice, names, v);
	if (view_number(&v[INDEX], &x) && x != 0) {
		buf_str(why, "the first choice is not number 0");
		return -1;
	}
	if (view_kind(&v[ERROR]) != JSON_NULL)
		return read_error(&v[ERROR], r, why);
	if (view_text(&v[FINISH], &finish) > 0)
		read_finish(buf_cstr(&finish), r);
	buf_free(&finish);
	if (r->has_error)
		return 0;
	if (r->want == LLM_CHOICES || r->want == LLM_ECHO)
		return read_logprobs(&v[LOGPROBS], r, why);
	if (view_kind(&v[MESSAGE]) == JSON_OBJECT)
		return read_message(&v[MESSAGE], r, why);
	if (v[MESSAGE].s == NULL && v[TEXT].s != NULL)
		return read_message(&v[TEXT], r, why);
	buf_str(why, "no message in the first choice");
	return -1;
}

/* The first embedding of a list, its JSON as the text. */
static int
read_embedding(const struct view *data, struct chat_reply *r, struct buf *why)
{
	static const char *const names[] = { "embedding", NULL };
	struct view first = view_first(data), v;

	view_get(&first, names, &v);
	if (view_kind(&v) != JSON_ARRAY) {
		buf_str(why, "no embedding in the reply");
		return -1;
	}
	buf_add(&r->text, v.s, v.len);
	return 0;
}

/* A body without choices: an error in some form, or nothing we know. */
static int
read_bare(const struct view *root, struct chat_reply *r, struct buf *why)
{
	struct doc *d = doc_parse(root->s, root->len, why);
	int is_error = d != NULL && chat_bare_error(d, r);

	doc_free(d);
	if (d != NULL && !is_error)
		buf_str(why, "no choices in the reply");
	return is_error ? 0 : -1;
}

int
chat_parse(const char *body, size_t len, struct chat_reply *r,
    struct buf *why)
{
	static const char *const names[] = { "error", "choices", "usage",
	    "data", NULL };
	struct view root, v[4], choice;
	int ok;

	if (view_scan(&root, body, len, names, v, why) < 0)
		return -1;
	choice = view_first(&v[1]);
	read_usage(&v[2], r);
	if (view_kind(&v[0]) != JSON_NULL)
		ok = read_error(&v[0], r, why);
	else if (choice.s != NULL)
		ok = read_choice(&choice, r, why);
	else if (v[3].s != NULL)
		ok = read_embedding(&v[3], r, why);
	else
		ok = read_bare(&root, r, why);
	if (!buf_ok(&r->text) || !buf_ok(&r->error_text)) {
		buf_reset(why);
		buf_str(why, "out of memory");
		why->bad = 1;
		ok = -1;
	}
	return ok;
}
