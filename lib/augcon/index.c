/* An index: its order of tokens and its memory. */
#include <stdlib.h>
#include <string.h>

#include "augcon/index_int.h"
#include "base/cpu.h"
#include "base/mem.h"

/*
 * Ranks by how often a token occurs; ties by id.  Those that occur so often
 * that their lists would be long are frequent.
 */
static int
rank_tokens(struct index *x, size_t n, uint32_t often)
{
	enum { CLASSES = 1 << 16 };	/* counts from here on are one class */
	uint32_t *count = mem_new(x->nids, sizeof(*count)), c, sum = 0;
	uint32_t *start = mem_new(CLASSES, sizeof(*start));
	size_t i, j;

	x->rank = mem_new(x->nids, sizeof(*x->rank));
	if (count == NULL || start == NULL || x->rank == NULL) {
		free(count);
		free(start);
		return -1;
	}
	for (i = 0; i < n; i++)
		for (j = 0; j < x->q[i].ntokens; j++) {
			c = x->tokens[x->q[i].token + j];
			count[c] += count[c] < CLASSES - 1;
		}
	for (i = 0; i < x->nids; i++)
		start[count[i]]++;
	x->frequent = (uint32_t)x->nids;
	for (i = 0; i < CLASSES; i++) {
		if (i == often)
			x->frequent = sum;
		c = start[i];
		start[i] = sum;
		sum += c;
	}
	for (i = 0; i < x->nids; i++)
		x->rank[i] = start[count[i]]++;
	free(count);
	free(start);
	return 0;
}

/* F: 2 den L > num m + num n; precision: den L + 1 > num m. */
static void
set_test(struct index *x, const struct rouge_test *test)
{
	int f = test->measure == ROUGE_F;

	x->test = *test;
	x->per_lcs = f ? 2 * test->den : test->den;
	x->per_m = test->num;
	x->per_n = f ? test->num : 0;
	x->plus = f ? 0 : 1;
	x->popcnt = cpu_popcnt();
}

/* A longer text would have more than some 80 keys of two. */
static size_t
longest_paired(const struct rouge_test *test)
{
	enum { PLACES = 12, MOST = 64 };
	size_t m = 1, lo, hi;

	for (; m < MOST; m++) {
		rouge_lengths(test, m + 1, &lo, &hi);
		if (lo <= hi && m + 1 - rouge_need(test, m + 1, lo) > PLACES)
			break;
	}
	return m;
}

/*
 * With precision, or a low threshold, too many places of a kept question can
 * be those of a common subsequence, and no token counts as frequent.
 */
static int
set_keys(struct index *x)
{
	size_t lists = 1;

	x->paired = longest_paired(&x->test);
	if (x->test.measure == ROUGE_PRECISION ||
	    x->test.num * 3 < x->test.den * 2)
		x->frequent = (uint32_t)x->nids;
	while (x->frequent < x->nids && lists < x->n / 2 &&
	    lists < UINT32_MAX / 4)
		lists *= 2;
	x->mask = (uint32_t)(lists - 1);
	x->nkeys = x->frequent + lists;
	x->list = mem_new(x->nkeys, sizeof(*x->list));
	x->head = mem_new(x->nkeys, sizeof(*x->head));
	return x->list == NULL || x->head == NULL ? -1 : 0;
}

struct index *
index_new(const struct dedup_rule *rule, const uint32_t *tokens,
    const struct dedup_question *q, size_t n, size_t nids)
{
	enum { OFTEN = 4096 };
	struct index *x = mem_new(1, sizeof(*x));
	size_t i;

	if (x == NULL)
		return NULL;
	set_test(x, &rule->test);
	x->tokens = tokens;
	x->q = q;
	x->n = n;
	x->nids = nids;
	x->shortest = SIZE_MAX;
	x->empty = NONE;
	for (i = 0; i < n; i++) {
		if (q[i].ntokens > x->longest)
			x->longest = q[i].ntokens;
		if (q[i].ntokens > 0 && q[i].ntokens < x->shortest)
			x->shortest = q[i].ntokens;
	}
	if (rank_tokens(x, n, rule->often > 0 ? rule->often : OFTEN) == -1 ||
	    set_keys(x) == -1) {
		index_free(x);
		return NULL;
	}
	return x;
}

void
index_free(struct index *x)
{
	size_t i;

	if (x == NULL)
		return;
	for (i = 0; x->list != NULL && i < x->nkeys; i++)
		free(x->list[i].v);
	free(x->list);
	free(x->head);
	free(x->fresh);
	free(x->rank);
	free(x->kept);
	free(x->side);
	free(x);
}

uint32_t
index_size(const struct index *x)
{
	return (uint32_t)x->nkept;
}
