/* The rows of the table: error codes, phrases, statuses. */
#include <string.h>

#include "base/die.h"
#include "llm/outcome_int.h"

enum { ANY = 0, MALFORMED_TRIES = 3, CONFLICT_TRIES = 3 };

void
outcome_be(struct outcome *o, enum outcome_class class, const char *code)
{
	o->class = class;
	o->code = code;
	o->message = outcome_message(code);
}

void
outcome_stop(struct outcome *o, int exit, const char *code)
{
	outcome_be(o, OUTCOME_STOP, code);
	o->exit = exit;
}

struct row {
	const char *words;	/* in error_code, or in error_text */
	int status;		/* holds for this one only; 0: for any */
	enum outcome_class class;
	const char *code;
};

/* Error codes, types and reasons: of OpenAI where nothing else is said. */
static const struct row code_rows[] = {
	{ "insufficient_quota", ANY, OUTCOME_STOP, "forbidden" },
	{ "credit_balance_exhausted", ANY, OUTCOME_STOP, "forbidden" },
	{ "spend_limit", ANY, OUTCOME_STOP, "forbidden" },  /* Anthropic too */
	{ "usage_limit", ANY, OUTCOME_STOP, "forbidden" },
	{ "billing", ANY, OUTCOME_STOP, "forbidden" },
	{ "per_day_quota", ANY, OUTCOME_STOP, "forbidden" },	/* Gemini */
	{ "API_KEY_INVALID", ANY, OUTCOME_STOP, "forbidden" },	/* Gemini */
	{ "context_length_exceeded", ANY, OUTCOME_FINAL, "too_long" },
	/* llama.cpp */
	{ "exceed_context_size", ANY, OUTCOME_FINAL, "too_long" },
	{ "content_filter", ANY, OUTCOME_FINAL, "refused" },	/* Azure */
	{ "content_policy", ANY, OUTCOME_FINAL, "refused" },
	{ "ResponsibleAIPolicyViolation", ANY, OUTCOME_FINAL, "refused" },
	{ "moderation", ANY, OUTCOME_FINAL, "refused" },	/* OpenRouter */
};

/* Servers whose codes say no more than "bad request" say it in words. */
static const struct row text_rows[] = {
	{ "maximum context length", 400, OUTCOME_FINAL, "too_long" }, /* vLLM */
	{ "longer than the maximum model length", 400, OUTCOME_FINAL,
	    "too_long" },					/* vLLM */
	{ "prompt is too long", 400, OUTCOME_FINAL, "too_long" },
	{ "exceeds the maximum number of tokens", 400, OUTCOME_FINAL,
	    "too_long" },					/* Gemini */
	{ "available context size", 400, OUTCOME_FINAL, "too_long" },
	{ "specified API usage limits", 400, OUTCOME_STOP, "forbidden" },
	{ "workspace API usage limits", 400, OUTCOME_STOP, "forbidden" },
	{ "credit balance is too low", 400, OUTCOME_STOP, "forbidden" },
	{ "moderation", 403, OUTCOME_FINAL, "refused" },
	{ "flagged", 403, OUTCOME_FINAL, "refused" },
};

static int
of_rows(const struct row *row, size_t n, const char *said, int status,
    struct outcome *o)
{
	for (; n > 0; n--, row++) {
		if ((row->status != ANY && row->status != status) ||
		    strstr(said, row->words) == NULL)
			continue;
		if (row->class == OUTCOME_STOP)
			outcome_stop(o, AC_DENIED, row->code);
		else
			outcome_be(o, row->class, row->code);
		return 1;
	}
	return 0;
}

int
outcome_row_body(const struct chat_reply *r, int status, struct outcome *o)
{
	return of_rows(code_rows, sizeof(code_rows) / sizeof(*code_rows),
	    buf_cstr(&r->error_code), status, o) ||
	    of_rows(text_rows, sizeof(text_rows) / sizeof(*text_rows),
	    buf_cstr(&r->error_text), status, o);
}

int
outcome_word_status(const struct chat_reply *r)
{
	static const struct { const char *word; int status; } words[] = {
		/* Anthropic's types, then OpenAI's and Google's. */
		{ "overloaded_error", 529 }, { "rate_limit", 429 },
		{ "invalid_request_error", 400 },
		{ "authentication_error", 401 }, { "permission_error", 403 },
		{ "not_found_error", 404 }, { "request_too_large", 413 },
		{ "timeout_error", 504 }, { "invalid_api_key", 401 },
		{ "slow_down", 503 }, { "RESOURCE_EXHAUSTED", 429 },
		{ "UNAVAILABLE", 503 }, { "unavailable_error", 503 },
		{ "INVALID_ARGUMENT", 400 }, { "UNAUTHENTICATED", 401 },
		{ "PERMISSION_DENIED", 403 }, { "DEADLINE_EXCEEDED", 504 },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(buf_cstr(&r->error_code), words[i].word) != NULL)
			return words[i].status;
	return 0;
}

/*
 * May a 400 mean response_format?  Not where it names another member.
 */
static int
perhaps_format(const struct chat_reply *r)
{
	const char *param = buf_cstr(&r->error_param);

	return *param == '\0' || strstr(param, "response_format") != NULL ||
	    strstr(param, "schema") != NULL;
}

static void
of_client_status(int status, int succeeded, const struct chat_reply *r,
    struct outcome *o)
{
	switch (status) {
	case 400: case 422:
		outcome_be(o, OUTCOME_FINAL, "bad_request");
		o->no_format = perhaps_format(r);
		break;
	case 401: case 403:
		outcome_stop(o, AC_DENIED, "forbidden");
		break;
	case 402:
		outcome_stop(o, AC_DENIED, "forbidden");
		if (o->hint >= 0)	/* OpenRouter: money in flight */
			outcome_be(o, OUTCOME_RETRY, "forbidden");
		break;
	case 404:
		if (succeeded)
			outcome_be(o, OUTCOME_FINAL, "http");
		else
			outcome_stop(o, AC_PROTO, "http");
		break;
	case 405: case 410: case 411: case 415:
		outcome_stop(o, AC_PROTO, "http");
		break;
	case 407:
		outcome_stop(o, AC_PROTO, "transport");
		break;
	case 409: case 424:
		outcome_be(o, OUTCOME_RETRY, "http");
		o->most = CONFLICT_TRIES;
		break;
	case 408: case 421: case 423: case 425: case 498: case 499:
		outcome_be(o, OUTCOME_RETRY, "http");
		break;
	case 413:
		outcome_be(o, OUTCOME_FINAL, "too_large");
		break;
	case 429:
		outcome_be(o, OUTCOME_RETRY, "http");
		o->is_free = o->overload = 1;
		break;
	default:
		outcome_be(o, OUTCOME_FINAL, "http");
	}
}

/* llama.cpp while it loads: it will answer, and no try is used up. */
static int
is_loading(const struct chat_reply *r)
{
	return strstr(buf_cstr(&r->error_code), "unavailable_error") != NULL ||
	    strstr(buf_cstr(&r->error_text), "oading model") != NULL;
}

void
outcome_row_status(int status, int succeeded, const struct chat_reply *r,
    struct outcome *o)
{
	if (status < 200 || status > 599) {
		outcome_be(o, OUTCOME_RETRY, "malformed_response");
		o->most = MALFORMED_TRIES;
	} else if (status < 400) {
		outcome_stop(o, AC_PROTO, "http");
	} else if (status < 500) {
		of_client_status(status, succeeded, r, o);
	} else if (status == 501 || status == 505) {
		outcome_stop(o, AC_PROTO, "http");
	} else {
		outcome_be(o, OUTCOME_RETRY, "http");
		o->overload = status == 503 || status == 529;
		o->is_free = status == 503 && is_loading(r);
	}
}

/* The word between the first two single quotes of a text. */
static void
quoted(const char *s, struct buf *b)
{
	const char *open = strchr(s, '\''), *close;

	close = open != NULL ? strchr(open + 1, '\'') : NULL;
	if (close != NULL && close - open < 64)
		buf_add(b, open + 1, (size_t)(close - open - 1));
}

static int
is_needed(const char *name)
{
	return strcmp(name, "model") == 0 || strcmp(name, "messages") == 0 ||
	    strcmp(name, "prompt") == 0;
}

void
outcome_advice(const struct chat_reply *r, struct buf *detail)
{
	static const char *const codes[] = { "unsupported_parameter",
	    "unsupported_value", "unknown_parameter", "extra_forbidden" };
	const char *text = buf_cstr(&r->error_text), *name;
	struct buf param = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (strstr(buf_cstr(&r->error_code), codes[i]) != NULL)
			break;
	if (i == sizeof(codes) / sizeof(*codes) && strstr(text,
	    "Unsupported parameter") == NULL)
		return;
	buf_str(&param, buf_cstr(&r->error_param));
	if (param.len == 0)
		quoted(text, &param);
	name = buf_cstr(&param);
	if (*name != '\0' && !is_needed(name)) {
		buf_fmt(detail, "the endpoint refuses '%s': add ", name);
		if (strcmp(name, "max_tokens") == 0 &&
		    strstr(text, "max_completion_tokens") != NULL)
			buf_str(detail, "--rename-param "
			    "max_tokens=max_completion_tokens");
		else
			buf_fmt(detail, "--drop-param %s", name);
	}
	buf_free(&param);
}
