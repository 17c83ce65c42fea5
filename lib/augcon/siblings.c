#include "augcon/siblings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NONE ((size_t)-1)

const char *const sibling_kinds[SIBLING_KINDS] = {
	[SIBLING] = "sibling",
	[SIBLING_PARENT] = "parent",
	[SIBLING_CHILD] = "child"
};

int
siblings_init(struct siblings *s)
{
	memset(s, 0, sizeof(*s));
	s->text = vocab_new();
	return s->text != NULL ? 0 : -1;
}

void
siblings_free(struct siblings *s)
{
	vocab_free(s->text);
	free(s->line);
	free(s->node);
	free(s->at);
	memset(s, 0, sizeof(*s));
}

static uint32_t
text_id(struct siblings *s, const struct pair_text *t)
{
	return vocab_id(s->text, t->s, t->len);
}

/* The node of an id, made when it is new, or NONE without memory. */
static size_t
node_of(struct siblings *s, uint32_t id)
{
	struct sibling_node *n;
	size_t known = s->at_cap, texts = vocab_size(s->text);

	if (mem_grow(&s->at, &s->at_cap, texts, sizeof(*s->at)) < 0 ||
	    mem_grow(&s->node, &s->nodes_cap, s->nnodes + 1,
	    sizeof(*s->node)) < 0)
		return NONE;
	for (; known < s->at_cap; known++)
		s->at[known] = NONE;
	if (s->at[id] != NONE)
		return s->at[id];
	n = &s->node[s->nnodes];
	memset(n, 0, sizeof(*n));
	n->id = id;
	n->parent = n->root = UINT32_MAX;
	n->first = n->last = n->kid = n->last_kid = n->next = NONE;
	return s->at[id] = s->nnodes++;
}

/* Hangs node `kid` below the node with the id `parent`.  0 or -1. */
static int
hang(struct siblings *s, size_t kid, uint32_t parent)
{
	size_t up = node_of(s, parent);
	struct sibling_node *n;

	if (up == NONE)
		return -1;
	s->node[kid].parent = parent;
	n = &s->node[up];
	if (n->kid == NONE)
		n->kid = kid;
	else
		s->node[n->last_kid].next = kid;
	n->last_kid = kid;
	return 0;
}

int
siblings_add(struct siblings *s, const struct sibling_in *in)
{
	uint32_t id = text_id(s, &in->id), root = text_id(s, &in->root);
	uint32_t parent = in->parent.s ? text_id(s, &in->parent) : UINT32_MAX;
	struct sibling_line *l;
	struct sibling_node *n;
	size_t at;

	if (id == UINT32_MAX || root == UINT32_MAX ||
	    (in->parent.s != NULL && parent == UINT32_MAX) ||
	    mem_grow(&s->line, &s->lines_cap, s->nlines + 1,
	    sizeof(*s->line)) < 0)
		return -1;
	l = &s->line[s->nlines];
	l->context = text_id(s, &in->context);
	l->question = text_id(s, &in->question);
	l->place = in->place;
	l->next = NONE;
	at = node_of(s, id);
	if (l->context == UINT32_MAX || l->question == UINT32_MAX ||
	    at == NONE)
		return -1;
	n = &s->node[at];
	if (n->first == NONE) {
		n->first = s->nlines;
		n->root = root;
		if (parent != UINT32_MAX && hang(s, at, parent) < 0)
			return -1;
		n = &s->node[at];	/* the parent may have moved it */
	} else {
		s->line[n->last].next = s->nlines;
	}
	n->last = s->nlines++;
	n->questions++;
	return 0;
}

struct join {
	struct siblings *s;
	struct pairs *to;
	size_t made;
	struct buf key;
};

static struct pair_text
text_of(const struct siblings *s, uint32_t id)
{
	struct pair_text t;

	t.s = vocab_token(s->text, id, &t.len);
	return t;
}

/* In its context the question of `good` is better than `bad`'s.  0 or -1. */
static int
put(struct join *j, int kind, uint32_t root, const struct sibling_line *good,
    const struct sibling_line *bad)
{
	struct pair_in in = { .label = 1 };

	/* Of one pair alone: no JSON value, as a user's are, begins so. */
	buf_reset(&j->key);
	buf_fmt(&j->key, "s%zu", j->made++);
	if (!buf_ok(&j->key))
		return -1;
	in.pair.s = buf_cstr(&j->key);
	in.pair.len = j->key.len;
	in.root = text_of(j->s, root);
	in.context = text_of(j->s, good->context);
	in.question = text_of(j->s, good->question);
	in.place = good->place;
	if (pairs_add(j->to, &in) < 0)
		return -1;
	in.label = 0;
	in.kind.s = sibling_kinds[kind];
	in.kind.len = strlen(in.kind.s);
	in.question = text_of(j->s, bad->question);
	in.place = bad->place;
	j->s->pairs[kind]++;
	return pairs_add(j->to, &in);
}

/*
 * The pairs of two nodes, of the kind `here` in the context of the first and
 * `there` in that of the second; all of one root, so that no fold parts them.
 */
static int
meet(struct join *j, size_t a, size_t b, int here, int there)
{
	struct siblings *s = j->s;
	struct sibling_node *x = &s->node[a], *y = &s->node[b];
	size_t n = x->questions > y->questions ? x->questions : y->questions;
	size_t p = x->first, q = y->first, i;

	if (x->questions == 0 || y->questions == 0 || a == b)
		return 0;
	for (i = 0; i < n; i++) {
		const struct sibling_line *u = &s->line[p], *v = &s->line[q];

		if (put(j, here, x->root, u, v) < 0 ||
		    put(j, there, x->root, v, u) < 0)
			return -1;
		p = u->next != NONE ? u->next : x->first;
		q = v->next != NONE ? v->next : y->first;
	}
	x->paired = y->paired = 1;
	return 0;
}

/* A node and its children: two, or in a ring where there are more. */
static int
join_family(struct join *j, size_t up)
{
	const struct siblings *s = j->s;
	size_t first = s->node[up].kid, kid, next;

	for (kid = first; kid != NONE; kid = next) {
		next = s->node[kid].next;
		if (meet(j, kid, up, SIBLING_PARENT, SIBLING_CHILD) < 0)
			return -1;
		if (next != NONE ? meet(j, kid, next, SIBLING, SIBLING) < 0 :
		    s->node[first].next != kid &&
		    meet(j, kid, first, SIBLING, SIBLING) < 0)
			return -1;
	}
	return 0;
}

/* Says which nodes are in no pair. */
static int
tell_lone(struct siblings *s, struct pairs *to)
{
	struct pair_text id, root;
	size_t i;

	for (i = 0; i < s->nnodes; i++) {
		if (s->node[i].paired || s->node[i].questions == 0)
			continue;
		s->lone++;
		id = text_of(s, s->node[i].id);
		root = text_of(s, s->node[i].root);
		if (pairs_lone(to, &id, &root) < 0)
			return -1;
	}
	return 0;
}

int
siblings_join(struct siblings *s, struct pairs *to)
{
	struct join j = { s, to, 0, BUF_INIT };
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < s->nnodes; i++)
		rc = join_family(&j, i);
	buf_free(&j.key);
	return rc < 0 ? -1 : tell_lone(s, to);
}
