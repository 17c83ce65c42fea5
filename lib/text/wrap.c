/* What newlines mean: lines are wrapped, or each is a piece of its own. */
#include <string.h>

#include "text/sent_int.h"
#include "text/uni.h"
#include "text/utf8.h"

enum {
	WRAP_MIN = 60,	/* columns of a wrapped line of wide characters */
	WRAP_MAX = 120,	/* no text is wrapped wider than this */
	LOOK = 512	/* bytes that are enough to see WRAP_MAX columns */
};

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Where the line that text[at] is on begins, looking back a little only. */
static size_t
line_start(const char *text, size_t at)
{
	size_t stop = at > LOOK ? at - LOOK : 0, from = at;

	while (from > stop && text[from - 1] != '\n')
		from--;
	while (from < at && ((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	return from;
}

/* Columns up to the newline: two for a character of three bytes or more. */
static size_t
columns(const char *text, size_t len)
{
	size_t i, n = 0;
	unsigned char c;

	for (i = 0; i < len && n <= WRAP_MAX; i++) {
		c = (unsigned char)text[i];
		if (c == '\n')
			break;
		if (c >= 0xe0)
			n += 2;
		else if (c < 0x80 || c >= 0xc0)
			n++;
	}
	return n;
}

/* The line at text is too wide to be wrapped. */
static int
is_long(const char *text, size_t len)
{
	/* A column takes a byte at least. */
	if (len <= WRAP_MAX || memchr(text, '\n', WRAP_MAX + 1) != NULL)
		return 0;
	return columns(text, len) > WRAP_MAX;
}

/* A blank line, or nothing, begins at text[at]. */
static int
blank_line(const char *text, size_t len, size_t at)
{
	while (at < len && is_blank(text[at]))
		at++;
	return at == len || text[at] == '\n' || text[at] == '\f';
}

/* U+3000, the indent of a Chinese or Japanese paragraph. */
static int
is_indent(const char *s, size_t len)
{
	uint32_t cp;

	return len >= 3 && utf8_next(s, len, &cp) == 3 && cp == 0x3000;
}

/* The newline at text[at] ends a paragraph; its line begins at text[from]. */
static int
ends_paragraph(const char *text, size_t len, size_t from, size_t at)
{
	size_t next = at + 1;

	return blank_line(text, len, next) ||
	    is_indent(text + next, len - next) ||
	    is_long(text + from, at - from) ||
	    is_long(text + next, len - next);
}

int
wrap_ends_paragraph(const char *text, size_t len, size_t at)
{
	return ends_paragraph(text, len, line_start(text, at), at);
}

static int
is_one_of(char c, const char *set)
{
	for (; *set != '\0'; set++)
		if (c == *set)
			return 1;
	return 0;
}

/* Length of a list number at s: 1 to 3 digits or one letter; 0: none. */
static size_t
list_number(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && n < 3 && s[n] >= '0' && s[n] <= '9')
		n++;
	if (n == 0 && len > 0 && (s[0] | 0x20) >= 'a' && (s[0] | 0x20) <= 'z')
		n = 1;
	return n;
}

enum item { NO_ITEM, BULLET, FIRST, LATER };

/* What list item begins at s, the start of a line. */
static enum item
item(const char *s, size_t len)
{
	size_t i = 0, n;
	uint32_t cp;

	while (i < len && is_blank(s[i]))
		i++;
	if (i == len)
		return NO_ITEM;
	n = utf8_next(s + i, len - i, &cp);
	if (cp == '-' || cp == '*' || cp == '+' || cp == 0x2022 || cp == 0x25cf)
		return i + n < len && is_blank(s[i + n]) ? BULLET : NO_ITEM;
	n = list_number(s + i, len - i);
	if (n == 0 || len - i < n + 2 || !is_blank(s[i + n + 1]) ||
	    !is_one_of(s[i + n], ".)"))
		return NO_ITEM;
	return n == 1 && is_one_of(s[i], "1aA") ? FIRST : LATER;
}

/* A heading (#), a table row (|) or a fence at s, the start of a line. */
static int
is_block(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == '#')
		n++;
	if (n > 0)
		return n <= 6 && n < len && is_blank(s[n]);
	return len >= 3 && (s[0] == '|' ||
	    (s[0] == '`' && s[1] == '`' && s[2] == '`') ||
	    (s[0] == '~' && s[1] == '~' && s[2] == '~'));
}

/* A line of nothing but three or more of one sign: under a title, a rule. */
static int
is_ruler(const char *s, size_t len)
{
	size_t n = 0;

	if (len == 0 || !is_one_of(*s, "=-*_"))
		return 0;
	while (n < len && s[n] == *s)
		n++;
	return n >= 3 && (n == len || is_blank(s[n]) || s[n] == '\n');
}

/* The newline stands between CJK characters. */
static int
between_cjk(const char *text, size_t len, size_t from, size_t at)
{
	uint32_t before, after;
	size_t end = at;

	while (end > from && is_blank(text[end - 1]))
		end--;
	if (end == from)
		return 0;
	utf8_prev(text, end, &before);
	utf8_next(text + at + 1, len - at - 1, &after);
	return sign_is_cjk(before) && sign_is_cjk(after);
}

int
wrap_ends_sentence(const char *text, size_t len, size_t at)
{
	size_t from = line_start(text, at), next = at + 1;
	enum item kind;

	if (ends_paragraph(text, len, from, at))
		return 1;
	if (is_block(text + from, at - from) ||
	    is_ruler(text + from, at - from) ||
	    is_block(text + next, len - next))
		return 1;
	kind = item(text + next, len - next);
	/* "12. " may also be the end of a wrapped sentence. */
	if (kind == BULLET || kind == FIRST || (kind == LATER &&
	    item(text + from, at - from) != NO_ITEM))
		return 1;
	/* Wide lines are wrapped when one of the two is full. */
	return between_cjk(text, len, from, at) &&
	    columns(text + from, at - from) < WRAP_MIN &&
	    columns(text + next, len - next) < WRAP_MIN;
}

int
wrap_is_marker(const char *text, size_t from, size_t at)
{
	size_t i, n = at - from, digits = 0, roman = 0, dots = 0;

	for (i = 0; i < from; i++)
		if (!is_blank(text[i]))
			return 0;
	for (i = from; i < at; i++) {
		digits += text[i] >= '0' && text[i] <= '9';
		roman += is_one_of(text[i], "ivxIVX") ? 1 : 0;
		dots += text[i] == '.';
	}
	if (digits + dots == n)
		return dots > 0 || n <= 3;
	return n == 1 || (roman == n && n <= 4);
}
