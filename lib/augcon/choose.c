#include "augcon/choose.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/rouge.h"
#include "base/mem.h"
#include "text/token.h"

/* The first ids of the vocabulary. */
static const char *const articles[] = { "a", "an", "the" };
enum { ARTICLES = 3 };

struct choice {
	struct vocab *vocab;
	struct tokens *v;	/* of each text */
	size_t n;
	double *like;		/* how like the others each is, summed */
};

static void
choice_free(struct choice *c)
{
	size_t i;

	for (i = 0; c->v != NULL && i < c->n; i++)
		tokens_free(&c->v[i]);
	free(c->v);
	free(c->like);
	vocab_free(c->vocab);
}

static int
choice_init(struct choice *c, const struct buf *const *texts, size_t n)
{
	struct buf scratch = BUF_INIT;
	size_t i;
	int r = 0;

	c->n = n;
	c->vocab = vocab_new();
	c->v = mem_new(n, sizeof(*c->v));
	c->like = mem_new(n, sizeof(*c->like));
	if (c->vocab == NULL || c->v == NULL || c->like == NULL)
		return -1;
	for (i = 0; i < ARTICLES; i++)
		if (vocab_id(c->vocab, articles[i], strlen(articles[i])) !=
		    i)
			return -1;
	for (i = 0; r == 0 && i < n; i++)
		r = token_ids(TOKEN_UNICODE, buf_cstr(texts[i]),
		    texts[i]->len, c->vocab, &scratch, &c->v[i]);
	buf_free(&scratch);
	return r;
}

/* Takes the articles out, unless there is nothing else. */
static void
drop_articles(struct tokens *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->n; i++)
		n += t->v[i] >= ARTICLES;
	if (n == 0)
		return;
	for (i = n = 0; i < t->n; i++)
		if (t->v[i] >= ARTICLES)
			t->v[n++] = t->v[i];
	t->n = n;
}

static int
same(const struct tokens *a, const struct tokens *b)
{
	return a->n == b->n && (a->n == 0 ||
	    memcmp(a->v, b->v, a->n * sizeof(*a->v)) == 0);
}

static void
count_votes(struct choice *c)
{
	size_t i, k;

	for (i = 0; i < c->n; i++)
		drop_articles(&c->v[i]);
	for (i = 0; i < c->n; i++)
		for (k = 0; k < c->n; k++)
			c->like[i] += same(&c->v[i], &c->v[k]);
}

static int
sum_likeness(struct choice *c)
{
	struct rouge_lcs lcs;
	size_t i, k, longest = 0;
	double f;
	int r;

	for (i = 0; i < c->n; i++)
		if (c->v[i].n > longest)
			longest = c->v[i].n;
	r = rouge_lcs_init(&lcs, vocab_size(c->vocab), longest);
	for (i = 0; r == 0 && i < c->n; i++) {
		rouge_lcs_set(&lcs, c->v[i].v, c->v[i].n);
		for (k = i + 1; k < c->n; k++) {
			f = rouge_value(ROUGE_F, rouge_lcs(&lcs, c->v[k].v,
			    c->v[k].n), c->v[i].n, c->v[k].n);
			c->like[i] += f;
			c->like[k] += f;
		}
	}
	rouge_lcs_free(&lcs);
	return r;
}

int
choose_text(enum choose_how how, const struct buf *const *texts, size_t n,
    size_t asked, size_t *which, double *agreement)
{
	struct choice c = { .n = 0 };
	size_t i, best = 0, of = how == CHOOSE_MAJORITY ? asked : asked - 1;
	int r = choice_init(&c, texts, n);

	if (r == 0 && how == CHOOSE_MAJORITY)
		count_votes(&c);
	else if (r == 0)
		r = sum_likeness(&c);
	/* Sums of one pair of texts in two orders differ by less than this. */
	for (i = 1; r == 0 && i < n; i++)
		if (c.like[i] > c.like[best] + 1e-9)
			best = i;
	*which = best;
	*agreement = of == 0 ? 1 : r == 0 ? c.like[best] / (double)of : 0;
	choice_free(&c);
	return r;
}
