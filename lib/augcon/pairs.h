/*
 * Lines of training data (ac-train-scorer(1)) joined to pairs of a better
 * and a worse question.  Lines with the same `pair` belong together, lines
 * without one by their context.  Of a group with P better and N worse
 * questions, pair i joins better i mod P and worse i mod N, max(P, N) of
 * them: every line takes part and the number stays linear.
 */
#ifndef AUGCON_PAIRS_H
#define AUGCON_PAIRS_H

#include <stddef.h>
#include <stdint.h>

#include "augcon/terms.h"
#include "base/buf.h"
#include "text/token.h"

struct pair_text {
	const char *s;		/* NULL: the member is absent */
	size_t len;
};

struct pair_in {		/* one line; borrowed */
	struct pair_text context, question, kind, root, pair;
	struct pair_text id;	/* what to call the line by */
	int label;		/* 1 better, 0 worse */
	unsigned long place;	/* which record it is, for messages */
};

struct pair_line {
	uint32_t context, question;	/* ids */
	uint32_t kind, root, group;
	uint32_t id;		/* a name; UINT32_MAX: it has none */
	int label;
	unsigned long place;
	struct terms terms;	/* of the question */
};

struct pair {
	size_t good, bad;	/* lines */
	uint32_t kind;		/* of the worse line */
	uint32_t root;		/* of the better one */
};

struct pairs {
	struct pair_line *line;
	size_t nlines, lines_cap;
	struct terms *context;	/* by id */
	size_t contexts_cap;
	struct pair *v;		/* made by pairs_join */
	size_t n, cap;
	struct vocab *contexts, *questions, *kinds, *roots, *groups, *names;
	struct pair_lone {	/* what gave no pair: contexts, mostly */
		uint32_t id, root;	/* id: a name, or UINT32_MAX */
	} *lone;
	size_t nlone, lone_cap;
	size_t same;		/* pairs left out: the questions are equal */
	struct buf scratch, key;
};

/* 0, or -1 without memory; free either way. */
int pairs_init(struct pairs *);
void pairs_free(struct pairs *);
int pairs_add(struct pairs *, const struct pair_in *);
int pairs_join(struct pairs *);

/* Takes the pairs of marked lines out; returns how many. */
size_t pairs_drop(struct pairs *, const unsigned char *marked);
/* Notes that something gave no pair; s NULL: it has no such name. */
int pairs_lone(struct pairs *, const struct pair_text *id,
    const struct pair_text *root);

/* The name of a kind, as a string; owned by the pairs' key buffer. */
const char *pairs_kind(struct pairs *, uint32_t kind);

/* Borrowed; s NULL: none was given. */
struct pair_text pairs_name(const struct pairs *, uint32_t id);
struct pair_text pairs_root(const struct pairs *, uint32_t root);

#endif
