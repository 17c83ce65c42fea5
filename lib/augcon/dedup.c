#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "augcon/dedup_int.h"
#include "base/mem.h"

enum {
	MANY = 1024,		/* questions from which an index pays, */
	MANY_TOKENS = 64 * MANY	/* or this many tokens of fewer */
};

/* A question to be sorted; those of one scope are compared. */
struct visit {
	double score;
	uint32_t scope, i;
};

static int
by_visit(const void *pa, const void *pb)
{
	const struct visit *a = pa, *b = pb;

	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	if (isnan(a->score) != isnan(b->score))
		return isnan(a->score) ? 1 : -1;
	if (a->score > b->score || a->score < b->score)
		return a->score > b->score ? -1 : 1;
	return a->i < b->i ? -1 : a->i > b->i;
}

static int
run_order(struct run *r)
{
	struct visit *v = mem_new(r->n, sizeof(*v));
	size_t i;

	r->order = mem_new(r->n, sizeof(*r->order));
	if (v == NULL || r->order == NULL) {
		free(v);
		return -1;
	}
	for (i = 0; i < r->n; i++) {
		v[i].score = r->q[i].score;
		v[i].scope = r->rule->all ? 0 : r->q[i].root;
		v[i].i = (uint32_t)i;
	}
	qsort(v, r->n, sizeof(*v), by_visit);
	for (i = 0; i < r->n; i++)
		r->order[i] = v[i].i;
	free(v);
	return 0;
}

static int
run_init(struct run *r, size_t nroots)
{
	const struct dedup_question *q;
	size_t i, j;

	for (i = 0; i < r->n; i++) {
		q = &r->q[i];
		if (q->ntokens > r->longest)
			r->longest = q->ntokens;
		for (j = 0; j < q->ntokens; j++)
			if (r->tokens[q->token + j] >= r->nids)
				r->nids = r->tokens[q->token + j] + 1;
	}
	r->have = mem_new(nroots, sizeof(*r->have));
	return r->have == NULL ? -1 : run_order(r);
}

size_t
run_scope_end(const struct run *r, size_t from)
{
	size_t i = from + 1;

	if (r->rule->all)
		return r->n;
	while (i < r->n &&
	    r->q[r->order[i]].root == r->q[r->order[from]].root)
		i++;
	return i;
}

int
run_is_indexed(const struct run *r, size_t from, size_t end)
{
	size_t tokens = 0, i;

	if (r->rule->engine != DEDUP_INDEX)
		return 0;
	if (r->rule->many > 0)
		return end - from >= r->rule->many;
	for (i = from; i < end && i < from + MANY; i++)
		tokens += r->q[r->order[i]].ntokens;
	return end - from >= MANY || tokens >= MANY_TOKENS;
}

int
run_is_full(const struct run *r, struct dedup_question *q, size_t nkept)
{
	q->of = 0;
	if (r->quota != NULL && r->have[q->root] >= r->quota[q->root])
		q->of = r->quota[q->root];
	else if (nkept >= r->rule->keep)
		q->of = r->rule->keep;
	if (q->of == 0)
		return 0;
	q->verdict = DEDUP_FULL;
	return 1;
}

int
run_is_close(const struct run *r, struct dedup_question *q, uint32_t of,
    size_t lcs)
{
	if (!rouge_close(&r->rule->test, lcs, q->ntokens, r->q[of].ntokens))
		return 0;
	q->verdict = DEDUP_CLOSE;
	q->of = of;
	q->lcs = (uint32_t)lcs;
	return 1;
}

void
run_keep(struct run *r, struct dedup_question *q)
{
	q->verdict = DEDUP_KEPT;
	if (r->quota != NULL)
		r->have[q->root]++;
}

void
run_jobs(void *(*fn)(void *), void *jobs, size_t size, size_t n)
{
	pthread_t id[THREADS];
	char started[THREADS] = { 0 }, *job = jobs;
	size_t i;

	for (i = 1; i < n; i++)
		started[i] = pthread_create(&id[i], NULL, fn,
		    job + i * size) == 0;
	fn(job);
	for (i = 1; i < n; i++)
		if (started[i])
			pthread_join(id[i], NULL);
		else
			fn(job + i * size);
}

size_t
run_threads(const struct run *r)
{
	return r->rule->threads < 1 ? 1 : r->rule->threads > THREADS ?
	    THREADS : r->rule->threads;
}

int
dedup_select(const struct dedup_rule *rule, const uint32_t *tokens,
    struct dedup_question *q, size_t n, const uint32_t *quota,
    size_t nroots)
{
	struct run r = { .rule = rule, .tokens = tokens, .q = q, .n = n,
	    .quota = quota };
	int ret = run_init(&r, nroots);

	if (ret == 0 && rule->vectors != NULL)
		ret = run_cosine(&r);
	else if (ret == 0 && run_linear(&r) == 0)
		ret = run_large(&r);
	else
		ret = -1;
	free(r.have);
	free(r.order);
	return ret;
}
