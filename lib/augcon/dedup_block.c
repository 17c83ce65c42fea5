/* Large scopes: an index of what is kept, blocks of look-ups to threads. */
#include <stdlib.h>

#include "augcon/dedup_int.h"
#include "augcon/index.h"

enum { BLOCK = 8192 };		/* questions that threads look up at a time */

/* A thread that looks up some questions of a block in a standing index. */
struct lookup {
	struct run *run;
	const struct index *index;
	struct probe *probe;
	size_t from, end;
};

static void *
lookup_thread(void *arg)
{
	struct lookup *t = arg;
	struct dedup_question *q;
	uint32_t of, lcs;
	size_t i;

	for (i = t->from; i < t->end; i++) {
		q = &t->run->q[t->run->order[i].i];
		if (run_is_full(t->run, q, index_size(t->index)))
			continue;
		of = index_find(t->index, t->probe, t->run->order[i].i, 0,
		    &lcs);
		q->verdict = DEDUP_KEPT;
		if (of != UINT32_MAX)
			run_is_close(t->run, q, of, lcs);
	}
	return NULL;
}

/*
 * Decides the questions of a block in order.  What `before` kept questions
 * decide has been looked up, unless there are none to share that work.
 */
static int
settle_block(struct run *r, struct index *x, struct probe *p, size_t from,
    size_t end, uint32_t before)
{
	struct dedup_question *q;
	uint32_t of, lcs, close;
	enum dedup_verdict found;
	size_t i;

	for (i = from; i < end; i++) {
		q = &r->q[r->order[i].i];
		found = before > 0 ? q->verdict : DEDUP_KEPT;
		close = q->of;
		if (run_is_full(r, q, index_size(x)))
			continue;
		if (found == DEDUP_CLOSE) {
			q->of = close;
			continue;
		}
		of = index_find(x, p, r->order[i].i, before, &lcs);
		if (of != UINT32_MAX && run_is_close(r, q, of, lcs))
			continue;
		run_keep(r, q);
		if (index_add(x, p, r->order[i].i) == -1)
			return -1;
	}
	return 0;
}

/*
 * A large scope, by blocks: threads look all of a block up among what was
 * kept before it, then one thread goes through it in order and looks up the
 * rest among what the block itself has kept.
 */
static int
large_scope(struct run *r, struct index *x, struct lookup *job, size_t from,
    size_t end)
{
	size_t i, n = run_threads(r), at, stop, size = end - from;
	uint32_t before;

	if (n > 1)
		size = r->rule->block > 0 ? r->rule->block : BLOCK;
	for (at = from; at < end; at = stop) {
		stop = end - at < size ? end : at + size;
		before = n > 1 ? index_size(x) : 0;
		for (i = 0; i < n; i++) {
			job[i].from = at + (stop - at) * i / n;
			job[i].end = at + (stop - at) * (i + 1) / n;
		}
		if (before > 0)
			run_jobs(lookup_thread, job, sizeof(*job), n);
		if (settle_block(r, x, job[0].probe, at, stop, before) == -1)
			return -1;
	}
	return 0;
}

static int
jobs_init(struct run *r, const struct index *x, struct lookup *job)
{
	size_t i, n = run_threads(r);

	for (i = 0; i < n; i++) {
		job[i].run = r;
		job[i].index = x;
		job[i].probe = probe_new(x);
		if (job[i].probe == NULL)
			return -1;
	}
	return 0;
}

int
run_large(struct run *r)
{
	struct lookup job[THREADS] = { { 0 } };
	struct index *x = NULL;
	size_t i, end;
	int ret = 0;

	for (i = 0; ret == 0 && i < r->n; i = end) {
		end = run_scope_end(r, i);
		if (!run_is_indexed(r, i, end))
			continue;
		if (x == NULL) {
			x = index_new(&r->rule->test, r->tokens, r->q, r->n,
			    r->nids);
			ret = x == NULL ? -1 : jobs_init(r, x, job);
		}
		if (ret == 0)
			ret = large_scope(r, x, job, i, end);
		if (ret == 0 && end < r->n)
			index_reset(x);
	}
	for (i = 0; i < run_threads(r); i++)
		probe_free(job[i].probe);
	index_free(x);
	return ret;
}
