/*
 * One step of the Context-Split-Tree (Quan, arXiv 2405.16579, section 3.1):
 * the units between which a context may be cut, the cut in the middle (the
 * paper's ablation), and the guards on parts that a model wrote out.  The
 * cut by lexical cohesion is in cohesion.h.  Text is valid UTF-8.
 */
#ifndef AUGCON_SPLIT_H
#define AUGCON_SPLIT_H

#include <stddef.h>

#include "base/buf.h"
#include "text/sent.h"

/*
 * Cuts a context into units (out is emptied first): its sentences or, when
 * they make fewer than two units, its clauses.  A unit with fewer than
 * `min` code points, blanks at its ends not counted, joins a neighbour, so
 * no cut between units leaves a part shorter than that.  The units joined
 * are the context's bytes; blanks at a cut stay with the first part.  One
 * unit: the context cannot be cut.  An empty context has none.  0, or -1
 * without memory.
 */
int split_units(const char *text, size_t len, size_t min,
    struct pieces *out);

/*
 * A cut is the number of units in the first part, 1 to n - 1; 0 means that
 * there is nothing to cut.  split_offset turns a cut into the byte where
 * the second part starts.
 */
size_t split_offset(const struct pieces *, size_t cut);

/* The cut nearest to the middle in code points, the earlier of two. */
size_t split_middle(const char *text, const struct pieces *);

/* Appends the units as lines "[1] first unit\n[2] ...", see line_add(). */
void split_render(const char *text, const struct pieces *, struct buf *out);

/*
 * The guards on two parts that a model wrote: each shorter than the whole
 * in code points, and together at least 80 % of it (lengths as line_add()
 * leaves them); each with words, of which at least 0.7 stand in the longest
 * common subsequence with the whole's (ROUGE-L precision, section 3.1).
 * 0: they hold; 1: they do not, and `why` says which; -1 without memory.
 */
int split_guard(const char *whole, size_t len, const char *first,
    size_t first_len, const char *second, size_t second_len,
    struct buf *why);

#endif
