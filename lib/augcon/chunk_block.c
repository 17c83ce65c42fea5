/* Markdown blocks, as far as chunks need them (CommonMark 0.31). */
#include <string.h>

#include "augcon/chunk_int.h"

enum { TITLE_MAX = 4096 };	/* a longer line is no heading */

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Length of the line at s, newline included. */
static size_t
line(const char *s, size_t len)
{
	const char *nl = memchr(s, '\n', len);

	return nl == NULL ? len : (size_t)(nl - s) + 1;
}

/* Length of the line at s without blanks and newline at its end. */
static size_t
trimmed(const char *s, size_t len)
{
	size_t n = line(s, len);

	while (n > 0 && (is_blank(s[n - 1]) || s[n - 1] == '\n'))
		n--;
	return n;
}

static size_t
skip_blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && is_blank(s[n]))
		n++;
	return n;
}

static size_t
run(const char *s, size_t len, int c)
{
	size_t n = 0;

	while (n < len && s[n] == c)
		n++;
	return n;
}

/* 1 to 6 for a line "# title", else 0. */
static int
atx(const char *s, size_t len)
{
	size_t n = run(s, len, '#');

	if (n == 0 || n > LEVELS || line(s, len) > TITLE_MAX)
		return 0;
	return n == len || is_blank(s[n]) || s[n] == '\n' ? (int)n : 0;
}

/* 1 or 2 for a line of "=" or "-" under a title, else 0. */
static int
setext(const char *s, size_t len)
{
	size_t n = trimmed(s, len), blanks = skip_blanks(s, n);

	s += blanks;
	n -= blanks;
	if (blanks > 3 || n == 0 || (*s != '=' && *s != '-') ||
	    run(s, n, *s) != n)
		return 0;
	return *s == '=' ? 1 : n >= 2 ? 2 : 0;
}

/* The length of an opening code fence at s, or 0. */
static size_t
fence(const char *s, size_t len)
{
	size_t n;

	if (len == 0 || (*s != '`' && *s != '~'))
		return 0;
	n = run(s, len, *s);
	if (n < 3 || (*s == '`' &&
	    memchr(s + n, '`', line(s, len) - n) != NULL))
		return 0;
	return n;
}

/* A row under a table's head: | --- | :-: | */
static int
is_rule_row(const char *s, size_t len)
{
	size_t i, n = trimmed(s, len), bars = 0, dashes = 0;

	for (i = 0; i < n; i++) {
		bars += s[i] == '|';
		dashes += s[i] == '-';
		if (s[i] != '|' && s[i] != '-' && s[i] != ':' && s[i] != ' ')
			return 0;
	}
	return bars > 0 && dashes > 0;
}

static int
has_bar(const char *s, size_t len)
{
	return memchr(s, '|', line(s, len)) != NULL;
}

/* A table begins at s: a row of heads and the rule under it. */
static int
is_table(const char *s, size_t len)
{
	size_t n;

	if (!has_bar(s, len))
		return 0;
	n = line(s, len);
	return n < len && is_rule_row(s + n, len - n);
}

/* All lines up to the one that closes the fence, looked for from s + at. */
static void
take_fence(struct chunker *c, const char *s, size_t len, size_t at, int whole,
    struct block *b)
{
	size_t n, i, ticks;

	b->verbatim = 1;
	for (; at < len; at += n) {
		n = line(s + at, len - at);
		i = at + skip_blanks(s + at, n);
		ticks = run(s + i, at + n - i, c->fence);
		if (ticks < c->fence_len ||
		    trimmed(s + i, at + n - i) != ticks)
			continue;
		if (s[at + n - 1] != '\n' && !whole)
			break;		/* the line may go on */
		c->fence = 0;
		b->len = at + n;
		b->closed = 1;
		return;
	}
}

static void
take_table(const char *s, size_t len, int whole, struct block *b)
{
	size_t at = 0;

	b->verbatim = 1;
	while (at < len && has_bar(s + at, len - at))
		at += line(s + at, len - at);
	b->closed = whole || (at < len &&
	    memchr(s + at, '\n', len - at) != NULL);
	b->len = at;
}

/* True when another block than a paragraph begins at s. */
static int
interrupts(const char *s, size_t len)
{
	size_t blanks = skip_blanks(s, len);

	s += blanks;
	len -= blanks;
	return (blanks < 4 && atx(s, len) > 0) || fence(s, len) > 0 ||
	    is_table(s, len);
}

/* A paragraph, or the heading that one line over "===" or "---" is. */
static void
take_lines(const char *s, size_t len, int whole, struct block *b)
{
	size_t at = line(s, len), n;
	int level;

	if (at < len && at <= TITLE_MAX &&
	    (level = setext(s + at, len - at)) > 0) {
		n = line(s + at, len - at);
		b->part = PART_HEADING;
		b->level = level;
		b->len = at + n;
		b->closed = whole || s[at + n - 1] == '\n';
		return;
	}
	for (; at < len; at += n) {
		n = line(s + at, len - at);
		if (trimmed(s + at, n) != 0 && !interrupts(s + at, len - at))
			continue;
		/* A table is known by its second line. */
		b->closed = whole || (at + n < len && memchr(s + at + n,
		    '\n', len - at - n) != NULL);
		b->len = at;
		return;
	}
	b->closed = whole;
}

void
block_markdown(struct chunker *c, const char *s, size_t len, size_t indent,
    int whole, struct block *b)
{
	size_t n;

	memset(b, 0, sizeof(*b));
	b->len = len;
	if (c->fence != 0) {
		take_fence(c, s, len, indent < INDENT_MAX ? 0 : line(s, len),
		    whole, b);
	} else if (indent == INDENT_MAX) {
		take_lines(s, len, whole, b);
	} else if ((n = fence(s, len)) > 0) {
		c->fence = s[0];
		c->fence_len = n;
		take_fence(c, s, len, line(s, len), whole, b);
	} else if (indent < 4 && (b->level = atx(s, len)) > 0) {
		b->part = PART_HEADING;
		b->len = line(s, len);
		b->closed = whole || s[b->len - 1] == '\n';
	} else if (is_table(s, len)) {
		take_table(s, len, whole, b);
	} else {
		take_lines(s, len, whole, b);
	}
	b->closed |= whole;
}

void
block_front(const char *s, size_t len, struct block *b)
{
	size_t at = line(s, len), n;
	char sign = s[0], set = sign == '-' ? ':' : '=';

	memset(b, 0, sizeof(*b));
	if ((sign != '-' && sign != '+') || run(s, len, sign) != 3 ||
	    trimmed(s, len) != 3 || at == len ||
	    memchr(s + at, set, line(s + at, len - at)) == NULL)
		return;
	for (; at < len; at += n) {
		n = line(s + at, len - at);
		if (trimmed(s + at, n) != 3 || (run(s + at, n, sign) != 3 &&
		    (sign != '-' || run(s + at, n, '.') != 3)))
			continue;
		b->part = PART_FRONT;
		b->len = at + n;
		b->closed = 1;
		return;
	}
}

/* The text of a heading; returns its length in bytes. */
static size_t
title_of(const char *s, size_t len, const char **title)
{
	size_t n = trimmed(s, len), hashes = atx(s, len) > 0 ?
	    run(s, len, '#') : 0, end;

	*title = s + hashes + skip_blanks(s + hashes, n - hashes);
	n -= (size_t)(*title - s);
	/* "# title ##": the closing signs stand after a blank. */
	for (end = n; hashes > 0 && end > 0 && (*title)[end - 1] == '#'; end--)
		;
	if (end == 0)
		return 0;
	if (end < n && is_blank((*title)[end - 1])) {
		while (end > 0 && is_blank((*title)[end - 1]))
			end--;
		return end;
	}
	return n;
}

int
block_enter(struct chunker *c, const char *s, size_t len, int level)
{
	const char *title;
	size_t n = title_of(s, len, &title);
	struct buf *own = &c->title[level - 1];
	int i;

	for (i = level - 1; i < LEVELS; i++)
		buf_reset(&c->title[i]);
	buf_add(own, title, n);
	buf_reset(&c->section);
	for (i = 0; i < LEVELS; i++) {
		if (c->title[i].len == 0)
			continue;
		if (c->section.len > 0)
			buf_str(&c->section, " > ");
		buf_add(&c->section, c->title[i].s, c->title[i].len);
	}
	return buf_ok(&c->section) && buf_ok(own) ? 0 : -1;
}
