#include "train_nodes.h"

#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "tree.h"

static const struct tree_names names = { "context", "id", "question" };

static struct pair_text
text(const struct buf *b)
{
	struct pair_text t;

	if (!buf_ok(b))
		cmd_no_memory();
	t.s = buf_cstr(b);
	t.len = b->len;
	return t;
}

/*
 * What the node is known by, as its children name it: the id without the
 * suffix that a further question of the node has (ac-record(5), SAMPLES).
 */
static int
read_id(struct train_nodes *n, struct rec *r, struct pair_text *id)
{
	char suffix[32];
	long sample = 0;
	size_t len;

	if (rec_integer(r, "sample", &sample) < 0)
		return -1;
	tree_known_by(&names, r, &n->context, &n->id);
	*id = text(&n->id);
	len = (size_t)snprintf(suffix, sizeof(suffix), "+%ld", sample);
	if (sample > 0 && id->len > len &&
	    memcmp(id->s + id->len - len, suffix, len) == 0)
		id->len -= len;
	return 0;
}

static int
add(struct train_nodes *n, struct rec *r)
{
	struct sibling_in in;
	int parent;

	buf_reset(&n->parent);
	if (rec_need_text(r, "context", &n->context) < 0 ||
	    (parent = rec_text(r, "parent", &n->parent)) < 0 ||
	    read_id(n, r, &in.id) < 0) {
		if (!buf_ok(&n->context) || !buf_ok(&n->parent) ||
		    !buf_ok(&r->why))
			cmd_no_memory();
		return -1;
	}
	if (!buf_ok(&n->parent) || tree_root(&names, r, &n->root) < 0)
		cmd_no_memory();
	in.parent = text(&n->parent);
	in.root = text(&n->root);
	in.context = text(&n->context);
	in.question = text(&n->question);
	in.place = n->f->read;
	if (!parent)
		in.parent.s = NULL;
	if (siblings_add(n->siblings, &in) < 0)
		cmd_no_memory();
	n->f->ok++;
	n->count->questions++;
	return 0;
}

int
train_node(struct train_nodes *n, struct rec *r)
{
	unsigned long *left = NULL;
	long label = 1;
	int there;

	if (rec_foreign_error(r)) {
		left = &n->count->failed;
	} else {
		buf_reset(&n->question);
		there = rec_text(r, "question", &n->question);
		if (there < 0 || rec_integer(r, "label", &label) < 0)
			return -1;
		if (there == 0)
			left = &n->count->without;
		else if (label != 1)
			left = &n->count->worse;
	}
	if (left == NULL)
		return add(n, r);
	++*left;
	n->f->passed++;
	return 0;
}

void
train_nodes_free(struct train_nodes *n)
{
	buf_free(&n->id);
	buf_free(&n->parent);
	buf_free(&n->root);
	buf_free(&n->context);
	buf_free(&n->question);
}
