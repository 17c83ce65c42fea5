/* Small scopes: every kept question is compared, scopes go to threads. */
#include <stdlib.h>

#include "augcon/dedup_int.h"
#include "base/mem.h"

/* A thread that compares with each kept question of a scope in turn. */
struct linear {
	struct run *run;
	size_t from, end;	/* its share of the order: whole scopes */
	uint32_t *kept;		/* of the scope at hand, in visiting order */
	size_t nkept;
	struct rouge_lcs lcs;
	uint32_t *row;		/* scratch of the plain table */
	int failed;
};

/* The oracle: every kept question, by the plain table. */
static int
compare_brute(struct linear *t, struct dedup_question *q)
{
	const struct run *r = t->run;
	const struct dedup_question *k;
	size_t i, lcs;

	for (i = 0; i < t->nkept; i++) {
		k = &r->q[t->kept[i]];
		lcs = rouge_lcs_plain(r->tokens + q->token, q->ntokens,
		    r->tokens + k->token, k->ntokens, t->row);
		if (run_is_close(r, q, t->kept[i], lcs))
			return 1;
	}
	return 0;
}

/* The same, but lengths that cannot be close are passed over. */
static int
compare_bits(struct linear *t, struct dedup_question *q)
{
	const struct run *r = t->run;
	const struct dedup_question *k;
	size_t i, lcs, lo, hi, need = 0;

	rouge_lcs_set(&t->lcs, r->tokens + q->token, q->ntokens);
	rouge_lengths(&r->rule->test, q->ntokens, &lo, &hi);
	for (i = 0; i < t->nkept; i++) {
		k = &r->q[t->kept[i]];
		if (k->ntokens < lo || k->ntokens > hi)
			continue;
		/* It saves steps of a long text only. */
		if (q->ntokens > ROUGE_SHORT)
			need = rouge_need(&r->rule->test, q->ntokens,
			    k->ntokens);
		lcs = rouge_lcs_need(&t->lcs, r->tokens + k->token,
		    k->ntokens, need);
		if (run_is_close(r, q, t->kept[i], lcs))
			return 1;
	}
	return 0;
}

static void
linear_scope(struct linear *t, size_t from, size_t end)
{
	struct dedup_question *q;
	struct run *r = t->run;
	size_t i;

	t->nkept = 0;
	for (i = from; i < end; i++) {
		q = &r->q[r->order[i]];
		if (run_is_full(r, q, t->nkept))
			continue;
		if (r->rule->engine == DEDUP_BRUTE ?
		    compare_brute(t, q) : compare_bits(t, q))
			continue;
		run_keep(r, q);
		t->kept[t->nkept++] = r->order[i];
	}
}

static void *
linear_thread(void *arg)
{
	struct linear *t = arg;
	struct run *r = t->run;
	size_t i, end, most = 0;

	for (i = t->from; i < t->end; i = end) {
		end = run_scope_end(r, i);
		if (!run_is_indexed(r, i, end) && end - i > most)
			most = end - i;
	}
	t->kept = mem_new(most, sizeof(*t->kept));
	t->row = mem_new(r->longest + 1, sizeof(*t->row));
	t->failed = rouge_lcs_init(&t->lcs, r->nids, r->longest) == -1 ||
	    t->kept == NULL || t->row == NULL;
	for (i = t->from; !t->failed && i < t->end; i = end) {
		end = run_scope_end(r, i);
		if (!run_is_indexed(r, i, end))
			linear_scope(t, i, end);
	}
	free(t->kept);
	free(t->row);
	rouge_lcs_free(&t->lcs);
	return NULL;
}

/* All scopes that need no index, shared out among the threads. */
int
run_linear(struct run *r)
{
	struct linear job[THREADS] = { { 0 } };
	size_t i, n = run_threads(r), at = 0;
	int ret = 0;

	for (i = 0; i < n; i++) {
		job[i].run = r;
		job[i].from = at;
		if (at < r->n * (i + 1) / n)
			at = run_scope_end(r, r->n * (i + 1) / n - 1);
		job[i].end = at;
	}
	run_jobs(linear_thread, job, sizeof(job[0]), n);
	for (i = 0; i < n; i++)
		if (job[i].failed)
			ret = -1;
	return ret;
}

