/*
 * How common a term is, learnt from the texts a scorer was trained on: in
 * how many of them it occurs.  The weight of a term is
 *     1 - log(1 + df) / log(1 + texts),
 * 1 for a term that no text had and 0 for one that all had, so that tables
 * of different sizes can stand for each other and an unseen language is
 * simply a language of rare words.
 */
#ifndef AUGCON_DF_H
#define AUGCON_DF_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* More terms than this are not kept: the rarest go first. */
enum { DF_TERMS = 4096 };

struct df;
struct df *df_new(void);
void df_free(struct df *);

/* Counts one text, valid UTF-8.  0, or -1 without memory. */
int df_count(struct df *, const char *, size_t len, struct buf *scratch);

/*
 * Ends the counting: keeps the DF_TERMS most common terms of those that at
 * least three texts have and that are no longer than 64 bytes, in the order
 * of their counts, then of their bytes.  0, or -1 without memory.
 */
int df_finish(struct df *);

/* The number of texts, and of terms kept. */
size_t df_texts(const struct df *);
size_t df_size(const struct df *);

/* A kept term in that order; the bytes are the table's. */
const char *df_term(const struct df *, size_t i, size_t *len, size_t *count);

/*
 * Fills an empty table with n terms in df_finish's order.  0; 1 when they
 * are not in that order; -1 without memory.
 */
struct df_line {
	const char *s;		/* borrowed during the call */
	size_t len, count;
};
int df_read(struct df *, size_t texts, const struct df_line *, size_t n);

/* The weight of a term by its hash (terms.h), 0 to 1. */
double df_weight(const struct df *, uint64_t hash);

#endif
