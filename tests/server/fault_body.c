/* Directives that answer 200 with a body that is not right (part E). */
#include <ctype.h>
#include <string.h>

#include "server.h"

static const struct {
	const char *name, *body;
} fixed[] = {
	{ "empty", "" }, { "null", "null" }, { "arr", "[]" }, { "obj", "{}" },
	{ "string", "\"hello\"" },
	{ "nochoices", "{\"id\":\"x\",\"object\":\"chat.completion\","
	    "\"choices\":[],\"usage\":{\"prompt_tokens\":5,"
	    "\"completion_tokens\":0,\"total_tokens\":5}}" },
	{ "errchoice", "{\"id\":\"x\",\"object\":\"chat.completion\","
	    "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
	    "\"content\":\"\"},\"finish_reason\":\"error\",\"error\":"
	    "{\"code\":502,\"message\":\"The model went away.\"}}]}" },
};

/* Raw bytes inside the literal of a content that is right otherwise. */
static const struct {
	const char *name, *bytes;
} wounds[] = {
	{ "badutf8", "\xff" }, { "overlong", "\xc0\xaf" },
	{ "surrogate", "\\ud800" }, { "nul", "\\u0000" },
	{ "ctrl", "\x01\x1f" }, { "badescape", "\\q" },
	{ "innernul", "\\\\u0000" }, { "innersurrogate", "\\\\ud800" },
};

static const struct {
	const char *name, *finish;
} finishes[] = {
	{ "oddfinish", "because" }, { "nullfinish", NULL },
	{ "cfilter", "content_filter" }, { "lenempty", "length" },
	{ "toolfinish", "tool_calls" },
};

static bool
from_tables(struct reply *r, const struct ask *a, struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (slice_is(name, fixed[i].name)) {
			buf_str(&r->body, fixed[i].body);
			reply_http(r, 200, "");
			return true;
		}
	for (i = 0; i < sizeof wounds / sizeof *wounds; i++)
		if (slice_is(name, wounds[i].name)) {
			r->say.wound = wounds[i].bytes;
			reply_ok(r, a);
			return true;
		}
	for (i = 0; i < sizeof finishes / sizeof *finishes; i++)
		if (slice_is(name, finishes[i].name)) {
			r->say.finish = finishes[i].finish;
			r->say.null = name.p[0] == 'l' || name.p[0] == 't';
			reply_ok(r, a);
			return true;
		}
	return false;
}

/* The right content between two texts. */
static void
around(struct reply *r, const struct ask *a, const char *before,
    const char *after)
{
	buf_str(&r->say.text, before);
	answer_say(a, slice_of(""), &r->say.text);
	buf_str(&r->say.text, after);
	reply_ok(r, a);
}

static void
only(struct reply *r, const struct ask *a, const char *text)
{
	buf_str(&r->say.text, text);
	reply_ok(r, a);
}

/* The right content with more text inside each of its strings. */
static void
inside(struct reply *r, const struct ask *a, const char *text, size_t times)
{
	struct buf tail = { NULL, 0, 0 };

	buf_fill(&tail, text, times);
	answer_say(a, buf_slice(&tail), &r->say.text);
	buf_free(&tail);
	reply_ok(r, a);
}

/* "Name: value" lines instead of the JSON object that was asked for. */
static void
labelled(struct reply *r, const struct ask *a, bool chinese)
{
	static const char *const words[][2] = {
		{ "question", "问题" }, { "cut", "切分" },
		{ "first", "第一部分" }, { "second", "第二部分" },
		{ "answer", "回答" },
	};
	struct buf json = { NULL, 0, 0 };
	struct slice it, key, val;
	size_t i;

	answer_say(a, slice_of(""), &json);
	it = js_open(buf_slice(&json), '{');
	while (js_next(&it, &key, &val)) {
		for (i = 0; i < sizeof words / sizeof *words; i++)
			if (chinese && slice_is(key, words[i][0]))
				key = slice_of(words[i][1]);
		buf_add(&r->say.text, key.p, key.n);
		if (!chinese && key.n > 0)
			r->say.text.p[r->say.text.n - key.n] = (char)toupper(
			    (unsigned char)key.p[0]);
		buf_str(&r->say.text, chinese ? "：" : ": ");
		if (!js_text(val, &r->say.text))
			buf_add(&r->say.text, val.p, val.n);
		buf_str(&r->say.text, "\n");
	}
	buf_free(&json);
	reply_ok(r, a);
}

/* Half of the right content, down to a whole code point. */
static void
half(struct reply *r, const struct ask *a)
{
	struct buf *t = &r->say.text;

	answer_say(a, slice_of(""), t);
	for (t->n /= 2; t->n > 0 && (t->p[t->n] & 0xc0) == 0x80; t->n--)
		;
	r->say.finish = "length";
	reply_ok(r, a);
}

static bool
content(struct reply *r, const struct ask *a, struct slice name)
{
	if (slice_is(name, "blank"))
		only(r, a, "  \n\t ");
	else if (slice_is(name, "think"))
		only(r, a, "<think>It is about many things.</think>");
	else if (slice_is(name, "thinkopen"))
		only(r, a, "<think>It is about many things, and so I");
	else if (slice_is(name, "notjson"))
		only(r, a, "I would rather talk about the weather.");
	else if (slice_is(name, "other"))
		only(r, a, "What about 0000000000000000 another record?");
	else if (slice_is(name, "thinkok"))
		around(r, a, "<think>\nFirst {\"question\":1}, then.\n"
		    "</think>\n\n", "");
	else if (slice_is(name, "fenced"))
		around(r, a, "Here it is:\n\n```json\n", "\n```\n\nGood luck!");
	else if (slice_is(name, "prose"))
		around(r, a, "Sure, here it is: ", " I hope that it helps.");
	else if (slice_is(name, "odd"))
		inside(r, a, "\n\"\\/ \xe2\x80\xa8 \xf0\x9f\x8c\x8d e\xcc\x81",
		    1);
	else if (slice_is(name, "big"))
		inside(r, a, " and more", 1 << 17);
	else if (slice_is(name, "labels") || slice_is(name, "zhlabels"))
		labelled(r, a, name.p[0] == 'z');
	else if (slice_is(name, "length"))
		half(r, a);
	else
		return false;
	return true;
}

/* Splices text into the right body, after its first byte. */
static void
splice(struct reply *r, const struct ask *a, const char *open,
    const char *unit, size_t times, const char *close)
{
	struct buf whole = { NULL, 0, 0 };

	reply_compose(r, a);
	buf_add(&whole, r->body.p, r->body.n);
	r->body.n = 1;
	buf_str(&r->body, open);
	buf_fill(&r->body, unit, times);
	buf_str(&r->body, close);
	buf_add(&r->body, whole.p + 1, whole.n - 1);
	buf_free(&whole);
	reply_http(r, 200, "");
}

static void
deep(struct reply *r, const struct ask *a)
{
	struct buf close = { NULL, 0, 0 };

	buf_fill(&close, "]", 100000);
	buf_add(&close, ",", 2);
	splice(r, a, "\"x\":", "[", 100000, close.p);
	buf_free(&close);
}

static void
many_keys(struct reply *r, const struct ask *a)
{
	struct buf keys = { NULL, 0, 0 };
	int i;

	for (i = 0; i < 1000000; i++)
		buf_fmt(&keys, "\"k%d\":0,", i);
	buf_add(&keys, "", 1);
	splice(r, a, keys.p, "", 0, "");
	buf_free(&keys);
}

static void
append(struct reply *r, const struct ask *a, const char *text)
{
	reply_compose(r, a);
	buf_str(&r->body, text);
	reply_http(r, 200, "");
}

static void
refuse(struct answer *s)
{
	s->null = true;
	s->refusal = "I cannot help with that.";
}

static bool
document(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	size_t n = (size_t)slice_long(arg);

	if (slice_is(name, "cut")) {
		reply_compose(r, a);
		r->body.n = n < r->body.n ? n : r->body.n;
		reply_http(r, 200, "");
	} else if (slice_is(name, "err200")) {
		buf_str(&r->body, "{\"error\":{\"message\":\"It went wrong "
		    "later.\",\"code\":");
		if (arg.n > 0 && isdigit((unsigned char)*arg.p))
			buf_add(&r->body, arg.p, arg.n);
		else
			buf_quote(&r->body, arg.p ? arg : slice_of(""));
		buf_str(&r->body, "}}\n");
		reply_http(r, 200, "");
	} else if (slice_is(name, "trail")) {
		append(r, a, "and then some\n");
	} else if (slice_is(name, "twodocs")) {
		append(r, a, "{\"choices\":[]}\n");
	} else if (slice_is(name, "deep")) {
		deep(r, a);
	} else if (slice_is(name, "bignum")) {
		splice(r, a, "\"x\":1", "0", 10000000, ",");
	} else if (slice_is(name, "manykeys")) {
		many_keys(r, a);
	} else if (slice_is(name, "dupchoices")) {
		splice(r, a, "\"choices\":[{\"index\":0,\"message\":{\"role\":"
		    "\"assistant\",\"content\":\"The other one.\"},"
		    "\"finish_reason\":\"stop\"}],", "", 0, "");
	} else {
		return false;
	}
	return true;
}

bool
fault_body(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	struct answer *s = &r->say;

	if (from_tables(r, a, name) || content(r, a, name) ||
	    document(r, a, name, arg))
		return true;
	if (slice_is(name, "nan") || slice_is(name, "inf"))
		s->choice = name.p[0] == 'n' ? ",\"logprobs\":{\"content\":"
		    "[{\"token\":\"a\",\"logprob\":NaN}]}" :
		    ",\"logprobs\":{\"content\":"
		    "[{\"token\":\"a\",\"logprob\":-Infinity}]}";
	else if (slice_is(name, "nullcontent"))
		s->null = true;
	else if (slice_is(name, "refusal"))
		refuse(s);
	else if (slice_is(name, "fewtokens"))
		s->prompt_tokens = arg.p ? slice_long(arg) : 5;
	else if (slice_is(name, "badindex"))
		s->index = 7;
	else
		return false;
	reply_ok(r, a);
	return true;
}
