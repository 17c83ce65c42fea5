/* What the parts of the selection share. */
#ifndef AUGCON_DEDUP_INT_H
#define AUGCON_DEDUP_INT_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/dedup.h"

enum { THREADS = 64 };		/* at most */

/* What one selection works with; threads share it. */
struct run {
	const struct dedup_rule *rule;
	const uint32_t *tokens;
	struct dedup_question *q;
	const uint32_t *quota;	/* by root, or NULL */
	uint32_t *have;		/* kept so far, by root */
	uint32_t *order;	/* questions as visited, scope by scope */
	size_t n, nids, longest;
};

/*
 * Asks for what a visit to `at` of the order will need: questions lie
 * anywhere.
 */
static inline void
run_ahead(const struct run *r, size_t at, size_t end)
{
	enum { TOKENS = 8, QUESTION = 16 };

	if (at + QUESTION < end)
		__builtin_prefetch(&r->q[r->order[at + QUESTION]]);
	if (at + TOKENS < end)
		__builtin_prefetch(r->tokens +
		    r->q[r->order[at + TOKENS]].token);
}

/* The end of the scope that begins at (or holds) `from` of the order. */
size_t run_scope_end(const struct run *, size_t from);

/* Is the scope large enough for an index? */
int run_is_indexed(const struct run *, size_t from, size_t end);

/* True, and the verdict set, when a limit stops one more than nkept. */
int run_is_full(const struct run *, struct dedup_question *, size_t nkept);

/* True, and the verdict set, when L makes the pair too close. */
int run_is_close(const struct run *, struct dedup_question *, uint32_t of,
    size_t lcs);
void run_keep(struct run *, struct dedup_question *);

size_t run_threads(const struct run *);

/*
 * Runs n jobs of `size` bytes each, the first in this thread, and waits.  A
 * job whose thread cannot be had is done here too.
 */
void run_jobs(void *(*fn)(void *), void *jobs, size_t size, size_t n);

/* All scopes that need no index, and all that do.  0 or -1. */
int run_linear(struct run *);
int run_large(struct run *);

/* All scopes, by vectors.  0 or -1. */
int run_cosine(struct run *);

#endif
