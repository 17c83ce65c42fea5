/* What came in: counts, and by name what gave no pair. */
#include "augcon/report_int.h"

enum { LISTED = 3 };		/* names on standard error */

static void
tree_line(const struct report_tree *t, struct buf *b)
{
	size_t i;

	buf_fmt(b, "siblings: %lu questions", t->questions);
	if (t->without > 0)
		buf_fmt(b, ", %lu nodes without one", t->without);
	if (t->failed > 0)
		buf_fmt(b, ", %lu failed", t->failed);
	if (t->worse > 0)
		buf_fmt(b, ", %lu with label 0 left out", t->worse);
	buf_str(b, "; pairs:");
	for (i = 0; i < SIBLING_KINDS; i++)
		buf_fmt(b, "%s %zu %s", i > 0 ? "," : "", t->made->pairs[i],
		    sibling_kinds[i]);
	buf_byte(b, '\n');
}

static void
lone_line(const struct pairs *p, struct buf *b)
{
	struct pair_text id, root;
	size_t i;

	buf_str(b, "without a pair:");
	for (i = 0; i < p->nlone && i < LISTED; i++) {
		id = pairs_name(p, p->lone[i].id);
		root = pairs_root(p, p->lone[i].root);
		buf_str(b, i > 0 ? ", " : " ");
		buf_add(b, id.s, id.len);
		if (root.s != NULL) {
			buf_str(b, " of ");
			buf_add(b, root.s, root.len);
		}
	}
	if (p->nlone > LISTED)
		buf_fmt(b, " and %zu more; --report lists them",
		    p->nlone - LISTED);
	buf_byte(b, '\n');
}

void
report_input(const struct report *r, struct buf *b)
{
	const struct pairs *p = r->pairs;

	buf_fmt(b, "%zu pairs from %lu better and %lu worse questions; "
	    "%zu contexts without a pair", p->n, r->good, r->bad, p->nlone);
	if (r->lost_bad > 0)
		buf_fmt(b, ", %lu failed negatives", r->lost_bad);
	if (r->lost_good > 0)
		buf_fmt(b, ", %lu failed positives", r->lost_good);
	if (p->same > 0)
		buf_fmt(b, ", %zu pairs of equal questions left out",
		    p->same);
	if (r->unlabelled > 0)
		buf_fmt(b, ", %lu lines without label", r->unlabelled);
	if (r->broken > 0)
		buf_fmt(b, ", %lu lines not usable", r->broken);
	if (r->unasked > 0)
		buf_fmt(b, ", %zu pairs lost with %lu questions that the "
		    "model gave no numbers for", r->unpaired, r->unasked);
	buf_byte(b, '\n');
	if (r->tree.made != NULL)
		tree_line(&r->tree, b);
	if (p->nlone > 0)
		lone_line(p, b);
}

/* ,"siblings":{...} */
static void
tree_json(const struct report_tree *t, struct buf *b)
{
	size_t i;

	buf_fmt(b, ",\"siblings\":{\"questions\":%lu,"
	    "\"without_question\":%lu,\"failed\":%lu,\"label_0\":%lu,"
	    "\"without_pair\":%zu,\"pairs\":{", t->questions, t->without,
	    t->failed, t->worse, t->made->lone);
	for (i = 0; i < SIBLING_KINDS; i++)
		buf_fmt(b, "%s\"%s\":%zu", i > 0 ? "," : "",
		    sibling_kinds[i], t->made->pairs[i]);
	buf_str(b, "}}");
}

/* ,"alone":[{"id":...,"root":...}, ...] */
static void
lone_json(const struct pairs *p, struct buf *b)
{
	struct pair_text id, root;
	size_t i;

	buf_str(b, ",\"alone\":[");
	for (i = 0; i < p->nlone; i++) {
		id = pairs_name(p, p->lone[i].id);
		root = pairs_root(p, p->lone[i].root);
		buf_str(b, i > 0 ? ",{\"id\":" : "{\"id\":");
		report_quote(b, id.s, id.len);
		if (root.s != NULL) {
			buf_str(b, ",\"root\":");
			report_quote(b, root.s, root.len);
		}
		buf_byte(b, '}');
	}
	buf_byte(b, ']');
}

void
report_input_json(const struct report *r, struct buf *b)
{
	const struct pairs *p = r->pairs;

	buf_fmt(b, "\"pairs\":%zu,\"better\":%lu,\"worse\":%lu,"
	    "\"without_pair\":%zu,\"failed_negatives\":%lu,"
	    "\"failed_positives\":%lu,\"equal_questions\":%zu,"
	    "\"unlabelled\":%lu,\"not_usable\":%lu", p->n, r->good, r->bad,
	    p->nlone, r->lost_bad, r->lost_good, p->same, r->unlabelled,
	    r->broken);
	if (r->tree.made != NULL)
		tree_json(&r->tree, b);
	lone_json(p, b);
}
