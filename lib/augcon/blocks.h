/*
 * What a scorer looks at: blocks of features, of which one is made from the
 * words (features.h) and the others from numbers that a model gives
 * (given.h).  A schema says which blocks, and of which model.  The numbers of
 * a question are a row: its blocks one after the other, in the order below.
 * What a block holds is part of the model file's format: change what it
 * holds or means, and change its version.
 */
#ifndef AUGCON_BLOCKS_H
#define AUGCON_BLOCKS_H

#include <stddef.h>

#include "base/buf.h"

enum block {
	BLOCK_LEXICAL,
	BLOCK_EMBED,		/* embeddings of question and context apart */
	BLOCK_STATE,		/* of both in one: with last-token pooling the
				   last hidden state, which AugCon's scorer
				   sees (arXiv 2405.16579, section 3.2) */
	BLOCK_LOGPROB,		/* of the question's tokens */
	BLOCK_JUDGE,		/* what the model itself says */
	BLOCKS
};

enum {
	SCHEMA_MODEL = 200,	/* bytes of a model's name, with its NUL */
	SCHEMA_DIM = 65536	/* most numbers of an embedding */
};

struct schema {
	unsigned char has[BLOCKS];
	size_t dim;		/* of an embedding; 0: not known, or none */
	char model[SCHEMA_MODEL];	/* "": no block needs one */
};

/* Reads "lexical,embed".  0, or -1: *why says what is wrong. */
int schema_parse(struct schema *, const char *list, struct buf *why);

/* Does a block need a model?  Embeddings? */
int schema_asks(const struct schema *);
int schema_embeds(const struct schema *);

/* The numbers in a row. */
size_t schema_size(const struct schema *);

/*
 * A part of a row: a number with a name, or one for each of an embedding's,
 * with one name for all.
 */
struct part {
	enum block block;
	const char *name;
	size_t at, n;		/* where in the row, how many */
	int is_vector;
	int blind;		/* it does not look at the context */
};

/* The part that begins at `at`.  1, or 0 at the end of the row. */
int schema_part(const struct schema *, size_t at, struct part *);

/* A block: its name and version, where it is, its size (0: not there). */
const char *block_name(enum block);
int block_version(enum block);
size_t block_at(const struct schema *, enum block);
size_t block_size(const struct schema *, enum block);

/* The block of this name, or BLOCKS. */
enum block block_find(const char *name, size_t len);

/* 16 hex digits that change when the list of its parts or its version does. */
void block_hash(enum block, char out[17]);

#endif
