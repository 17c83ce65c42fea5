/* The selection by vectors against a naive restatement; embeddings read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/dedup.h"
#include "base/rng.h"
#include "check.h"
#include "llm/embed.h"

enum { NMAX = 2500, DIM = 24, NROOTS = 5 };

static float vectors[NMAX * DIM];
static struct dedup_question found[2][NMAX], want[NMAX];
static uint32_t quota[NROOTS];

static uint64_t state = 1;

static uint32_t
draw(uint32_t below)
{
	return (uint32_t)(rng_next(&state) >> 33) % below;
}

/* A vector of small whole numbers, made of length 1; or nearly another. */
static void
make_vector(size_t i, size_t dim)
{
	float *v = vectors + i * dim;
	size_t j, near = i > 0 && draw(2) ? draw((uint32_t)i) + 1 : 0;
	double sum = 0;

	do {
		for (sum = 0, j = 0; j < dim; j++) {
			v[j] = near > 0 ? vectors[(near - 1) * dim + j] +
			    (float)draw(100) / 400 : (float)draw(9) - 4;
			sum += (double)v[j] * (double)v[j];
		}
	} while (sum <= 0);
	for (j = 0; j < dim; j++)
		v[j] = (float)(v[j] / sqrt(sum));
}

static double
cosine(const float *a, const float *b, size_t dim)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < dim; i++)
		sum += (double)a[i] * (double)b[i];
	return sum;
}

static int
comes_before(const struct dedup_question *q, size_t a, size_t b)
{
	if (isnan(q[a].score) != isnan(q[b].score))
		return isnan(q[b].score);
	if (q[a].score > q[b].score || q[a].score < q[b].score)
		return q[a].score > q[b].score;
	return a < b;
}

/*
 * The definition in words: the next best of all, compared with the kept ones
 * in the order they were kept.  0 when a pair stands on the threshold, where
 * the sums of two programs may differ.
 */
static int
restate(const struct dedup_rule *rule, size_t n, const uint32_t *limits)
{
	static uint32_t kept[NMAX];
	static char seen[NMAX];
	size_t i, j, step, nkept = 0, best;
	uint32_t have[NROOTS] = { 0 };
	double x;

	memset(seen, 0, sizeof(seen));
	for (step = 0; step < n; step++) {
		for (best = n, i = 0; i < n; i++)
			if (!seen[i] && (best == n ||
			    comes_before(want, i, best)))
				best = i;
		i = best;
		seen[i] = 1;
		for (j = 0, best = 0; j < nkept; j++)
			best += rule->all || want[kept[j]].root ==
			    want[i].root;
		want[i].verdict = DEDUP_FULL;
		if (limits != NULL && have[want[i].root] >=
		    limits[want[i].root]) {
			want[i].of = limits[want[i].root];
			continue;
		}
		if (rule->keep > 0 && best >= rule->keep) {
			want[i].of = rule->keep;
			continue;
		}
		want[i].verdict = DEDUP_KEPT;
		for (j = 0; j < nkept; j++) {
			if (!rule->all && want[kept[j]].root != want[i].root)
				continue;
			x = cosine(vectors + i * rule->dim, vectors +
			    kept[j] * rule->dim, rule->dim) - rule->cosine;
			if (fabs(x + 1e-6) < 1e-6)
				return 0;
			if (x > -1e-6) {
				want[i].verdict = DEDUP_CLOSE;
				want[i].of = kept[j];
				break;
			}
		}
		if (want[i].verdict == DEDUP_KEPT) {
			kept[nkept++] = (uint32_t)i;
			have[want[i].root]++;
		}
	}
	return 1;
}

static int
same(const struct dedup_question *a, const struct dedup_question *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (a[i].verdict != b[i].verdict ||
		    (a[i].verdict != DEDUP_KEPT && a[i].of != b[i].of))
			return 0;
	return 1;
}

/* One set of n questions under one rule, by 1 thread and by more. */
static int
configure(size_t n, size_t dim, int all)
{
	struct dedup_rule rule = { .all = all, .threads = 1,
	    .vectors = vectors, .dim = dim,
	    .cosine = 0.5 + (double)draw(50) / 100 };
	const uint32_t *limits = draw(3) == 0 ? quota : NULL;
	size_t i;

	rule.keep = draw(3) == 0 ? draw(20) + 1 : 0;
	for (i = 0; i < NROOTS; i++)
		quota[i] = draw(30) + 1;
	for (i = 0; i < n; i++) {
		make_vector(i, dim);
		memset(&want[i], 0, sizeof(want[i]));
		want[i].root = draw(NROOTS);
		want[i].score = draw(5) == 0 ? (double)NAN :
		    (double)draw(10);
	}
	memcpy(found[0], want, n * sizeof(*want));
	memcpy(found[1], want, n * sizeof(*want));
	if (!restate(&rule, n, limits))
		return 0;
	CHECK(dedup_select(&rule, NULL, found[0], n, limits, NROOTS) == 0);
	CHECK(same(found[0], want, n));
	rule.threads = draw(3) + 2;
	CHECK(dedup_select(&rule, NULL, found[1], n, limits, NROOTS) == 0);
	CHECK(same(found[1], want, n));
	return 1;
}

static void
fuzz(int n)
{
	int i, done = 0;

	for (i = 0; i < n; i++)
		done += configure(1 + draw(60), 1 + draw(DIM), i % 2);
	CHECK(done > n / 2);
	CHECK(configure(NMAX, DIM, 1) + configure(NMAX, DIM, 1) +
	    configure(NMAX, DIM, 1) + configure(NMAX, DIM, 0) > 0);
}

/* Equal vectors are too close whatever the sums lose. */
static void
equal(void)
{
	struct dedup_rule rule = { .all = 1, .threads = 1, .vectors = vectors,
	    .dim = DIM, .cosine = 1 };
	struct dedup_question q[2] = { { .score = 1 }, { .score = 2 } };
	int i;

	for (i = 0; i < 200; i++) {
		make_vector(0, DIM);
		memcpy(vectors + DIM, vectors, DIM * sizeof(*vectors));
		CHECK(dedup_select(&rule, NULL, q, 2, NULL, 1) == 0);
		CHECK(q[0].verdict == DEDUP_CLOSE && q[0].of == 1);
		CHECK(q[1].verdict == DEDUP_KEPT);
		CHECK(q[0].cosine <= 1 && q[0].cosine > 0.99999f);
	}
}

/* What a server may send for an embedding. */
static void
reading(void)
{
	static const char *const bad[] = { "[]", "[0,0.0]", "[1,null]",
	    "[\"1\"]", "[[1,2]]", "[1,2,3]", "[1]", "[1e400,1]", "[true,1]",
	    "[1e-200,1e-200]" };
	struct floats f = { NULL, 0, 0 };
	struct buf why = BUF_INIT;
	size_t i, dim = 0;

	CHECK(embed_read("[ 3 ,\n-4e0]", &dim, &f, &why) == 0);
	CHECK(dim == 2 && f.n == 2);
	CHECK(f.v[0] > 0.59f && f.v[0] < 0.61f && f.v[1] < -0.79f);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		buf_reset(&why);
		CHECK(embed_read(bad[i], &dim, &f, &why) == 1);
		CHECK(why.len > 0 && f.n == 2 && dim == 2);
	}
	floats_free(&f);
	buf_free(&why);
}

int
main(void)
{
	reading();
	equal();
	fuzz(400);
	return check_end("dedup_cosine");
}
