/*
 * Pairs for nothing, out of a tree of questions: in its own context a node's
 * question is better than that of another node of the tree.  Every question
 * of a pair is once the better and once the worse one, so what sees no
 * context is right half the time, by construction:
 *   sibling  in either child's context its own question is better than the
 *            other child's, which is about the other half
 *   parent   in a child's context its own question is better than the
 *            parent's, which needs more than is there
 *   child    in the parent's context its own question is better than a
 *            child's, which is about a part
 * Of a node with P questions and one with N, pair i is of question i mod P
 * and i mod N, max(P, N) of them.
 */
#ifndef AUGCON_SIBLINGS_H
#define AUGCON_SIBLINGS_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/pairs.h"

struct sibling_in {		/* one question of a node; borrowed */
	struct pair_text id;	/* the node's: equal for all its questions */
	struct pair_text parent;	/* s NULL: a root */
	struct pair_text root, context, question;
	unsigned long place;	/* as in struct pair_in */
};

enum { SIBLING, SIBLING_PARENT, SIBLING_CHILD, SIBLING_KINDS };
extern const char *const sibling_kinds[SIBLING_KINDS];

struct siblings {
	struct vocab *text;	/* every string there is */
	struct sibling_line {
		uint32_t context, question;	/* texts */
		unsigned long place;
		size_t next;	/* another question of the node, or NONE */
	} *line;
	size_t nlines, lines_cap;
	struct sibling_node {
		uint32_t id, parent, root;	/* texts; parent: UINT32_MAX
						   of a root */
		size_t first, last, questions;	/* lines */
		size_t kid, last_kid, next;	/* nodes, or NONE */
		int paired;
	} *node;
	size_t nnodes, nodes_cap;
	size_t *at;		/* by text: the node with this id, or NONE */
	size_t at_cap;
	size_t pairs[SIBLING_KINDS];	/* made by siblings_join */
	size_t lone;		/* nodes that are in none of them */
};

/* 0, or -1 without memory; free either way. */
int siblings_init(struct siblings *);
void siblings_free(struct siblings *);

/* Lines may come in any order; nodes are known by their id.  0 or -1. */
int siblings_add(struct siblings *, const struct sibling_in *);

/*
 * Adds the lines of all pairs to `to`, which is not joined yet, and says to
 * it which nodes are in none (pairs_lone).  0 or -1.
 */
int siblings_join(struct siblings *, struct pairs *to);

#endif
