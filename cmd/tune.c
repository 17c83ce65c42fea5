#include "tune.h"

#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/rng.h"
#include "cmd.h"

enum { WORST = 3 };		/* calls a record: an answer, two verdicts */

static const double HOLD = 0.25;

/* Marks the last of the records in an order of chance. */
static void
hold_back(struct tune *t, size_t n)
{
	size_t *order = mem_new(t->people.n + 1, sizeof(*order)), i, j;

	if (order == NULL)
		cmd_no_memory();
	for (i = 0; i < t->people.n; i++)
		order[i] = i;
	for (i = t->people.n; i > 1; i--) {
		size_t kept = order[i - 1];

		j = (size_t)rng_below(&t->rng, i);
		order[i - 1] = order[j];
		order[j] = kept;
	}
	for (i = 0; i < n; i++)
		t->is_final[order[t->people.n - 1 - i]] = 1;
	free(order);
}

void
tune_deal(struct tune *t)
{
	double holdout = t->holdout;
	size_t n = t->people.n, i;

	if (holdout < 0)
		holdout = n >= TUNE_HOLD ? HOLD : 0;
	t->nfinal = (size_t)((double)n * holdout);
	t->is_final = mem_new(n, 1);
	t->pool = mem_new(n, sizeof(*t->pool));
	if (t->is_final == NULL || t->pool == NULL)
		cmd_no_memory();
	hold_back(t, t->nfinal);
	for (i = 0; i < n; i++)
		if (!t->is_final[i])
			t->pool[t->npool++] = i;
}

void
tune_free(struct tune *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		shown_free(&t->v[i].shown);
		free(t->v[i].cell);
	}
	free(t->v);
	free(t->pool);
	free(t->is_final);
	subsets_free(&t->drawn);
	humans_free(&t->people);
	manner_free(&t->manner);
	prompts_free(&t->ask);
	prompts_free(&t->verdict);
}

static void
show(const struct tune *t, const struct example *e, struct shown *to)
{
	if (t->for_ask)
		asking_show(&t->ask, &t->llm->define, e, to);
	else
		manner_show(&t->manner, e, to);
}

static void
add(struct tune *t, enum tune_kind kind, const struct subset *of)
{
	struct tune_trial new = { .kind = kind };
	size_t i;

	new.cell = mem_new(t->people.n, sizeof(*new.cell));
	if (new.cell == NULL || mem_grow(&t->v, &t->cap, t->n + 1,
	    sizeof(*t->v)) < 0)
		cmd_no_memory();
	for (i = 0; i < t->people.n; i++)
		new.cell[i].right = GRID_NONE;
	if (of != NULL)
		new.of = *of;
	for (i = 0; i < new.of.n; i++)
		show(t, &t->people.v[t->pool[new.of.v[i]]].e, &new.shown);
	t->v[t->n++] = new;
}

/* The next subset; 0 when there are no more. */
static int
draw(struct tune *t)
{
	struct subset first = { .n = 0 };
	int r;

	if (t->drawn.n > 0) {
		r = subset_draw(&t->drawn, t->npool, t->shots, &t->rng);
	} else {
		while (first.n < t->shots) {
			first.v[first.n] = first.n;
			first.n++;
		}
		r = subset_add(&t->drawn, &first) < 0 ? -1 : 1;
	}
	if (r < 0)
		cmd_no_memory();
	return r;
}

/* In the final part the winner and two baselines are asked. */
static unsigned long
calls_of_final(const struct tune *t)
{
	return WORST * 3 * (unsigned long)t->nfinal;
}

unsigned long
tune_least(const struct tune *t)
{
	return WORST * (2 * (unsigned long)t->npool - t->shots) +
	    calls_of_final(t);
}

/* The calls that are left for trials, beside those of the final part. */
static unsigned long
calls_left(const struct tune *t)
{
	unsigned long kept = calls_of_final(t);

	if (t->most_calls == 0)
		return (unsigned long)-1;
	return t->most_calls > t->calls + kept ? t->most_calls - t->calls -
	    kept : 0;
}

size_t
tune_plan(struct tune *t)
{
	unsigned long left = calls_left(t), worst;
	size_t before = t->n;

	while (t->n < t->most_trials) {
		/* Subsets that are not tried now are not lost: draw last. */
		worst = WORST * (unsigned long)(t->npool -
		    (t->n == 0 ? 0 : t->n == 1 ? t->shots : 1));
		if (worst > left || (t->n > 0 && !draw(t)))
			break;
		left -= worst;
		if (t->n == 0)
			add(t, TUNE_NONE, NULL);
		else
			add(t, t->n == 1 ? TUNE_FIRST : TUNE_RANDOM,
			    &t->drawn.v[t->n - 1]);
	}
	return t->n - before;
}

void
tune_add_up(const struct tune *t, size_t trial, int final,
    struct tune_sum *sum)
{
	const struct tune_cell *c = t->v[trial].cell;
	size_t i;

	memset(sum, 0, sizeof(*sum));
	for (i = 0; i < t->people.n; i++, c++) {
		if (c->right == GRID_NONE || t->is_final[i] != final)
			continue;
		sum->n++;
		sum->right += c->right == 1;
		sum->unknown += c->unknown;
		sum->failed += c->failed;
		sum->exact += c->exact;
		sum->f1 += c->f1;
	}
	if (sum->n > 0)
		sum->f1 /= (double)sum->n;
}

void
tune_choose(struct tune *t)
{
	struct tune_sum best, s;
	size_t i;

	t->winner = 1;
	tune_add_up(t, 1, 0, &best);
	for (i = 2; i < t->n; i++) {
		tune_add_up(t, i, 0, &s);
		if (s.right * best.n < best.right * s.n ||
		    (s.right * best.n == best.right * s.n &&
		    s.f1 <= best.f1))
			continue;
		best = s;
		t->winner = i;
	}
}
