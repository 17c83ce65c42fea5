/* The tokens of an echoed text: where each lies, and how likely it is. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llm/logprob_int.h"
#include "rec/json.h"

enum {
	PARTS_MAX = 64,		/* tokens in a row that are parts of them */
	PART_BYTES = 3		/* of a character, in the least of them */
};

struct token {
	size_t at;		/* its first byte that is no blank */
	double value;
	int has_value;
};

struct reading {
	const char *text;
	size_t len, at;		/* of the text; what is covered of it */
	struct token *v;	/* owned */
	size_t n, cap;
	size_t parts;		/* the last ones lie somewhere behind `at` */
	size_t most;		/* and cover so many bytes at most */
	unsigned long seen;	/* tokens of the reply */
	struct buf token;
};

/* A blank as tokenizers write it (SentencePiece, GPT-2), or itself: bytes. */
static size_t
blank(const char *s)
{
	if (*s == ' ')
		return 1;
	if (strncmp(s, "\xe2\x96\x81", 3) == 0)
		return 3;
	return strncmp(s, "\xc4\xa0", 2) == 0 ? 2 : 0;
}

/*
 * How many bytes the text at p begins with of a token's, in *same; 1 when it
 * is the whole token.  Decoded alone, a token may have lost the blank before
 * it, and the first one may have got one (SentencePiece).
 */
static int
fits(const struct reading *r, size_t p, size_t *same)
{
	const char *t = buf_cstr(&r->token), *s = r->text + p;
	size_t n;

	n = blank(t);
	if (n > 0 && p == 0 && *s != ' ')
		t += n;
	else if (n == 0 && *s == ' ' && *t != '\0' && *t > ' ')
		s++;
	while (*t != '\0' && *s != '\0') {
		n = *s == ' ' ? blank(t) : *s == *t;
		if (n == 0)
			break;
		t += n;
		s++;
	}
	*same = (size_t)(s - r->text) - p;
	return *t == '\0';
}

static int
is_part(int c)
{
	return (c & 0x80) != 0;
}

/* The bytes from `at` on, up to `end`, are this token's: where it begins. */
static size_t
start(const struct reading *r, size_t at, size_t end)
{
	size_t i = at;

	while (i < end && strchr(" \t\r\n", r->text[i]) != NULL)
		i++;
	return i < end ? i : at;
}

static int
add(struct reading *r, size_t at, int has_value, double value)
{
	struct token *t;

	if (mem_grow(&r->v, &r->cap, r->n + 1, sizeof(*r->v)) < 0)
		return -1;
	t = &r->v[r->n++];
	t->at = at;
	t->has_value = has_value;
	t->value = value;
	return 0;
}

/* The open parts share the bytes up to `end` evenly. */
static void
close_parts(struct reading *r, size_t end)
{
	struct token *t = r->v + r->n - r->parts;
	size_t i;

	for (i = 1; i < r->parts; i++)
		t[i].at = r->at + (end - r->at) * i / r->parts;
	r->parts = r->most = 0;
	r->at = end;
}

/* Finds a whole token behind open parts, which are no ASCII. */
static int
find_behind(struct reading *r, size_t *at, size_t *same)
{
	size_t p;

	for (p = r->at; p < r->len && p - r->at <= r->most; p++) {
		if ((r->text[p] & 0xc0) != 0x80 && fits(r, p, same)) {
			*at = p;
			return 1;
		}
		if (!is_part(r->text[p]))
			break;
	}
	return 0;
}

/* A token that is a part of a character, behind `same` bytes that are not. */
static int
add_part(struct reading *r, size_t same, int has_value, double value)
{
	size_t at, len = r->token.len - (same < r->token.len ? same : 0);

	while (same > 0 && (r->text[r->at + same] & 0xc0) == 0x80)
		same--;
	at = r->at + same;
	if (r->parts == PARTS_MAX ||
	    (r->token.len > 0 && !is_part(r->text[at])))
		return 1;
	if (add(r, start(r, r->at, at + 1), has_value, value) < 0)
		return -1;
	r->parts++;
	r->most += len > PART_BYTES ? len : PART_BYTES;
	r->at = at;
	return 0;
}

/* Places the token that was read.  0; 1: it is not the text's; -1. */
static int
place(struct reading *r, int has_value, double value)
{
	size_t at = r->at, same = 0;
	int whole = r->token.len > 0 && (r->parts > 0 ?
	    find_behind(r, &at, &same) : fits(r, at, &same));
	int bad;

	if (whole) {
		if (r->parts > 0)
			close_parts(r, at);
		r->at = at + same;
		return add(r, start(r, at, r->at), has_value, value);
	}
	bad = add_part(r, r->parts > 0 ? 0 : same, has_value, value);
	if (bad > 0 && r->seen == 1)
		return 0;	/* <s> and the like */
	return bad;
}

static int
take(struct reading *r, const struct view *token, const struct view *value,
    struct buf *why)
{
	double x = 0;
	int has = logprob_value(value, &x), bad;

	r->seen++;
	buf_reset(&r->token);
	if (view_kind(token) != JSON_STRING || has < 0) {
		buf_fmt(why, "token %lu has no text, or no log-probability",
		    r->seen);
		return 1;
	}
	/* One that no text can hold is a part of something. */
	if (view_text(token, &r->token) < 0 && !buf_ok(&r->token))
		return -1;
	bad = place(r, has, x);
	if (bad > 0) {
		buf_fmt(why, "token %lu is not what the text has at byte %zu: ",
		    r->seen, r->at);
		json_quote(why, buf_cstr(&r->token), r->token.len < 40 ?
		    r->token.len : 40);
	}
	return bad;
}

/* {"content":[{"token":...,"logprob":...},...]}. */
static int
read_content(struct reading *r, const struct view *content, struct buf *why)
{
	static const char *const names[] = { "token", "logprob", NULL };
	struct view one, v[2];
	int bad = 0;

	for (one = view_first(content); bad == 0 && one.s != NULL &&
	    r->at < r->len; one = view_next(&one)) {
		view_get(&one, names, v);
		bad = take(r, &v[0], &v[1], why);
	}
	return bad;
}

/* {"tokens":[...],"token_logprobs":[...]}. */
static int
read_lists(struct reading *r, const struct view *tokens,
    const struct view *values, struct buf *why)
{
	struct view t = view_first(tokens), x = view_first(values);
	int bad = 0;

	while (bad == 0 && t.s != NULL && r->at < r->len) {
		bad = take(r, &t, &x, why);
		t = view_next(&t);
		x = view_next(&x);
	}
	return bad;
}

/* Parts at the text's end; the last one of them was made up by the server. */
static void
end_parts(struct reading *r)
{
	size_t i;

	if (r->parts > 1) {
		r->n--;
		r->parts--;
	}
	for (i = r->at; i < r->len && is_part(r->text[i]); i++)
		;
	if (r->parts > 0 && i == r->len && i - r->at <= r->most)
		close_parts(r, i);
}

static int
sum_up(struct reading *r, size_t from, struct logprob_sum *sum,
    struct buf *why)
{
	size_t i;

	if (r->parts > 0)
		end_parts(r);
	if (r->at < r->len) {
		buf_fmt(why, "the reply's tokens (%lu) cover %zu of the text's "
		    "%zu bytes", r->seen, r->at, r->len);
		return 1;
	}
	sum->n = 0;
	sum->mean = sum->least = 0;
	for (i = 0; i < r->n; i++) {
		if (r->v[i].at < from || (i == 0 && !r->v[i].has_value))
			continue;
		if (!r->v[i].has_value) {
			buf_fmt(why, "no log-probability of token %zu", i + 1);
			return 1;
		}
		sum->mean += r->v[i].value;
		if (sum->n++ == 0 || r->v[i].value < sum->least)
			sum->least = r->v[i].value;
	}
	if (sum->n == 0) {
		buf_str(why, "no token has a log-probability");
		return 1;
	}
	sum->mean /= (double)sum->n;
	return 0;
}

int
logprob_text(const char *json, size_t len, const char *text, size_t from,
    struct logprob_sum *sum, struct buf *why)
{
	static const char *const names[] = { "content", "tokens",
	    "token_logprobs", NULL };
	struct reading r = { .text = text, .len = strlen(text) };
	struct view root, v[3];
	int bad;

	if (view_scan(&root, json, len, names, v, why) < 0)
		return buf_ok(why) ? 1 : -1;
	if (view_kind(&v[0]) == JSON_ARRAY)
		bad = read_content(&r, &v[0], why);
	else
		bad = read_lists(&r, &v[1], &v[2], why);
	if (bad == 0)
		bad = sum_up(&r, from, sum, why);
	free(r.v);
	buf_free(&r.token);
	return buf_ok(why) ? bad : -1;
}
