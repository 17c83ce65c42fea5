/* What ac-tune --for split says of its search, and writes of it. */
#include <string.h>

#include "base/die.h"
#include "cmd.h"
#include "rec/json.h"
#include "tune_split.h"

static const char *const names[] = { "middle", "cohesion", "prompt", "none" };

struct part {
	size_t n, hits;
};

static struct part
part_of(const struct tune_split *t, size_t row, int final)
{
	struct part p = { 0, 0 };
	size_t i, end = final ? t->joins.n : t->npool;

	for (i = final ? t->npool : 0; i < end; i++) {
		p.n += *grid_at(&t->hits, row, i) != GRID_NONE;
		p.hits += *grid_at(&t->hits, row, i) == 1;
	}
	return p;
}

static double
chance_of(const struct tune_split *t)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < t->joins.n; i++)
		sum += 1 / (double)(t->joins.v[i].units.n - 1);
	return sum / (double)t->joins.n;
}

static void
add_set(const struct tune_split *t, size_t row, const char *between,
    struct buf *b)
{
	const struct subset *s = tune_split_set(t, row);
	size_t i;

	for (i = 0; s != NULL && i < s->n; i++)
		buf_fmt(b, "%s%zu", i ? between : "", s->v[i] + 1);
}

static void
say_row(const struct tune_split *t, const char *what, size_t row)
{
	struct part p = part_of(t, row, 0), q = part_of(t, row, 1);
	struct buf b = BUF_INIT;

	if (row >= ROWS) {
		buf_str(&b, ", the prompt's examples ");
		add_set(t, row, " ", &b);
	}
	warn("%s%s: %zu of %zu (%.2f), in the end %zu of %zu; %zu replies "
	    "without a cut", what, buf_cstr(&b), p.hits, p.n, p.n ?
	    (double)p.hits / (double)p.n : 0, q.hits, q.n, t->odd[row]);
	buf_free(&b);
}

/* The grid of what no search has seen, or of all where that is nothing. */
static void
gap_of(const struct tune_split *t, size_t row, size_t other,
    struct grid_gap *g)
{
	unsigned char others[ROWS] = { 0 };
	struct grid end = { .trials = ROWS, .records = t->joins.n };
	size_t i, from = t->npool < t->joins.n ? t->npool : 0;

	if (grid_init(&end, ROWS, t->joins.n) < 0)
		cmd_no_memory();
	for (i = from; i < t->joins.n; i++) {
		*grid_at(&end, 0, i) = *grid_at(&t->hits, row, i);
		*grid_at(&end, 1, i) = *grid_at(&t->hits, other, i);
	}
	others[1] = 1;
	if (grid_gap(&end, 0, others, t->seed, g) < 0)
		cmd_no_memory();
	grid_free(&end);
}

static void
say_gap(const char *what, const struct grid_gap *g)
{
	warn("cut less %s, on %zu joins %+.2f (95 %% from %+.2f to %+.2f; "
	    "sign test p %.2g)", what, g->n, g->mean, g->low, g->high, g->p);
}

static void
say_advice(const struct grid_gap *cohesion, const struct grid_gap *middle)
{
	if (cohesion->low > 0)
		warn("use --by cut with the prompt written: this model places "
		    "cuts better than words alone");
	else if (cohesion->high < 0)
		warn("use --by cohesion: words alone place cuts better than "
		    "this model");
	else
		warn("cut and cohesion do not differ for sure: --by cohesion "
		    "costs nothing; more --joins would tell");
	if (middle->low <= 0)
		warn("this model is not for sure better than a cut in the "
		    "middle");
}

void
tune_split_say(const struct tune_split *t)
{
	struct grid_gap cohesion, middle;

	if (t->f->opt->quiet)
		return;
	warn("%zu joins, %zu of them for the end; %zu trials, %lu calls; "
	    "hits by chance %.2f", t->joins.n, t->joins.n - t->npool,
	    t->rows - ROW_ASIS, t->calls, chance_of(t));
	say_row(t, "middle", ROW_MIDDLE);
	say_row(t, "cohesion", ROW_COHESION);
	say_row(t, "cut, the prompt as it is", ROW_ASIS);
	say_row(t, "cut, without examples", ROW_BARE);
	say_row(t, "cut, best", t->winner);
	gap_of(t, t->winner, ROW_COHESION, &cohesion);
	gap_of(t, t->winner, ROW_MIDDLE, &middle);
	say_gap("cohesion", &cohesion);
	say_gap("middle", &middle);
	say_advice(&cohesion, &middle);
}

static void
log_row(const struct tune_split *t, size_t row, struct buf *b)
{
	struct part p = part_of(t, row, 0), q = part_of(t, row, 1);

	buf_fmt(b, "{\"trial\":%zu,\"kind\":\"%s\",\"examples\":[", row,
	    row < ROWS ? names[row] : "random");
	add_set(t, row, ",", b);
	buf_fmt(b, "],\"n\":%zu,\"hits\":%zu,\"no_cut\":%zu", p.n, p.hits,
	    t->odd[row]);
	if (q.n > 0)
		buf_fmt(b, ",\"final\":{\"n\":%zu,\"hits\":%zu}", q.n, q.hits);
	buf_str(b, "}\n");
}

void
tune_split_log(const struct tune_split *t, struct buf *lines)
{
	size_t i;

	for (i = 0; i < t->rows; i++)
		log_row(t, i, lines);
	buf_fmt(lines, "{\"winner\":%zu,\"joins\":%zu,\"held_back\":%zu,"
	    "\"calls\":%lu,\"chance\":", t->winner, t->joins.n,
	    t->joins.n - t->npool, t->calls);
	json_number(lines, chance_of(t));
	buf_str(lines, "}\n");
	if (!buf_ok(lines))
		cmd_no_memory();
}

static int
is_shown(const struct tune_split *t, size_t example)
{
	const struct subset *s = tune_split_set(t, t->winner);

	return t->winner == ROW_ASIS || (s != NULL && subset_has(s, example));
}

void
tune_split_prompt(const struct tune_split *t, struct buf *b)
{
	static const char *const roles[] = { "system", "user", "assistant" };
	const struct prompt *p = t->prompt;
	size_t system = p->v[0].role == PROMPT_SYSTEM, i;

	for (i = 0; i < p->n; i++)
		if (i < system || i == p->n - 1 ||
		    is_shown(t, (i - system) / 2))
			buf_fmt(b, "%s--- %s\n%s\n", b->len > 0 ? "\n" : "",
			    roles[p->v[i].role], p->v[i].text);
}
