/* The units that chunks are packed from. */
#include <string.h>

#include "augcon/chunk_int.h"
#include "base/mem.h"
#include "text/sent.h"
#include "text/uni.h"
#include "text/utf8.h"

static const char *
here(const struct chunker *c)
{
	return c->win.s + c->scan;
}

/* True when text has more than `points` code points. */
static int
exceeds(const char *text, size_t len, size_t points)
{
	if (len <= points)
		return 0;
	return len > points * 4 || utf8_count(text, len) > points;
}

static void
set_wall(struct chunker *c, struct unit *u)
{
	c->walls += u->wall ? 0 : 1;
	u->wall = 1;
}

static int
push(struct chunker *c, size_t len, enum part part, int level)
{
	const char *s = here(c);
	struct unit *u;

	if (mem_grow(&c->q, &c->cap, c->n + 1, sizeof(*c->q)) < 0)
		return -1;
	u = &c->q[c->n++];
	memset(u, 0, sizeof(*u));
	u->at = c->base + c->scan;
	u->len = len;
	u->chars = utf8_count(s, len);
	u->tail = sent_blank_end(s, len);
	u->tail_chars = utf8_count(s + len - u->tail, u->tail);
	u->part = part;
	u->level = level;
	c->scan += len;
	if (c->piece_end < c->scan)
		c->piece_end = c->scan;
	u->last = c->scan == c->block_end && !c->soft;
	c->ahead += u->chars;
	if (part != PART_TEXT) {
		if (c->n - 1 > c->head)
			set_wall(c, u - 1);
		set_wall(c, u);
	}
	return 1;
}

/*
 * Blanks between blocks go to the unit before them; so many that no chunk
 * can reach over them go to none.
 */
static void
skip_blanks(struct chunker *c)
{
	size_t n = sent_blank_start(here(c), c->valid - c->scan), chars;
	struct unit *u;
	uint32_t cp;

	/* A mark may yet come and sit on the last one. */
	if (n > 0 && c->scan + n == c->valid && !c->ended)
		n -= utf8_prev(here(c), n, &cp);
	if (n == 0)
		return;
	chars = utf8_count(here(c), n);
	if (c->n > c->head) {
		u = &c->q[c->n - 1];
		if (u->tail_chars + chars > c->rule.size)
			set_wall(c, u);
		if (!u->wall) {
			u->len += n;
			u->tail += n;
			u->chars += chars;
			u->tail_chars += chars;
			c->ahead += chars;
		}
	}
	c->scan += n;
	c->block_end = c->piece_end = c->scan;
}

/* Where a code point begins, at or before win[at]. */
static size_t
align(const struct chunker *c, size_t at)
{
	while (at > c->scan && ((unsigned char)c->win.s[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* Blanks between the line's start and win[scan]; INDENT_MAX: not only. */
static size_t
indent(const struct chunker *c)
{
	size_t n, wide = 0;
	char before;

	for (n = 0; n < INDENT_MAX; n++) {
		if (n == c->scan)
			return c->base <= BOM ? n + wide : INDENT_MAX;
		before = c->win.s[c->scan - n - 1];
		if (before == '\n')
			return n + wide;
		if (before == '\t')
			wide = 3;
		else if (before != ' ')
			break;
	}
	return INDENT_MAX;
}

/*
 * How much of the text decides about a block.  Never more, so that chunks do
 * not depend on how the text came in; enough for every cut inside it.
 */
static size_t
window(const struct chunker *c)
{
	return WINDOW + 8 * c->rule.size;
}

/* What block begins at scan, of which `left` bytes are looked at. */
static void
know_block(struct chunker *c, size_t left, int whole)
{
	struct block *b = &c->block;

	memset(b, 0, sizeof(*b));
	if (c->rule.markdown && c->base + c->scan <= BOM)
		block_front(here(c), left, b);
	if (b->closed)
		return;
	b->len = left;
	if (c->rule.markdown && (whole || left == window(c) ||
	    c->base + c->scan > BOM)) {
		block_markdown(c, here(c), left, indent(c), whole, b);
	} else if (!c->rule.markdown && c->rule.by != CHUNK_CHAR) {
		b->len = sent_paragraph(here(c), left);
		b->closed = whole || b->len + MARGIN < left;
	}
	b->closed |= whole;
}

/*
 * Finds the block at scan.  1, or 0: more text is needed.  A block that does
 * not end in the window is taken in parts, `soft` ones.
 */
static int
find_block(struct chunker *c)
{
	size_t left = c->valid - c->scan, fence_len = c->fence_len;
	int whole = c->ended && left <= window(c), fence = c->fence;
	struct block *b = &c->block;

	if (left > window(c))
		left = window(c);
	know_block(c, left, whole);
	if (!b->closed && left < window(c)) {
		c->fence = fence;
		c->fence_len = fence_len;
		return 0;
	}
	c->soft = !b->closed;
	if (c->soft)
		b->len = align(c, c->scan + left - MARGIN) - c->scan;
	c->block_end = c->scan + b->len;
	c->piece_end = c->scan;
	return 1;
}

/* Length of the line at text and the blanks after it. */
static size_t
line(const char *text, size_t len)
{
	const char *nl = memchr(text, '\n', len);
	size_t n;

	if (nl == NULL)
		return len;
	n = (size_t)(nl - text) + 1;
	return n + sent_blank_start(text + n, len - n);
}

/* Length of the grapheme at text, or a part of an endless one. */
static size_t
cluster(const char *text, size_t len)
{
	size_t n = len > CLUSTER_MAX ? CLUSTER_MAX : len;

	while (n < len && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return uni_grapheme(text, n);
}

/*
 * Length of as many words as have `points` code points, blanks after them
 * not counted; where no word fits, of as many graphemes, one at least.
 */
static size_t
words(const char *text, size_t len, size_t points)
{
	size_t at = 0, n, chars = 0, best = 0, last = 0;

	while (at < len) {
		n = cluster(text + at, len - at);
		chars += utf8_count(text + at, n);
		if (chars > points && at > 0)
			break;
		at += n;
		last = at;
		n = sent_blank_start(text + at, len - at);
		if (n > 0) {
			chars += utf8_count(text + at, n);
			at += n;
			best = at;
		}
	}
	if (at >= len)
		return len;
	return best > 0 ? best : last;
}

/* Bytes that hold a unit of size code points and all that its end needs. */
static size_t
near_size(const struct chunker *c)
{
	return 4 * c->rule.size + MARGIN;
}

/* Length of the unit at text, the rest of a piece that is too long. */
static size_t
part_of_piece(const struct chunker *c, const char *text, size_t len)
{
	size_t size = c->rule.size, near = near_size(c), n;

	if (near > len)
		near = len;
	while (near < len && ((unsigned char)text[near] & 0xc0) == 0x80)
		near++;
	n = c->block.verbatim ? line(text, near) : sent_clause(text, near);
	if (exceeds(text, n - sent_blank_end(text, n), size))
		n = words(text, near, size);
	return n;
}

/* Length of the piece at scan by the rule's kind, inside the block. */
static size_t
piece(const struct chunker *c, const char *text, size_t len)
{
	size_t n;

	if (c->rule.by == CHUNK_PARAGRAPH && !c->soft &&
	    !exceeds(text, len, c->rule.size))
		return len;
	if (c->rule.by == CHUNK_LINE)
		return line(text, len);
	if (c->block.verbatim)
		return exceeds(text, len, c->rule.size) ?
		    line(text, len) : len;
	/* A soft end is none: look on behind it. */
	n = sent_sentence(text, c->soft ? len + MARGIN : len);
	return n < len ? n : len;
}

enum { AGAIN = 2 };	/* the block at scan is no longer known */

/* Finds one unit of the text block at scan.  As unit_find(), or AGAIN. */
static int
find_in_block(struct chunker *c)
{
	const char *text = here(c);
	size_t left = c->block_end - c->scan, n;

	if (c->rule.by == CHUNK_CHAR) {
		n = cluster(text, left);
		n += sent_blank_start(text + n, left - n);
		if (!c->soft || n < left || left + 2 * MARGIN > window(c))
			return push(c, n, PART_TEXT, 0);
		c->block_end = c->scan;
		return AGAIN;
	}
	if (c->piece_end <= c->scan) {
		c->piece_end = c->scan + piece(c, text, left);
		c->parts = 0;
	}
	n = c->piece_end - c->scan;
	if (c->soft && c->piece_end == c->block_end &&
	    n < near_size(c) + MARGIN) {
		/* Looked at again, it will show where it really ends. */
		c->block_end = c->piece_end = c->scan;
		return AGAIN;
	}
	if (c->parts || exceeds(text, n, c->rule.size)) {
		n = part_of_piece(c, text, n);
		c->parts = 1;
	}
	return push(c, n, PART_TEXT, 0);
}

int
unit_find(struct chunker *c)
{
	int found;

	do {
		if (c->block_end <= c->scan) {
			skip_blanks(c);
			if (c->scan == c->valid || (!c->ended &&
			    c->valid - c->scan <= MARGIN) || !find_block(c))
				return 0;
			if (c->block.part != PART_TEXT)
				return push(c, c->block_end - c->scan,
				    c->block.part, c->block.level);
		}
		found = find_in_block(c);
	} while (found == AGAIN);
	return found;
}
