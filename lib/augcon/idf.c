/* The table of term counts. */
#include "augcon/idf.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/token.h"

/* Whole numbers, so that sums of weights are exact in any order. */
enum { SCALE = 16 };

struct idf {
	struct vocab *terms;
	double *weight;		/* by term id */
	size_t cap;
	double unknown;		/* of a term that the table lacks */
};

struct line {
	const char *s;
	size_t len;
};

/* Takes the next line off *p; one without its line end is cut short. */
static int
next_line(const char **p, const char *end, struct line *l)
{
	const char *s = *p;

	while (*p < end && **p != '\n')
		++*p;
	if (*p == end)
		return -1;
	l->s = s;
	l->len = (size_t)(*p - s);
	++*p;
	return 0;
}

/* A number from 1 to max of decimal digits alone; 0 when it is not. */
static uint64_t
number(const char *s, size_t len, uint64_t max)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (uint64_t)(s[i] - '0');
		if (n > max)
			return 0;
	}
	return n;
}

static double
weigh(double chunks, double with)
{
	return floor(SCALE * log((chunks + 1) / (with + 0.5)) + 0.5);
}

/* Adds a line to the table; returns what is wrong with it, or NULL. */
static const char *
idf_line(struct idf *idf, struct line l, uint64_t chunks)
{
	size_t tab = l.len, n = vocab_size(idf->terms);
	uint64_t with;

	while (tab > 0 && l.s[tab - 1] != '\t')
		tab--;
	with = number(l.s + tab, l.len - tab, chunks);
	if (tab < 2)
		return "not a term, a tab and a count";
	if (with == 0)
		return "the count is not from 1 to the number of chunks";
	if (mem_grow(&idf->weight, &idf->cap, n + 1,
	    sizeof(*idf->weight)) != 0 ||
	    vocab_id(idf->terms, l.s, tab - 1) == UINT32_MAX)
		return "out of memory";
	if (vocab_size(idf->terms) == n)
		return "this term stands in the table twice";
	idf->weight[n] = weigh((double)chunks, (double)with);
	return NULL;
}

static const char *
idf_read(struct idf *idf, const char *p, size_t len, uintmax_t *at)
{
	const char *end = p + len, *wrong;
	uint64_t chunks;
	struct line l;

	*at = 1;
	if (next_line(&p, end, &l) != 0 ||
	    (chunks = number(l.s, l.len, UINT32_MAX)) == 0)
		return "not the number of chunks";
	idf->unknown = weigh((double)chunks, 0);
	while (p < end) {
		++*at;
		if (next_line(&p, end, &l) != 0)
			return "cut short";
		wrong = idf_line(idf, l, chunks);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

struct idf *
idf_parse(const char *s, size_t len, struct buf *why)
{
	struct idf *idf = mem_new(1, sizeof(*idf));
	const char *wrong;
	uintmax_t at;

	if (idf == NULL || (idf->terms = vocab_new()) == NULL) {
		buf_str(why, "out of memory");
		idf_free(idf);
		return NULL;
	}
	wrong = idf_read(idf, s, len, &at);
	if (wrong != NULL) {
		buf_fmt(why, "line %ju: %s", at, wrong);
		idf_free(idf);
		return NULL;
	}
	return idf;
}

void
idf_free(struct idf *idf)
{
	if (idf == NULL)
		return;
	vocab_free(idf->terms);
	free(idf->weight);
	free(idf);
}

double
idf_weight(const struct idf *idf, const char *term, size_t len)
{
	uint32_t id = vocab_find(idf->terms, term, len);

	return id == UINT32_MAX ? idf->unknown : idf->weight[id];
}
