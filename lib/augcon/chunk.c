/* Packs units into chunks. */
#include "augcon/chunk.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/chunk_int.h"
#include "base/mem.h"
#include "text/utf8.h"

struct chunker *
chunker_new(const struct chunk_rule *rule)
{
	struct chunker *c = mem_new(1, sizeof(*c));

	if (c != NULL)
		c->rule = *rule;
	return c;
}

void
chunker_free(struct chunker *c)
{
	int i;

	if (c == NULL)
		return;
	buf_free(&c->win);
	buf_free(&c->section);
	for (i = 0; i < LEVELS; i++)
		buf_free(&c->title[i]);
	free(c->q);
	free(c);
}

void
chunker_reset(struct chunker *c, int markdown)
{
	int i;

	buf_reset(&c->win);
	buf_reset(&c->section);
	for (i = 0; i < LEVELS; i++)
		buf_reset(&c->title[i]);
	c->rule.markdown = markdown;
	c->base = 0;
	c->valid = c->scan = c->block_end = c->piece_end = 0;
	c->ended = c->bad = c->soft = c->parts = c->fence = 0;
	c->first = c->head = c->n = c->ahead = c->walls = 0;
}

/* Forgets the first n bytes of the window. */
static void
drop(struct chunker *c, size_t n)
{
	memmove(c->win.s, c->win.s + n, c->win.len - n);
	c->win.len -= n;
	c->base += n;
	c->valid -= n;
	c->scan -= c->scan < n ? c->scan : n;
	c->block_end -= c->block_end < n ? c->block_end : n;
	c->piece_end -= c->piece_end < n ? c->piece_end : n;
}

/* Drops the bytes that no unit needs any more, when they are many. */
static void
slide(struct chunker *c)
{
	size_t gone = c->scan;

	if (c->first < c->n)
		gone = (size_t)(c->q[c->first].at - c->base);
	/* Some bytes stay, to see what a line begins with. */
	if (gone <= c->win.len / 2 || gone < INDENT_MAX)
		return;
	gone -= INDENT_MAX;
	while (((unsigned char)c->win.s[gone] & 0xc0) == 0x80)
		gone--;
	drop(c, gone);
}

int
chunker_add(struct chunker *c, const char *s, size_t len)
{
	size_t n;

	if (c->bad)
		return 0;
	slide(c);
	buf_add(&c->win, s, len);
	if (!buf_ok(&c->win))
		return -1;
	n = utf8_valid(c->win.s + c->valid, c->win.len - c->valid);
	c->valid += n;
	/* Three bytes may be the start of a sequence, four are not. */
	if (c->win.len - c->valid >= 4) {
		c->bad = c->ended = 1;
		return 0;
	}
	if (c->base == 0 && c->scan == 0 && c->valid >= BOM &&
	    memcmp(c->win.s, "\xef\xbb\xbf", BOM) == 0)
		drop(c, BOM);
	return 0;
}

void
chunker_end(struct chunker *c)
{
	c->bad |= c->valid < c->win.len;
	c->ended = 1;
}

int
chunker_bad(const struct chunker *c, uint64_t *at)
{
	if (c->bad)
		*at = c->base + c->valid;
	return c->bad;
}

/* A growing chunk: units q[head..end), with q[first..head) before them. */
struct pack {
	size_t end;
	size_t chars;		/* without the blanks at its end */
	size_t fresh;		/* of them, what no chunk had yet */
};

static int
take(const struct chunker *c, struct pack *p)
{
	const struct unit *u = &c->q[p->end];
	size_t gap = p->end > c->first ? c->q[p->end - 1].tail_chars : 0;
	size_t chars = u->chars - u->tail_chars;

	if (p->end > c->head && p->chars + gap + chars > c->rule.size)
		return 0;
	p->chars += gap + chars;
	p->fresh += (p->end > c->head ? gap : 0) + chars;
	p->end++;
	return 1;
}

/* Code points of the units from `at` to a paragraph's end, or a wall. */
static size_t
rest(const struct chunker *c, size_t at, int to_wall)
{
	size_t n = 0;

	for (; at < c->n; at++) {
		n += c->q[at].chars;
		if (c->q[at].wall || (!to_wall && c->q[at].last))
			break;
	}
	return at < c->n ? n - c->q[at].tail_chars : n;
}

/*
 * Gives back units from the chunk's end while what is left behind it, of
 * its paragraph or of all up to a wall, would stay under min.
 */
static void
leave_enough(const struct chunker *c, struct pack *p, int to_wall)
{
	size_t left = rest(c, p->end, to_wall), fresh = p->fresh, less;
	size_t end = p->end;

	while (left > 0 && left < c->rule.min && end - c->head > 1) {
		less = c->q[end - 1].chars;
		if (fresh < less + c->rule.min)
			return;
		fresh -= less;
		left += less;
		end--;
	}
	p->end = end;
}

/* Chooses the units of the next chunk: its end in q. */
static size_t
pack(const struct chunker *c)
{
	struct pack p = { c->first, 0, 0 }, cut = { 0, 0, 0 };
	int by_paragraph = c->rule.by == CHUNK_SENTENCE, all = 0;

	while (p.end < c->head)
		take(c, &p);
	p.fresh = 0;
	while (!all && p.end < c->n && take(c, &p)) {
		all = c->q[p.end - 1].wall;
		if (by_paragraph && c->q[p.end - 1].last && cut.end == 0 &&
		    p.fresh >= c->rule.min)
			cut = p;
	}
	all |= p.end == c->n;
	if (cut.end == 0) {
		if (!all && !(by_paragraph && c->q[p.end - 1].last))
			leave_enough(c, &p, !by_paragraph);
		return p.end;
	}
	/* A short last paragraph joins this one, or gets some of it. */
	if (all && cut.end < p.end && rest(c, cut.end, 1) < c->rule.min)
		return p.end;
	if (!c->q[cut.end - 1].wall)
		leave_enough(c, &cut, 1);
	return cut.end;
}

/*
 * Units at the chunk's end that the next one repeats: as many as fit into
 * the overlap, and leave room for the unit that follows.
 */
static size_t
overlap(const struct chunker *c, size_t end)
{
	size_t from = end, chars = 0, next;

	if (c->rule.overlap == 0 || end == c->n || c->q[end - 1].wall)
		return end;
	next = c->q[end].chars - c->q[end].tail_chars;
	while (from > c->head && chars + c->q[from - 1].chars <=
	    c->rule.overlap + c->q[end - 1].tail_chars &&
	    chars + c->q[from - 1].chars + next <= c->rule.size)
		chars += c->q[--from].chars;
	return from;
}

static void
consume(struct chunker *c, size_t end)
{
	size_t from = overlap(c, end);

	for (; c->head < end; c->head++) {
		c->ahead -= c->q[c->head].chars;
		c->walls -= c->q[c->head].wall ? 1 : 0;
	}
	c->first = from;
	if (c->first > 256 && c->first > c->n / 2) {
		memmove(c->q, c->q + c->first,
		    (c->n - c->first) * sizeof(*c->q));
		c->n -= c->first;
		c->head -= c->first;
		c->first = 0;
	}
}

static int
emit(struct chunker *c, size_t end, struct chunk *out)
{
	const struct unit *a = &c->q[c->first], *z = &c->q[end - 1], *u;

	out->start = a->at;
	out->end = z->at + z->len - z->tail;
	out->text = c->win.s + (out->start - c->base);
	out->len = (size_t)(out->end - out->start);
	out->chars = utf8_count(out->text, out->len);
	out->rule = NULL;
	u = &c->q[c->head];
	if (u->part == PART_HEADING &&
	    block_enter(c, out->text, out->len, u->level) < 0)
		return -1;
	if (u->part != PART_TEXT)
		out->rule = u->part == PART_HEADING ? "heading" :
		    "front_matter";
	out->section = buf_cstr(&c->section);
	consume(c, end);
	return 1;
}

/* Enough units are known to choose the next chunk. */
static int
ready(const struct chunker *c)
{
	return c->walls > 0 || (c->n > c->head && c->ahead -
	    c->q[c->n - 1].tail_chars > c->rule.size + 2 * c->rule.min);
}

int
chunker_next(struct chunker *c, struct chunk *out)
{
	int found;

	while (!ready(c)) {
		found = unit_find(c);
		if (found < 0)
			return -1;
		if (found == 0 && (!c->ended || c->head == c->n))
			return 0;
		if (found == 0)
			break;
	}
	return emit(c, pack(c), out);
}
