#include "tune_split.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/cohesion.h"
#include "augcon/split.h"
#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"
#include "side.h"
#include "tune_split_ask.h"

enum { MIN_LENGTH = 20 };	/* as ac-split has it */

static const double HOLD = 0.25;

const struct subset *
tune_split_set(const struct tune_split *t, size_t row)
{
	return row < ROWS ? NULL : &t->sets.v[row - ROWS];
}

/* The k-th worked example as messages, behind those that are there. */
static void
show(const struct prompt *p, size_t k, struct buf *to)
{
	size_t at = (p->v[0].role == PROMPT_SYSTEM) + 2 * k, i;

	for (i = at; i < at + 2; i++) {
		if (to->len > 0)
			buf_byte(to, ',');
		prompt_message(to, p->v[i].role, p->v[i].text,
		    strlen(p->v[i].text));
	}
}

/* How many pairs of messages stand between system and the last one. */
static size_t
examples_of(const struct prompt *p)
{
	size_t system = p->v[0].role == PROMPT_SYSTEM;

	return p->n < system + 1 ? 0 : (p->n - system - 1) / 2;
}

/* The sets that are tried, as many as there are and the calls allow. */
static void
plan(struct tune_split *t)
{
	size_t n = examples_of(t->prompt), i, k;
	uint64_t rng = t->seed;
	int more = 1;

	while (more == 1 && t->sets.n + 2 < t->trials)
		more = subset_draw(&t->sets, n, t->shots, &rng);
	t->rows = ROWS + t->sets.n;
	t->shown = mem_new(t->rows, sizeof(*t->shown));
	t->odd = mem_new(t->rows, sizeof(*t->odd));
	if (more < 0 || t->shown == NULL || t->odd == NULL ||
	    grid_init(&t->hits, t->rows, t->joins.n) < 0)
		cmd_no_memory();
	for (i = ROWS; i < t->rows; i++) {
		for (k = 0; k < t->sets.v[i - ROWS].n; k++)
			show(t->prompt, t->sets.v[i - ROWS].v[k],
			    &t->shown[i]);
		if (!buf_ok(&t->shown[i]))
			cmd_no_memory();
	}
}

/* What needs no model. */
static void
cut_alone(struct tune_split *t)
{
	const struct joined *j;
	size_t i, cut;

	for (i = 0; i < t->joins.n; i++) {
		j = &t->joins.v[i];
		*grid_at(&t->hits, ROW_MIDDLE, i) =
		    split_middle(j->text.s, &j->units) == j->cut;
		if (cohesion_cut(j->text.s, &j->units, NULL, &cut) < 0)
			cmd_no_memory();
		*grid_at(&t->hits, ROW_COHESION, i) = cut == j->cut;
	}
}

static size_t
hits_of(const struct tune_split *t, size_t row)
{
	size_t i, n = 0;

	for (i = 0; i < t->npool; i++)
		n += *grid_at(&t->hits, row, i) == 1;
	return n;
}

static void
choose(struct tune_split *t)
{
	size_t i;

	t->winner = ROW_ASIS;
	for (i = ROW_BARE; i < t->rows; i++)
		if (hits_of(t, i) > hits_of(t, t->winner))
			t->winner = i;
}

static int
search(struct tune_split *t, struct flow *w)
{
	size_t *rows = mem_new(t->rows, sizeof(*rows)), i;
	size_t last[2] = { ROW_ASIS, 0 };
	struct split_round o = { .t = t, .row = rows,
	    .nrows = t->rows - ROW_ASIS, .last = t->npool };
	int code;

	if (rows == NULL)
		cmd_no_memory();
	for (i = ROW_ASIS; i < t->rows; i++)
		rows[i - ROW_ASIS] = i;
	code = split_ask(w, &o);
	if (code == 0 && filter_signal() == 0 && !t->llm->dry_run) {
		choose(t);
		last[1] = t->winner;
		o.row = last;
		o.nrows = t->winner == ROW_ASIS ? 1 : 2;
		o.first = t->npool;
		o.last = t->joins.n;
		code = split_ask(w, &o);
	}
	free(rows);
	return code;
}

/* Ends with 2 where the options or the chunks do not make a search. */
static void
prepare(struct tune_split *t)
{
	struct buf why = BUF_INIT;
	uint64_t rng = t->seed;
	size_t last;
	int code = joins_read(&t->joins, t->f, MIN_LENGTH, &why);

	if (code == AC_BUG)
		cmd_no_memory();
	if (code == AC_IO || filter_signal() != 0)
		die_quietly(filter_close(t->f, code));
	if (code == 0)
		code = joins_make(&t->joins, t->njoins, MIN_LENGTH, &rng,
		    &why);
	last = (size_t)((double)t->njoins * (t->holdout < 0 ? HOLD :
	    t->holdout));
	t->npool = t->joins.n - (last < t->joins.n ? last : 0);
	if (code == 0 && t->max_calls > 0) {
		if (t->max_calls < 2 * t->njoins) {
			buf_fmt(&why, "--max-calls %lu: %zu joins with the "
			    "prompt as it is and without examples take %zu",
			    t->max_calls, t->njoins, 2 * t->njoins);
			code = AC_USAGE;
		} else if ((t->max_calls - 2 * last) / t->npool < t->trials) {
			t->trials = (t->max_calls - 2 * last) / t->npool;
		}
	}
	if (code == 0)
		return;
	if (code == AC_BUG)
		cmd_no_memory();
	out_abandon(&t->f->out);
	cmd_refuse(&why);
}

static int
put(struct tune_split *t)
{
	struct buf text = BUF_INIT;
	int r;

	tune_split_prompt(t, &text);
	if (!buf_ok(&text))
		cmd_no_memory();
	r = out_text(&t->f->out, &text, &t->f->why);
	buf_free(&text);
	return r < 0 ? AC_IO : 0;
}

static void
free_all(struct tune_split *t)
{
	size_t i;

	for (i = 0; i < t->rows; i++)
		buf_free(&t->shown[i]);
	free(t->shown);
	free(t->odd);
	grid_free(&t->hits);
	subsets_free(&t->sets);
	prompts_free(&t->how.split);
	joins_free(&t->joins);
}

int
tune_split_run(struct tune_split *t)
{
	struct split_round first = { .t = t };
	struct buf why = BUF_INIT, lines = BUF_INIT;
	struct out log;
	struct flow *w;
	int code;

	prepare(t);
	side_begin(&log, t->log, t->f);
	t->prompt = prompts_pick(&t->how.split, t->joins.v[0].text.s,
	    t->joins.v[0].text.len);
	plan(t);
	cut_alone(t);
	w = flow_open(&split_ops, t->f, t->llm, 0, &first, &code, &why);
	if (w == NULL) {
		out_abandon(&t->f->out);
		out_abandon(&log);
		die(code, "%s", buf_cstr(&why));
	}
	code = search(t, w);
	flow_close(w);
	if (code == 0 && filter_signal() == 0 && !t->llm->dry_run) {
		tune_split_say(t);
		if (t->log != NULL)
			tune_split_log(t, &lines);
		code = put(t);
		if (side_end(&log, &lines, t->f) < 0)
			code = AC_IO;
		buf_free(&lines);
	}
	out_abandon(&log);
	free_all(t);
	return code;
}
