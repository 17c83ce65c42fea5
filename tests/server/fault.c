/* Replies: the plain ones, and the way to the table that knows a directive. */
#include <string.h>

#include "server.h"

static const char EVENTS[] = "Content-Type: text/event-stream\r\n";

void
reply_reset(struct reply *r)
{
	buf_clear(&r->wire);
	buf_clear(&r->body);
	answer_plain(&r->say);
	r->head = r->drip_end = r->step = 0;
	r->burst = r->loop_at = NONE;
	r->step_ms = r->after_ms = 0;
	r->delay_ms = -1;
	r->after = KEEP;
}

static const char *
reason(int status)
{
	static const struct {
		int status;
		const char *text;
	} names[] = {
		{ 200, "OK" }, { 206, "Partial Content" },
		{ 204, "No Content" }, { 400, "Bad Request" },
		{ 401, "Unauthorized" }, { 402, "Payment Required" },
		{ 403, "Forbidden" }, { 404, "Not Found" },
		{ 413, "Content Too Large" }, { 429, "Too Many Requests" },
		{ 500, "Internal Server Error" }, { 502, "Bad Gateway" },
		{ 503, "Service Unavailable" }, { 504, "Gateway Timeout" },
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].status == status)
			return names[i].text;
	return "Status";
}

/* Appends a whole response with the bytes of r->body to the wire. */
void
reply_http(struct reply *r, int status, const char *headers)
{
	bool bare = status == 204 || status == 304;

	buf_fmt(&r->wire, "HTTP/1.1 %d ", status);
	buf_str(&r->wire, reason(status));
	buf_str(&r->wire, "\r\n");
	if (!bare && strstr(headers, "Content-Type:") == NULL)
		buf_str(&r->wire, "Content-Type: application/json\r\n");
	buf_str(&r->wire, headers);
	if (!bare)
		buf_fmt(&r->wire, "Content-Length: %zu\r\n", r->body.n);
	buf_str(&r->wire, "\r\n");
	r->head = r->wire.n;
	if (!bare)
		buf_add(&r->wire, r->body.p, r->body.n);
}

void
reply_error(struct reply *r, int status, const char *headers,
    const char *type, const char *code, const char *message)
{
	r->body.n = 0;
	buf_str(&r->body, "{\"error\":{\"message\":");
	buf_name(&r->body, message);
	buf_str(&r->body, ",\"type\":");
	buf_name(&r->body, type);
	buf_str(&r->body, ",\"param\":null,\"code\":");
	buf_name(&r->body, code);
	buf_str(&r->body, "}}\n");
	reply_http(r, status, headers);
}

/* The right answer, as r->say has it so far. */
void
reply_ok(struct reply *r, const struct ask *a)
{
	r->body.n = 0;
	if (a->api == EMBED) {
		answer_embed(a, &r->body);
	} else {
		if (r->say.text.n == 0 && !r->say.null)
			answer_say(a, slice_of(""), &r->say.text);
		if (a->stream)
			answer_stream(a, &r->say, true, &r->body);
		else
			answer_body(a, &r->say, &r->body);
	}
	reply_http(r, 200, a->stream ? EVENTS : "");
}

/* The body of the right answer into r->body, nothing onto the wire. */
void
reply_compose(struct reply *r, const struct ask *a)
{
	reply_ok(r, a);
	r->wire.n = 0;
}

/* One more response, with an answer that belongs to no request. */
void
reply_second(struct reply *r, const struct ask *a)
{
	r->say.text.n = 0;
	buf_str(&r->say.text, "This answer belongs to nobody.");
	reply_ok(r, a);
}

/* # in head: the length; $: a NUL byte. */
void
reply_head(struct reply *r, const struct ask *a, const char *head,
    size_t length)
{
	const char *p;

	buf_str(&r->wire, "HTTP/1.1 200 OK\r\n");
	buf_str(&r->wire, a->stream ? EVENTS :
	    "Content-Type: application/json\r\n");
	for (p = head; *p != '\0'; p++)
		if (*p == '#')
			buf_fmt(&r->wire, "%zu", length);
		else
			buf_add(&r->wire, *p == '$' ? "" : p, 1);
	buf_str(&r->wire, "\r\n");
	r->head = r->wire.n;
}

void
reply_chunk(struct reply *r, struct slice s)
{
	buf_fmt(&r->wire, "%zx\r\n", s.n);
	buf_add(&r->wire, s.p, s.n);
	buf_str(&r->wire, "\r\n");
}

/* NAME or NAME:ARG; false when no such directive exists. */
bool
fault_run(struct reply *r, const struct ask *a, struct slice directive)
{
	const char *colon = memchr(directive.p, ':', directive.n);
	struct slice name = directive, arg = { NULL, 0 }, rest = slice_of("ok");

	if (colon != NULL) {
		name.n = (size_t)(colon - directive.p);
		arg.p = colon + 1;
		arg.n = directive.n - name.n - 1;
	}
	if (slice_is(name, "ok")) {
		reply_ok(r, a);
		return true;
	}
	if (slice_is(name, "slow")) {
		r->delay_ms = slice_long(arg);
		colon = arg.p ? memchr(arg.p, ':', arg.n) : NULL;
		if (colon != NULL) {
			rest.p = colon + 1;
			rest.n = arg.n - (size_t)(rest.p - arg.p);
		}
		return !slice_starts(rest, "slow") && fault_run(r, a, rest);
	}
	return fault_status(r, a, name, arg) || fault_wire(r, a, name, arg) ||
	    fault_body(r, a, name, arg) || fault_probs(r, a, name, arg) ||
	    fault_events(r, a, name, arg);
}
