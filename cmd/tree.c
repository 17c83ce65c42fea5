#include "tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"

/* Members that belong to a node itself, beside its question: no child's. */
static const char *const own[] = { "answer", "agreement", "score",
    "explain", "error", "why", "label", "kind", "checks", "provenance",
    "dropped" };

/* No document is longer, and sums of it and a length do not overflow. */
static const long START_MAX = LONG_MAX / 2;

static void
drop_own(const struct tree *t, struct rec *r)
{
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(*own); i++)
		rec_drop(r, own[i]);
	rec_drop(r, t->names->question);
}

void
tree_known_by(const struct tree_names *names, struct rec *r,
    const struct buf *context, struct buf *id)
{
	char hash[17];

	buf_reset(id);
	if (rec_id(r, names->id, id) == 1)
		return;
	sha256_hex(buf_cstr(context), context->len, hash, 16);
	buf_reset(id);
	buf_str(id, hash);
}

int
tree_root(const struct tree_names *names, struct rec *r, struct buf *root)
{
	struct buf context = BUF_INIT;
	int ok;

	buf_reset(root);
	if (rec_text(r, "root", root) != 1) {
		rec_text(r, names->context, &context);
		tree_known_by(names, r, &context, root);
	}
	ok = buf_ok(&context) && buf_ok(root);
	buf_free(&context);
	return ok ? 0 : -1;
}

static int
read_members(const struct tree *t, struct node *n)
{
	struct buf state = BUF_INIT;
	int known;

	n->has_context = rec_text(&n->rec, t->names->context,
	    &n->context) == 1;
	tree_known_by(t->names, &n->rec, &n->context, &n->id);
	if (rec_integer(&n->rec, "depth", &n->depth) != 1)
		n->depth = 0;
	if (rec_integer(&n->rec, "sample", &n->sample) != 1)
		n->sample = 0;
	if (rec_integer(&n->rec, "start", &n->start) != 1 || n->start < 0 ||
	    n->start > START_MAX)
		n->start = 0;
	if (rec_text(&n->rec, "state", &state) == 1 &&
	    strcmp(buf_cstr(&state), "open") != 0)
		n->state = NODE_PASS;
	known = buf_ok(&state);
	buf_free(&state);
	return buf_ok(&n->context) && buf_ok(&n->id) && known ? 0 : -1;
}

struct node *
tree_add(struct tree *t, const struct rec *r)
{
	struct rec made = REC_INIT;
	struct node *n;

	/* Made first: r may lie in t->v, which is about to move. */
	if (rec_derive(&made, r) < 0)
		return NULL;
	if (mem_grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v)) < 0) {
		rec_free(&made);
		return NULL;
	}
	n = &t->v[t->n++];
	memset(n, 0, sizeof(*n));
	n->rec = made;
	return read_members(t, n) < 0 ? NULL : n;
}

static void
set_root(struct rec *r, const struct node *parent)
{
	if (!rec_has(r, "root"))
		rec_set_text(r, "root", parent->id.s, parent->id.len);
}

int
tree_add_child(struct tree *t, size_t parent, int which, const char *context,
    size_t len, long offset)
{
	struct node *p = &t->v[parent], *n;
	struct rec *r = &p->rec;
	struct buf id = BUF_INIT;

	rec_revert(r);
	buf_add(&id, p->id.s, p->id.len);
	buf_fmt(&id, ".%d", which + 1);
	rec_set_text(r, t->names->id, buf_cstr(&id), id.len);
	set_root(r, p);
	rec_set_text(r, t->names->context, context, len);
	if (offset >= 0) {
		rec_set_integer(r, "start", p->start + offset);
		rec_set_integer(r, "end", p->start + offset + (long)len);
	} else {
		rec_drop(r, "start");
		rec_drop(r, "end");
	}
	rec_set_text(r, "state", "open", 4);
	rec_set_integer(r, "depth", p->depth + 1);
	rec_set_text(r, "parent", p->id.s, p->id.len);
	drop_own(t, r);
	n = buf_ok(&id) ? tree_add(t, r) : NULL;
	buf_free(&id);
	p = &t->v[parent];		/* tree_add may have moved it */
	rec_revert(&p->rec);
	if (n == NULL)
		return -1;
	n->level = p->level + 1;
	n->is_kid = 1;
	p->kid[which] = t->n - 1;
	return 0;
}

/*
 * The root's line without what its first tree has made of it: an untouched
 * root and one that comes in from an earlier run begin a tree alike.
 */
static int
bare_root(const struct tree *t, struct rec *r, struct rec *bare)
{
	static const char *const grown[] = { "state", "depth", "sample" };
	size_t i;
	int ok;

	rec_revert(r);
	drop_own(t, r);
	for (i = 0; i < sizeof(grown) / sizeof(*grown); i++)
		rec_drop(r, grown[i]);
	ok = rec_derive(bare, r);
	rec_revert(r);
	return ok;
}

int
tree_add_round(struct tree *t, size_t root, long k)
{
	const struct node *p = &t->v[root], *n = NULL;
	struct rec r = REC_INIT;
	struct buf id = BUF_INIT;

	if (bare_root(t, &t->v[root].rec, &r) < 0)
		return -1;
	buf_add(&id, p->id.s, p->id.len);
	buf_fmt(&id, "~%ld", k);
	rec_set_text(&r, t->names->id, buf_cstr(&id), id.len);
	set_root(&r, p);
	rec_set_text(&r, "state", "open", 4);
	rec_set_integer(&r, "sample", k);
	if (buf_ok(&id))
		n = tree_add(t, &r);
	buf_free(&id);
	rec_free(&r);
	return n == NULL ? -1 : 0;
}

void
node_fail(struct node *n, const char *code, const char *message, int status)
{
	n->state = NODE_FAILED;
	n->code = code;
	n->message = message;
	n->status = status;
}

void
node_finish(const struct tree *t, struct node *n)
{
	const char *state = n->state == NODE_SPLIT ? "split" : "leaf";
	struct rec *r = &n->rec;

	rec_revert(r);
	rec_drop(r, "error");
	rec_drop(r, "why");
	set_root(r, n);
	rec_set_text(r, "state", state, strlen(state));
	rec_set_integer(r, "depth", n->depth);
	if (n->why != NULL)
		rec_set_text(r, "why", n->why, strlen(n->why));
	if (n->question.len > 0)
		rec_set_text(r, t->names->question, n->question.s,
		    n->question.len);
}

int
tree_each(struct tree *t, int (*fn)(void *, struct node *), void *arg)
{
	size_t *stack = mem_new(t->n + 1, sizeof(*stack)), top, i, at;
	struct node *n;
	int r = stack == NULL ? -2 : 0;

	for (i = 0; r == 0 && i < t->n; i++) {
		if (t->v[i].is_kid)
			continue;
		top = 0;
		stack[top++] = i;
		while (r == 0 && top > 0) {
			at = stack[--top];
			n = &t->v[at];
			r = fn(arg, n);
			if (n->kid[1] != 0)
				stack[top++] = n->kid[1];
			if (n->kid[0] != 0)
				stack[top++] = n->kid[0];
		}
	}
	free(stack);
	return r;
}

void
tree_free(struct tree *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		rec_free(&t->v[i].rec);
		buf_free(&t->v[i].context);
		buf_free(&t->v[i].id);
		buf_free(&t->v[i].question);
		pieces_free(&t->v[i].units);
	}
	embedded_free(&t->embedded);
	free(t->v);
	memset(t, 0, sizeof(*t));
}
