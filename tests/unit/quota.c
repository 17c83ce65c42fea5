/* When a root has enough questions, and which lines are of its trees. */
#include "cmd/quota.h"
#include "tree.h"

/* A root of 40 code points, which wants 4.6 questions at 10 a question. */
#define ROOT "\"id\":\"a\",\"context\":\"0123456789012345678901234567890123" \
    "456789\""

static const struct quota per_ten = { 10, 2 };

/* A node of an earlier run, with a question. */
static void
plant_done(struct tree *t, const char *id, int sample)
{
	struct buf b = BUF_INIT;

	buf_fmt(&b, "{\"id\":\"%s\",\"root\":\"a\",\"state\":\"leaf\","
	    "\"sample\":%d,\"question\":\"Q?\"}", id, sample);
	plant(t, b.s);
	buf_free(&b);
}

static void
test_judge(void)
{
	struct tree t = { .n = 0 };
	struct quota_count c;

	plant(&t, "{" ROOT ",\"state\":\"leaf\",\"question\":\"Q?\"}");
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MORE);
	CHECK(c.have == 1 && c.want > 4.59 && c.want < 4.61);
	CHECK(t.n == 2 && t.v[1].sample == 1);
	CHECK_STR(buf_cstr(&t.v[1].id), "a~1");
	CHECK(!rec_has(&t.v[1].rec, "question"));
	/* That one has not been grown. */
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_BROKEN);
	t.v[1].state = NODE_LEAF;
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MORE);
	CHECK_STR(buf_cstr(&t.v[2].id), "a~2");
	t.v[2].state = NODE_LEAF;
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_ROUNDS);
	CHECK(t.n == 3);
	buf_str(&t.v[1].question, "Q?");
	buf_str(&t.v[2].question, "Q?");
	plant_done(&t, "a~1.1", 1);
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_ROUNDS && c.have == 4);
	plant_done(&t, "a~1.2", 1);
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MET && c.have == 5);
	node_fail(&t.v[1], "timeout", NULL, 0);
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MET);
	tree_free(&t);
}

/* What is a part of a tree, or no context at all, begins no tree. */
static void
test_no_root(void)
{
	struct tree t = { .n = 0 };
	struct quota_count c;

	plant(&t, "{" ROOT ",\"state\":\"leaf\",\"depth\":1}");
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MET);
	tree_free(&t);
	plant(&t, "{\"id\":\"a\",\"state\":\"leaf\"}");
	CHECK(quota_judge(&per_ten, &t, &c) == QUOTA_MET);
	tree_free(&t);
}

static int
joins(const char *first, const char *next)
{
	struct rec a = record(first), b = record(next);
	int r = quota_joins(&names, &a, &b);

	rec_free(&a);
	rec_free(&b);
	return r;
}

static void
test_joins(void)
{
	CHECK(joins("{\"id\":\"a\"}", "{\"id\":\"a.1\",\"root\":\"a\"}"));
	CHECK(joins("{\"id\":\"a.1\",\"root\":\"a\"}", "{\"root\":\"a\"}"));
	CHECK(joins("{\"id\":7}", "{\"root\":\"7\"}"));
	CHECK(!joins("{\"id\":\"a\"}", "{\"id\":\"a\"}"));
	CHECK(!joins("{\"id\":\"a\"}", "{\"root\":\"ab\"}"));
	CHECK(!joins("{\"id\":\"ab\"}", "{\"root\":\"a\"}"));
	CHECK(!joins("{\"id\":\"a\",\"root\":\"b\"}", "{\"root\":\"a\"}"));
	/* Without an id: the first digits of SHA-256 of "abc". */
	CHECK(joins("{\"context\":\"abc\"}",
	    "{\"root\":\"ba7816bf8f01cfea\"}"));
	CHECK(!joins("{\"context\":\"abd\"}",
	    "{\"root\":\"ba7816bf8f01cfea\"}"));
}

int
main(void)
{
	test_judge();
	test_no_root();
	test_joins();
	return check_end("quota");
}
