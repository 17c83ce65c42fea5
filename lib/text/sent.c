/* Paragraphs, sentences, clauses. */
#include "text/sent.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/sent_int.h"
#include "text/uni.h"
#include "text/utf8.h"

/* True when no grapheme cluster spans text[at]. */
static int
is_break(const char *text, size_t len, size_t at)
{
	uint32_t cp;
	size_t n;

	if (at >= len || (unsigned char)text[at] < 0x80)
		return 1;
	n = utf8_prev(text, at, &cp);
	return uni_grapheme(text + at - n, len - at + n) == n;
}

/* A blank that carries a mark is not blank, so the count ends before it. */
size_t
sent_blank_start(const char *text, size_t len)
{
	size_t i = 0, n;
	uint32_t cp;

	while (i < len) {
		n = utf8_next(text + i, len - i, &cp);
		if (uni_class(cp) != UNI_SPACE)
			break;
		i += n;
	}
	if (i > 0 && !is_break(text, len, i))
		i -= utf8_prev(text, i, &cp);
	return i;
}

size_t
sent_blank_end(const char *text, size_t len)
{
	size_t i = len, n;
	uint32_t cp;

	while (i > 0) {
		n = utf8_prev(text, i, &cp);
		if (uni_class(cp) != UNI_SPACE)
			break;
		i -= n;
	}
	return len - i;
}

/* The edge behind the blanks at text[at], or 0 when a mark sits on them. */
static size_t
edge(const char *text, size_t len, size_t at)
{
	at += sent_blank_start(text + at, len - at);
	return is_break(text, len, at) ? at : 0;
}

size_t
sent_paragraph(const char *text, size_t len)
{
	size_t at = 0, end;
	const char *nl;

	while ((nl = memchr(text + at, '\n', len - at)) != NULL) {
		at = (size_t)(nl - text);
		if (wrap_ends_paragraph(text, len, at) &&
		    (end = edge(text, len, at)) > 0)
			return end;
		at++;
	}
	return len;
}

size_t
sent_sentence(const char *text, size_t len)
{
	size_t at = sent_blank_start(text, len), next, end;

	while (at < len) {
		if (!stop_first[(unsigned char)text[at]]) {
			at++;
			continue;
		}
		if (text[at] == '\n') {
			next = at + 1;
			end = wrap_ends_sentence(text, len, at) ? at : 0;
		} else {
			end = stop_end(text, len, at, &next);
		}
		if (end > 0 && (end = edge(text, len, end)) > 0)
			return end;
		at = next;
	}
	return len;
}

enum clause { NO_CLAUSE, NARROW, FULL, DASH, SHORT_DASH };

static enum clause
clause_of(uint32_t cp)
{
	switch (cp) {
	case ',': case ';': case ':':
		return NARROW;
	case 0x3001: case 0xff0c: case 0xff1a: case 0xff1b: case 0x060c:
		return FULL;
	case 0x2014: case 0x2015:
		return DASH;
	case '-': case 0x2013:
		return SHORT_DASH;
	default:
		return NO_CLAUSE;
	}
}

static int
is_digit(const char *text, size_t len, size_t at)
{
	return at < len && text[at] >= '0' && text[at] <= '9';
}

/* "1,000" and "2015 - 16": what stands between the digits joins them. */
static int
joins_digits(const char *text, size_t len, size_t at, size_t end,
    enum clause kind)
{
	if (kind == DASH || kind == SHORT_DASH) {
		at -= sent_blank_end(text, at);
		end += sent_blank_start(text + end, len - end);
	}
	return at > 0 && is_digit(text, len, at - 1) &&
	    is_digit(text, len, end);
}

/* The end of the clause whose sign is text[at..end), or 0. */
static size_t
clause_end(const char *text, size_t len, size_t at, size_t end,
    enum clause kind)
{
	uint32_t cp;
	size_t n;
	int blank_before = at > 0 && text[at - 1] == ' ';

	if (at == 0 || joins_digits(text, len, at, end, kind))
		return 0;
	while (end < len) {
		n = utf8_next(text + end, len - end, &cp);
		if (!sign_closes(cp) && clause_of(cp) != kind)
			break;
		if (cp == '"' || cp == '\'')	/* opens as often */
			break;
		end += n;
	}
	n = sent_blank_start(text + end, len - end);
	if (kind == NARROW && n == 0)
		return 0;
	if (kind == SHORT_DASH && (n == 0 || !blank_before))
		return 0;
	return edge(text, len, end);
}

size_t
sent_clause(const char *text, size_t len)
{
	size_t at = sent_blank_start(text, len), n, end;
	enum clause kind;
	uint32_t cp;

	while (at < len) {
		n = utf8_next(text + at, len - at, &cp);
		kind = clause_of(cp);
		if (kind != NO_CLAUSE) {
			end = clause_end(text, len, at, at + n, kind);
			if (end > 0)
				return end;
		}
		at += n;
	}
	return len;
}

static int
add_piece(struct pieces *out, size_t start, size_t len)
{
	if (mem_grow(&out->v, &out->cap, out->n + 1, sizeof(*out->v)) < 0)
		return -1;
	out->v[out->n].start = start;
	out->v[out->n].len = len;
	out->n++;
	return 0;
}

int
sent_cut(const char *text, size_t len,
    size_t (*next)(const char *, size_t), struct pieces *out)
{
	size_t at, n;

	out->n = 0;
	for (at = 0; at < len; at += n) {
		n = next(text + at, len - at);
		if (add_piece(out, at, n) < 0)
			return -1;
	}
	return 0;
}

void
pieces_free(struct pieces *p)
{
	free(p->v);
	p->v = NULL;
	p->n = p->cap = 0;
}

/* Code points of a piece without the blanks at its ends. */
static size_t
length(const char *text, struct piece p)
{
	size_t start = sent_blank_start(text + p.start, p.len), end;

	if (start == p.len)
		return 0;
	end = sent_blank_end(text + p.start, p.len);
	return utf8_count(text + p.start + start, p.len - start - end);
}

/* A short piece is joined to what comes after it; the last, to the one
 * before. */
void
pieces_join_short(const char *text, struct pieces *p, size_t min)
{
	size_t i, n = 0;

	for (i = 0; i < p->n; i++) {
		if (n > 0 && length(text, p->v[n - 1]) < min)
			p->v[n - 1].len += p->v[i].len;
		else
			p->v[n++] = p->v[i];
	}
	if (n > 1 && length(text, p->v[n - 1]) < min) {
		p->v[n - 2].len += p->v[n - 1].len;
		n--;
	}
	p->n = n;
}
