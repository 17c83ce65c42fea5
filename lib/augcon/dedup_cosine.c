/*
 * The selection by embeddings: each candidate is compared with every kept
 * question of its scope, in visiting order, so it is exact.  A pair costs
 * 2 * dim operations; blocks of look-ups go to threads as in dedup_block.c.
 */
#include <stdlib.h>

#include "augcon/dedup_int.h"
#include "base/mem.h"

enum {
	LANES = 16,		/* sums that run side by side */
	BLOCK = 1024,		/* candidates that threads look up at a time */
	FEW = 256		/* that are not worth a thread */
};

/* Sums of floats are off by less; equal texts are equal all the same. */
static const double SLACK = 1e-6;

/* The kept questions of the scope at hand, in visiting order. */
struct kept {
	uint32_t *v;
	size_t n;
};

struct look {
	struct run *run;
	const struct kept *kept;
	size_t from, end;	/* of the order: its candidates */
};

/* One order of sums, whatever the threads and the compiler. */
static float
product(const float *a, const float *b, size_t n)
{
	float sum[LANES] = { 0 };
	size_t i, j;

	for (i = 0; n - i >= LANES; i += LANES)
		for (j = 0; j < LANES; j++)
			sum[j] += a[i + j] * b[i + j];
	for (j = 0; i < n; i++, j++)
		sum[j] += a[i] * b[i];
	for (i = LANES / 2; i > 0; i /= 2)
		for (j = 0; j < i; j++)
			sum[j] += sum[j + i];
	return sum[0];
}

static const float *
vector(const struct run *r, uint32_t i)
{
	return r->rule->vectors + i * r->rule->dim;
}

/* Looks from the kept one `first` on.  True: the verdict is set. */
static int
find(const struct run *r, const struct kept *k, size_t first, uint32_t at)
{
	struct dedup_question *q = &r->q[at];
	size_t i;
	float x;

	for (i = first; i < k->n; i++) {
		x = product(vector(r, at), vector(r, k->v[i]), r->rule->dim);
		if (x < r->rule->cosine - SLACK)
			continue;
		q->verdict = DEDUP_CLOSE;
		q->of = k->v[i];
		q->cosine = x < 1 ? x : 1;
		return 1;
	}
	return 0;
}

static void *
look_thread(void *arg)
{
	struct look *t = arg;
	struct dedup_question *q;
	size_t i;

	for (i = t->from; i < t->end; i++) {
		q = &t->run->q[t->run->order[i]];
		q->verdict = DEDUP_KEPT;
		if (!run_is_full(t->run, q, t->kept->n))
			find(t->run, t->kept, 0, t->run->order[i]);
	}
	return NULL;
}

/* What was kept before the block has been looked at. */
static void
settle_block(struct run *r, struct kept *k, size_t from, size_t end)
{
	size_t before = k->n, i;
	struct dedup_question *q;
	uint32_t of;
	int close;

	for (i = from; i < end; i++) {
		q = &r->q[r->order[i]];
		close = q->verdict == DEDUP_CLOSE;
		of = q->of;
		if (run_is_full(r, q, k->n))
			continue;
		if (close)
			q->of = of;
		else if (!find(r, k, before, r->order[i])) {
			run_keep(r, q);
			k->v[k->n++] = r->order[i];
		}
	}
}

static void
cosine_scope(struct run *r, struct kept *k, size_t from, size_t end)
{
	struct look job[THREADS];
	size_t i, n = end - from < FEW ? 1 : run_threads(r), at, stop;

	k->n = 0;
	for (at = from; at < end; at = stop) {
		stop = end - at < BLOCK ? end : at + BLOCK;
		for (i = 0; i < n; i++)
			job[i] = (struct look){ .run = r, .kept = k,
			    .from = at + (stop - at) * i / n,
			    .end = at + (stop - at) * (i + 1) / n };
		run_jobs(look_thread, job, sizeof(*job), n);
		settle_block(r, k, at, stop);
	}
}

int
run_cosine(struct run *r)
{
	struct kept k = { .n = 0 };
	size_t i, end, most = 0;

	for (i = 0; i < r->n; i = end) {
		end = run_scope_end(r, i);
		if (end - i > most)
			most = end - i;
	}
	k.v = mem_new(most, sizeof(*k.v));
	if (k.v == NULL)
		return -1;
	for (i = 0; i < r->n; i = end) {
		end = run_scope_end(r, i);
		cosine_scope(r, &k, i, end);
	}
	free(k.v);
	return 0;
}
