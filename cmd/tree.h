/*
 * The Context-Split-Tree of one job as records: nodes, their children's
 * lines, pre-order (ac-record(5), NODES).  A child is first built as its
 * open line and then treated like an input line, so growing by levels and
 * growing at once give the same bytes (law L5).
 */
#ifndef CMD_TREE_H
#define CMD_TREE_H

#include <stddef.h>

#include "base/buf.h"
#include "embedded.h"
#include "rec/rec.h"
#include "text/sent.h"

enum node_state { NODE_OPEN, NODE_SPLIT, NODE_LEAF, NODE_PASS, NODE_FAILED };

struct node {
	struct rec rec;		/* its open line */
	enum node_state state;
	struct buf context, id;	/* id: its own, else hash of the context */
	int has_context;	/* the member is there and a text */
	long depth, sample;	/* members; 0 when absent */
	long start;		/* byte offset of the context in its document */
	unsigned long level;	/* levels below the input line */
	struct pieces units;
	struct buf question;
	const char *why;	/* of a leaf */
	const char *code, *message;	/* of a failure */
	int status;
	size_t kid[2];		/* indices; 0: none */
	int is_kid;
	int waits;		/* for its units' embeddings */
};

/* Names of members, which a user may choose. */
struct tree_names {
	const char *context, *id, *question;
};

struct tree {
	const struct tree_names *names;
	struct node *v;		/* owned */
	size_t n, cap;
	size_t grown;		/* nodes before this one have been looked at */
	struct embedded embedded;	/* units, of --by embed */
};

/* Adds a node for an input line (a copy).  NULL without memory. */
struct node *tree_add(struct tree *, const struct rec *);

/*
 * Adds child `which` (0 or 1) of a node: `len` bytes of context; with
 * `offset` >= 0 they lie that far behind the parent's start, else the child
 * has no span.  0, or -1 without memory.  Pointers to nodes become invalid.
 */
int tree_add_child(struct tree *, size_t parent, int which,
    const char *context, size_t len, long offset);

/* Adds the root of another tree (sample k >= 1) of the same root context. */
int tree_add_round(struct tree *, size_t root, long k);

/* What a record is known by: its id, else the hash of its context. */
void tree_known_by(const struct tree_names *, struct rec *,
    const struct buf *context, struct buf *id);

/*
 * The root that a record is of: it names one, or is one itself, known by its
 * id or else by the hash of its context.  0, or -1 without memory.
 */
int tree_root(const struct tree_names *, struct rec *, struct buf *root);

/* A failure; code and message are borrowed. */
void node_fail(struct node *, const char *code, const char *message,
    int status);

/* Sets the members that say what became of a node. */
void node_finish(const struct tree *, struct node *);

/*
 * Calls fn for every node in pre-order until it returns -1.  0, -1, or -2
 * without memory.
 */
int tree_each(struct tree *, int (*fn)(void *, struct node *), void *arg);

void tree_free(struct tree *);

#endif
