#include "joins.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/split.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/rng.h"
#include "rec/rec.h"
#include "whole.h"

enum { SIDE = 4, DRAWS = 1000 };

static void
chunk_free(struct chunk_of *c)
{
	buf_free(&c->doc);
	buf_free(&c->text);
	pieces_free(&c->units);
}

/* 0; 1: *why; -1 without memory. */
static int
read_chunk(struct chunk_of *c, struct rec *r, size_t min, struct buf *why)
{
	const char *lacks = NULL;

	if (rec_need_text(r, "context", &c->text) < 0)
		lacks = "context";
	else if (rec_need_text(r, "doc", &c->doc) < 0)
		lacks = "doc";
	if (!buf_ok(&c->text) || !buf_ok(&c->doc) || !buf_ok(&r->why))
		return -1;
	if (lacks != NULL) {
		buf_fmt(why, "%s:%lu: '%s' is missing or no text", r->file,
		    r->line, lacks);
		return buf_ok(why) ? 1 : -1;
	}
	return split_units(buf_cstr(&c->text), c->text.len, min, &c->units);
}

struct reading {
	struct joins *all;
	size_t min;
};

/* A chunk that is there, or why it is of no use. */
static int
take(void *arg, struct rec *r, struct buf *why)
{
	const struct reading *reading = arg;
	struct joins *all = reading->all;
	struct chunk_of c = { .file = r->file, .at = r->line };
	int bad;

	bad = read_chunk(&c, r, reading->min, why);
	if (bad == 0 && mem_grow(&all->chunk, &all->chunk_cap,
	    all->nchunks + 1, sizeof(*all->chunk)) < 0)
		bad = -1;
	if (bad == 0)
		all->chunk[all->nchunks++] = c;
	else
		chunk_free(&c);
	return bad == 0 ? 0 : bad > 0 ? AC_USAGE : AC_BUG;
}

int
joins_read(struct joins *all, struct filter *f, size_t min, struct buf *why)
{
	struct reading reading = { all, min };
	const struct whole whole = { take, &reading };

	return whole_read(&whole, f, why);
}

/* Appends the first n units without the blanks at their end. */
static void
add_side(struct buf *out, const struct chunk_of *c, size_t n)
{
	const struct piece *last = &c->units.v[n - 1];
	size_t len = last->start + last->len;

	buf_add(out, c->text.s, len - sent_blank_end(c->text.s, len));
}

/* The number of units before a byte, or 0 where none begins there. */
static size_t
cut_at(const struct pieces *units, size_t at)
{
	size_t i;

	for (i = 1; i < units->n; i++)
		if (units->v[i].start == at)
			return i;
	return 0;
}

/* 1: a join is made; 0: these two do not make one; -1 without memory. */
static int
try_join(const struct chunk_of *a, const struct chunk_of *b, size_t na,
    size_t nb, size_t min, struct joined *j)
{
	size_t at;

	if ((a->doc.len == b->doc.len && memcmp(buf_cstr(&a->doc),
	    buf_cstr(&b->doc), a->doc.len) == 0) || na > a->units.n ||
	    nb > b->units.n || na + nb < 3)
		return 0;
	buf_reset(&j->text);
	add_side(&j->text, a, na);
	if (j->text.len == 0)
		return buf_ok(&j->text) ? 0 : -1;
	if ((unsigned char)j->text.s[j->text.len - 1] < 0x80)
		buf_byte(&j->text, ' ');
	at = j->text.len;
	add_side(&j->text, b, nb);
	if (!buf_ok(&j->text) || split_units(j->text.s, j->text.len, min,
	    &j->units) < 0)
		return -1;
	j->cut = cut_at(&j->units, at);
	j->file = a->file;
	j->at = a->at;
	return j->units.n > 2 && j->cut > 0;
}

static int
draw(const struct joins *all, size_t min, uint64_t *rng, struct joined *j)
{
	const struct chunk_of *a, *b;
	size_t na, nb, i;
	int made = 0;

	for (i = 0; made == 0 && i < DRAWS; i++) {
		a = &all->chunk[rng_below(rng, all->nchunks)];
		b = &all->chunk[rng_below(rng, all->nchunks)];
		na = 1 + (size_t)rng_below(rng, SIDE);
		nb = 1 + (size_t)rng_below(rng, SIDE);
		made = try_join(a, b, na, nb, min, j);
	}
	return made;
}

static void
joined_free(struct joined *j)
{
	buf_free(&j->text);
	pieces_free(&j->units);
}

int
joins_make(struct joins *all, size_t n, size_t min, uint64_t *rng,
    struct buf *why)
{
	struct joined j;
	int made = 1;

	while (all->n < n) {
		memset(&j, 0, sizeof(j));
		made = all->nchunks > 1 ? draw(all, min, rng, &j) : 0;
		if (made == 1 && mem_grow(&all->v, &all->cap, all->n + 1,
		    sizeof(*all->v)) < 0)
			made = -1;
		if (made != 1) {
			joined_free(&j);
			break;
		}
		all->v[all->n++] = j;
	}
	if (made == 0)
		buf_fmt(why, "%zu chunks make no joins: chunks of two 'doc' "
		    "and of more than a sentence are needed", all->nchunks);
	return made == 1 ? 0 : made == 0 ? AC_USAGE : AC_BUG;
}

void
joins_free(struct joins *all)
{
	size_t i;

	for (i = 0; i < all->nchunks; i++)
		chunk_free(&all->chunk[i]);
	for (i = 0; i < all->n; i++)
		joined_free(&all->v[i]);
	free(all->chunk);
	free(all->v);
}
