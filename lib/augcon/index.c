/* An index: its order of tokens and its memory. */
#include <stdlib.h>
#include <string.h>

#include "augcon/index_int.h"
#include "base/mem.h"

/* Ranks by how often a token occurs; ties by id. */
static int
rank_tokens(struct index *x, size_t n)
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
	for (i = 0; i < CLASSES; i++) {
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

static int
has_popcnt(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return __builtin_cpu_supports("popcnt");
#else
	return 0;
#endif
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
	x->popcnt = has_popcnt();
}

struct index *
index_new(const struct rouge_test *test, const uint32_t *tokens,
    const struct dedup_question *q, size_t n, size_t nids)
{
	struct index *x = mem_new(1, sizeof(*x));
	size_t i;

	if (x == NULL)
		return NULL;
	set_test(x, test);
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
	x->list = mem_new(nids, sizeof(*x->list));
	x->head = mem_new(nids, sizeof(*x->head));
	if (x->list == NULL || x->head == NULL || rank_tokens(x, n) == -1) {
		index_free(x);
		return NULL;
	}
	return x;
}

static void
list_free(struct list *l)
{
	unsigned i;

	free(l->all.bits);
	for (i = 0; l->part != NULL && i < PARTS; i++)
		free(l->part[i].bits);
	free(l->part);
	memset(l, 0, sizeof(*l));
}

void
index_free(struct index *x)
{
	size_t i;

	if (x == NULL)
		return;
	for (i = 0; x->list != NULL && i < x->nids; i++)
		list_free(&x->list[i]);
	free(x->list);
	free(x->head);
	free(x->fresh);
	free(x->rank);
	free(x->kept);
	free(x->side);
	free(x);
}

void
index_reset(struct index *x)
{
	const struct dedup_question *q;
	uint32_t rank;
	size_t i, j;

	for (i = 0; i < x->nkept; i++) {
		q = &x->q[x->kept[i].i];
		for (j = 0; j < q->ntokens; j++) {
			rank = x->rank[x->tokens[q->token + j]];
			list_free(&x->list[rank]);
			x->head[rank] = 0;
		}
	}
	x->nkept = x->nside = x->nfresh = x->merged = 0;
	x->empty = NONE;
}

uint32_t
index_size(const struct index *x)
{
	return (uint32_t)x->nkept;
}
