/* Pairs, evaluation, training, and the scorer's file. */
#include "augcon/scorer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/evaluate.h"
#include "augcon/features.h"
#include "augcon/train.h"
#include "base/rng.h"
#include "check.h"

static int
add(struct pairs *p, const char *context, const char *question, int label,
    const char *kind, const char *root, const char *pair)
{
	struct pair_in in = { .label = label };

	in.context = (struct pair_text){ context, strlen(context) };
	in.question = (struct pair_text){ question, strlen(question) };
	if (kind != NULL)
		in.kind = (struct pair_text){ kind, strlen(kind) };
	if (root != NULL)
		in.root = (struct pair_text){ root, strlen(root) };
	if (pair != NULL)
		in.pair = (struct pair_text){ pair, strlen(pair) };
	return pairs_add(p, &in);
}

static void
joining(void)
{
	struct pairs p;

	CHECK(pairs_init(&p) == 0);
	/* One context: two better, three worse, so three pairs. */
	CHECK(add(&p, "c1", "g0", 1, NULL, "r", NULL) == 0);
	CHECK(add(&p, "c1", "b0", 0, "instr", "r", NULL) == 0);
	CHECK(add(&p, "c1", "b1", 0, "fs", "r", NULL) == 0);
	CHECK(add(&p, "c1", "g1", 1, NULL, "r", NULL) == 0);
	CHECK(add(&p, "c1", "b2", 0, NULL, "r", NULL) == 0);
	/* `pair` joins across contexts and keeps apart in one. */
	CHECK(add(&p, "c2", "q", 1, NULL, NULL, "7") == 0);
	CHECK(add(&p, "c3", "q", 0, "parent", NULL, "7") == 0);
	/* Alone, and equal. */
	CHECK(add(&p, "c4", "q", 1, NULL, "r", NULL) == 0);
	CHECK(add(&p, "c5", "q", 1, NULL, "r", NULL) == 0);
	CHECK(add(&p, "c5", "q", 0, "fs", "r", NULL) == 0);
	CHECK(pairs_join(&p) == 0);
	CHECK(p.n == 4 && p.nlone == 1 && p.same == 1);
	CHECK(p.v[0].good == 0 && p.v[0].bad == 1);
	CHECK(p.v[1].good == 3 && p.v[1].bad == 2);
	CHECK(p.v[2].good == 0 && p.v[2].bad == 4);
	CHECK_STR(pairs_kind(&p, p.v[1].kind), "fs");
	CHECK_STR(pairs_kind(&p, p.v[2].kind), "unnamed");
	CHECK(p.v[3].good == 5 && p.v[3].bad == 6);
	CHECK(p.v[3].root != p.v[0].root);
	pairs_free(&p);
}

static int
near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void
figures(void)
{
	static const double m[] = { 3, 1, -0.5, 2, 4, 1.5, -2, 1, 3, 2 };
	struct eval_share eight = { 10, 8 }, none = { 0, 0 };
	struct eval_pair v[4] = {
		{ .good = 2, .bad = 1, .good_len = 5, .bad_len = 6 },
		{ .good = 3, .bad = 0, .good_len = 9, .bad_len = 3,
		    .kind = 1 },
		{ .good = 1.5, .bad = 1.5, .good_len = 4, .bad_len = 4 },
		{ .good = 0.5, .bad = 2.5, .good_len = 2, .bad_len = 7 }
	};
	struct eval e;
	double lo, hi, t, s = 0, here, up, down;
	size_t i;

	eval_interval(&eight, &lo, &hi);
	CHECK(fabs(lo - 0.4901625) < 1e-6 && fabs(hi - 0.9433178) < 1e-6);
	eval_interval(&none, &lo, &hi);
	CHECK(lo == 0 && hi == 1);
	CHECK(eval_pairs(&e, v, 4, 3) == 0);
	CHECK(near(eval_rate(&e.all.full), 2.5 / 4));
	CHECK(e.all.matched.n == 2 && near(eval_rate(&e.all.matched), 0.75));
	CHECK(near(eval_rate(&e.kind[0].full), 0.5));
	CHECK(near(e.worst, 0.5) && near(e.mean, 0.75));
	CHECK(e.kind[2].full.n == 0);
	/* Of 16 comparisons of a better with a worse score 10.5 are right. */
	CHECK(near(e.all.auc, 10.5 / 16));
	for (i = 0; i < 4; i++)
		s += log1p(exp(v[i].bad - v[i].good)) / 4;
	CHECK(near(e.all.calibration.loss, s));
	/* The last pair, alone in its kind, is judged by itself too. */
	CHECK(near(e.kind[1].calibration.loss, log1p(exp(-3.0))));
	CHECK(near(e.kind[1].auc, 1) && e.kind[1].calibration.ece > 0.04);
	CHECK(e.all.unseen.n == 0);
	/* Probabilities of 0.05, 0.12, 0.27 and their mirrors; 0.5 twice. */
	CHECK(e.all.calibration.bin[0].n == 1);
	CHECK(e.all.calibration.bin[5].n == 2);
	CHECK(near(e.all.calibration.bin[5].said, 0.5));
	CHECK(near(e.all.calibration.bin[5].right, 0.5));
	CHECK(near(e.all.calibration.bin[1].right, 1));
	CHECK(near(e.all.calibration.bin[9].right, 1));
	eval_free(&e);
	CHECK(eval_pairs(&e, v, 0, 0) == 0);
	eval_free(&e);
	/* The temperature is where the loss is least. */
	t = eval_temperature(m, 10);
	for (here = up = down = 0, i = 0; i < 10; i++) {
		here += log1p(exp(-m[i] / t));
		up += log1p(exp(-m[i] / (t * 1.01)));
		down += log1p(exp(-m[i] / (t * 0.99)));
	}
	CHECK(here <= up && here <= down);
}

/*
 * Roots of two contexts each, whose questions change places: what sees no
 * context must be right half the time, to the pair.
 */
static void
siblings(struct pairs *p, size_t roots)
{
	char c[2][120], q[2][60], root[32], pair[2][32];
	uint64_t seed = 11;
	size_t i, k;

	CHECK(pairs_init(p) == 0);
	for (i = 0; i < roots; i++) {
		snprintf(root, sizeof(root), "root%zu", i);
		for (k = 0; k < 2; k++) {
			unsigned a = (unsigned)rng_below(&seed, 90000);
			unsigned b = (unsigned)rng_below(&seed, 90000);

			snprintf(c[k], sizeof(c[k]), "The word%u stands "
			    "beside the thing%u in the garden.", a, b);
			snprintf(q[k], sizeof(q[k]), "What is beside the "
			    "word%u?", a);
			snprintf(pair[k], sizeof(pair[k]), "%zu-%zu", i, k);
		}
		for (k = 0; k < 2; k++) {
			CHECK(add(p, c[k], q[k], 1, NULL, root,
			    pair[k]) == 0);
			CHECK(add(p, c[k], q[1 - k], 0, "sibling", root,
			    pair[k]) == 0);
		}
	}
	CHECK(pairs_join(p) == 0);
}

/*
 * Two kinds of which each is told from the other's pairs, and one of few
 * pairs whose labels are turned round, so that the others tell it wrongly.
 */
static void
unseen(void)
{
	const struct schema schema = { .has = { [BLOCK_LEXICAL] = 1 } };
	struct train_opt opt = { .seed = 1, .schema = &schema };
	struct train_report r;
	struct buf why = BUF_INIT;
	struct scorer *s;
	struct pairs p;
	char c[80], q[80], b[80], root[16];
	unsigned i;

	CHECK(pairs_init(&p) == 0);
	for (i = 0; i < 60; i++) {
		snprintf(root, sizeof(root), "r%u", i);
		snprintf(c, sizeof(c), "The word%u is by the thing%u.", i,
		    i);
		snprintf(q, sizeof(q), "What is by the word%u?", i);
		snprintf(b, sizeof(b), "What is by the other%u?", i);
		CHECK(add(&p, c, q, i % 6 != 5, "turned", root, NULL) == 0);
		CHECK(add(&p, c, b, i % 6 == 5, i % 2 ? "one" : "two", root,
		    NULL) == 0);
	}
	CHECK(pairs_join(&p) == 0);
	s = train(&p, &opt, &r, &why);
	CHECK(s != NULL && r.eval.all.unseen.n == 60);
	/* Kinds are numbered as they come: two, one, turned. */
	CHECK(r.eval.nkinds == 3 && r.eval.kind[2].unseen.n == 10);
	CHECK(eval_rate(&r.eval.kind[0].unseen) == 1);
	CHECK(eval_rate(&r.eval.kind[1].unseen) == 1);
	CHECK(eval_rate(&r.eval.kind[2].unseen) == 0);
	scorer_free(s);
	pairs_free(&p);
	eval_free(&r.eval);
	buf_free(&why);
}

static struct scorer *
learn(size_t roots, double holdout, uint64_t seed, struct train_report *r)
{
	struct schema schema = { .has = { [BLOCK_LEXICAL] = 1 } };
	struct train_opt opt = { .holdout = holdout, .seed = seed,
	    .schema = &schema };
	struct buf why = BUF_INIT;
	struct scorer *s;
	struct pairs p;

	siblings(&p, roots);
	s = train(&p, &opt, r, &why);
	CHECK(s != NULL);
	pairs_free(&p);
	buf_free(&why);
	if (s != NULL)
		memset(s->data, 'a', 64);
	return s;
}

static void
training(void)
{
	struct train_report r, again;
	struct scorer *s = learn(40, 0, 1, &r), *t = learn(40, 0, 1, &again);

	CHECK(r.held_pairs == 80 && r.roots == 40 && r.folds == 5);
	CHECK(eval_rate(&r.eval.all.full) == 1);
	CHECK(eval_rate(&r.eval.all.blind) == 0.5);
	CHECK(eval_rate(&r.eval.all.length) == 0.5);
	CHECK(eval_rate(&r.eval.all.shuffled) < 0.65);
	CHECK(memcmp(s->weight, t->weight, FEATURES * sizeof(double)) == 0);
	CHECK(s->pairs == 80 && s->accuracy == 1);
	scorer_free(s);
	scorer_free(t);
	eval_free(&r.eval);
	eval_free(&again.eval);

	s = learn(40, 0.25, 1, &r);
	CHECK(r.held_roots == 10 && r.held_pairs == 20 && s->pairs == 60);
	scorer_free(s);
	eval_free(&r.eval);

	/* One root: nothing can be held out, but a scorer comes. */
	s = learn(1, 0.5, 1, &r);
	CHECK(r.held_pairs == 0 && r.folds == 0 && s->accuracy < 0);
	scorer_free(s);
	eval_free(&r.eval);
}

static void
refused(const char *text, size_t len, const char *what)
{
	struct buf why = BUF_INIT;
	struct scorer *s = scorer_read(text, len, &why);

	CHECK(s == NULL);
	CHECK(strstr(buf_cstr(&why), what) != NULL);
	if (strstr(buf_cstr(&why), what) == NULL)
		printf("\tsaid: %s\n", buf_cstr(&why));
	scorer_free(s);
	buf_free(&why);
}

/* The text with the first `from` replaced by `to` must be refused. */
static void
spoilt(const struct buf *text, const char *from, const char *to,
    const char *what)
{
	const char *at = strstr(text->s, from);
	struct buf b = BUF_INIT;

	CHECK(at != NULL);
	if (at == NULL) {
		printf("\tlacks: %s\n", from);
		return;
	}
	buf_add(&b, text->s, (size_t)(at - text->s));
	buf_str(&b, to);
	buf_str(&b, at + strlen(from));
	refused(b.s, b.len, what);
	buf_free(&b);
}

static void
file(void)
{
	struct train_report r;
	struct scorer *s = learn(40, 0, 1, &r), *t;
	struct buf a = BUF_INIT, b = BUF_INIT, why = BUF_INIT;
	size_t i, wrong = 0;

	CHECK(scorer_write(s, &a) == 0);
	t = scorer_read(a.s, a.len, &why);
	CHECK_STR(buf_cstr(&why), "");
	CHECK(t != NULL && scorer_write(t, &b) == 0);
	CHECK(a.len == b.len && memcmp(a.s, b.s, a.len) == 0);
	CHECK(df_weight(s->df, terms_hash("garden", 6)) ==
	    df_weight(t->df, terms_hash("garden", 6)));
	scorer_free(t);
	/* Cut anywhere, it is no scorer. */
	for (i = 0; i < a.len; i++) {
		buf_reset(&why);
		t = scorer_read(a.s, i, &why);
		wrong += t != NULL || why.len == 0;
		scorer_free(t);
	}
	CHECK(wrong == 0);
	spoilt(&a, "augcon-scorer 2", "augcon-scorer 3", "line 1");
	spoilt(&a, "augcon-scorer 2", "augcon-scorer 1",
	    "line 1: a scorer of an older program: train it again");
	spoilt(&a, "tokens unicode", "tokens google", "line 2");
	spoilt(&a, "block lexical 2", "block lexical 1", "line 4: not this");
	spoilt(&a, "block lexical", "block", "line 4: a block of");
	spoilt(&a, "block lexical", "block lexica", "line 4: a block of");
	spoilt(&a, "block lexical 2 25", "block lexical 2 26",
	    "26 features, this program has 25");
	spoilt(&a, "loss logistic", "loss hinge", "line 3: a loss");
	spoilt(&a, "lambda 0x", "lambda 0", "line 5");
	spoilt(&a, "pairs 80", "pairs -1", "line 7: not a count");
	spoilt(&a, "data aa", "data zz", "line 10: not a SHA-256");
	spoilt(&a, " garden\n", " zzz\n", "out of order");
	spoilt(&a, " garden\n", " gard\xff\n", "not text");
	spoilt(&a, "weight length 0x", "weight length nan 0x", "hexadecimal");
	spoilt(&a, "temperature 0x", "temperature 0x1p99999\n0x",
	    "line 6: not a finite");
	spoilt(&a, "weight repeats", "weight length", "not the feature");
	spoilt(&a, "\nend\n", "\nend\n\n", "more text");
	spoilt(&a, "\nend\n", "\r\nend\n", "line");
	scorer_free(s);
	eval_free(&r.eval);
	buf_free(&a);
	buf_free(&b);
	buf_free(&why);
}

static void
parts(void)
{
	struct train_report r;
	struct scorer *s = learn(40, 0, 1, &r);
	double f[FEATURES], part[FEATURES], sum = 0;
	size_t i;

	for (i = 0; i < FEATURES; i++)
		f[i] = 0.1 * (double)i;
	CHECK(scorer_score(s, f, NULL) == scorer_score(s, f, part));
	for (i = 0; i < FEATURES; i++)
		sum += part[i];
	CHECK(sum == scorer_score(s, f, NULL));
	scorer_free(s);
	eval_free(&r.eval);
}

int
main(void)
{
	joining();
	figures();
	training();
	unseen();
	file();
	parts();
	return check_end("scorer");
}
