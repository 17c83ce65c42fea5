/*
 * Where to cut a context so that its two parts share the fewest words:
 * lexical cohesion, after TextTiling (Hearst, Computational Linguistics 23,
 * 1997) and C99 (Choi, NAACL 2000).  No model, no state: the answer is a
 * function of the text and the table.
 */
#ifndef AUGCON_COHESION_H
#define AUGCON_COHESION_H

#include <stddef.h>

#include "base/buf.h"
#include "text/sent.h"

/*
 * In how many chunks of a corpus each term occurs, as `ac-chunk --df` writes
 * it: a first line with the number of chunks, then a line "term TAB count"
 * each.  A term that is rare in the corpus weighs more.
 */
struct idf;

/* Reads a table from bytes; NULL with the line and reason in `why`. */
struct idf *idf_parse(const char *, size_t len, struct buf *why);
void idf_free(struct idf *);

/*
 * The best cut (see split.h) between the units of a text into *cut, 0 when
 * there are fewer than two units; of equal cuts the one nearer the middle,
 * then the earlier.  `idf` may be NULL: all terms weigh the same.  Work is
 * linear in the text.  0, or -1 without memory.
 */
int cohesion_cut(const char *text, const struct pieces *,
    const struct idf *, size_t *cut);

#endif
