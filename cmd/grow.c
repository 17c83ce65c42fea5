#include "grow.h"

#include "augcon/cohesion.h"
#include "augcon/split.h"
#include "text/utf8.h"

/* A leaf says why it is one. */
static int
leaf(struct node *n, const char *why)
{
	n->state = NODE_LEAF;
	n->why = why;
	return 0;
}

/* Of a node that is asked for its question alone. */
static int
last_leaf(struct node *n)
{
	return leaf(n, n->units.n < 2 ? "unit" : "depth");
}

/* Splits a context in two after so many of its units. */
static int
cut(struct tree *t, size_t index, size_t units)
{
	struct node *n = &t->v[index];
	size_t at = split_offset(&n->units, units);

	n->state = NODE_SPLIT;
	if (tree_add_child(t, index, 0, n->context.s, at, 0) < 0)
		return -1;
	n = &t->v[index];
	return tree_add_child(t, index, 1, n->context.s + at,
	    n->context.len - at, (long)at);
}

/* Splits without a model. */
static int
split_here(const struct grow *g, struct tree *t, size_t index)
{
	struct node *n = &t->v[index];
	size_t units = 0;

	if (node_asks_only(&g->how, n))
		return last_leaf(n);
	if (g->how.by == BY_MIDDLE)
		units = split_middle(n->context.s, &n->units);
	else if (cohesion_cut(n->context.s, &n->units, g->idf, &units) < 0)
		return -1;
	return cut(t, index, units);
}

int
grow_is_short(const struct grow *g, const struct node *n)
{
	return buf_is_blank(&n->context) ||
	    utf8_count(n->context.s, n->context.len) < g->min_length;
}

/* A leaf, a split, or 1: a call. */
static int
look(const struct grow *g, struct tree *t, size_t index)
{
	struct node *n = &t->v[index];

	if (n->state == NODE_PASS && g->force && !n->is_kid)
		n->state = NODE_OPEN;
	if (n->state == NODE_PASS || (g->levels > 0 && n->level >= g->levels))
		return 0;
	if (!n->has_context) {
		node_fail(n, "missing_field",
		    "the context is missing, blank or no text", 0);
		return 0;
	}
	if (grow_is_short(g, n))
		return leaf(n, "short");
	if (split_units(n->context.s, n->context.len, g->min_length,
	    &n->units) < 0)
		return -1;
	if (how_is_local(&g->how))
		return split_here(g, t, index);
	if (node_asks_only(&g->how, n) && (g->no_question ||
	    !how_has_questions(&g->how)))
		return last_leaf(n);
	return 1;
}

int
grow_next(const struct grow *g, struct tree *t, size_t *index)
{
	int r = 0;

	while (r == 0 && t->grown < t->n) {
		*index = t->grown++;
		r = look(g, t, *index);
	}
	return r;
}

int
grow_apply(const struct grow *g, struct tree *t, size_t index,
    const struct parts *p)
{
	struct node *n = &t->v[index];
	int i;

	if (!g->no_question)
		buf_add(&n->question, p->question.s, p->question.len);
	if (!buf_ok(&n->question) || !buf_ok(&p->question))
		return -1;
	if (node_asks_only(&g->how, n))
		return last_leaf(n);
	if (!p->usable)
		return leaf(n, "guard");
	if (g->how.by == BY_CUT)
		return cut(t, index, p->cut);
	n->state = NODE_SPLIT;
	for (i = 0; i < 2; i++)
		if (tree_add_child(t, index, i, buf_cstr(&p->text[i]),
		    p->text[i].len, -1) < 0)
			return -1;
	return 0;
}

/* One that waits, when its units are there or have failed. */
static int
cut_waiting(struct tree *t, size_t index)
{
	struct node *n = &t->v[index];
	const struct unit *failed = NULL;
	size_t units = 0;
	int r = embedded_cut(&t->embedded, n->context.s, &n->units, &units,
	    &failed);

	n->waits = 0;
	if (r == 0)
		return cut(t, index, units);
	if (r > 0)
		node_fail(n, failed->code, failed->message, failed->status);
	return r < 0 ? -1 : 0;
}

long
grow_waiting(struct tree *t)
{
	size_t i, all = t->n;
	long n = 0;

	for (i = 0; i < all; i++) {
		if (!t->v[i].waits)
			continue;
		n++;
		if (cut_waiting(t, i) < 0)
			return -1;
	}
	return n;
}
