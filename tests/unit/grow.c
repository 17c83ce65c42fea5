/* How a tree grows: what becomes of each node, without a model. */
#include "cmd/grow.h"
#include "tree.h"

/* Sentences, of which each is a unit. */
#define FOUR "One two three four. Five six seven. Eight nine ten. Eleven."
#define TWO "One two three four. Five six seven."

static const struct grow by_middle = { .how = { .by = BY_MIDDLE,
    .max_depth = 9 }, .min_length = 5 };
static const struct grow by_cut = { .how = { .by = BY_CUT,
    .max_depth = 9 }, .min_length = 5 };

/* ID:STATE of one node; a leaf's `why` and a failure's code stand for it. */
static int
describe(void *arg, struct node *n)
{
	static const char *const states[] = { "open", "split", "leaf", "pass",
	    "failed" };
	struct buf *b = arg;

	buf_fmt(b, "%s%s:%s", b->len > 0 ? " " : "", buf_cstr(&n->id),
	    n->state == NODE_LEAF ? n->why : n->state == NODE_FAILED ?
	    n->code : states[n->state]);
	return 0;
}

/* All nodes in pre-order; forgets the tree. */
static const char *
shape(struct tree *t)
{
	static struct buf b;

	buf_reset(&b);
	CHECK(tree_each(t, describe, &b) == 0);
	tree_free(t);
	return buf_cstr(&b);
}

/* Grows a tree that asks nobody. */
static const char *
grown(const struct grow *g, const char *line)
{
	struct tree t = { .n = 0 };
	size_t index;

	plant(&t, line);
	CHECK(grow_next(g, &t, &index) == 0);
	return shape(&t);
}

static void
test_here(void)
{
	struct grow g = by_middle;

	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"" FOUR "\"}"),
	    "a:split a.1:split a.1.1:unit a.1.2:unit "
	    "a.2:split a.2.1:unit a.2.2:unit");
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"One two\"}"),
	    "a:unit");
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"One\"}"), "a:short");
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"          \"}"),
	    "a:short");
	CHECK_STR(grown(&g, "{\"id\":\"a\"}"), "a:missing_field");
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":7}"),
	    "a:missing_field");
	g.levels = 1;
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"" FOUR "\"}"),
	    "a:split a.1:open a.2:open");
	g.levels = 0;
	g.how.max_depth = 1;
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"context\":\"" FOUR "\"}"),
	    "a:split a.1:depth a.2:depth");
	CHECK_STR(grown(&g, "{\"id\":\"a\",\"depth\":1,\"context\":\"" FOUR
	    "\"}"), "a:depth");
}

static void
test_state(void)
{
	struct grow g = by_middle;
	static const char leaf[] = "{\"id\":\"a\",\"state\":\"leaf\","
	    "\"context\":\"" TWO "\"}";

	CHECK_STR(grown(&g, leaf), "a:pass");
	g.force = 1;
	CHECK_STR(grown(&g, leaf), "a:split a.1:unit a.2:unit");
}

/* Asks about the next node, which must be this one, and takes the parts. */
static void
reply(const struct grow *g, struct tree *t, const char *id,
    const struct parts *p)
{
	size_t index = 99;

	CHECK(grow_next(g, t, &index) == 1);
	CHECK_STR(buf_cstr(&t->v[index].id), id);
	CHECK(grow_apply(g, t, index, p) == 0);
}

static void
test_cut(void)
{
	struct tree t = { .n = 0 };
	struct parts p = { .cut = 1, .usable = 1 };
	struct grow g = by_cut;
	size_t index;

	buf_str(&p.question, "Why?");
	plant(&t, "{\"id\":\"a\",\"start\":100,\"context\":\"" FOUR "\"}");
	reply(&g, &t, "a", &p);
	CHECK_STR(buf_cstr(&t.v[0].question), "Why?");
	CHECK_STR(buf_cstr(&t.v[1].context), "One two three four. ");
	CHECK(t.v[1].start == 100 && t.v[2].start == 120);
	reply(&g, &t, "a.1", &p);
	p.usable = 0;
	reply(&g, &t, "a.2", &p);
	CHECK(grow_next(&g, &t, &index) == 0);
	CHECK_STR(shape(&t), "a:split a.1:unit a.2:guard");

	/* No question: what can only be asked for one is not asked about. */
	g.no_question = 1;
	p.usable = 1;
	plant(&t, "{\"id\":\"a\",\"context\":\"" TWO "\"}");
	reply(&g, &t, "a", &p);
	CHECK(t.v[0].question.len == 0);
	CHECK(grow_next(&g, &t, &index) == 0);
	CHECK_STR(shape(&t), "a:split a.1:unit a.2:unit");
	parts_free(&p);
}

/* Parts that are written out have no place in the document. */
static void
test_rewrite(void)
{
	struct tree t = { .n = 0 };
	struct parts p = { .usable = 1 };
	struct grow g = by_cut;

	g.how.by = BY_REWRITE;
	buf_str(&p.text[0], "The first part.");
	buf_str(&p.text[1], "The second part.");
	plant(&t, "{\"id\":\"a\",\"start\":7,\"context\":\"" TWO "\"}");
	reply(&g, &t, "a", &p);
	CHECK(t.n == 3);
	CHECK_STR(buf_cstr(&t.v[2].context), "The second part.");
	CHECK(!rec_has(&t.v[2].rec, "start"));
	CHECK_STR(shape(&t), "a:split a.1:open a.2:open");
	parts_free(&p);
}

int
main(void)
{
	test_here();
	test_state();
	test_cut();
	test_rewrite();
	return check_end("grow");
}
