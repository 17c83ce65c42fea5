/* Sets of questions to be selected from, for the tests of it. */
#ifndef TESTS_DEDUP_H
#define TESTS_DEDUP_H

#include <stdlib.h>
#include <string.h>

#include "augcon/dedup.h"
#include "check.h"

enum { NMAX = 160, LENGTH = 300, NROOTS = 6 };

/* A set of questions, with room for the tokens of all. */
struct set {
	struct dedup_question q[NMAX];
	uint32_t tokens[NMAX * LENGTH];
	size_t n, ntokens;
	uint32_t quota[NROOTS];
};

static inline void
add(struct set *s, const uint32_t *v, size_t n, uint32_t root, double score)
{
	struct dedup_question *q = &s->q[s->n++];

	memset(q, 0, sizeof(*q));
	q->token = s->ntokens;
	q->ntokens = (uint32_t)n;
	q->root = root;
	q->score = score;
	if (n > 0)
		memcpy(s->tokens + s->ntokens, v, n * sizeof(*v));
	s->ntokens += n;
}

static inline struct dedup_rule
rule_of(enum rouge_measure measure, const char *threshold, int all)
{
	struct dedup_rule rule = { .test.measure = measure, .all = all,
	    .threads = 1 };
	struct buf why = BUF_INIT;

	if (rouge_threshold(&rule.test, threshold, &why) == -1)
		abort();
	buf_free(&why);
	return rule;
}

#endif
