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
	for (i = 0; i < n; i++) {
		if (q[i].ntokens > x->longest)
			x->longest = q[i].ntokens;
		if (q[i].ntokens > 0 && q[i].ntokens < x->shortest)
			x->shortest = q[i].ntokens;
	}
	x->list = mem_new(nids, sizeof(*x->list));
	if (x->list == NULL || rank_tokens(x, n) == -1) {
		index_free(x);
		return NULL;
	}
	return x;
}

static void
list_free(struct list *l)
{
	unsigned i;

	free(l->all.v);
	for (i = 0; l->part != NULL && i < PARTS; i++)
		free(l->part[i].v);
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
	free(x->rank);
	free(x->kept);
	free(x->side);
	free(x);
}

void
index_reset(struct index *x)
{
	const struct dedup_question *q;
	size_t i, j;

	for (i = 0; i < x->nkept; i++) {
		q = &x->q[x->kept[i].i];
		for (j = 0; j < q->ntokens; j++)
			list_free(&x->list[x->rank[x->tokens[q->token + j]]]);
	}
	x->nkept = x->nside = 0;
}

uint32_t
index_size(const struct index *x)
{
	return (uint32_t)x->nkept;
}

struct probe *
probe_new(const struct index *x)
{
	struct probe *p = mem_new(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->sorted = mem_new(x->longest, sizeof(*p->sorted));
	p->seen = mem_new(x->n, sizeof(*p->seen));
	p->mark = mem_new(x->nids, sizeof(*p->mark));
	if (rouge_lcs_init(&p->lcs, x->nids, x->longest) == -1 ||
	    p->sorted == NULL || p->seen == NULL || p->mark == NULL) {
		probe_free(p);
		return NULL;
	}
	return p;
}

void
probe_free(struct probe *p)
{
	if (p == NULL)
		return;
	rouge_lcs_free(&p->lcs);
	free(p->sorted);
	free(p->seen);
	free(p->mark);
	free(p);
}

static int
by_number(const void *pa, const void *pb)
{
	const uint64_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

static void
sort(uint64_t *v, size_t n)
{
	size_t i, j;
	uint64_t x;

	if (n > 32) {
		qsort(v, n, sizeof(*v), by_number);
		return;
	}
	for (i = 1; i < n; i++) {
		x = v[i];
		for (j = i; j > 0 && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

void
probe_set(const struct index *x, struct probe *p, uint32_t i)
{
	const struct dedup_question *q = &x->q[i];
	uint64_t again = 0, bit;
	size_t j;

	p->m = q->ntokens;
	p->set = 0;
	p->bits[0] = p->bits[1] = 0;
	for (j = 0; j < p->m; j++)
		p->sorted[j] =
		    (uint64_t)x->rank[x->tokens[q->token + j]] << 32 | j;
	sort(p->sorted, p->m);
	for (j = 0; j < p->m; j++) {
		again = j > 0 && probe_rank(p, j) == probe_rank(p, j - 1) ?
		    again + 1 : 0;
		bit = (probe_rank(p, j) + (again << 32)) *
		    UINT64_C(0x9e3779b97f4a7c15) >> 57;
		p->bits[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

/* How many of the tokens of a kept text of n tokens can be the rarest. */
static size_t
kept_prefix(const struct index *x, size_t n)
{
	size_t m = x->shortest, lo, hi, need;

	if (x->test.measure == ROUGE_F) {
		rouge_lengths(&x->test, n, &lo, &hi);
		m = m > lo ? m : lo;
	}
	need = rouge_need(&x->test, m, n);
	return need > n ? 0 : n - need + 1;
}

static int
part_add(struct part *l, const struct entry *e)
{
	size_t cap = l->cap;
	struct entry *v;

	if (l->n == l->cap) {
		cap = cap < 4 ? cap * 3 + 1 : cap + cap / 2;
		v = cap > UINT32_MAX ? NULL :
		    mem_resize(l->v, cap, sizeof(*v));
		if (v == NULL)
			return -1;
		l->v = v;
		l->cap = (uint32_t)cap;
	}
	l->v[l->n++] = *e;
	return 0;
}

static int
list_add(struct list *l, const struct entry *e)
{
	enum { MANY = 128 };	/* entries that are worth parts */
	uint32_t i;

	if (l->part == NULL && l->all.n < MANY)
		return part_add(&l->all, e);
	if (l->part == NULL) {
		l->part = mem_new(PARTS, sizeof(*l->part));
		if (l->part == NULL)
			return -1;
		for (i = 0; i < l->all.n; i++)
			if (part_add(&l->part[part_of(l->all.v[i].n)],
			    &l->all.v[i]) == -1)
				return -1;
		free(l->all.v);
		memset(&l->all, 0, sizeof(l->all));
	}
	return part_add(&l->part[part_of(e->n)], e);
}

int
index_add(struct index *x, struct probe *p, uint32_t i)
{
	struct entry e;
	struct kept *k;
	size_t j, end;

	probe_set(x, p, i);
	if (mem_grow(&x->kept, &x->kept_cap, x->nkept + 1,
	    sizeof(*x->kept)) == -1)
		return -1;
	k = &x->kept[x->nkept++];
	k->bits[0] = p->bits[0];
	k->bits[1] = p->bits[1];
	k->i = i;
	k->n = (uint32_t)p->m;
	if (p->m == 0 || p->m > LONG) {
		if (mem_grow(&x->side, &x->side_cap, x->nside + 1,
		    sizeof(*x->side)) == -1)
			return -1;
		x->side[x->nside++] = (uint32_t)(x->nkept - 1);
		return 0;
	}
	e.bits = p->bits[0];
	e.kept = (uint32_t)(x->nkept - 1);
	e.n = (uint16_t)p->m;
	end = kept_prefix(x, p->m);
	for (j = 0; j < end; j++) {
		if (j > 0 && probe_rank(p, j) == probe_rank(p, j - 1))
			continue;
		e.at = (uint16_t)j;
		if (list_add(&x->list[probe_rank(p, j)], &e) == -1)
			return -1;
	}
	return 0;
}
