/* The JSON around an answer, and the answer of /v1/embeddings. */
#include <ctype.h>
#include <string.h>

#include "server.h"

enum { DIMS = 32 };

/* The content's literal; the raw bytes of a wound go behind its digest. */
static void
literal(const struct ask *a, struct slice text, const char *raw,
    struct buf *out)
{
	char mark[17];
	const char *p;
	size_t at = out->n, n, i;

	buf_quote(out, text);
	if (raw == NULL)
		return;
	snprintf(mark, sizeof mark, "%016llx", (unsigned long long)a->id);
	p = slice_find((struct slice){ out->p + at, out->n - at }, mark);
	i = p ? (size_t)(p - out->p) + 16 : at + 1;
	n = strlen(raw);
	buf_room(out, n);
	memmove(out->p + i + n, out->p + i, out->n - i);
	memcpy(out->p + i, raw, n);
	out->n += n;
}

static void
usage(const struct ask *a, const struct answer *s, struct buf *out)
{
	long in = s->prompt_tokens, told = (long)(s->text.n / 4 + 1);

	if (in < 0)
		in = (long)(a->req->body.n / 4 + 1);
	buf_fmt(out, "\"usage\":{\"prompt_tokens\":%ld,"
	    "\"completion_tokens\":%ld,\"total_tokens\":%ld,"
	    "\"prompt_tokens_details\":{\"cached_tokens\":%ld}}",
	    in, told, in + told, in / 4);
}

void
answer_body(const struct ask *a, const struct answer *s, struct buf *out)
{
	bool chat = a->api == CHAT;

	buf_fmt(out, "{\"id\":\"%s-%016llx\",\"object\":\"%s\",\"created\":"
	    "1700000000,\"model\":\"scripted\",\"choices\":[{\"index\":%d,",
	    chat ? "chatcmpl" : "cmpl", (unsigned long long)a->id,
	    chat ? "chat.completion" : "text_completion", s->index);
	buf_str(out, chat ? "\"message\":{\"role\":\"assistant\",\"content\":"
	    : "\"text\":");
	if (s->null)
		buf_str(out, "null");
	else
		literal(a, buf_slice(&s->text), s->wound, out);
	if (chat) {
		buf_str(out, ",\"refusal\":");
		buf_name(out, s->refusal);
		buf_str(out, "}");
	}
	if (s->choice != NULL)
		buf_str(out, s->choice);
	else
		probs_add(a, s->probs, out);
	buf_str(out, ",\"finish_reason\":");
	buf_name(out, a->probs && a->one ? "length" : s->finish);
	buf_str(out, "}],");
	usage(a, s, out);
	buf_str(out, "}");
}

/* One event of a stream, with that much of the content. */
static void
event(const struct ask *a, const struct answer *s, struct slice text,
    bool end, struct buf *out)
{
	bool chat = a->api == CHAT;

	buf_fmt(out, "data: {\"id\":\"%016llx\",\"object\":\"%s\",\"created\":"
	    "1700000000,\"model\":\"scripted\",\"choices\":[{\"index\":%d,%s",
	    (unsigned long long)a->id, chat ? "chat.completion.chunk" :
	    "text_completion", s->index, chat ? "\"delta\":{" : "");
	if (!end || !chat) {
		buf_str(out, chat ? "\"content\":" : "\"text\":");
		literal(a, text, s->wound, out);
	}
	buf_str(out, chat ? "},\"finish_reason\":" : ",\"finish_reason\":");
	buf_name(out, end ? s->finish : NULL);
	buf_str(out, "}]}\n\n");
}

/* The same answer as events; `whole` adds the last three. */
void
answer_stream(const struct ask *a, const struct answer *s, bool whole,
    struct buf *out)
{
	enum { PIECE = 24 };
	struct slice rest = buf_slice(&s->text), piece;

	while (rest.n > 0 && !s->null) {
		piece = rest;
		if (piece.n > PIECE)
			for (piece.n = PIECE; (piece.p[piece.n] & 0xc0) ==
			    0x80; piece.n++)
				;
		event(a, s, piece, false, out);
		rest.p += piece.n;
		rest.n -= piece.n;
	}
	if (!whole)
		return;
	event(a, s, slice_of(""), true, out);
	buf_str(out, "data: {\"choices\":[],");
	usage(a, s, out);
	buf_str(out, "}\n\ndata: [DONE]\n\n");
}

/*
 * A bag of words, hashed: each word (a run of ASCII letters and digits, or
 * one code point) adds or takes 1 in one place.  The place of the last word
 * counts twice, so that order matters a little.
 */
static void
embed(struct slice t, float *v)
{
	struct slice w;
	uint64_t h = 0;
	size_t i;

	for (i = 0; i < DIMS; i++)
		v[i] = 0;
	for (i = 0; i < t.n; i += w.n) {
		w = (struct slice){ t.p + i, 1 };
		if ((unsigned char)*w.p >= 0x80)
			while (i + w.n < t.n && (w.p[w.n] & 0xc0) == 0x80)
				w.n++;
		else if (isalnum((unsigned char)*w.p))
			while (i + w.n < t.n &&
			    isalnum((unsigned char)w.p[w.n]))
				w.n++;
		else
			continue;
		h = mix(digest(w));
		v[h & (DIMS - 1)] += h >> 40 & 1 ? 1 : -1;
	}
	v[h & (DIMS - 1)] += h >> 40 & 1 ? 1 : -1;
}

static void
add_base64(struct buf *out, const unsigned char *p, size_t n)
{
	static const char abc[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned long u;
	char t[4];
	size_t i, left;

	for (i = 0; i < n; i += 3) {
		left = n - i;
		u = (unsigned long)p[i] << 16 |
		    (left > 1 ? (unsigned long)p[i + 1] << 8 : 0) |
		    (left > 2 ? p[i + 2] : 0);
		t[0] = abc[u >> 18];
		t[1] = abc[u >> 12 & 63];
		t[2] = left > 1 ? abc[u >> 6 & 63] : '=';
		t[3] = left > 2 ? abc[u & 63] : '=';
		buf_add(out, t, 4);
	}
}

static void
add_vector(const struct ask *a, struct slice text, size_t index,
    struct buf *out)
{
	float v[DIMS];
	unsigned char raw[4 * DIMS];
	uint32_t bits;
	size_t i;

	embed(text, v);
	buf_fmt(out, "%s{\"object\":\"embedding\",\"index\":%zu,"
	    "\"embedding\":", index ? "," : "", index);
	if (!a->base64) {
		for (i = 0; i < DIMS; i++)
			buf_fmt(out, "%c%.1f", i ? ',' : '[', (double)v[i]);
		buf_str(out, "]}");
		return;
	}
	for (i = 0; i < DIMS; i++) {	/* little-endian on any machine */
		memcpy(&bits, &v[i], 4);
		raw[4 * i] = (unsigned char)bits;
		raw[4 * i + 1] = (unsigned char)(bits >> 8);
		raw[4 * i + 2] = (unsigned char)(bits >> 16);
		raw[4 * i + 3] = (unsigned char)(bits >> 24);
	}
	buf_str(out, "\"");
	add_base64(out, raw, sizeof raw);
	buf_str(out, "\"}");
}

void
answer_embed(const struct ask *a, struct buf *out)
{
	struct slice it = js_open(a->input, '['), val = a->input;
	struct buf text = { NULL, 0, 0 };
	size_t n = 0;

	buf_str(out, "{\"object\":\"list\",\"data\":[");
	if (it.p == NULL) {
		js_text(val, &text);
		add_vector(a, buf_slice(&text), n++, out);
	}
	while (js_next(&it, NULL, &val)) {
		text.n = 0;
		js_text(val, &text);
		add_vector(a, buf_slice(&text), n++, out);
	}
	buf_fmt(out, "],\"model\":\"scripted\",\"usage\":{\"prompt_tokens\":"
	    "%zu,\"total_tokens\":%zu}}\n", a->req->body.n / 4 + 1,
	    a->req->body.n / 4 + 1);
	buf_free(&text);
}
