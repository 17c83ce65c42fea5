/* The body of a request: its members, in a fixed order, once each. */
#include <string.h>

#include "llm/chat_int.h"
#include "rec/doc.h"
#include "rec/json.h"

/* Members that are ours; --set puts others behind them. */
static const char *const ours[] = { "model", "messages", "prompt", "input",
    "temperature", "max_tokens", "seed", "stop", "response_format",
    "json_schema", "stream", "stream_options", "logprobs", "top_logprobs",
    "echo", NULL };

static int
is_ours(const char *name, size_t len)
{
	size_t i;

	for (i = 0; ours[i] != NULL; i++)
		if (strlen(ours[i]) == len && memcmp(ours[i], name, len) == 0)
			return 1;
	return 0;
}

/* The entry NAME or NAME=... of a list, the last one given, or NULL. */
static const char *
entry(const struct opt_list *list, const char *name, size_t len)
{
	size_t i = list->n;

	while (i-- > 0)
		if (strncmp(list->v[i], name, len) == 0 &&
		    (list->v[i][len] == '=' || list->v[i][len] == '\0'))
			return list->v[i];
	return NULL;
}

static int
member(const struct llm_opt *opt, const char *name, size_t len, int is_sent,
    struct buf *b)
{
	const char *set = entry(&opt->set, name, len);
	const char *new = entry(&opt->rename_param, name, len);

	if ((!is_sent && set == NULL) || entry(&opt->drop_param, name, len))
		return 0;
	if (b->len > 0 && b->s[b->len - 1] != '{')
		buf_byte(b, ',');
	if (new != NULL)
		json_quote(b, new + len + 1, strlen(new + len + 1));
	else
		json_quote(b, name, len);
	buf_byte(b, ':');
	if (set != NULL)
		buf_str(b, set + len + 1);
	return set == NULL;
}

int
chat_member(const struct llm_opt *opt, const char *name, int is_sent,
    struct buf *b)
{
	return member(opt, name, strlen(name), is_sent, b);
}

void
chat_messages(const struct llm_opt *opt, const struct chat_ask *a,
    struct buf *b)
{
	struct buf text = BUF_INIT;
	int plain = opt->api == LLM_COMPLETIONS;

	if (chat_member(opt, "messages", !plain, b)) {
		if (*a->more == '\0')
			buf_str(b, a->messages);
		else {
			buf_add(b, a->messages, strlen(a->messages) - 1);
			buf_fmt(b, ",%s]", a->more);
		}
	}
	if (chat_member(opt, "prompt", plain, b)) {
		chat_plain(a->messages, a->more, &text);
		json_quote(b, buf_cstr(&text), text.len);
		if (!buf_ok(&text))
			b->bad = 1;
		buf_free(&text);
	}
}

/*
 * Under completions vLLM reads response_format, and llama.cpp json_schema;
 * each ignores the other one.
 */
static void
add_format(const struct llm_opt *opt, const struct chat_ask *a, struct buf *b)
{
	int asks = a->schema != NULL && a->format != CHAT_FREE;
	int schema = asks && a->format == CHAT_SCHEMA;

	if (chat_member(opt, "response_format", asks, b)) {
		if (schema) {
			buf_str(b, "{\"type\":\"json_schema\",\"json_schema\":"
			    "{\"name\":\"reply\",\"strict\":true,"
			    "\"schema\":");
			buf_str(b, a->schema);
			buf_str(b, "}}");
		} else {
			buf_str(b, "{\"type\":\"json_object\"}");
		}
	}
	if (chat_member(opt, "json_schema",
	    schema && opt->api == LLM_COMPLETIONS, b))
		buf_str(b, a->schema);
}

void
chat_others(const struct llm_opt *opt, struct buf *b)
{
	size_t i, len;

	for (i = 0; i < opt->set.n; i++) {
		len = strcspn(opt->set.v[i], "=");
		/* What is given twice stands once, as it was given last. */
		if (!is_ours(opt->set.v[i], len) && entry(&opt->set,
		    opt->set.v[i], len) == opt->set.v[i])
			member(opt, opt->set.v[i], len, 0, b);
	}
}

void
chat_body(const struct llm_opt *opt, const struct chat_ask *a, struct buf *b)
{
	/* Mostly enough, at once. */
	buf_room(b, strlen(a->messages) + 512 +
	    (a->schema != NULL ? strlen(a->schema) : 0));
	buf_byte(b, '{');
	if (chat_member(opt, "model", 1, b))
		json_quote(b, opt->model, strlen(opt->model));
	chat_messages(opt, a, b);
	if (chat_member(opt, "temperature", 1, b))
		json_number(b, opt->temperature);
	/* vLLM's own limit of completions is 16 tokens. */
	if (chat_member(opt, "max_tokens", 1, b))
		buf_fmt(b, "%lu", a->max_tokens);
	if (chat_member(opt, "seed", a->has_seed, b))
		buf_fmt(b, "%lu", (unsigned long)a->seed);
	/* A base model would go on and make up the next message. */
	if (chat_member(opt, "stop", opt->api == LLM_COMPLETIONS, b))
		buf_str(b, "[\"\\n--- \"]");
	add_format(opt, a, b);
	chat_member(opt, "input", 0, b);
	chat_member(opt, "logprobs", 0, b);
	chat_member(opt, "top_logprobs", 0, b);
	chat_member(opt, "echo", 0, b);
	chat_others(opt, b);
	buf_byte(b, '}');
}

void
chat_stream(const struct llm_opt *opt, struct buf *b)
{
	if (!buf_ok(b) || b->len == 0)
		return;
	b->len--;
	if (chat_member(opt, "stream", 1, b))
		buf_str(b, "true");
	if (chat_member(opt, "stream_options", 1, b))
		buf_str(b, "{\"include_usage\":true}");
	buf_byte(b, '}');
}

/* One message, under a line that names its role as in a prompt file. */
static void
add_plain(const char *role, const char *text, struct buf *b)
{
	buf_fmt(b, "--- %s\n", role);
	buf_str(b, text);
	buf_str(b, "\n\n");
}

static void
plain_list(const char *json, size_t len, struct buf *b)
{
	struct buf why = BUF_INIT;
	struct doc *d = doc_parse(json, len, &why);
	const char *role, *text;
	size_t i;

	for (i = 0; i < doc_count(d); i++) {
		role = doc_text(doc_get(doc_at(d, i), "role"));
		text = doc_text(doc_get(doc_at(d, i), "content"));
		if (role != NULL && text != NULL)
			add_plain(role, text, b);
	}
	if (d == NULL)		/* they are our own: no memory */
		b->bad = 1;
	doc_free(d);
	buf_free(&why);
}

void
chat_plain(const char *messages, const char *more, struct buf *b)
{
	struct buf list = BUF_INIT;

	plain_list(messages, strlen(messages), b);
	if (*more != '\0') {
		buf_fmt(&list, "[%s]", more);
		plain_list(buf_cstr(&list), list.len, b);
		buf_free(&list);
	}
	/* The answer begins here: no line end would be as it was above. */
	buf_str(b, "--- assistant\n");
}

static int
check_drop(const struct llm_opt *opt, struct buf *why)
{
	static const char *const needed[] = { "model", "messages", "prompt" };
	const char *s;
	size_t i, j;

	for (i = 0; i < opt->drop_param.n; i++) {
		s = opt->drop_param.v[i];
		if (*s == '\0' || strchr(s, '=') != NULL) {
			buf_fmt(why, "--drop-param '%s': must be the NAME of "
			    "a member", s);
			return -1;
		}
		for (j = 0; j < 3; j++)
			if (strcmp(s, needed[j]) == 0) {
				buf_fmt(why, "--drop-param %s: no request "
				    "goes without it", s);
				return -1;
			}
	}
	return 0;
}

/* Is a member of this name sent, as far as options can tell? */
static int
is_taken(const struct llm_opt *opt, const char *name)
{
	size_t len = strlen(name);

	return (is_ours(name, len) || entry(&opt->set, name, len) != NULL) &&
	    entry(&opt->drop_param, name, len) == NULL &&
	    entry(&opt->rename_param, name, len) == NULL;
}

static int
check_rename(const struct llm_opt *opt, struct buf *why)
{
	const struct opt_list *list = &opt->rename_param;
	const char *s, *new, *other;
	size_t i, j;

	for (i = 0; i < list->n; i++) {
		s = list->v[i];
		new = strchr(s, '=');
		if (new == NULL || new == s || new[1] == '\0' ||
		    strchr(new + 1, '=') != NULL) {
			buf_fmt(why, "--rename-param '%s': must be OLD=NEW",
			    s);
			return -1;
		}
		for (j = 0; j < i; j++) {
			other = strchr(list->v[j], '=');
			if (strcmp(other, new) == 0 || strncmp(list->v[j], s,
			    (size_t)(new + 1 - s)) == 0)
				break;
		}
		if (j < i || is_taken(opt, new + 1)) {
			buf_fmt(why, "--rename-param %s: two members would "
			    "be one", s);
			return -1;
		}
	}
	return 0;
}

int
chat_check(const struct llm_opt *opt, struct buf *why)
{
	if (entry(&opt->set, "stream", 6) != NULL ||
	    entry(&opt->set, "stream_options", 14) != NULL) {
		buf_str(why, "--set stream: use --stream");
		return -1;
	}
	return check_drop(opt, why) < 0 ? -1 : check_rename(opt, why);
}
