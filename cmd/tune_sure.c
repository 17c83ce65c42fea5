#include "tune_sure.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd.h"

/* The cells of the pool, or of the final part, as a grid. */
static void
grid_of(const struct tune *t, int final, struct grid *g)
{
	size_t i, j;

	if (grid_init(g, t->n, t->people.n) < 0)
		cmd_no_memory();
	for (i = 0; i < t->n; i++)
		for (j = 0; j < t->people.n; j++)
			if (t->is_final[j] == final)
				*grid_at(g, i, j) = t->v[i].cell[j].right;
}

static void
gap(const struct tune *t, const struct grid *g, enum tune_kind kind,
    struct grid_gap *to)
{
	unsigned char *others = mem_new(t->n, 1);
	size_t i;

	if (others == NULL)
		cmd_no_memory();
	for (i = 0; i < t->n; i++)
		others[i] = t->v[i].kind == kind;
	if (grid_gap(g, t->winner, others, t->seed, to) < 0)
		cmd_no_memory();
	free(others);
}

static void
chance(const struct tune *t, const struct grid *g, struct tune_sure *x)
{
	unsigned char *tried = mem_new(t->n, 1);
	size_t i;

	if (tried == NULL)
		cmd_no_memory();
	for (i = 0; i < t->n; i++) {
		tried[i] = t->v[i].kind != TUNE_NONE;
		x->tried += tried[i];
	}
	x->chance = grid_chance(g, tried, t->seed);
	if (x->chance < 0)
		cmd_no_memory();
	free(tried);
}

static void
mean_of_random(const struct tune *t, struct tune_sure *x)
{
	struct tune_sum s;
	size_t i;

	for (i = 0; i < t->n; i++) {
		tune_add_up(t, i, 0, &s);
		if (t->v[i].kind != TUNE_RANDOM || s.n == 0)
			continue;
		x->nrandom++;
		x->random_right += (double)s.right / (double)s.n;
		x->random_exact += (double)s.exact / (double)s.n;
		x->random_f1 += s.f1;
	}
	if (x->nrandom > 0) {
		x->random_right /= (double)x->nrandom;
		x->random_exact /= (double)x->nrandom;
		x->random_f1 /= (double)x->nrandom;
	}
}

static void
count_verdict(const struct tune_cell *c, struct tune_verdicts *v)
{
	if (c->right == GRID_NONE || c->failed)
		return;
	v->n++;
	v->unknown += c->unknown;
	v->as_exact += (c->right == 1) == (c->exact == 1);
	v->as_f1 += (c->right == 1) == (c->f1 >= TUNE_F1);
	v->yes += c->right == 1;
	*(c->right == 1 ? &v->f1_yes : &v->f1_no) += c->f1;
}

static void
count_verdicts(const struct tune *t, struct tune_verdicts *v)
{
	size_t i, j;

	for (i = 0; i < t->n; i++)
		for (j = 0; j < t->people.n; j++)
			count_verdict(&t->v[i].cell[j], v);
	if (v->yes > 0)
		v->f1_yes /= (double)v->yes;
	if (v->n > v->yes)
		v->f1_no /= (double)(v->n - v->yes);
}

void
tune_sure(const struct tune *t, struct tune_sure *x)
{
	struct grid g;

	memset(x, 0, sizeof(*x));
	grid_of(t, 0, &g);
	gap(t, &g, TUNE_NONE, &x->search[SURE_NONE]);
	gap(t, &g, TUNE_FIRST, &x->search[SURE_FIRST]);
	gap(t, &g, TUNE_RANDOM, &x->search[SURE_RANDOM]);
	chance(t, &g, x);
	grid_free(&g);
	grid_of(t, 1, &g);
	gap(t, &g, TUNE_NONE, &x->last[SURE_NONE]);
	gap(t, &g, TUNE_FIRST, &x->last[SURE_FIRST]);
	grid_free(&g);
	mean_of_random(t, x);
	count_verdicts(t, &x->verdicts);
}
