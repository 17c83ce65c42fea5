/*
 * The embeddings of a tree's units, for --by embed: each is asked for once,
 * however many nodes have it, and known by a number.
 */
#ifndef CMD_EMBEDDED_H
#define CMD_EMBEDDED_H

#include <stddef.h>

#include "base/buf.h"
#include "text/sent.h"
#include "text/token.h"

struct unit {
	float *v;		/* owned; NULL: not there */
	const char *code, *message;	/* why it never will be */
	int status;
};

struct embedded {
	struct vocab *vocab;	/* the units' texts; NULL before the first */
	struct unit *unit;	/* by number */
	size_t n, cap;
	size_t dim;		/* of their vectors; 0 before the first */
};

/*
 * The number of a unit of a context, and its text on one line, as it is
 * asked for.  1: it is new; 0: it is known; -1: no memory.
 */
int embedded_number(struct embedded *, const char *context,
    const struct piece *, struct buf *text, size_t *number);

/*
 * Takes the embedding that has come for a unit, JSON as in embed.h.  0; 1:
 * *why says what is wrong with it; -1: no memory.
 */
int embedded_take(struct embedded *, size_t number, const char *json,
    struct buf *why);

/*
 * Where to cut a context whose units have all been asked for and answered.
 * 0; 1: *failed is a unit that got no embedding; -1: no memory.
 */
int embedded_cut(struct embedded *, const char *context,
    const struct pieces *, size_t *cut, const struct unit **failed);

void embedded_free(struct embedded *);

#endif
