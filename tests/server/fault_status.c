/* Directives that are a status and what comes with it (matrix, part D). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server.h"

enum { CLOCK_SKEW = 3600 };	/* this server's Date is an hour ahead */

static const char page[] =
    "<html>\n<head><title>Error</title></head>\n<body>\n"
    "<center><h1>The page cannot be shown</h1></center>\n"
    "</body>\n</html>\n";

static const struct {
	int status;
	const char *type, *code, *message;
} plain[] = {
	{ 400, "invalid_request_error", "invalid_value",
	    "Invalid value for one of the fields." },
	{ 401, "invalid_request_error", "invalid_api_key",
	    "Incorrect API key provided." },
	{ 402, "billing_error", "payment_required", "No credit is left." },
	{ 403, "permission_error", "permission_denied",
	    "This key may not use this model." },
	{ 404, "invalid_request_error", "model_not_found",
	    "The model does not exist." },
	{ 413, "request_too_large", NULL, "The request is too large." },
	{ 422, "invalid_request_error", "unprocessable",
	    "The request cannot be processed." },
	{ 429, "rate_limit_error", "rate_limit_exceeded",
	    "Too many requests." },
	{ 503, "unavailable_error", NULL, "The service is overloaded." },
	{ 529, "overloaded_error", NULL, "Overloaded" },
};

/* Errors that the body tells apart, not the status. */
static const struct {
	const char *name;
	int status;
	const char *body;
} named[] = {
	{ "quota", 429, "{\"error\":{\"message\":\"The quota of this account "
	    "is used up.\",\"type\":\"insufficient_quota\",\"param\":null,"
	    "\"code\":\"insufficient_quota\"}}" },
	{ "spend", 429, "{\"type\":\"error\",\"error\":{\"type\":"
	    "\"rate_limit_error\",\"message\":\"The spend limit is reached."
	    "\",\"details\":{\"error_code\":"
	    "\"enforced_spend_limit_reached\"}}}" },
	{ "ctx", 400, "{\"error\":{\"message\":\"The prompt is longer than "
	    "the model's context.\",\"type\":\"invalid_request_error\","
	    "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}" },
	{ "ctxllama", 400, "{\"error\":{\"code\":400,\"message\":\"the "
	    "request exceeds the available context size\",\"type\":"
	    "\"exceed_context_size_error\",\"n_prompt_tokens\":9000,"
	    "\"n_ctx\":4096}}" },
	{ "filter400", 400, "{\"error\":{\"message\":\"The prompt was "
	    "filtered.\",\"type\":null,\"param\":\"prompt\",\"code\":"
	    "\"content_filter\",\"status\":400,\"innererror\":{\"code\":"
	    "\"ResponsibleAIPolicyViolation\"}}}" },
	{ "mod403", 403, "{\"error\":{\"code\":403,\"message\":\"The input "
	    "was flagged by moderation.\",\"metadata\":{\"reasons\":"
	    "[\"violence\"],\"flagged_input\":\"...\"}}}" },
	{ "loading", 503, "{\"error\":{\"code\":503,\"message\":"
	    "\"Loading model\",\"type\":\"unavailable_error\"}}" },
};

static bool
is_named(struct reply *r, struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof named / sizeof *named; i++) {
		if (!slice_is(name, named[i].name))
			continue;
		buf_str(&r->body, named[i].body);
		reply_http(r, named[i].status, "");
		return true;
	}
	return false;
}

static void
plain_error(struct reply *r, int status, const char *headers)
{
	size_t i;

	for (i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].status == status) {
			reply_error(r, status, headers, plain[i].type,
			    plain[i].code, plain[i].message);
			return;
		}
	reply_error(r, status, headers, status < 500 ? "request_error" :
	    "server_error", NULL, "The request could not be served.");
}

static void
dates(struct buf *h, double seconds)
{
	static const char form[] = "%a, %d %b %Y %H:%M:%S GMT";
	time_t now = time(NULL) + CLOCK_SKEW, then = now + (time_t)seconds;
	char t[64];
	struct tm tm;

	if (gmtime_r(&now, &tm) && strftime(t, sizeof t, form, &tm))
		buf_fmt(h, "Date: %s\r\n", t);
	if (gmtime_r(&then, &tm) && strftime(t, sizeof t, form, &tm))
		buf_fmt(h, "Retry-After: %s\r\n", t);
}

/* The header lines that the suffix of a status asks for. */
static bool
hint(struct buf *h, struct slice how, struct slice arg)
{
	int n = (int)arg.n;

	if (how.n == 0 && arg.p == NULL)
		return true;
	if (how.n == 0 || slice_is(how, "raw"))
		buf_fmt(h, "Retry-After: %.*s\r\n", n, arg.p ? arg.p : "");
	else if (slice_is(how, "ms"))
		buf_fmt(h, "retry-after-ms: %.*s\r\n", n, arg.p ? arg.p : "");
	else if (slice_is(how, "date"))
		dates(h, slice_double(arg));
	else if (slice_is(how, "reset") || slice_is(how, "left"))
		buf_fmt(h, "x-ratelimit-limit-requests: 60\r\n"
		    "x-ratelimit-remaining-requests: %d\r\n"
		    "x-ratelimit-reset-requests: %.*s\r\n",
		    slice_is(how, "left") ? 5 : 0, n, arg.p ? arg.p : "");
	else
		return false;
	return true;
}

/* 429, 429:2, 429ms:300, 500vary, 204 ... */
static bool
is_number(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	struct slice how = { name.p + 3, name.n - 3 };
	struct buf h = { NULL, 0, 0 };
	int status, i;

	for (status = i = 0; i < 3; i++) {
		if (name.n < 3 || !isdigit((unsigned char)name.p[i]))
			return false;
		status = status * 10 + (name.p[i] - '0');
	}
	if (status < 200)
		return false;
	if (slice_is(how, "vary")) {
		buf_fmt(&r->body, "{\"error\":{\"message\":\"Failure number "
		    "%u.\",\"type\":\"server_error\"}}\n", a->attempt);
		reply_http(r, status, "");
		return true;
	}
	if (slice_is(how, "gem")) {
		buf_fmt(&r->body, "{\"error\":{\"code\":%d,\"message\":"
		    "\"Resource exhausted.\",\"status\":\"RESOURCE_EXHAUSTED"
		    "\",\"details\":[{\"@type\":\"type.googleapis.com/"
		    "google.rpc.RetryInfo\",\"retryDelay\":\"%.*ss\"}]}}\n",
		    status, (int)arg.n, arg.p ? arg.p : "");
		reply_http(r, status, "");
		return true;
	}
	if (!hint(&h, how, arg)) {
		buf_free(&h);
		return false;
	}
	buf_add(&h, "", 1);
	if (status < 300) {		/* a success of the wrong kind */
		answer_say(a, slice_of(""), &r->say.text);
		answer_body(a, &r->say, &r->body);
		reply_http(r, status, h.p);
	} else {
		plain_error(r, status, h.p);
	}
	buf_free(&h);
	return true;
}

static bool
is_html(struct reply *r, struct slice name)
{
	struct slice digits = { name.p + 4, name.n - 4 };
	long status = 200;

	if (!slice_starts(name, "html"))
		return false;
	if (digits.n > 0 && (status = slice_long(digits)) < 200)
		return false;
	buf_str(&r->body, page);
	reply_http(r, (int)status, "Content-Type: text/html\r\n");
	return true;
}

/* redir:CODE:URL; the URL `self` is the path that was asked for. */
static void
redirect(struct reply *r, const struct ask *a, struct slice arg)
{
	struct buf h = { NULL, 0, 0 };
	struct slice url = slice_of("self");
	const char *colon = arg.p ? memchr(arg.p, ':', arg.n) : NULL;

	if (colon != NULL) {
		url.p = colon + 1;
		url.n = arg.n - (size_t)(url.p - arg.p);
	}
	if (slice_is(url, "self"))
		url = a->req->path;
	buf_fmt(&h, "Location: %.*s\r\n", (int)url.n, url.p);
	buf_add(&h, "", 1);
	reply_http(r, (int)slice_long(arg), h.p);
	buf_free(&h);
}

static void
echo_key(struct reply *r, const struct ask *a)
{
	struct buf m = { NULL, 0, 0 };

	buf_fmt(&m, "Incorrect API key provided: %.*s.",
	    (int)a->req->auth.n, a->req->auth.p ? a->req->auth.p : "");
	buf_add(&m, "", 1);
	reply_error(r, 401, "", "invalid_request_error", "invalid_api_key",
	    m.p);
	buf_free(&m);
}

/* 400 for a member of the request's body as long as it is there. */
static void
refuse_param(struct reply *r, const struct ask *a, struct slice arg)
{
	char name[64];

	snprintf(name, sizeof name, "%.*s", (int)arg.n, arg.p ? arg.p : "");
	if (js_member(a->req->body, name).p == NULL) {
		reply_ok(r, a);
		return;
	}
	buf_fmt(&r->body, "{\"error\":{\"message\":\"Unsupported parameter: "
	    "'%s' is not supported with this model.\",\"type\":"
	    "\"invalid_request_error\",\"param\":\"%s\",\"code\":"
	    "\"unsupported_parameter\"}}\n", name, name);
	reply_http(r, 400, "");
}

bool
fault_status(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	bool no = arg.p && slice_starts(arg, "false");

	if (is_number(r, a, name, arg) || is_named(r, name) || is_html(r, name))
		return true;
	if (slice_is(name, "redir")) {
		redirect(r, a, arg);
	} else if (slice_is(name, "should") && arg.n >= 5) {
		arg.p += no ? 5 : 4;
		arg.n -= no ? 5 : 4;
		plain_error(r, (int)slice_long(arg), no ?
		    "x-should-retry: false\r\n" : "x-should-retry: true\r\n");
	} else if (slice_is(name, "echo401")) {
		echo_key(r, a);
	} else if (slice_is(name, "param400")) {
		refuse_param(r, a, arg);
	} else if (slice_is(name, "schema400") && a->props.p != NULL) {
		reply_error(r, 400, "", "invalid_request_error", NULL,
		    "response_format of type json_schema is not supported.");
	} else if (slice_is(name, "noformat400") && a->format) {
		reply_error(r, 400, "", "invalid_request_error", NULL,
		    "response_format is not supported.");
	} else if (slice_is(name, "schema400") ||
	    slice_is(name, "noformat400")) {
		reply_ok(r, a);
	} else {
		return false;
	}
	return true;
}
