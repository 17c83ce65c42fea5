/*
 * In how many chunks of a corpus each term (text/term.h) occurs, as `ac-chunk
 * --df` writes it: a first line with the number of chunks, then lines "term
 * TAB count".  The rarer a term, the more it weighs (inverse document
 * frequency, Sparck Jones 1972).
 */
#ifndef AUGCON_IDF_H
#define AUGCON_IDF_H

#include <stddef.h>

#include "base/buf.h"

struct idf;

/* Reads a table from bytes; NULL with the line and the reason in `why`. */
struct idf *idf_parse(const char *, size_t len, struct buf *why);
void idf_free(struct idf *);

/*
 * The weight of a term: 16 ln((chunks + 1) / (count + 1/2)) as the nearest
 * whole number, 0 or more; the count of a term not in the table is 0.
 */
double idf_weight(const struct idf *, const char *term, size_t len);

#endif
