/*
 * What a model is asked about a node of the tree and what its reply says:
 * a question and a cut (`--by cut`), a question and both parts written out
 * (`rewrite`), or a question alone, of a node that cannot be split.  What
 * `--by embed` asks is in embedded.h.
 */
#ifndef CMD_NODE_H
#define CMD_NODE_H

#include "llm/flow.h"
#include "llm/prompt.h"
#include "tree.h"

enum by { BY_CUT, BY_REWRITE, BY_COHESION, BY_EMBED, BY_MIDDLE };

struct how {
	enum by by;
	long max_depth;
	struct prompts split, ask;	/* of --by, and of a question alone */
	const struct opt_list *define;
	const char *examples;	/* messages in the place of the prompt's own,
				 * or NULL */
};

/* What a reply says about a node, checked; zero it before. */
struct parts {
	struct buf question;
	int whole;		/* it does not stop before its end */
	size_t cut;		/* units in the first part */
	struct buf text[2];	/* rewrite: the parts */
	int usable;		/* the split passes the guards */
};

/* True when no model is asked about any node. */
int how_is_local(const struct how *);

/* True when a model is asked for questions, too. */
int how_has_questions(const struct how *);

/* True when a node is asked for its question alone. */
int node_asks_only(const struct how *, const struct node *);

/* The prompt of a node, in the language of its context. */
const struct prompt *node_prompt(const struct how *, const struct node *);

/* Appends the request's messages and the schema of its answer.  0 or -1. */
int node_ask(const struct how *, const struct node *, struct buf *messages,
    struct buf *schema);

/* Reads a reply.  0: it has a question; 1: it has none; -1: no memory. */
int node_read(const struct how *, const struct node *,
    const struct flow_reply *, struct parts *, struct buf *why);

/* Frees and zeroes it. */
void parts_free(struct parts *);

#endif
