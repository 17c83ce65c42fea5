#include "tune_say.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"
#include "rec/json.h"
#include "tune_sure.h"

/* Of so many verdicts one at least should differ. */
enum { ODD = 10 };

static const char *const kinds[] = { "none", "first", "random" };

/* What likeness to the human's is measured by. */
static const char *
measure(const struct tune *t)
{
	return t->for_ask ? "ROUGE-L" : "F1";
}

static void
say_sum(const struct tune *t, const char *what, const struct tune_sum *s)
{
	warn("%s: right %zu of %zu (%.2f), exact match %.2f, %s %.3f%s", what,
	    s->right, s->n, s->n ? (double)s->right / (double)s->n : 0,
	    s->n ? (double)s->exact / (double)s->n : 0, measure(t), s->f1,
	    s->failed > 0 ? "; calls failed" : "");
}

static void
say_random(const struct tune *t, const struct tune_sure *x)
{
	if (x->nrandom > 0)
		warn("random, mean of %zu: right %.2f, exact match %.2f, %s "
		    "%.3f", x->nrandom, x->random_right, x->random_exact,
		    measure(t), x->random_f1);
	else
		warn("random: none was tried; see --%s", t->most_trials <= 2 ?
		    "trials" : "max-calls");
}

static void
say_gap(const char *what, const struct grid_gap *g)
{
	if (g->n == 0)
		return;
	warn("winner less %s: %+.2f right on %zu shared records (95 %% from "
	    "%+.2f to %+.2f; above on %zu, below on %zu, sign test p %.2g)",
	    what, g->mean, g->n, g->low, g->high, g->more, g->less, g->p);
}

static void
say_winner(const struct tune *t)
{
	const struct tune_trial *w = &t->v[t->winner];
	struct buf what = BUF_INIT;
	struct tune_sum s;
	size_t i;

	tune_add_up(t, t->winner, 0, &s);
	buf_fmt(&what, "winner, trial %zu, examples", t->winner);
	for (i = 0; i < w->of.n; i++) {
		buf_byte(&what, ' ');
		buf_str(&what, buf_cstr(&t->people.v[t->pool[w->of.v[i]]].
		    name));
	}
	say_sum(t, buf_cstr(&what), &s);
	buf_free(&what);
}

/* What the interval and the deals come to, in words. */
static void
say_sure(const struct tune *t, const struct tune_sure *x)
{
	if (x->tried > 1)
		warn("the best of %zu sets of examples that are all alike "
		    "does as well in %.0f of 100 deals: the winner is %s",
		    x->tried, 100 * x->chance, x->chance > 0.05 ?
		    "no better than chance makes the best of so many" :
		    "better than chance makes the best of so many");
	if (x->search[SURE_NONE].mean <= 0)
		warn("no set of examples beats none: %s without "
		    "--examples does as well", t->for_ask ? "ac-ask" :
		    "ac-answer");
	else if (x->search[SURE_NONE].low <= 0)
		warn("the winner may be no better than no examples: more "
		    "records would tell");
}

static void
say_final(const struct tune *t, const struct tune_sure *x)
{
	struct tune_sum s;

	if (t->nfinal == 0) {
		warn("no part was held back (--holdout): on new records the "
		    "winner will do worse than here, since it was chosen "
		    "here");
		return;
	}
	tune_add_up(t, t->winner, 1, &s);
	say_sum(t, "on records that no trial saw, winner", &s);
	tune_add_up(t, 0, 1, &s);
	say_sum(t, "on records that no trial saw, none", &s);
	tune_add_up(t, 1, 1, &s);
	say_sum(t, "on records that no trial saw, first", &s);
	say_gap("none there", &x->last[SURE_NONE]);
	say_gap("first there", &x->last[SURE_FIRST]);
}

static void
say_verdicts(const struct tune *t, const struct tune_sure *x)
{
	const struct tune_verdicts *v = &x->verdicts;

	if (v->n == 0)
		return;
	warn("verdicts: %zu, %zu of them yes, %zu neither yes nor no (counted "
	    "as wrong); same as exact match in %.0f %%, as %s of 0.5 in %.0f "
	    "%%; its mean is %.2f where yes, %.2f where not", v->n, v->yes,
	    v->unknown, 100 * (double)v->as_exact / (double)v->n, measure(t),
	    100 * (double)v->as_f1 / (double)v->n, v->f1_yes, v->f1_no);
	if (v->yes * ODD < v->n || (v->n - v->yes) * ODD < v->n)
		warn("the model says nearly always %s: as a judge it is of no "
		    "use, and the winner is chosen by %s or by chance",
		    v->yes * ODD < v->n ? "no" : "yes", measure(t));
	else if (v->f1_yes <= v->f1_no)
		warn("its verdicts have nothing to do with the words of the "
		    "human's: do not trust them unread");
}

void
tune_say(const struct tune *t)
{
	struct tune_sure x;
	struct tune_sum s;

	if (t->f->opt->quiet)
		return;
	tune_sure(t, &x);
	warn("%zu records, %zu of them held back; %zu trials, %lu calls",
	    t->people.n, t->nfinal, t->n, t->calls);
	tune_add_up(t, 0, 0, &s);
	say_sum(t, "none (no --examples)", &s);
	tune_add_up(t, 1, 0, &s);
	say_sum(t, "first", &s);
	say_random(t, &x);
	say_winner(t);
	say_gap("none", &x.search[SURE_NONE]);
	say_gap("first", &x.search[SURE_FIRST]);
	say_gap("mean of random", &x.search[SURE_RANDOM]);
	say_sure(t, &x);
	say_final(t, &x);
	say_verdicts(t, &x);
}

static void
log_sum(struct buf *b, const struct tune_sum *s)
{
	buf_fmt(b, "\"n\":%zu,\"right\":%zu,\"unknown\":%zu,\"failed\":%zu,"
	    "\"exact\":%zu,\"f1\":", s->n, s->right, s->unknown, s->failed,
	    s->exact);
	json_number(b, s->f1);
}

static void
log_trial(const struct tune *t, size_t i, struct buf *b)
{
	const struct tune_trial *x = &t->v[i];
	struct tune_sum s;
	size_t k;

	buf_fmt(b, "{\"trial\":%zu,\"kind\":\"%s\",\"examples\":[", i,
	    kinds[x->kind]);
	for (k = 0; k < x->of.n; k++) {
		buf_str(b, k ? "," : "");
		buf_str(b, buf_cstr(&t->people.v[t->pool[x->of.v[k]]].name));
	}
	buf_str(b, "],");
	tune_add_up(t, i, 0, &s);
	log_sum(b, &s);
	tune_add_up(t, i, 1, &s);
	if (s.n > 0) {
		buf_str(b, ",\"final\":{");
		log_sum(b, &s);
		buf_byte(b, '}');
	}
	buf_fmt(b, ",\"calls\":%lu}\n", x->calls);
}

static void
log_gap(struct buf *b, const char *name, const struct grid_gap *g)
{
	buf_fmt(b, ",\"%s\":{\"n\":%zu,\"mean\":", name, g->n);
	json_number(b, g->mean);
	buf_str(b, ",\"low\":");
	json_number(b, g->low);
	buf_str(b, ",\"high\":");
	json_number(b, g->high);
	buf_fmt(b, ",\"above\":%zu,\"below\":%zu,\"p\":", g->more, g->less);
	json_number(b, g->p);
	buf_byte(b, '}');
}

static void
log_end(const struct tune *t, struct buf *b)
{
	struct tune_sure x;

	tune_sure(t, &x);
	buf_fmt(b, "{\"winner\":%zu,\"records\":%zu,\"held_back\":%zu,"
	    "\"calls\":%lu", t->winner, t->people.n, t->nfinal, t->calls);
	log_gap(b, "less_none", &x.search[SURE_NONE]);
	log_gap(b, "less_first", &x.search[SURE_FIRST]);
	log_gap(b, "less_random", &x.search[SURE_RANDOM]);
	if (t->nfinal > 0) {
		log_gap(b, "final_less_none", &x.last[SURE_NONE]);
		log_gap(b, "final_less_first", &x.last[SURE_FIRST]);
	}
	buf_str(b, ",\"chance\":");
	json_number(b, x.chance);
	buf_fmt(b, ",\"verdicts\":{\"n\":%zu,\"yes\":%zu,\"unknown\":%zu,"
	    "\"as_exact\":%zu,\"as_f1\":%zu}}\n", x.verdicts.n,
	    x.verdicts.yes, x.verdicts.unknown, x.verdicts.as_exact,
	    x.verdicts.as_f1);
}

void
tune_log(const struct tune *t, struct buf *lines)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		log_trial(t, i, lines);
	log_end(t, lines);
	if (!buf_ok(lines))
		cmd_no_memory();
}

int
tune_put(const struct tune *t)
{
	const struct subset *of = &t->v[t->winner].of;
	const struct human *h;
	size_t i;

	for (i = 0; i < of->n; i++) {
		h = &t->people.v[t->pool[of->v[i]]];
		if (out_put(&t->f->out, h->line.s, h->line.len,
		    &t->f->why) < 0)
			return -1;
	}
	return 0;
}
