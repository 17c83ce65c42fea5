/* Blocks of features: schemas, rows, fits and files of more than one. */
#include "augcon/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/features.h"
#include "augcon/fit.h"
#include "augcon/given.h"
#include "augcon/scorer.h"
#include "augcon/train.h"
#include "base/rng.h"
#include "check.h"

static struct schema
schema_of(const char *list, size_t dim)
{
	struct buf why = BUF_INIT;
	struct schema s;

	CHECK(schema_parse(&s, list, &why) == 0);
	CHECK_STR(buf_cstr(&why), "");
	s.dim = schema_embeds(&s) ? dim : 0;
	if (schema_asks(&s))
		memcpy(s.model, "a model", 8);
	return s;
}

static void
lists(void)
{
	static const char *const bad[] = { "", ",", "lexical,", ",lexical",
	    "lexical,,embed", "lexical,lexical", "words", "lexical embed",
	    "Lexical", "lexica" };
	struct schema s = schema_of("lexical", 7);
	struct buf why = BUF_INIT;
	size_t i;

	CHECK(schema_size(&s) == FEATURES && !schema_asks(&s));
	s = schema_of("judge,state,lexical", 7);
	CHECK(schema_size(&s) == FEATURES + 8 && schema_embeds(&s));
	CHECK(block_at(&s, BLOCK_STATE) == FEATURES);
	CHECK(block_at(&s, BLOCK_JUDGE) == FEATURES + 7);
	CHECK(block_size(&s, BLOCK_EMBED) == 0);
	s = schema_of("logprob", 7);
	CHECK(schema_size(&s) == 4 && schema_asks(&s) && !schema_embeds(&s));
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		buf_reset(&why);
		CHECK(schema_parse(&s, bad[i], &why) == -1 && why.len > 0);
	}
	buf_free(&why);
}

/* The parts fill a row, each with a name of its own. */
static void
parts(void)
{
	struct schema s = schema_of("lexical,embed,state,logprob,judge", 5);
	struct part p;
	const char *name[60];
	char blind[400] = "";
	size_t at, n = 0, i;

	for (at = 0; schema_part(&s, at, &p); at += p.n) {
		CHECK(p.at == at && p.n == (p.is_vector ? 5 : 1) && n < 60);
		CHECK(p.block == BLOCK_LEXICAL || at >= FEATURES);
		for (i = 0; i < n; i++)
			CHECK(strcmp(name[i], p.name) != 0);
		name[n++] = p.name;
		if (p.blind && at >= FEATURES)
			strcat(strcat(blind, p.name), " ");
	}
	CHECK(at == schema_size(&s) && at == FEATURES + 16 + 5 + 4 + 1);
	CHECK_STR(blind, "embed_q logprob_alone ");
}

/*
 * What scorers' files say of each block.  When one of these has changed, its
 * block's version must change, too.
 */
static void
hashes(void)
{
	static const char *const want[BLOCKS] = {
		"lexical 2 0ca5e124adafa0d5", "embed 1 3856345e81ce196d",
		"state 1 57b1f1d19c9ed29b", "logprob 1 18ec618b69f1ab00",
		"judge 1 9e580425e7f8a6b5"
	};
	struct buf b = BUF_INIT;
	char hash[17];
	unsigned i;

	for (i = 0; i < BLOCKS; i++) {
		block_hash((enum block)i, hash);
		buf_reset(&b);
		buf_fmt(&b, "%s %d %s", block_name((enum block)i),
		    block_version((enum block)i), hash);
		CHECK_STR(buf_cstr(&b), want[i]);
		CHECK(block_find(block_name((enum block)i),
		    strlen(block_name((enum block)i))) == i);
	}
	buf_free(&b);
}

static void
rows(void)
{
	static const float q[] = { 0.5f, -0.25f }, c[] = { 0.25f, 1 };
	static const float state[] = { 3, 4 }, after[] = { -1.5f, -4 };
	static const float alone[] = { -2.5f }, judge[] = { 0.75f };
	static const double want[] = { 0.5, -0.25, 0.125, -0.25, 0.25, 1.25,
	    -0.125, 3, 4, -1.5, -2.5, 1, -4, 0.75 };
	const float *const v[GIVEN] = { [GIVEN_CONTEXT] = c,
	    [GIVEN_QUESTION] = q, [GIVEN_STATE] = state,
	    [GIVEN_AFTER] = after, [GIVEN_ALONE] = alone,
	    [GIVEN_JUDGE] = judge };
	struct schema s = schema_of("embed,state,logprob,judge", 2);
	double out[14];
	size_t i;

	CHECK(schema_size(&s) == 14);
	given_row(&s, v, out);
	for (i = 0; i < 14; i++)
		CHECK(out[i] == want[i]);
	CHECK(given_width(&s, GIVEN_CONTEXT) == 2);
	CHECK(given_width(&s, GIVEN_AFTER) == 2);
	s = schema_of("state", 2);
	given_row(&s, v, out);
	CHECK(out[0] == 3 && out[1] == 4);
	CHECK(given_width(&s, GIVEN_CONTEXT) == 0);
}

static void
tables(void)
{
	static const float a[] = { 1, 2, 3 }, b[] = { 4, 5, 6 };
	struct given g;

	given_init(&g);
	CHECK(given_get(&g, GIVEN_STATE, 0) == NULL);
	CHECK(given_put(&g, GIVEN_STATE, 2, 4, a, 3) == 0);
	CHECK(given_put(&g, GIVEN_STATE, 3, 4, b, 3) == 0);
	CHECK(given_get(&g, GIVEN_STATE, 0) == NULL);
	CHECK(given_get(&g, GIVEN_STATE, 2)[2] == 3);
	CHECK(given_get(&g, GIVEN_STATE, 3)[0] == 4);
	CHECK(given_get(&g, GIVEN_JUDGE, 0) == NULL);
	given_free(&g);
}

/*
 * Rows whose second part is kept in single precision: the same weights as
 * when all of it is in the first part, wherever the search begins, for
 * numbers of rows and columns that no kernel likes.
 */
static void
halves(size_t n, size_t nown, size_t ngiven)
{
	enum { MOST = 60 * 40 };
	static double own[MOST], all[MOST];
	static float given[MOST];
	double scale[40], w[40] = { 0 }, v[40] = { 0 }, x[40], apart = 0;
	size_t row[60], i, j, dim = nown + ngiven;
	uint64_t seed = 5;
	struct fit f = { .own = own, .given = given, .nown = nown,
	    .ngiven = ngiven, .row = row, .n = n, .scale = scale,
	    .lambda = 1e-3 };
	struct fit g = { .own = all, .given = given, .nown = dim,
	    .row = row, .n = n, .scale = scale, .lambda = 1e-3 };

	for (i = 0; i < n; i++) {
		row[i] = n - 1 - i;
		for (j = 0; j < dim; j++) {
			float z = (float)(rng_unit(&seed) - 0.4);

			all[i * dim + j] = (double)z;
			if (j < nown)
				own[i * nown + j] = (double)z;
			else
				given[i * ngiven + j - nown] = z;
		}
	}
	for (j = 0; j < dim; j++) {
		scale[j] = j < nown ? fit_scale(&f, 0, nown) :
		    fit_scale(&f, nown, dim);
		x[j] = 10 * rng_unit(&seed) - 5;
	}
	CHECK(fit_scale(&f, nown, dim) == fit_scale(&g, nown, dim));
	CHECK(fit_solve(&f, w) == 0 && fit_solve(&g, v) == 0 &&
	    fit_solve(&f, x) == 0);
	for (j = 0; j < dim; j++)
		apart = fmax(apart, fmax(fabs(w[j] - v[j]),
		    fabs(w[j] - x[j])));
	CHECK(apart < 1e-4);
	CHECK(fabs(fit_margin(&f, w, 3) - fit_margin(&g, w, 3)) < 1e-12);
}

/*
 * Pairs of which half are told apart by their words and half by one
 * direction of their questions' embeddings.
 */
static struct scorer *
learn(const char *list, struct train_report *r)
{
	enum { ROOTS = 60, DIM = 9 };
	struct schema s = schema_of(list, DIM);
	struct train_opt opt = { .holdout = 0, .seed = 1,
	    .schema = &s, .given = NULL };
	struct buf why = BUF_INIT;
	struct scorer *out;
	struct given g;
	struct pairs p;
	uint64_t seed = 9;
	size_t i, k, j;
	char c[80], q[80], root[20];
	float v[DIM];

	given_init(&g);
	CHECK(pairs_init(&p) == 0);
	for (i = 0; i < 2 * ROOTS; i++) {
		int good = i % 2 == 0, words = i / 2 % 2 == 0;
		struct pair_in in = { .label = good };

		snprintf(c, sizeof(c), "The house%zu is by the river.", i / 2);
		snprintf(q, sizeof(q), "What is by the river%zu?", words ?
		    (good ? 0 : i) : i);
		if (words && good)
			snprintf(q, sizeof(q), "What is house%zu?", i / 2);
		snprintf(root, sizeof(root), "r%zu", i / 2);
		in.context = (struct pair_text){ c, strlen(c) };
		in.question = (struct pair_text){ q, strlen(q) };
		in.root = (struct pair_text){ root, strlen(root) };
		CHECK(pairs_add(&p, &in) == 0);
		for (k = 0; k < 2; k++) {
			for (j = 0; j < DIM; j++)
				v[j] = (float)(rng_unit(&seed) - 0.5) / 4;
			if (k == 0 && !words)
				v[4] += good ? 0.9f : -0.9f;
			CHECK(given_put(&g, k == 0 ? GIVEN_QUESTION :
			    GIVEN_CONTEXT, k == 0 ? p.line[i].question :
			    p.line[i].context, 4 * ROOTS, v, DIM) == 0);
		}
	}
	CHECK(pairs_join(&p) == 0 && p.n == ROOTS);
	opt.given = &g;
	out = train(&p, &opt, r, &why);
	CHECK(out != NULL);
	memset(out->data, 'b', 64);
	pairs_free(&p);
	given_free(&g);
	return out;
}

/* A line that is of no use takes its pairs along, and no others. */
static void
dropping(void)
{
	static const char *const q[] = { "a", "b", "c", "d", "e" };
	unsigned char marked[5] = { 0, 0, 0, 1, 0 };
	struct pairs p;
	size_t i;

	CHECK(pairs_init(&p) == 0);
	for (i = 0; i < 5; i++) {
		struct pair_in in = { .label = i < 2, .context = { "c", 1 },
		    .question = { q[i], 1 } };

		CHECK(pairs_add(&p, &in) == 0);
	}
	CHECK(pairs_join(&p) == 0 && p.n == 3);
	CHECK(pairs_drop(&p, marked) == 1 && p.n == 2);
	CHECK(p.v[0].bad == 2 && p.v[1].bad == 4 && p.v[1].good == 0);
	marked[0] = 1;
	CHECK(pairs_drop(&p, marked) == 2 && p.n == 0);
	pairs_free(&p);
}

static double
accuracy(const char *list)
{
	struct train_report r;
	struct scorer *s = learn(list, &r);
	double x = eval_rate(&r.eval.all.full);

	scorer_free(s);
	eval_free(&r.eval);
	return x;
}

static void
blocks_help(void)
{
	struct train_report r;
	struct scorer *a, *b;
	double words, numbers, both;

	words = accuracy("lexical");
	numbers = accuracy("embed");
	both = accuracy("lexical,embed");
	CHECK(words < 0.8 && numbers < 0.85 && both > 0.95);
	a = learn("lexical,embed", &r);
	eval_free(&r.eval);
	b = learn("embed,lexical", &r);
	eval_free(&r.eval);
	CHECK(memcmp(a->weight, b->weight, schema_size(&a->schema) *
	    sizeof(double)) == 0);
	CHECK(a->scale[BLOCK_LEXICAL] != a->scale[BLOCK_EMBED]);
	scorer_free(a);
	scorer_free(b);
}

static void
refused(const char *text, size_t len, const char *what)
{
	struct buf why = BUF_INIT;
	struct scorer *s = scorer_read(text, len, &why);

	CHECK(s == NULL && strstr(buf_cstr(&why), what) != NULL);
	if (strstr(buf_cstr(&why), what) == NULL)
		printf("\tsaid: %s, not: %s\n", buf_cstr(&why), what);
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
	if (at == NULL)
		return;
	buf_add(&b, text->s, (size_t)(at - text->s));
	buf_str(&b, to);
	buf_str(&b, at + strlen(from));
	refused(b.s, b.len, what);
	buf_free(&b);
}

static struct scorer *
any_scorer(const char *list)
{
	struct schema s = schema_of(list, 3);
	struct scorer *out = scorer_new(&s);
	size_t i;

	CHECK(out != NULL);
	out->df = df_new();
	CHECK(out->df != NULL && df_finish(out->df) == 0);
	out->lambda = out->temperature = 1;
	for (i = 0; i < BLOCKS; i++)
		out->scale[i] = 0.5 + (double)i;
	for (i = 0; i < schema_size(&s); i++)
		out->weight[i] = (double)i / 7 - 2;
	memset(out->data, 'c', 64);
	return out;
}

/* Written, read and written it is the same; cut anywhere it is refused. */
static void
round_trip(const char *list)
{
	struct scorer *s = any_scorer(list), *t;
	struct buf a = BUF_INIT, b = BUF_INIT, why = BUF_INIT;
	double row[64], sum = 0, part[64];
	size_t i, n = schema_size(&s->schema), wrong = 0;

	CHECK(scorer_write(s, &a) == 0);
	t = scorer_read(a.s, a.len, &why);
	CHECK_STR(buf_cstr(&why), "");
	CHECK(t != NULL && scorer_write(t, &b) == 0);
	CHECK(a.len == b.len && memcmp(a.s, b.s, a.len) == 0);
	for (i = 0; i < n; i++)
		row[i] = 1 / (1 + (double)i);
	CHECK(scorer_score(s, row, part) == scorer_score(t, row, NULL));
	for (i = 0; i < n; i++)
		sum += part[i];
	CHECK(sum == scorer_score(s, row, NULL));
	scorer_free(t);
	for (i = 0; i < a.len; i++) {
		buf_reset(&why);
		t = scorer_read(a.s, i, &why);
		wrong += t != NULL || why.len == 0;
		scorer_free(t);
	}
	CHECK(wrong == 0);
	scorer_free(s);
	buf_free(&a);
	buf_free(&b);
	buf_free(&why);
}

static void
refusals(void)
{
	static const char none[] = "augcon-scorer 2\ntokens unicode\n"
	    "loss logistic\nlambda 0x1p+0\n";
	struct scorer *s = any_scorer("lexical,embed,logprob,judge");
	struct buf a = BUF_INIT;
	char name[SCHEMA_MODEL + 20];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memcpy(name, "model ", 6);
	CHECK(scorer_write(s, &a) == 0);
	spoilt(&a, "block embed", "block embedding", "line 5: a block of");
	spoilt(&a, "block embed 1", "block embed 2", "line 5: not this");
	spoilt(&a, "block embed 1 10", "block embed 1 11",
	    "line 9: block embed: 11 features, this program has 10");
	spoilt(&a, "block embed 1 10 ", "block embed 1 10 0", "not this");
	spoilt(&a, "block embed 1 10", "block embed", "not a count");
	spoilt(&a, "block embed 1 10", "block embed 1 -1", "not a count");
	spoilt(&a, "block judge", "block logprob", "line 7: blocks out of");
	spoilt(&a, "block judge", "block embed", "line 7: blocks out of");
	spoilt(&a, " 0x1.cp+1\n", " -0x1.cp+1\n", "line 6: not above 0");
	spoilt(&a, " 0x1.cp+1\n", " 0x0p+0\n", "line 6: not above 0");
	spoilt(&a, " 0x1.cp+1\n", "\n", "line 6: not this");
	spoilt(&a, " 0x1.cp+1\n", " 3.5\n", "line 6: not a hexadecimal");
	spoilt(&a, "model a model", "model ", "line 8: no name");
	spoilt(&a, "model a model", name, "line 8: no name");
	spoilt(&a, "model a model\n", "", "line 8: expected 'model'");
	spoilt(&a, "dim 3", "dim 4", "block embed");
	spoilt(&a, "dim 3", "dim 0", "line 9: no size");
	spoilt(&a, "dim 3", "dim 999999999999", "line 9: no size");
	spoilt(&a, "dim 3\n", "", "line 9: expected 'dim'");
	spoilt(&a, "embed_q[1]", "embed_q[2]", "not the feature");
	spoilt(&a, "embed_q[1]", "embed_q", "not the feature");
	spoilt(&a, "weight judge", "weight judge[0]", "not the feature");
	scorer_free(s);
	s = any_scorer("lexical");
	buf_reset(&a);
	CHECK(scorer_write(s, &a) == 0);
	spoilt(&a, "lambda", "model m\nlambda", "line 5: expected 'lambda'");
	scorer_free(s);
	buf_free(&a);
	refused(none, strlen(none), "line 4: expected 'block'");
}

int
main(void)
{
	lists();
	parts();
	hashes();
	rows();
	tables();
	halves(60, 3, 37);
	halves(59, 7, 5);
	halves(5, 1, 4);
	halves(22, 4, 3);
	halves(3 + 1, 2, 1);
	dropping();
	blocks_help();
	round_trip("lexical");
	round_trip("lexical,embed,state,logprob,judge");
	round_trip("judge");
	round_trip("embed,state");
	refusals();
	return check_end("blocks");
}
