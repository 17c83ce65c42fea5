/*
 * How well a cut is placed, without labels: the first sentences of one
 * passage are joined to those of another, and a mode hits when it cuts where
 * they meet.
 *
 *	split [-d] [-e] [-k LO-HI] [-n JOINS] [-s SEED] FILE
 *
 * FILE is NDJSON with `doc` and `text`.  Passages are dealt into ten folds
 * by their doc.  A join draws a fold, two passages of it with different
 * docs, and how many sentences of each, LO to HI (1-4) evenly; a passage
 * with fewer is drawn again, and so is a pair with fewer than three
 * sentences in all, which leaves no choice.  A blank stands between the two
 * except after a full-width stop.  Sentences under 20 code points have
 * joined a neighbour first, as in ac-split.  The table of counts for a join
 * is of the passages outside its fold.
 *
 * What is reported comes from the even folds; -d takes the odd ones, on
 * which the constants of cohesion.c were chosen.  -e writes the joins, as
 * records with `id`, `context` and `join` (bytes), and measures nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "augcon/cohesion.h"
#include "augcon/split.h"
#include "base/die.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "rec/in.h"
#include "rec/rec.h"
#include "text/term.h"
#include "text/token.h"
#include "text/utf8.h"

enum { FOLDS = 10, MIN_LENGTH = 20, DRAWS = 1000 };

struct passage {
	struct buf doc, text;
	struct pieces units;
	unsigned fold;
};

struct passages {
	struct passage *v;
	size_t n, cap;
};

struct join {
	struct buf text;
	struct pieces units;
	size_t at;		/* byte where the second passage starts */
	unsigned fold;
};

struct plan {
	size_t lo, hi;		/* sentences a side */
	unsigned long joins;
	uint64_t seed;
	unsigned odd;		/* folds taken: 0 even, 1 odd */
	int emit;
};

static _Noreturn void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static void
add_passage(struct passages *all, struct rec *r)
{
	struct passage p = { .fold = 0 };

	if (r->bad != NULL || rec_text(r, "doc", &p.doc) != 1 ||
	    rec_text(r, "text", &p.text) != 1)
		die(AC_IO, "%s:%lu: not a passage", r->file, r->line);
	p.fold = (unsigned)(hash_bytes(p.doc.s, p.doc.len, 0) % FOLDS);
	if (sent_cut(p.text.s, p.text.len, sent_sentence, &p.units) != 0)
		no_memory();
	pieces_join_short(p.text.s, &p.units, MIN_LENGTH);
	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) != 0)
		no_memory();
	all->v[all->n++] = p;
}

static void
read_passages(struct passages *all, char **file)
{
	struct in in;
	struct buf why = BUF_INIT;
	struct rec r = REC_INIT;
	enum in_status st;
	size_t len;
	char *s;

	if (in_open(&in, file, 1, &why) != 0)
		die(AC_IO, "%s", buf_cstr(&why));
	while ((st = in_line(&in, 1, &s, &len, &why)) == IN_LINE) {
		if (rec_take(&r, s, len, in.name, in.line) != 0)
			no_memory();
		add_passage(all, &r);
	}
	if (st != IN_END)
		die(AC_IO, "%s: %s", in.name, buf_cstr(&why));
	rec_free(&r);
	in_close(&in);
	buf_free(&why);
}

struct counts {
	struct vocab *terms;
	size_t *with, *last;	/* by term: passages, and the last of them */
	size_t with_cap, last_cap;
	size_t passage;
};

static int
count_term(void *arg, const char *s, size_t len)
{
	struct counts *c = arg;
	size_t n = vocab_size(c->terms);
	uint32_t id = vocab_id(c->terms, s, len);

	if (id == UINT32_MAX || mem_grow(&c->with, &c->with_cap, n + 1,
	    sizeof(*c->with)) != 0 || mem_grow(&c->last, &c->last_cap, n + 1,
	    sizeof(*c->last)) != 0)
		return -1;
	if (id == n)
		c->with[id] = c->last[id] = 0;
	if (c->last[id] != c->passage) {
		c->last[id] = c->passage;
		c->with[id]++;
	}
	return 0;
}

/* The table as ac-chunk --df would write it, read back. */
static struct idf *
table(const struct counts *c)
{
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct idf *idf;
	const char *s;
	size_t len;
	uint32_t i;

	buf_fmt(&text, "%zu\n", c->passage);
	for (i = 0; i < vocab_size(c->terms); i++) {
		s = vocab_token(c->terms, i, &len);
		buf_add(&text, s, len);
		buf_fmt(&text, "\t%zu\n", c->with[i]);
	}
	if (!buf_ok(&text))
		no_memory();
	idf = idf_parse(text.s, text.len, &why);
	if (idf == NULL)
		die(AC_BUG, "%s", buf_cstr(&why));
	buf_free(&text);
	buf_free(&why);
	return idf;
}

static struct idf *
table_without(const struct passages *all, unsigned fold)
{
	struct counts c = { .terms = vocab_new() };
	struct buf scratch = BUF_INIT;
	const struct passage *p;
	struct idf *idf;
	size_t i;

	if (c.terms == NULL)
		no_memory();
	for (i = 0; i < all->n; i++) {
		p = &all->v[i];
		if (p->fold == fold)
			continue;
		c.passage++;
		if (term_each(p->text.s, p->text.len, &scratch, count_term,
		    &c) != 0)
			no_memory();
	}
	idf = table(&c);
	vocab_free(c.terms);
	free(c.with);
	free(c.last);
	buf_free(&scratch);
	return idf;
}

static const struct passage *
draw_passage(const struct passages *all, const struct plan *plan,
    uint64_t *rng)
{
	const struct passage *p;

	do
		p = &all->v[rng_below(rng, all->n)];
	while (p->fold % 2 != plan->odd);
	return p;
}

static size_t
draw_side(const struct plan *plan, uint64_t *rng)
{
	return plan->lo + (size_t)rng_below(rng, plan->hi - plan->lo + 1);
}

/* Appends the first n units without the blanks at the end. */
static void
add_side(struct buf *out, const struct passage *p, size_t n)
{
	const struct piece *last = &p->units.v[n - 1];
	size_t len = last->start + last->len;

	while (len > 0 && strchr(" \t\r\n", p->text.s[len - 1]) != NULL)
		len--;
	buf_add(out, p->text.s, len);
}

/* 0, or -1 when the draw does not make a join. */
static int
try_join(const struct passages *all, const struct plan *plan, uint64_t *rng,
    struct join *j)
{
	const struct passage *a = draw_passage(all, plan, rng);
	const struct passage *b = draw_passage(all, plan, rng);
	size_t na = draw_side(plan, rng), nb = draw_side(plan, rng);

	if (a->fold != b->fold || (a->doc.len == b->doc.len &&
	    memcmp(a->doc.s, b->doc.s, a->doc.len) == 0) ||
	    na > a->units.n || nb > b->units.n || na + nb < 3)
		return -1;
	buf_reset(&j->text);
	add_side(&j->text, a, na);
	if ((unsigned char)j->text.s[j->text.len - 1] < 0x80)
		buf_byte(&j->text, ' ');
	j->at = j->text.len;
	add_side(&j->text, b, nb);
	j->fold = a->fold;
	if (!buf_ok(&j->text) || split_units(j->text.s, j->text.len,
	    MIN_LENGTH, &j->units) != 0)
		no_memory();
	return j->units.n > 2 ? 0 : -1;
}

static void
draw_join(const struct passages *all, const struct plan *plan, uint64_t *rng,
    struct join *j)
{
	int i;

	for (i = 0; i < DRAWS * FOLDS; i++)
		if (try_join(all, plan, rng, j) == 0)
			return;
	die(AC_USAGE, "the passages have too few sentences");
}

struct tally {
	unsigned long joins, unseen;	/* unseen: no unit starts there */
	double chance;
	unsigned long middle, plain, weighted;
};

static unsigned long
hit(const struct join *j, size_t cut)
{
	return split_offset(&j->units, cut) == j->at;
}

static void
measure(struct tally *t, const struct join *j, const struct idf *idf)
{
	size_t plain, weighted, i;

	if (cohesion_cut(j->text.s, &j->units, NULL, &plain) != 0 ||
	    cohesion_cut(j->text.s, &j->units, idf, &weighted) != 0)
		no_memory();
	t->joins++;
	t->chance += 1 / (double)(j->units.n - 1);
	t->middle += hit(j, split_middle(j->text.s, &j->units));
	t->plain += hit(j, plain);
	t->weighted += hit(j, weighted);
	for (i = 1; i < j->units.n && !hit(j, i); i++)
		;
	t->unseen += i == j->units.n;
}

static void
emit(const struct join *j, unsigned long number)
{
	struct buf line = BUF_INIT;

	buf_fmt(&line, "{\"id\":\"%lu\",\"context\":", number);
	json_quote(&line, j->text.s, j->text.len);
	buf_fmt(&line, ",\"join\":%zu}\n", j->at);
	if (!buf_ok(&line) ||
	    fwrite(line.s, 1, line.len, stdout) != line.len)
		die(AC_IO, "cannot write");
	buf_free(&line);
}

static void
report(const struct tally *t, const char *file)
{
	double n = (double)t->joins;

	printf("%s\t%lu\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", file, t->joins,
	    t->chance / n, (double)t->middle / n, (double)t->plain / n,
	    (double)t->weighted / n, (double)t->unseen / n);
}

static void
run(const struct passages *all, const struct plan *plan, const char *file)
{
	struct idf *idf[FOLDS] = { NULL };
	struct join j = { .fold = 0 };
	struct tally t = { .joins = 0 };
	uint64_t rng = plan->seed;
	unsigned long i;

	for (i = 0; i < FOLDS && !plan->emit; i++)
		idf[i] = table_without(all, (unsigned)i);
	for (i = 0; i < plan->joins; i++) {
		draw_join(all, plan, &rng, &j);
		if (plan->emit)
			emit(&j, i);
		else
			measure(&t, &j, idf[j.fold]);
	}
	if (!plan->emit)
		report(&t, file);
	for (i = 0; i < FOLDS; i++)
		idf_free(idf[i]);
	buf_free(&j.text);
	pieces_free(&j.units);
}

static unsigned long
number(const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (end == s || *end != '\0' || n == 0 || n > 1000000)
		die(AC_USAGE, "%s: not a number from 1 to 1000000", s);
	return n;
}

static void
range(struct plan *plan, char *s)
{
	char *dash = strchr(s, '-');

	if (dash == NULL)
		die(AC_USAGE, "%s: not LO-HI", s);
	*dash = '\0';
	plan->lo = number(s);
	plan->hi = number(dash + 1);
	if (plan->lo > plan->hi || plan->lo + plan->hi < 3)
		die(AC_USAGE, "-k %s-%s leaves no choice", s, dash + 1);
}

int
main(int argc, char **argv)
{
	struct plan plan = { 1, 4, 400, 1, 0, 0 };
	struct passages all = { NULL, 0, 0 };
	size_t i;
	int c;

	die_init("split");
	while ((c = getopt(argc, argv, "dek:n:s:")) != -1)
		switch (c) {
		case 'd': plan.odd = 1; break;
		case 'e': plan.emit = 1; break;
		case 'k': range(&plan, optarg); break;
		case 'n': plan.joins = number(optarg); break;
		case 's': plan.seed = number(optarg); break;
		default: return AC_USAGE;
		}
	if (optind != argc - 1)
		die(AC_USAGE, "usage: split [-de] [-k LO-HI] [-n JOINS] "
		    "[-s SEED] FILE");
	read_passages(&all, argv + optind);
	run(&all, &plan, argv[optind]);
	for (i = 0; i < all.n; i++) {
		buf_free(&all.v[i].doc);
		buf_free(&all.v[i].text);
		pieces_free(&all.v[i].units);
	}
	free(all.v);
	if (fflush(stdout) != 0 || ferror(stdout))
		die(AC_IO, "cannot write");
	return AC_DONE;
}
