/* Large scopes: an index of what is kept, blocks of look-ups to threads. */
#include <stdlib.h>

#include "augcon/dedup_int.h"
#include "augcon/index.h"

enum {
	BLOCK = 4096,		/* questions that threads look up at a time, */
	BLOCK_TOKENS = 64 * BLOCK	/* or fewer, with so many tokens */
};

/* A thread that looks up some questions of a block in a standing index. */
struct lookup {
	struct run *run;
	struct index *index;
	struct probe *probe;
	size_t from, end;
	size_t share, shares;	/* which tokens it merges */
	int failed;
};

/* Looks some questions up among what is kept; at most PROBE_MANY. */
static int
look_up(struct lookup *t, const uint32_t *i, size_t n)
{
	struct dedup_question *q;
	uint32_t of, lcs;
	size_t k;

	if (probe_set(t->index, t->probe, i, n) == -1)
		return -1;
	for (k = 0; k < n; k++) {
		q = &t->run->q[i[k]];
		q->verdict = DEDUP_KEPT;
		of = index_find(t->index, t->probe, k, &lcs);
		if (of != UINT32_MAX)
			run_is_close(t->run, q, of, lcs);
	}
	return 0;
}

static void *
lookup_thread(void *arg)
{
	struct lookup *t = arg;
	const struct run *r = t->run;
	uint32_t some[PROBE_MANY];
	size_t i = t->from, n;

	t->failed = 0;
	while (i < t->end && !t->failed) {
		for (n = 0; i < t->end && n < PROBE_MANY; i++) {
			run_ahead(r, i, t->end);
			if (!run_is_full(r, &r->q[r->order[i]],
			    index_size(t->index)))
				some[n++] = r->order[i];
		}
		t->failed = look_up(t, some, n) == -1;
	}
	return NULL;
}

static void *
merge_thread(void *arg)
{
	struct lookup *t = arg;

	t->failed = index_merge(t->index, t->share, t->shares) == -1;
	return NULL;
}

/*
 * Decides question k of the probe, of which the index has none too close, by
 * what the block has kept.
 */
static int
settle(struct run *r, struct index *x, struct probe *p, size_t k,
    struct dedup_question *q)
{
	uint32_t lcs, of = index_find_fresh(x, p, k, &lcs);

	if (of != UINT32_MAX && run_is_close(r, q, of, lcs))
		return 0;
	run_keep(r, q);
	return index_add(x, p, k);
}

/* Decides some questions of a block in order, `at` to end. */
static int
settle_some(struct run *r, struct index *x, struct probe *p, size_t at,
    size_t end)
{
	struct dedup_question *q;
	enum dedup_verdict found;
	size_t k = 0;
	uint32_t of;

	for (; at < end; at++) {
		q = &r->q[r->order[at]];
		found = q->verdict;
		of = q->of;
		if (run_is_full(r, q, index_size(x)))
			k += found == DEDUP_KEPT;
		else if (found == DEDUP_CLOSE)
			q->of = of;
		else if (settle(r, x, p, k++, q) == -1)
			return -1;
	}
	return 0;
}

/*
 * Decides the questions of a block in order.  What the index decides has
 * been looked up; here the others meet what the block itself has kept.
 */
static int
settle_block(struct run *r, struct index *x, struct probe *p, size_t from,
    size_t end)
{
	uint32_t some[PROBE_MANY];
	size_t stop, n;

	for (; from < end; from = stop) {
		n = 0;
		for (stop = from; stop < end && n < PROBE_MANY; stop++) {
			run_ahead(r, stop, end);
			if (r->q[r->order[stop]].verdict == DEDUP_KEPT)
				some[n++] = r->order[stop];
		}
		if (probe_set(x, p, some, n) == -1 ||
		    settle_some(r, x, p, from, stop) == -1)
			return -1;
	}
	return 0;
}

/* Has the threads do one thing, each its share.  0 or -1. */
static int
share_out(void *(*fn)(void *), struct lookup *job, size_t n)
{
	size_t i;
	int failed = 0;

	run_jobs(fn, job, sizeof(*job), n);
	for (i = 0; i < n; i++)
		failed |= job[i].failed;
	return failed ? -1 : 0;
}

/* The end of the block that begins at `at`. */
static size_t
block_end(const struct run *r, size_t at, size_t end)
{
	size_t size = r->rule->block > 0 ? r->rule->block : BLOCK, tokens = 0;

	if (end - at > size)
		end = at + size;
	while (at < end && tokens < BLOCK_TOKENS)
		tokens += r->q[r->order[at++]].ntokens;
	return at;
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
	size_t i, n = run_threads(r), at, stop;

	for (at = from; at < end; at = stop) {
		stop = block_end(r, at, end);
		for (i = 0; i < n; i++) {
			job[i].from = at + (stop - at) * i / n;
			job[i].end = at + (stop - at) * (i + 1) / n;
		}
		/* Look up, settle, move what was kept to where it is found. */
		if (share_out(lookup_thread, job, n) == -1 ||
		    settle_block(r, x, job[0].probe, at, stop) == -1 ||
		    share_out(merge_thread, job, n) == -1)
			return -1;
		index_merged(x);
	}
	return 0;
}

static int
jobs_init(struct run *r, struct index *x, struct lookup *job)
{
	size_t i, n = run_threads(r);

	for (i = 0; i < n; i++) {
		job[i].run = r;
		job[i].index = x;
		job[i].share = i;
		job[i].shares = n;
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
			x = index_new(r->rule, r->tokens, r->q, r->n,
			    r->nids);
			ret = x == NULL ? -1 : jobs_init(r, x, job);
		}
		if (ret == 0)
			ret = large_scope(r, x, job, i, end);
		if (ret == 0 && end < r->n)
			ret = index_reset(x, job[0].probe);
	}
	for (i = 0; i < run_threads(r); i++)
		probe_free(job[i].probe);
	index_free(x);
	return ret;
}
