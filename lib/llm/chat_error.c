/*
 * Errors as servers write them: OpenAI's {"error":{message,type,param,code}}
 * and what others make of it (the names of their documentation stand beside
 * each).
 */
#include <stdlib.h>
#include <string.h>

#include "llm/chat_int.h"
#include "rec/doc.h"

enum {
	NESTED = 3,		/* errors inside of errors */
	PARTS = 16		/* of a list of details that are read */
};

static void read_one(const struct doc *, struct chat_reply *, int depth);

static void
add_word(struct chat_reply *r, const struct doc *d)
{
	const char *s = doc_text(d);
	double x;

	if (s != NULL)
		buf_fmt(&r->error_code, "%s ", s);
	else if (doc_number(d, &x))
		buf_fmt(&r->error_code, "%.0f ", x);
}

static void
set_text(struct buf *b, const char *s)
{
	if (s != NULL && b->len == 0)
		buf_str(b, s);
}

/* Members by which gateways and engines give the status in the body. */
static void
read_status(const struct doc *e, struct chat_reply *r)
{
	static const char *const names[] = { "code", "status", "statusCode" };
	double x;
	size_t i;

	for (i = 0; i < 3 && r->error_status == 0; i++)
		if (doc_number(doc_get(e, names[i]), &x) && x >= 100 &&
		    x < 1000)
			r->error_status = (int)x;
}

/*
 * Google's details (google.rpc: ErrorInfo, RetryInfo, QuotaFailure).  A
 * quota of a day is no rate limit, whatever wait stands beside it.
 */
static void
read_detail(const struct doc *d, struct chat_reply *r)
{
	const struct doc *list = doc_get(d, "violations");
	const char *s = doc_text(doc_get(d, "retryDelay"));
	char *end;
	double x;
	size_t i;

	add_word(r, doc_get(d, "reason"));
	if (s != NULL) {
		x = strtod(s, &end);
		if (end > s && strcmp(end, "s") == 0 && x > 0 && x <= 1e9)
			r->retry_delay = x;
	}
	for (i = 0; i < doc_count(list) && i < PARTS; i++) {
		s = doc_text(doc_get(doc_at(list, i), "quotaId"));
		if (s != NULL && strstr(s, "PerDay") != NULL)
			buf_str(&r->error_code, "per_day_quota ");
	}
}

static void
read_details(const struct doc *d, struct chat_reply *r)
{
	size_t i;

	if (doc_kind(d) == JSON_OBJECT)		/* Anthropic */
		add_word(r, doc_get(d, "error_code"));
	else if (doc_kind(d) == JSON_ARRAY)
		for (i = 0; i < doc_count(d) && i < PARTS; i++)
			read_detail(doc_at(d, i), r);
}

/* OpenRouter: what the model's provider said, and why input was flagged. */
static void
read_metadata(const struct doc *m, struct chat_reply *r)
{
	const char *raw = doc_text(doc_get(m, "raw"));

	if (doc_get(m, "reasons") != NULL || doc_get(m, "flagged_input") !=
	    NULL)
		buf_str(&r->error_code, "moderation ");
	if (raw != NULL && *raw != '\0')
		buf_fmt(&r->error_text, ": %s", raw);
}

/* A message that is itself an error in JSON: a proxy passed it on. */
static int
read_nested(const char *s, struct chat_reply *r, int depth)
{
	struct buf why = BUF_INIT;
	const struct doc *e;
	struct doc *d;
	int found;

	if (s == NULL || depth >= NESTED || (*s != '{' && *s != '['))
		return 0;
	d = doc_parse(s, strlen(s), &why);
	e = doc_kind(d) == JSON_ARRAY ? doc_at(d, 0) : d;
	e = doc_get(e, "error");
	found = e != NULL;
	if (found)
		read_one(e, r, depth + 1);
	doc_free(d);
	buf_free(&why);
	return found;
}

static void
read_one(const struct doc *e, struct chat_reply *r, int depth)
{
	const char *s = doc_text(doc_get(e, "message"));

	if (s == NULL)
		s = doc_text(e);	/* {"error":"..."} */
	add_word(r, doc_get(e, "code"));
	add_word(r, doc_get(e, "type"));
	add_word(r, doc_get(e, "status"));
	add_word(r, doc_get(doc_get(e, "innererror"), "code"));	/* Azure */
	if (!read_nested(s, r, depth))
		set_text(&r->error_text, s);
	read_status(e, r);
	read_details(doc_get(e, "details"), r);
	read_metadata(doc_get(e, "metadata"), r);
	set_text(&r->error_param, doc_text(doc_get(e, "param")));
}

void
chat_error(const struct doc *error, struct chat_reply *r)
{
	r->has_error = 1;
	read_one(error, r, 0);
}

/*
 * FastAPI: {"detail":"..."}, or a list with the place and reason of each
 * mistake.
 */
static void
read_detail_member(const struct doc *detail, struct chat_reply *r)
{
	const struct doc *first = doc_at(detail, 0), *loc;

	set_text(&r->error_text, doc_text(detail));
	set_text(&r->error_text, doc_text(doc_get(first, "msg")));
	add_word(r, doc_get(first, "type"));
	loc = doc_get(first, "loc");
	if (doc_count(loc) > 0)
		set_text(&r->error_param, doc_text(doc_at(loc,
		    doc_count(loc) - 1)));
}

int
chat_bare_error(const struct doc *root, struct chat_reply *r)
{
	const struct doc *error = doc_get(doc_at(root, 0), "error");
	const char *s = doc_text(doc_get(root, "object"));

	if (error != NULL) {			/* Gemini: [{"error":...}] */
		chat_error(error, r);
		return 1;
	}
	if (s != NULL && strcmp(s, "error") == 0) {	/* older vLLM */
		chat_error(root, r);
		return 1;
	}
	read_detail_member(doc_get(root, "detail"), r);
	if (doc_text(doc_get(root, "message")) != NULL)
		read_one(root, r, 0);
	return 0;
}
