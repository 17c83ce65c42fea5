/*
 * Copied: the question is a stretch of its context, or a long answer is one.
 * A short answer in the context's words is as it should be.
 */
#include "augcon/gate_int.h"
#include "augcon/span.h"
#include "base/mem.h"

enum {
	QUESTION_WORDS = 4,	/* a question is looked at from so many, */
	WORDS = 15,		/* an answer from so many, */
	CHARS = 25		/* in characters of one word each */
};

static const double SHARE = 0.8;	/* of the answer in one run */

/* The words of a text that stand in one run in the context, or 0. */
static int
shared(struct gate_case *c, enum gate_part part, size_t least,
    size_t *n, size_t *at)
{
	const struct words *w = &c->part[part].words;
	const struct words *b = &c->part[GATE_CONTEXT].words;

	if (mem_grow(&c->span, &c->span_cap, 3 * (w->n + b->n),
	    sizeof(*c->span)) < 0)
		return -1;
	*n = span_longest(w, b, least, c->span, at);
	return 0;
}

static size_t
least_words(const struct words *w, size_t words, size_t chars)
{
	return w->chars > w->n / 2 ? chars : words;
}

int
gate_copied(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *q = &c->part[GATE_QUESTION];
	const struct gate_text *a = &c->part[GATE_ANSWER];
	size_t n, at = 0, least;

	if (q->words.n >= least_words(&q->words, QUESTION_WORDS, CHARS / 2)) {
		if (shared(c, GATE_QUESTION, q->words.n, &n, &at) < 0)
			return -1;
		if (n > 0)
			return gate_bad_words(f, "copied", GATE_QUESTION, q,
			    at, n);
	}
	if (a->s == NULL || a->words.n < least_words(&a->words, WORDS, CHARS))
		return 0;
	least = (size_t)((double)a->words.n * SHARE);
	if (shared(c, GATE_ANSWER, least, &n, &at) < 0)
		return -1;
	if (n == 0)
		return 0;
	f->share = (double)n / (double)a->words.n;
	return gate_bad_words(f, "copied", GATE_ANSWER, a, at, n);
}
