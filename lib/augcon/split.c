#include "augcon/split.h"

#include <stdint.h>

#include "augcon/rouge.h"
#include "base/mem.h"
#include "text/line.h"
#include "text/token.h"
#include "text/utf8.h"

static int
append(struct pieces *to, const struct pieces *from, size_t shift)
{
	size_t i;

	if (mem_grow(&to->v, &to->cap, to->n + from->n, sizeof(*to->v)) != 0)
		return -1;
	for (i = 0; i < from->n; i++) {
		to->v[to->n] = from->v[i];
		to->v[to->n++].start += shift;
	}
	return 0;
}

/* Sentence by sentence, since an edge of a clause need not end a sentence. */
static int
cut_clauses(const char *text, size_t len, struct pieces *out)
{
	struct pieces sentences = { NULL, 0, 0 }, clauses = { NULL, 0, 0 };
	const struct piece *s;
	size_t i;
	int r;

	out->n = 0;
	r = sent_cut(text, len, sent_sentence, &sentences);
	for (i = 0; r == 0 && i < sentences.n; i++) {
		s = &sentences.v[i];
		r = sent_cut(text + s->start, s->len, sent_clause, &clauses);
		if (r == 0)
			r = append(out, &clauses, s->start);
	}
	pieces_free(&sentences);
	pieces_free(&clauses);
	return r;
}

int
split_units(const char *text, size_t len, size_t min, struct pieces *out)
{
	out->n = 0;
	if (len == 0)
		return 0;
	if (sent_cut(text, len, sent_sentence, out) != 0)
		return -1;
	pieces_join_short(text, out, min);
	if (out->n > 1)
		return 0;
	if (cut_clauses(text, len, out) != 0)
		return -1;
	pieces_join_short(text, out, min);
	return 0;
}

size_t
split_offset(const struct pieces *units, size_t cut)
{
	return units->v[cut].start;
}

static size_t
unit_count(const char *text, const struct piece *p)
{
	return utf8_count(text + p->start, p->len);
}

size_t
split_middle(const char *text, const struct pieces *units)
{
	size_t i, total = 0, before = 0, off, best_off = 0, best = 0;

	for (i = 0; i < units->n; i++)
		total += unit_count(text, &units->v[i]);
	for (i = 1; i < units->n; i++) {
		before += unit_count(text, &units->v[i - 1]);
		off = before < total - before ? total - 2 * before :
		    2 * before - total;
		if (best == 0 || off < best_off) {
			best = i;
			best_off = off;
		}
	}
	return best;
}

void
split_render(const char *text, const struct pieces *units, struct buf *out)
{
	size_t i;

	for (i = 0; i < units->n; i++) {
		buf_fmt(out, "[%zu] ", i + 1);
		line_add(out, text + units->v[i].start, units->v[i].len);
		buf_byte(out, '\n');
	}
}

/*
 * Comparing takes time as the product of two lengths; a part of more tokens
 * than this is refused, not compared.
 */
enum { LONGEST_PART = 65536 };

enum { WHOLE, FIRST, SECOND, TEXTS };

static const char *const part_name[TEXTS] = { "whole", "first", "second" };

struct guard {
	struct vocab *vocab;
	struct tokens tokens[TEXTS];
	struct buf scratch;
	struct rouge_lcs lcs;
};

static void
guard_free(struct guard *g)
{
	int i;

	rouge_lcs_free(&g->lcs);
	for (i = 0; i < TEXTS; i++)
		tokens_free(&g->tokens[i]);
	vocab_free(g->vocab);
	buf_free(&g->scratch);
}

/* Most tokens that two texts share stand in the same order: ROUGE-L. */
static int
guard_words(struct guard *g, struct buf *why)
{
	static const struct rouge_test least = { ROUGE_PRECISION, 7, 10 };
	const struct tokens *w = &g->tokens[WHOLE], *t;
	size_t lcs;
	int i;

	if (rouge_lcs_init(&g->lcs, vocab_size(g->vocab), w->n) != 0)
		return -1;
	for (i = FIRST; i < TEXTS; i++) {
		t = &g->tokens[i];
		if (t->n == 0 || t->n > LONGEST_PART) {
			buf_fmt(why, "the %s part has %s words",
			    part_name[i], t->n == 0 ? "no" : "too many");
			return 1;
		}
		rouge_lcs_set(&g->lcs, t->v, t->n);
		lcs = rouge_lcs(&g->lcs, w->v, w->n);
		if (!rouge_close(&least, lcs, t->n, w->n)) {
			buf_fmt(why, "only %zu of the %s part's %zu words "
			    "are the context's", lcs, part_name[i], t->n);
			return 1;
		}
	}
	return 0;
}

/* Code points, but for blanks at the ends and more than one inside. */
static int
guard_points(struct guard *g, const char *text, size_t len, size_t *points)
{
	buf_reset(&g->scratch);
	line_add(&g->scratch, text, len);
	if (!buf_ok(&g->scratch))
		return -1;
	*points = utf8_count(buf_cstr(&g->scratch), g->scratch.len);
	return 0;
}

static int
guard_lengths(const size_t points[TEXTS], struct buf *why)
{
	uint64_t both = (uint64_t)points[FIRST] + points[SECOND];
	int i;

	for (i = FIRST; i < TEXTS; i++)
		if (points[i] >= points[WHOLE]) {
			buf_fmt(why, "the %s part is not shorter than the "
			    "context", part_name[i]);
			return 1;
		}
	if (5 * both < (uint64_t)4 * points[WHOLE]) {
		buf_fmt(why, "the parts have %ju of the context's %zu "
		    "characters", (uintmax_t)both, points[WHOLE]);
		return 1;
	}
	return 0;
}

int
split_guard(const char *whole, size_t len, const char *first,
    size_t first_len, const char *second, size_t second_len,
    struct buf *why)
{
	const char *text[TEXTS] = { whole, first, second };
	const size_t bytes[TEXTS] = { len, first_len, second_len };
	size_t points[TEXTS];
	struct guard g = { .vocab = vocab_new() };
	int i, r = g.vocab == NULL ? -1 : 0;

	for (i = 0; r == 0 && i < TEXTS; i++)
		r = guard_points(&g, text[i], bytes[i], &points[i]);
	if (r == 0)
		r = guard_lengths(points, why);
	for (i = 0; r == 0 && i < TEXTS; i++)
		r = token_ids(TOKEN_UNICODE, text[i], bytes[i], g.vocab,
		    &g.scratch, &g.tokens[i]);
	if (r == 0)
		r = guard_words(&g, why);
	guard_free(&g);
	return r;
}
