/*
 * Counts the hits in what `ac-split -d 1` made of the joins of `split -e`,
 * on standard input: for each root, its two children.  The children may be
 * rewritten, so the cut they stand for is the one whose two parts have the
 * longest common subsequences of tokens with them; a hit is a cut where the
 * passages meet.  Prints joins, share split, chance and share of hits.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/rouge.h"
#include "augcon/split.h"
#include "base/die.h"
#include "base/mem.h"
#include "rec/in.h"
#include "rec/rec.h"
#include "text/token.h"

enum { ROOT, FIRST, SECOND, NODES };

struct tree {
	struct buf text[NODES];
	long join;		/* byte in the root; -1: no root yet */
};

struct tally {
	unsigned long joins, split, hits;
	double chance;
};

static void
ids(struct tokens *t, struct vocab *v, const char *s, size_t len)
{
	struct buf scratch = BUF_INIT;

	if (token_ids(TOKEN_UNICODE, s, len, v, &scratch, t) != 0)
		die(AC_BUG, "out of memory");
	buf_free(&scratch);
}

/* Tokens in common, in order, of a stretch of the root and a child. */
static size_t
shared(struct vocab *v, const char *s, size_t len, const struct buf *child)
{
	struct tokens a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
	uint32_t *row;
	size_t n;

	ids(&a, v, s, len);
	ids(&b, v, buf_cstr(child), child->len);
	row = mem_new(b.n + 1, sizeof(*row));
	if (row == NULL)
		die(AC_BUG, "out of memory");
	n = rouge_lcs_plain(a.v, a.n, b.v, b.n, row);
	free(row);
	tokens_free(&a);
	tokens_free(&b);
	return n;
}

/* The byte where the cut lies that the children stand for. */
static size_t
where(const struct tree *t, const struct pieces *u)
{
	const char *s = buf_cstr(&t->text[ROOT]);
	size_t len = t->text[ROOT].len, i, at, n, best = 0, best_at = 0;
	struct vocab *v = vocab_new();

	if (v == NULL)
		die(AC_BUG, "out of memory");
	for (i = 1; i < u->n; i++) {
		at = split_offset(u, i);
		n = shared(v, s, at, &t->text[FIRST]) +
		    shared(v, s + at, len - at, &t->text[SECOND]);
		if (n > best) {
			best = n;
			best_at = at;
		}
	}
	vocab_free(v);
	return best_at;
}

static void
count(struct tally *c, struct tree *t)
{
	enum { MIN_LENGTH = 20 };	/* ac-split's default */
	struct pieces u = { NULL, 0, 0 };

	if (t->join < 0)
		return;
	if (split_units(buf_cstr(&t->text[ROOT]), t->text[ROOT].len,
	    MIN_LENGTH, &u) != 0)
		die(AC_BUG, "out of memory");
	c->joins++;
	if (u.n > 1)
		c->chance += 1 / (double)(u.n - 1);
	if (t->text[FIRST].len > 0 && t->text[SECOND].len > 0) {
		c->split++;
		c->hits += where(t, &u) == (size_t)t->join;
	}
	pieces_free(&u);
}

/* Which node of a tree a record is, by the end of its id. */
static int
node_of(const char *id)
{
	const char *dot = strrchr(id, '.');

	if (dot == NULL)
		return ROOT;
	return strcmp(dot, ".1") == 0 ? FIRST : SECOND;
}

static void
take(struct tally *c, struct tree *t, struct rec *r)
{
	struct buf id = BUF_INIT;
	int node, i;

	if (r->bad != NULL || rec_text(r, "id", &id) != 1)
		die(AC_IO, "line %lu: not a node", r->line);
	node = node_of(buf_cstr(&id));
	if (node == ROOT) {
		count(c, t);
		for (i = 0; i < NODES; i++)
			buf_reset(&t->text[i]);
		if (rec_integer(r, "join", &t->join) != 1 || t->join < 1)
			die(AC_IO, "line %lu: no `join`", r->line);
	}
	if (rec_text(r, "context", &t->text[node]) != 1)
		die(AC_IO, "line %lu: no `context`", r->line);
	buf_free(&id);
}

int
main(void)
{
	struct tree t = { .join = -1 };
	struct tally c = { .joins = 0 };
	struct in in;
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;
	enum in_status st;
	size_t len;
	char *s;
	double n;

	die_init("split-hits");
	if (in_open(&in, NULL, 0, &why) != 0)
		die(AC_IO, "%s", buf_cstr(&why));
	while ((st = in_line(&in, 1, &s, &len, &why)) == IN_LINE) {
		if (rec_take(&r, s, len, in.name, in.line) != 0)
			die(AC_BUG, "out of memory");
		take(&c, &t, &r);
	}
	if (st != IN_END)
		die(AC_IO, "%s", buf_cstr(&why));
	count(&c, &t);
	if (c.joins == 0)
		die(AC_IO, "no records");
	n = (double)c.joins;
	printf("%lu\t%.3f\t%.3f\t%.3f\n", c.joins, (double)c.split / n,
	    c.chance / n, (double)c.hits / n);
	rec_free(&r);
	in_close(&in);
	buf_free(&why);
	for (len = 0; len < NODES; len++)
		buf_free(&t.text[len]);
	return fflush(stdout) == 0 ? AC_DONE : AC_IO;
}
