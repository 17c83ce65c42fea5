/*
 * What tests/rouge/record.py recorded, and our own tokens and ROUGE-L beside
 * it.
 */
#ifndef ROUGE_PEERS_H
#define ROUGE_PEERS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "augcon/rouge.h"
#include "base/mem.h"
#include "check.h"
#include "rec/rec.h"
#include "text/token.h"

static const char *top;		/* of the tree, with a '/' at the end */

/* The lines of a file. */
struct lines {
	char **s;
	size_t n, cap;
};

/* 0, or -1 when there is no such file. */
static int
lines_read(struct lines *l, const char *folder, const char *name)
{
	struct buf path = BUF_INIT;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	FILE *f;

	memset(l, 0, sizeof(*l));
	buf_fmt(&path, "%s%s", folder, name);
	f = fopen(buf_cstr(&path), "r");
	buf_free(&path);
	if (f == NULL)
		return -1;
	while ((n = getline(&line, &cap, f)) > 0) {
		n -= line[n - 1] == '\n';
		if (mem_grow(&l->s, &l->cap, l->n + 1, sizeof(*l->s)) < 0)
			abort();
		l->s[l->n++] = mem_dup(line, (size_t)n);
	}
	free(line);
	fclose(f);
	return 0;
}

static void
lines_free(struct lines *l)
{
	while (l->n > 0)
		free(l->s[--l->n]);
	free(l->s);
}

/* A recorded line, and the tokens of its two texts. */
struct pair {
	struct rec r;
	struct vocab *vocab;
	struct buf scratch;
	struct tokens a, b;
};

static void
pair_free(struct pair *p)
{
	rec_free(&p->r);
	vocab_free(p->vocab);
	buf_free(&p->scratch);
	tokens_free(&p->a);
	tokens_free(&p->b);
}

static void
pair_line(struct pair *p, const char *line)
{
	pair_free(p);
	memset(p, 0, sizeof(*p));
	p->vocab = vocab_new();
	if (p->vocab == NULL ||
	    rec_take(&p->r, mem_dup(line, strlen(line)), strlen(line), "-",
	    0) < 0)
		abort();
	CHECK(p->r.bad == NULL);
}

static void
pair_tokens(struct pair *p, enum token_mode mode, struct tokens *to,
    const char *s, size_t len)
{
	CHECK(token_ids(mode, s, len, p->vocab, &p->scratch, to) == 0);
}

static size_t
count(struct pair *p, const char *name)
{
	long n = -1;

	CHECK(rec_integer(&p->r, name, &n) == 1 && n >= 0);
	return (size_t)n;
}

static int
near(struct pair *p, const char *name, double got, double most)
{
	double want = -1;

	CHECK(rec_number(&p->r, name, &want) == 1);
	return fabs(got - want) <= most;
}

static size_t
lcs(const struct pair *p)
{
	uint32_t *row = calloc(p->b.n + 1, sizeof(*row));
	struct rouge_lcs bits = { 0 };
	size_t l, fast;

	if (row == NULL || rouge_lcs_init(&bits, vocab_size(p->vocab) + 1,
	    p->a.n + 1) < 0)
		abort();
	l = rouge_lcs_plain(p->a.v, p->a.n, p->b.v, p->b.n, row);
	rouge_lcs_set(&bits, p->a.v, p->a.n);
	fast = rouge_lcs(&bits, p->b.v, p->b.n);
	CHECK(l == fast);
	rouge_lcs_free(&bits);
	free(row);
	return l;
}

/*
 * Our L, m, n, P, R, F and decision are the recorded ones.  rouge-chinese
 * adds 1e-8 to a divisor, so that its F is lower by less than that, and at
 * 0.7 decides as we do; rouge_score has F = 0 for two empty texts.
 */
static void
pair_check(struct pair *p, double most)
{
	struct rouge_test test = { ROUGE_F, 7, 10 };
	size_t m = p->a.n, n = p->b.n, l = lcs(p);
	int ok = l == count(p, "l") && m == count(p, "m") &&
	    n == count(p, "n"), close = rouge_close(&test, l, m, n);
	double f = 0;

	CHECK(rec_number(&p->r, "f", &f) == 1);
	if (m + n > 0) {
		ok &= near(p, "f", rouge_value(ROUGE_F, l, m, n), most);
		ok &= near(p, "p", m == 0 ? 0 :
		    rouge_value(ROUGE_PRECISION, l, m, n), 1e-9);
		ok &= near(p, "r", n == 0 ? 0 :
		    rouge_value(ROUGE_PRECISION, l, n, m), 1e-9);
		/* At the threshold to the point rouge_score may err. */
		ok &= close == (f > 0.7) ||
		    (most < 1e-8 && 20 * l == 7 * (m + n));
	} else
		ok &= close && f == 0;
	CHECK(ok);
	if (!ok)
		printf("\tL %zu of %zu and %zu: %.*s\n", l, m, n,
		    (int)p->r.len, p->r.s);
}

/* The tree is where build/unit/NAME is. */
static const char *
find_top(const char *self, struct buf *out)
{
	size_t len = strlen(self), up;

	for (up = 0; len > 0 && up < 3; len--)
		up += self[len - 1] == '/';
	if (up == 3)
		buf_fmt(out, "%.*s/", (int)len, self);
	return buf_cstr(out);
}

#endif
