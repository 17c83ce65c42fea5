#include "quota.h"

#include <string.h>

#include "text/utf8.h"

/*
 * Questions in the trees; the highest sample among their nodes; whether one
 * of them failed or is open.
 */
static size_t
count(struct tree *t, long *last, int *unfinished)
{
	struct buf q = BUF_INIT;
	size_t i, n = 0;

	*last = 0;
	*unfinished = 0;
	for (i = 0; i < t->n; i++) {
		struct node *node = &t->v[i];

		buf_reset(&q);
		if (node->question.len > 0 ||
		    (node->state == NODE_PASS &&
		    rec_text(&node->rec, t->names->question, &q) == 1))
			n++;
		if (node->sample > *last)
			*last = node->sample;
		if (node->state == NODE_FAILED || node->state == NODE_OPEN)
			*unfinished = 1;
	}
	buf_free(&q);
	return n;
}

int
quota_judge(const struct quota *q, struct tree *t, struct quota_count *c)
{
	const struct node *root = &t->v[0];
	long last;
	int broken;

	c->have = count(t, &last, &broken);
	c->want = 1.15 * (double)utf8_count(buf_cstr(&root->context),
	    root->context.len) / (double)q->chars;
	if ((double)c->have >= c->want || !root->has_context ||
	    root->depth > 0)
		return QUOTA_MET;
	if (broken)
		return QUOTA_BROKEN;
	if ((unsigned long)last >= q->max_rounds)
		return QUOTA_ROUNDS;
	return tree_add_round(t, 0, last + 1) < 0 ? -1 : QUOTA_MORE;
}

int
quota_joins(const struct tree_names *names, struct rec *first, struct rec *r)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	int same;

	if (rec_text(r, "root", &b) != 1)
		same = buf_ok(&b) ? 0 : -1;
	else if (tree_root(names, first, &a) < 0 || !buf_ok(&b))
		same = -1;
	else
		same = a.len == b.len &&
		    memcmp(buf_cstr(&a), buf_cstr(&b), a.len) == 0;
	buf_free(&a);
	buf_free(&b);
	return same;
}
