#include <stdlib.h>
#include <string.h>

#include "llm/batch_int.h"

/* JSON text on one line: a value of --set may have ends between its parts. */
static void
add_line(struct buf *out, const char *s, size_t len)
{
	size_t i;

	if (memchr(s, '\n', len) == NULL && memchr(s, '\r', len) == NULL) {
		buf_add(out, s, len);
		return;
	}
	for (i = 0; i < len; i++)
		buf_byte(out, s[i] == '\n' || s[i] == '\r' ? ' ' : s[i]);
}

void
batch_line(int api, int want, const char *custom_id, const char *body,
    size_t len, struct buf *out)
{
	const char *url = want == LLM_EMBEDDING ? "/v1/embeddings" :
	    api == LLM_COMPLETIONS || want == LLM_ECHO ? "/v1/completions" :
	    "/v1/chat/completions";

	if (api == LLM_AZURE)
		url += strlen("/v1");
	buf_str(out, "{\"custom_id\":");
	json_quote(out, custom_id, strlen(custom_id));
	buf_fmt(out, ",\"method\":\"POST\",\"url\":\"%s\",\"body\":", url);
	add_line(out, body, len);
	buf_str(out, "}\n");
}

/* A value inside a line. */
struct part {
	const char *s;		/* NULL: not there, or null */
	size_t len;
	enum json_kind kind;
};

/* A member of the object that was scanned last, by its name. */
static struct part
member(const struct batch *b, const char *s, const char *name)
{
	struct part none = { NULL, 0, JSON_NULL }, hit = none;
	const struct json_member *m;
	size_t i, len = strlen(name);

	for (i = 0; i < b->scan.n; i++) {
		m = &b->scan.v[i];
		if (m->key_len != len || memcmp(s + m->key, name, len) != 0)
			continue;
		if (hit.s != NULL)	/* twice says nothing */
			return none;
		if (m->kind != JSON_NULL)
			hit = (struct part){ s + m->val, m->val_len, m->kind };
	}
	return hit;
}

/* Scans what is known to be valid, for its members. */
static int
open_part(struct batch *b, struct part p)
{
	struct buf why = BUF_INIT;
	int r = p.kind == JSON_OBJECT ? json_scan(&b->scan, p.s, p.len,
	    &why) : -1;

	buf_free(&why);
	return r;
}

static int
take_id(struct batch *b, struct part id)
{
	buf_reset(&b->id);
	return id.kind == JSON_STRING && json_unquote(id.s, id.len,
	    &b->id) == 0 && b->id.len > 0 && buf_ok(&b->id) ? 0 : -1;
}

/* Status and body of a response. */
static void
take_response(struct batch *b, struct part response, struct batch_reply *r)
{
	struct part status, body;
	long n;

	if (open_part(b, response) < 0)
		return;
	status = member(b, response.s, "status_code");
	body = member(b, response.s, "body");
	/* vLLM leaves it at that where the default stands. */
	n = status.kind == JSON_NUMBER ? strtol(status.s, NULL, 10) :
	    body.s != NULL ? 200 : 0;
	r->status = n >= 100 && n <= 999 ? (int)n : 0;
	r->body = body.s;
	r->body_len = body.len;
	r->ok = r->status / 100 == 2 && open_part(b, body) == 0 &&
	    member(b, body.s, "error").s == NULL;
}

static int
is_code(struct part code, const char *word)
{
	return code.kind == JSON_STRING && code.len == strlen(word) + 2 &&
	    memcmp(code.s + 1, word, code.len - 2) == 0;
}

/* An error of the engine: an object, one in an object, or a text. */
static void
take_error(struct batch *b, struct part error, struct batch_reply *r)
{
	struct part code = { NULL, 0, JSON_NULL };

	if (error.s == NULL)
		return;
	r->ok = 0;
	if (r->status / 100 == 2) {
		r->status = 0;
		r->body = NULL;
	}
	r->error = error.s;
	r->error_len = error.len;
	if (open_part(b, error) == 0) {
		r->wrapped = member(b, error.s, "error").s != NULL;
		code = member(b, error.s, "code");
	}
	if (r->status == 0 && r->body == NULL)
		r->unrun = is_code(code, "batch_expired") ||
		    is_code(code, "batch_cancelled");
	if (r->status == 0)
		r->status = is_code(code, "request_timeout") ? 408 : 500;
}

int
batch_read(struct batch *b, const char *s, size_t len, struct batch_reply *r,
    struct buf *why)
{
	struct part id, response, error;

	memset(r, 0, sizeof(*r));
	if (json_scan(&b->scan, s, len, why) < 0)
		return -1;
	id = member(b, s, "custom_id");
	response = member(b, s, "response");
	error = member(b, s, "error");
	if (take_id(b, id) < 0) {
		buf_str(why, "no custom_id");
		return -1;
	}
	if (response.kind == JSON_OBJECT)
		take_response(b, response, r);
	take_error(b, error, r);
	if (r->status == 0 || (r->body == NULL && r->error == NULL)) {
		buf_str(why, "neither a response nor an error");
		return -1;
	}
	return 0;
}
