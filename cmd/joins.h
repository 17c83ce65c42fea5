/*
 * Joins: the first sentences of one chunk and those of a chunk of another
 * document make a text whose topic changes where they meet.  A free test of
 * those who cut texts: no label is needed.
 */
#ifndef CMD_JOINS_H
#define CMD_JOINS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "rec/filter.h"
#include "text/sent.h"

struct joined {
	struct buf text;
	struct pieces units;	/* as ac-split has them */
	size_t cut;		/* the units before the place where they meet */
	const char *file;	/* of the first chunk, for messages */
	unsigned long at;
};

struct chunk_of {
	struct buf doc, text;
	struct pieces units;
	const char *file;
	unsigned long at;
};

struct joins {
	struct chunk_of *chunk;	/* owned */
	size_t nchunks, chunk_cap;
	struct joined *v;	/* owned */
	size_t n, cap;
};

/* Reads chunks with `context` and `doc`: as humans_read(). */
int joins_read(struct joins *, struct filter *, size_t min, struct buf *why);

/*
 * Makes n of them: of each side the first 1 to 4 sentences, three at least
 * in all, so that there is a choice.  0; AC_USAGE: *why says that the chunks
 * do not give as many; AC_BUG without memory.
 */
int joins_make(struct joins *, size_t n, size_t min, uint64_t *rng,
    struct buf *why);
void joins_free(struct joins *);

#endif
