/*
 * Counts in how many texts each term (text/term.h) occurs, and prints the
 * table that idf.h reads.
 */
#ifndef AUGCON_TALLY_H
#define AUGCON_TALLY_H

#include <stddef.h>

#include "base/buf.h"

struct tally;
struct tally *tally_new(void);
void tally_free(struct tally *);

/* Counts one text, valid UTF-8.  0, or -1 without memory. */
int tally_add(struct tally *, const char *text, size_t len);

/*
 * Appends the number of texts on a line, then "term TAB count" for each
 * term in byte order.  0, or -1 without memory.
 */
int tally_print(const struct tally *, struct buf *out);

#endif
