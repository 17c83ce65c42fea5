/* Pairs out of trees of questions. */
#include "augcon/siblings.h"

#include <string.h>

#include "base/rng.h"
#include "check.h"

static struct pair_text
text(const char *s)
{
	struct pair_text t = { s, s != NULL ? strlen(s) : 0 };

	return t;
}

static void
add(struct siblings *s, const char *id, const char *parent,
    const char *context, const char *question)
{
	struct sibling_in in = { text(id), text(parent), text("root"),
	    text(context), text(question), 0 };

	CHECK(siblings_add(s, &in) == 0);
}

static void
show_text(struct buf *b, const struct vocab *v, uint32_t id, const char *end)
{
	size_t len;
	const char *s = vocab_token(v, id, &len);

	buf_add(b, s, len);
	buf_str(b, end);
}

/* "kind: better > worse in context", a line a pair, in order. */
static void
show(struct pairs *p, struct buf *b)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		const struct pair_line *good = &p->line[p->v[i].good];
		const struct pair_line *bad = &p->line[p->v[i].bad];

		CHECK(good->context == bad->context);
		buf_fmt(b, "%s: ", pairs_kind(p, p->v[i].kind));
		show_text(b, p->questions, good->question, " > ");
		show_text(b, p->questions, bad->question, " in ");
		show_text(b, p->contexts, good->context, "\n");
	}
}

static void
check_pairs(struct siblings *s, size_t lone, const char *want)
{
	struct pairs p;
	struct buf b = BUF_INIT;

	CHECK(pairs_init(&p) == 0);
	CHECK(siblings_join(s, &p) == 0);
	CHECK(pairs_join(&p) == 0);
	CHECK(p.nlone == lone && s->lone == lone);
	show(&p, &b);
	CHECK_STR(buf_cstr(&b), want);
	buf_free(&b);
	pairs_free(&p);
	siblings_free(s);
}

static void
families(void)
{
	struct siblings s;

	/* Children before their parent, which has two questions. */
	CHECK(siblings_init(&s) == 0);
	add(&s, "a.1", "a", "C1", "q1");
	add(&s, "a.2", "a", "C2", "q2");
	add(&s, "a", NULL, "C", "q");
	add(&s, "a", NULL, "C", "r");
	add(&s, "b", NULL, "D", "alone");
	check_pairs(&s, 1,
	    "parent: q1 > q in C1\n" "child: q > q1 in C\n"
	    "parent: q1 > r in C1\n" "child: r > q1 in C\n"
	    "sibling: q1 > q2 in C1\n" "sibling: q2 > q1 in C2\n"
	    "parent: q2 > q in C2\n" "child: q > q2 in C\n"
	    "parent: q2 > r in C2\n" "child: r > q2 in C\n");

	/* A parent that is not there, or has no question. */
	CHECK(siblings_init(&s) == 0);
	add(&s, "a.1", "a", "C1", "q1");
	add(&s, "a.2", "a", "C2", "q2");
	check_pairs(&s, 0,
	    "sibling: q1 > q2 in C1\n" "sibling: q2 > q1 in C2\n");

	/* More than two, in a ring. */
	CHECK(siblings_init(&s) == 0);
	add(&s, "a.1", "a", "C1", "q1");
	add(&s, "a.2", "a", "C2", "q2");
	add(&s, "a.3", "a", "C3", "q3");
	check_pairs(&s, 0,
	    "sibling: q1 > q2 in C1\n" "sibling: q2 > q1 in C2\n"
	    "sibling: q2 > q3 in C2\n" "sibling: q3 > q2 in C3\n"
	    "sibling: q3 > q1 in C3\n" "sibling: q1 > q3 in C1\n");

	/* Nodes that are their own parents, or each other's. */
	CHECK(siblings_init(&s) == 0);
	add(&s, "a", "a", "C", "q");
	add(&s, "x", "y", "X", "qx");
	add(&s, "y", "x", "Y", "qy");
	check_pairs(&s, 1,
	    "parent: qy > qx in Y\n" "child: qx > qy in X\n"
	    "parent: qx > qy in X\n" "child: qy > qx in Y\n");
}

static void
add_random(struct siblings *s, uint64_t *seed, size_t i)
{
	char id[32], parent[32], context[32], question[32];
	size_t k, n = (size_t)rng_below(seed, 4);

	snprintf(id, sizeof(id), "%zu", i);
	snprintf(parent, sizeof(parent), "%d", (int)rng_below(seed, 300));
	snprintf(context, sizeof(context), "C%zu", i);
	for (k = 0; k < n; k++) {
		snprintf(question, sizeof(question), "q%d",
		    (int)rng_below(seed, 200));
		add(s, id, rng_below(seed, 5) ? parent : NULL, context,
		    question);
	}
}

/*
 * In forests of any shape each question stands against each other one both
 * ways, so any order of the questions is right about half of the pairs.
 */
static void
balance(void)
{
	struct siblings s;
	struct pairs p;
	uint64_t seed = 5;
	long up = 0;
	size_t i;

	CHECK(siblings_init(&s) == 0 && pairs_init(&p) == 0);
	for (i = 0; i < 300; i++)
		add_random(&s, &seed, i);
	CHECK(siblings_join(&s, &p) == 0 && pairs_join(&p) == 0);
	CHECK(p.n > 400);
	for (i = 0; i < p.n; i++)
		up += p.line[p.v[i].good].question >
		    p.line[p.v[i].bad].question ? 1 : -1;
	CHECK(up == 0);
	pairs_free(&p);
	siblings_free(&s);
}

int
main(void)
{
	families();
	balance();
	return check_end("siblings");
}
