/* An answer that is no JSON: "Question: ..." and the lines that follow. */
#include <ctype.h>
#include <string.h>

#include "llm/answer_int.h"
#include "rec/json.h"

enum { LABEL_MAX = 64 };	/* bytes before a colon that may be a label */

static int
same_word(const char *a, const char *b, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (tolower((unsigned char)a[i]) != (unsigned char)b[i])
			return 0;
	return 1;
}

static int
is_label(const struct answer_field *f, const char *word, size_t len)
{
	const char *s = f->labels;
	size_t n;

	if (strlen(f->name) == len && same_word(word, f->name, len))
		return 1;
	for (; *s != '\0'; s += n + (s[n] == '|')) {
		n = strcspn(s, "|");
		if (n == len && same_word(word, s, n))
			return 1;
	}
	return 0;
}

const struct answer_field *
answer_label(const struct answer_field *f, const char *word, size_t len)
{
	for (; f->name != NULL; f++)
		if (is_label(f, word, len))
			return f;
	return NULL;
}

/* Marks of lists, headings and emphasis, and blanks, before a text. */
static const char *
skip_marks(const char *s, const char *end)
{
	const char *digits = s;

	while (s < end && strchr(" \t*#>_-", *s) != NULL)
		s++;
	for (digits = s; digits < end && isdigit((unsigned char)*digits);)
		digits++;
	if (digits > s && digits < end && strchr(".)", *digits) != NULL)
		for (s = digits + 1; s < end && strchr(" *_", *s) != NULL; )
			s++;
	return s;
}

/* The end of a colon at s, ASCII or full-width, or NULL. */
static const char *
after_colon(const char *s, const char *end)
{
	if (s < end && *s == ':')
		return s + 1;
	return end - s >= 3 && memcmp(s, "：", 3) == 0 ? s + 3 : NULL;
}

/* The field whose label begins the line; *value is what follows it. */
static const struct answer_field *
label_of(const struct answer_field *f, const char *line, const char *end,
    const char **value)
{
	const char *s = skip_marks(line, end), *p, *stop, *word;

	for (p = s; p < end && p - s <= LABEL_MAX; p++) {
		*value = after_colon(p, end);
		if (*value == NULL)
			continue;
		for (stop = p; stop > s && strchr(" \t*_\"", stop[-1]) !=
		    NULL; )
			stop--;
		word = *s == '"' ? s + 1 : s;
		while (*value < end && strchr(" \t*_", **value) != NULL)
			++*value;
		return answer_label(f, word, stop > word ?
		    (size_t)(stop - word) : 0);
	}
	return NULL;
}

/* Takes blanks, and quotes around the whole, off a value. */
static void
trim(const char **s, const char **end)
{
	static const char *const pairs[][2] = { { "\"", "\"" },
	    { "“", "”" }, { "「", "」" } };
	size_t i, a, b;

	while (*s < *end && isspace((unsigned char)**s))
		++*s;
	while (*s < *end && isspace((unsigned char)(*end)[-1]))
		--*end;
	for (i = 0; i < 3; i++) {
		a = strlen(pairs[i][0]);
		b = strlen(pairs[i][1]);
		if ((size_t)(*end - *s) >= a + b && memcmp(*s, pairs[i][0],
		    a) == 0 && memcmp(*end - b, pairs[i][1], b) == 0) {
			*s += a;
			*end -= b;
			return;
		}
	}
}

/* Where the paragraph that begins at s ends: before a blank line. */
static const char *
paragraph(const char *s, const char *end)
{
	const char *line = s, *p;

	while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		line++;
		for (p = line; p < end && strchr(" \t\r", *p) != NULL; )
			p++;
		if (p == end || *p == '\n')
			return line;
	}
	return end;
}

int
answer_number(const char *s, const char *end, struct buf *b)
{
	size_t n = 0;

	while (s < end && !isdigit((unsigned char)*s))
		s++;
	while (end - s > 1 && *s == '0' && isdigit((unsigned char)s[1]))
		s++;
	while (n < 9 && s + n < end && isdigit((unsigned char)s[n]))
		n++;
	buf_add(b, s, n);
	return n > 0;
}

static void
add_member(const struct answer_field *f, const char *s, const char *end,
    struct buf *b)
{
	struct buf value = BUF_INIT;
	int is_there;

	trim(&s, &end);
	if (f->kind == ANSWER_LINE) {
		end = paragraph(s, end);
		trim(&s, &end);
	}
	is_there = s < end;
	if (f->kind == ANSWER_NUMBER)
		is_there = answer_number(s, end, &value);
	else
		json_quote(&value, s, (size_t)(end - s));
	if (is_there)
		buf_fmt(b, "%s\"%s\":%s", b->len > 1 ? "," : "", f->name,
		    buf_cstr(&value));
	if (!buf_ok(&value))
		b->bad = 1;
	buf_free(&value);
}

struct doc *
answer_lines(const char *text, size_t len, const struct answer_field *f,
    struct buf *why)
{
	const char *line = text, *end = text + len, *next, *value, *from = NULL;
	const struct answer_field *hit, *open = NULL;
	struct buf b = BUF_INIT, inner = BUF_INIT;
	struct doc *d = NULL;
	unsigned seen = 0;

	buf_byte(&b, '{');
	for (; line < end; line = next) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next != NULL ? next + 1 : end;
		hit = label_of(f, line, next, &value);
		if (hit == NULL)
			continue;
		if (open != NULL)
			add_member(open, from, line, &b);
		open = NULL;
		if (seen & 1u << (hit - f))
			break;		/* another answer begins */
		seen |= 1u << (hit - f);
		open = hit;
		from = value;
	}
	if (open != NULL)
		add_member(open, from, end, &b);
	buf_byte(&b, '}');
	if (buf_ok(&b))
		d = doc_parse(b.s, b.len, &inner);
	why->bad |= !buf_ok(&b) || !buf_ok(&inner);
	if (doc_get(d, f->name) == NULL) {
		doc_free(d);
		d = NULL;
	}
	buf_free(&inner);
	buf_free(&b);
	return d;
}
