#include "llm/answer.h"

#include <string.h>

#include "llm/answer_int.h"
#include "rec/json.h"
#include "rec/view.h"

enum {
	TRIES = 32,		/* braces at which an object may begin */
	DEPTH = 100		/* of an object that a prompt would ask for */
};

/* Chinese type for a JSON mark: at s, so many bytes of a text. */
static const struct wide { const char *s; char mark; } wides[] = {
	{ "“", '"' }, { "”", '"' }, { "＂", '"' }, { "：", ':' },
	{ "，", ',' }, { "｛", '{' }, { "｝", '}' }, { "　", ' ' },
	{ NULL, 0 }
};

static const struct wide *
wide_at(const char *s, size_t len)
{
	const struct wide *w;

	if ((unsigned char)*s < 0xe2)
		return NULL;
	for (w = wides; w->s != NULL; w++)
		if (len >= 3 && memcmp(s, w->s, 3) == 0)
			return w;
	return NULL;
}

/* A string whose first quote, `open` bytes long, stands at s. */
static size_t
copy_string(const char *s, size_t len, size_t open, struct buf *out)
{
	const char *close = open == 1 ? "\"" : memcmp(s, "“", 3) == 0 ? "”" :
	    s;
	size_t i;

	buf_byte(out, '"');
	for (i = open; i < len; i++) {
		if (len - i >= open && memcmp(s + i, close, open) == 0) {
			buf_byte(out, '"');
			return i + open;
		}
		if ((unsigned char)s[i] < 0x20)
			buf_fmt(out, "\\u%04x", (unsigned)s[i]);
		else if (s[i] == '"')
			buf_str(out, "\\\"");
		else
			buf_byte(out, s[i]);
		if (s[i] == '\\' && i + 1 < len)
			buf_byte(out, s[++i]);
	}
	return 0;
}

/*
 * Copies the object that begins at s as strict JSON, as far as a reader can
 * tell what was meant.  0 when it does not close.
 */
static int
copy_object(const char *s, size_t len, struct buf *out)
{
	const struct wide *w;
	size_t i, n, depth = 0;
	char c;

	for (i = 0; i < len; i += n) {
		w = wide_at(s + i, len - i);
		c = w != NULL ? w->mark : s[i];
		n = w != NULL ? 3 : 1;
		if (c == '"') {
			n = copy_string(s + i, len - i, n, out);
			if (n == 0)
				return 0;
			continue;
		}
		buf_byte(out, c);
		if (c == '{' && ++depth > DEPTH)
			return 0;
		if (c == '}' && --depth == 0)
			return 1;
	}
	return 0;
}

/* The next brace that may begin an object, or NULL. */
static const char *
next_brace(const char *s, const char *end)
{
	const struct wide *w;

	for (; s < end; s++) {
		if (*s == '{')
			return s;
		w = wide_at(s, (size_t)(end - s));
		if (w != NULL && w->mark == '{')
			return s;
	}
	return NULL;
}

/* The text of the object in *object, its tree returned. */
static struct doc *
find_object(const char *text, size_t len, struct buf *object,
    struct buf *why)
{
	const char *p = text, *end = text + len;
	struct doc *d = NULL;
	int tries;

	/* Bounded: a reply of nothing but braces costs no hours. */
	for (tries = 0; d == NULL && tries < TRIES; tries++) {
		p = next_brace(p, end);
		if (p == NULL)
			break;
		buf_reset(object);
		buf_reset(why);
		if (copy_object(p, (size_t)(end - p), object) &&
		    buf_ok(object))
			d = doc_parse(object->s, object->len, why);
		why->bad |= object->bad;
		if (!buf_ok(why))
			return NULL;	/* another brace may be inside */
		p++;
	}
	if (d == NULL && why->len == 0)
		buf_str(why, "the reply holds no JSON object");
	return d;
}

struct doc *
answer_object(const char *text, size_t len, struct buf *why)
{
	struct buf object = BUF_INIT;
	struct doc *d = find_object(text, len, &object, why);

	buf_free(&object);
	return d;
}

int
answer_first(const char *text, size_t len, const struct answer_field *f,
    struct buf *out)
{
	const char *const names[] = { f->name, NULL };
	struct buf why = BUF_INIT;
	struct view root, v;
	int r = len > 0 && *text == '{' ?
	    view_scan(&root, text, len, names, &v, &why) : -1;

	buf_free(&why);
	buf_reset(out);
	if (r < 0)
		return 0;
	return view_text(&v, out) > 0;
}

/* The object's member m, under its field's name when no other has that. */
static void
add_member(const struct doc *d, const struct json_member *m,
    const char *text, const struct answer_field *f, struct buf *b)
{
	const char *val = text + m->val;
	const struct answer_field *hit = answer_label(f, text + m->key,
	    m->key_len);

	if (hit != NULL && doc_get(d, hit->name) != NULL &&
	    (strlen(hit->name) != m->key_len || memcmp(hit->name, text +
	    m->key, m->key_len) != 0))
		hit = NULL;
	if (b->len > 1)
		buf_byte(b, ',');
	if (hit != NULL)
		buf_fmt(b, "\"%s\":", hit->name);
	else
		buf_fmt(b, "\"%.*s\":", (int)m->key_len, text + m->key);
	if (hit == NULL || hit->kind != ANSWER_NUMBER || m->kind !=
	    JSON_STRING || !answer_number(val, val + m->val_len, b))
		buf_add(b, val, m->val_len);
}

/*
 * The object again, each member that a label names under its own name, and
 * numbers without the quotes they may have.
 */
static struct doc *
own_names(const struct doc *d, const struct buf *object,
    const struct answer_field *f, struct buf *why)
{
	struct json_scan scan = { .v = NULL };
	struct buf b = BUF_INIT;
	struct doc *new = NULL;
	size_t i;

	if (json_scan(&scan, object->s, object->len, why) == 0) {
		buf_byte(&b, '{');
		for (i = 0; i < scan.n; i++)
			add_member(d, &scan.v[i], object->s, f, &b);
		buf_byte(&b, '}');
		if (buf_ok(&b))
			new = doc_parse(b.s, b.len, why);
	}
	json_scan_free(&scan);
	buf_free(&b);
	return new;
}

/* Has the object all fields, in the form they are meant to have? */
static int
is_plain(const struct doc *d, const struct answer_field *f)
{
	double x;

	for (; f->name != NULL; f++)
		if (doc_get(d, f->name) == NULL || (f->kind == ANSWER_NUMBER &&
		    !doc_number(doc_get(d, f->name), &x)))
			return 0;
	return 1;
}

struct doc *
answer_read(const char *text, size_t len, const struct answer_field *f,
    struct buf *why)
{
	struct buf object = BUF_INIT;
	struct doc *d, *other;

	/* Mostly the text is the object, and nothing else. */
	d = len > 0 && *text == '{' ? doc_parse(text, len, why) : NULL;
	if (d != NULL && is_plain(d, f))
		return d;
	doc_free(d);
	buf_reset(why);
	d = find_object(text, len, &object, why);
	if (d != NULL && !is_plain(d, f)) {
		other = own_names(d, &object, f, why);
		why->bad |= other == NULL;
		doc_free(d);
		d = other;
	}
	buf_free(&object);
	if (!buf_ok(why))
		return NULL;
	if (doc_get(d, f->name) != NULL)
		return d;
	other = answer_lines(text, len, f, why);
	if (other == NULL && buf_ok(why))
		return d;
	doc_free(d);
	if (other == NULL)
		return NULL;
	buf_reset(why);
	return other;
}
