/* What a model is asked about a node, and what its reply is taken for. */
#include "augcon/split.h"
#include "cmd/node.h"
#include "tree.h"

#define TEXT "One two three. Four five six. Seven eight nine."

static const char *const hole_names[] = { "context", "units", NULL };
static const struct opt_list nothing = { NULL, 0, 0 };

static struct how how = { .max_depth = 4, .define = &nothing };
static struct buf why;

/* A node with its units; the tree is the caller's to free. */
static struct node *
node(struct tree *t, const char *line)
{
	struct node *n;

	plant(t, line);
	n = &t->v[0];
	CHECK(split_units(n->context.s, n->context.len, 5, &n->units) == 0);
	return n;
}

static int
read_text(const struct node *n, const char *text, struct parts *p)
{
	struct flow_reply reply = { .text = text, .len = strlen(text) };

	buf_reset(&why);
	parts_free(p);
	return node_read(&how, n, &reply, p, &why);
}

static void
test_cut(void)
{
	static const char *const bad[] = { "0", "3", "-1", "1.5", "1e99",
	    "\"x\"", "null" };
	struct tree t = { .n = 0 };
	struct node *n = node(&t, "{\"context\":\"" TEXT "\"}");
	struct parts p = { .cut = 0 };
	struct buf b = BUF_INIT;
	size_t i;

	how.by = BY_CUT;
	CHECK(read_text(n, "{\"question\":\"Why six?\",\"cut\":2}", &p) == 0);
	CHECK(p.usable && p.cut == 2);
	CHECK_STR(buf_cstr(&p.question), "Why six?");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		buf_reset(&b);
		buf_fmt(&b, "{\"question\":\"Why six?\",\"cut\":%s}", bad[i]);
		CHECK(read_text(n, b.s, &p) == 0);
		CHECK(!p.usable && p.question.len > 0);
		CHECK_STR(buf_cstr(&why), "\"cut\" must be a number from 1 "
		    "to 2");
	}
	CHECK(read_text(n, "{\"cut\":2}", &p) == 1);
	CHECK_STR(buf_cstr(&why), "the object has no \"question\"");
	CHECK(!p.usable);
	parts_free(&p);
	buf_free(&b);
	tree_free(&t);
}

static void
test_rewrite(void)
{
	struct tree t = { .n = 0 };
	struct node *n = node(&t, "{\"context\":\"" TEXT "\"}");
	struct parts p = { .cut = 0 };

	how.by = BY_REWRITE;
	CHECK(read_text(n, "{\"question\":\"Why six?\",\"first\":\"One two "
	    "three. Four five six.\",\"second\":\"Seven eight nine.\"}", &p)
	    == 0);
	CHECK(p.usable);
	CHECK_STR(buf_cstr(&p.text[1]), "Seven eight nine.");
	CHECK(read_text(n, "{\"question\":\"Why six?\",\"first\":\"" TEXT
	    "\",\"second\":\"Seven eight nine.\"}", &p) == 0);
	CHECK(!p.usable && why.len > 0);
	CHECK(read_text(n, "{\"question\":\"Why six?\",\"first\":\"One.\"}",
	    &p) == 0);
	CHECK(!p.usable);
	CHECK_STR(buf_cstr(&why), "\"first\" and \"second\" must be texts");
	parts_free(&p);
	tree_free(&t);
}

/* One unit, or as deep as may be: a question is all that is asked for. */
static void
test_question_only(void)
{
	struct tree one = { .n = 0 }, deep = { .n = 0 };
	struct node *n = node(&one, "{\"context\":\"One two three\"}");
	struct node *d = node(&deep, "{\"depth\":4,\"context\":\"" TEXT
	    "\"}");
	struct parts p = { .cut = 0 };

	how.by = BY_CUT;
	CHECK(node_asks_only(&how, n) && node_asks_only(&how, d));
	d->depth = 3;
	CHECK(!node_asks_only(&how, d));
	CHECK(read_text(n, "{\"question\":\"Why three?\"}", &p) == 0);
	CHECK_STR(buf_cstr(&p.question), "Why three?");
	parts_free(&p);
	tree_free(&one);
	tree_free(&deep);
}

/* The schema allows the cuts that there are and no other. */
static void
test_ask(void)
{
	struct tree t = { .n = 0 };
	struct node *n = node(&t, "{\"context\":\"" TEXT "\"}");
	struct buf messages = BUF_INIT, schema = BUF_INIT;

	how.by = BY_CUT;
	CHECK(node_prompt(&how, n) == &how.split.en);
	CHECK(node_ask(&how, n, &messages, &schema) == 0);
	CHECK(strstr(buf_cstr(&schema), "\"enum\":[1,2]") != NULL);
	CHECK(strstr(buf_cstr(&messages), "[3] Seven eight nine.") != NULL);
	buf_reset(&schema);
	n->depth = 4;
	CHECK(node_prompt(&how, n) == &how.ask.en);
	CHECK(node_ask(&how, n, &messages, &schema) == 0);
	CHECK(strstr(buf_cstr(&schema), "cut") == NULL);
	buf_free(&messages);
	buf_free(&schema);
	tree_free(&t);
}

static void
test_local(void)
{
	static const int local[] = { [BY_CUT] = 0, [BY_REWRITE] = 0,
	    [BY_COHESION] = 1, [BY_MIDDLE] = 1 };
	struct how h = { .by = BY_CUT };
	int i;

	for (i = BY_CUT; i <= BY_MIDDLE; i++) {
		h.by = (enum by)i;
		CHECK(how_is_local(&h) == local[i]);
	}
}

int
main(void)
{
	CHECK(prompts_load(&how.split, "split", NULL, hole_names, &nothing,
	    &why) == 0);
	CHECK(prompts_load(&how.ask, "ask", NULL, hole_names, &nothing,
	    &why) == 0);
	test_cut();
	test_rewrite();
	test_question_only();
	test_ask();
	test_local();
	prompts_free(&how.split);
	prompts_free(&how.ask);
	buf_free(&why);
	return check_end("node");
}
