/* The JSON around an answer, and the answer of /v1/embeddings. */
#include <ctype.h>
#include <string.h>

#include "server.h"

enum { DIMS = 32 };

/* Puts raw bytes behind the digest in the literal that starts at `at`. */
static void
wound(struct buf *out, size_t at, const struct ask *a, const char *raw)
{
	char mark[17];
	const char *p;
	size_t n = strlen(raw), i;

	snprintf(mark, sizeof mark, "%016llx", (unsigned long long)a->id);
	p = slice_find((struct slice){ out->p + at, out->n - at }, mark);
	i = p ? (size_t)(p - out->p) + 16 : at + 1;
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
	size_t at;

	buf_fmt(out, "{\"id\":\"%s-%016llx\",\"object\":\"%s\",\"created\":"
	    "1700000000,\"model\":\"scripted\",\"choices\":[{\"index\":%d,",
	    chat ? "chatcmpl" : "cmpl", (unsigned long long)a->id,
	    chat ? "chat.completion" : "text_completion", s->index);
	buf_str(out, chat ? "\"message\":{\"role\":\"assistant\",\"content\":"
	    : "\"text\":");
	at = out->n;
	if (s->null)
		buf_str(out, "null");
	else
		buf_quote(out, buf_slice(&s->text));
	if (s->wound != NULL)
		wound(out, at, a, s->wound);
	if (chat) {
		buf_str(out, ",\"refusal\":");
		if (s->refusal != NULL)
			buf_quote(out, slice_of(s->refusal));
		else
			buf_str(out, "null");
		buf_str(out, "}");
	}
	buf_str(out, s->choice ? s->choice : ",\"logprobs\":null");
	buf_str(out, ",\"finish_reason\":");
	if (s->finish != NULL)
		buf_quote(out, slice_of(s->finish));
	else
		buf_str(out, "null");
	buf_str(out, "}],");
	usage(a, s, out);
	buf_str(out, "}\n");
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
		h = digest(w);
		v[h >> 32 & (DIMS - 1)] += h >> 40 & 1 ? 1 : -1;
	}
	v[h >> 32 & (DIMS - 1)] += h >> 40 & 1 ? 1 : -1;
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
