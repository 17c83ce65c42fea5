/*
 * The default answer.  It is a function of the request's body and of nothing
 * else: no clock, no counter, no order of arrival.
 */
#include <ctype.h>
#include <string.h>

#include "server.h"

enum { WORDS = 6, WORDS_MAX = 48 };

static bool
inner(char c)			/* not the first byte of a code point */
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static bool
chinese(struct slice s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xe3 &&
		    (unsigned char)s.p[i] <= 0xe9)
			return true;
	return false;
}

/* The first words of the passage, without numbers and directives before. */
static struct slice
first_words(struct slice t)
{
	const char *e;
	size_t n, words = 0;

	while (t.n > 0 && (unsigned char)*t.p < 0x80 &&
	    !isalpha((unsigned char)*t.p)) {
		if (slice_starts(t, "@@")) {
			e = slice_find((struct slice){ t.p + 2, t.n - 2 },
			    "@@");
			n = e ? (size_t)(e - t.p) + 2 : 2;
		} else {
			n = 1;
		}
		t.p += n;
		t.n -= n;
	}
	for (n = 0; n < t.n && n < WORDS_MAX && t.p[n] != '@'; n++)
		if (isspace((unsigned char)t.p[n]) &&
		    (++words == WORDS || t.p[n] == '\n'))
			break;
	while (n > 0 && n < t.n && inner(t.p[n]))
		n--;
	while (n > 0 && ispunct((unsigned char)t.p[n - 1]))
		n--;
	return (struct slice){ t.p, n };
}

/* Where the passage is cut in two: a blank near its middle, or there. */
static size_t
middle(struct slice t)
{
	size_t i, at = t.n / 2;

	for (i = 0; i <= t.n / 4; i++) {
		if (at + i < t.n && isspace((unsigned char)t.p[at + i]))
			return at + i;
		if (at > i && isspace((unsigned char)t.p[at - i]))
			return at - i;
	}
	while (at > 0 && inner(t.p[at]))
		at--;
	return at;
}

static void
add_part(const struct ask *a, bool second, struct slice tail, struct buf *out)
{
	struct slice t = a->text;
	size_t at = middle(t);

	if (second) {
		while (at < t.n && isspace((unsigned char)t.p[at]))
			at++;
		t.p += at;
		t.n -= at;
	} else {
		t.n = at;
	}
	buf_str(out, "\"");
	buf_escape(out, t);
	buf_escape(out, tail);
	buf_str(out, "\"");
}

/* Words that stand in the passage. */
static void
add_quote(const struct ask *a, struct slice tail, struct buf *out)
{
	buf_str(out, "\"");
	buf_escape(out, first_words(a->text));
	buf_escape(out, tail);
	buf_str(out, "\"");
}

/* "What about DIGEST WORDS?" or "Answer DIGEST: WORDS."; maybe as JSON. */
static void
say(const struct ask *a, bool question, bool json, struct slice tail,
    struct buf *out)
{
	struct slice w = first_words(a->text);
	bool zh = chinese(w);

	buf_str(out, json ? "\"" : "");
	buf_str(out, question ? zh ? "关于" : "What about " :
	    zh ? "回答" : "Answer ");
	buf_fmt(out, "%016llx", (unsigned long long)a->id);
	buf_str(out, question ? " " : zh ? "：" : ": ");
	if (json) {
		buf_escape(out, w);
		buf_escape(out, tail);
	} else {
		buf_add(out, w.p, w.n);
		buf_add(out, tail.p, tail.n);
	}
	buf_str(out, question ? zh ? "说了什么？" : "?" : zh ? "。" : ".");
	buf_str(out, json ? "\"" : "");
}

/* How many units 1, 2, 3 ... the message numbers at the start of lines. */
static long
units(struct slice msg)
{
	struct slice rest = msg;
	const char *e;
	long n, count = 0;

	while (rest.n > 0) {
		if (*rest.p == '[' || *rest.p == '(')
			rest.p++, rest.n--;
		n = slice_long(rest);
		if (n == 1 || (n > 1 && n == count + 1))
			count = n;
		if ((e = memchr(rest.p, '\n', rest.n)) == NULL)
			break;
		rest.n -= (size_t)(e - rest.p) + 1;
		rest.p = e + 1;
	}
	return count;
}

static void
add_integer(const struct ask *a, struct slice schema, struct buf *out)
{
	struct slice min = js_member(schema, "minimum");
	struct slice max = js_member(schema, "maximum");
	long lo = min.p ? slice_long(min) : 1;
	long hi = max.p ? slice_long(max) : units(buf_slice(&a->msg)) - 1;

	if (hi < lo)
		hi = lo;
	buf_fmt(out, "%ld", lo + (long)(mix(a->id) %
	    (uint64_t)(hi - lo + 1)));
}

/* One of the values an "enum" allows; false when there is none. */
static bool
add_choice(const struct ask *a, struct slice schema, struct buf *out)
{
	struct slice list = js_member(schema, "enum"), it, val;
	uint64_t n = 0;

	for (it = js_open(list, '['); js_next(&it, NULL, &val); )
		n++;
	if (n == 0)
		return false;
	n = mix(a->id) % n;
	for (it = js_open(list, '['); js_next(&it, NULL, &val) && n > 0; )
		n--;
	buf_add(out, val.p, val.n);
	return true;
}

/*
 * The value of one member.  v is its schema, or with `example` a value of
 * the same kind.
 */
static void
add_value(const struct ask *a, struct slice name, struct slice v, bool example,
    struct slice tail, struct buf *out)
{
	struct slice type = js_member(v, "type");
	char c = example ? v.p[0] : '\0';

	if (slice_is(name, "question"))
		say(a, true, true, tail, out);
	else if (slice_is(name, "first") || slice_is(name, "second"))
		add_part(a, name.p[0] == 's', tail, out);
	else if (slice_is(name, "quote"))
		add_quote(a, tail, out);
	else if (!example && add_choice(a, v, out))
		return;
	else if (slice_is(type, "\"integer\"") || c == '-' ||
	    (c >= '0' && c <= '9'))
		add_integer(a, v, out);
	else if (slice_is(type, "\"boolean\"") || c == 't' || c == 'f')
		buf_str(out, mix(a->id) & 1 ? "true" : "false");
	else if (slice_is(type, "\"number\""))
		buf_fmt(out, "0.%03u", (unsigned)(mix(a->id) % 1000));
	else if (slice_is(type, "\"array\"") || c == '[')
		buf_str(out, "[]");
	else if (slice_is(type, "\"object\"") || c == '{')
		buf_str(out, "{}");
	else
		say(a, false, true, tail, out);
}

/* Where the last worked example is a yes or a no, so is the answer. */
static bool
say_yes_or_no(const struct ask *a, struct buf *out)
{
	static const char *const words[] = { "no", "yes", "否", "是" };
	struct slice example = buf_slice(&a->example);
	size_t i;

	for (i = 0; i < 4 && !slice_is(example, words[i]); i++)
		;
	if (i == 4)
		return false;
	buf_str(out, words[(i & 2) | (mix(a->id) & 1)]);
	return true;
}

/*
 * In the shape of the schema, else in that of the last worked example when
 * it is a JSON object or a word, else as a sentence.  tail goes into every
 * text.
 */
void
answer_say(const struct ask *a, struct slice tail, struct buf *out)
{
	struct slice shape = a->props, it, key, val;
	bool example = false, more = false;

	if (shape.p == NULL && a->example.n > 0 && a->example.p[0] == '{' &&
	    js_valid(buf_slice(&a->example))) {
		shape = buf_slice(&a->example);
		while (isspace((unsigned char)shape.p[shape.n - 1]))
			shape.n--;
		example = true;
	}
	if (shape.p == NULL && a->json_object)
		shape = slice_of("{\"answer\":{}}");
	if (shape.p == NULL) {
		if (!say_yes_or_no(a, out))
			say(a, false, false, tail, out);
		return;
	}
	buf_str(out, "{");
	for (it = js_open(shape, '{'); js_next(&it, &key, &val); more = true) {
		buf_str(out, more ? ",\"" : "\"");
		buf_add(out, key.p, key.n);
		buf_str(out, "\":");
		add_value(a, key, val, example, tail, out);
	}
	buf_str(out, "}");
}

void
answer_plain(struct answer *s)
{
	buf_clear(&s->text);
	s->finish = "stop";
	s->refusal = s->wound = s->choice = s->probs = NULL;
	s->null = false;
	s->prompt_tokens = -1;
	s->index = 0;
}
