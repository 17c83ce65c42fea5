/*
 * Where to cut a context so that its two parts share the fewest words:
 * lexical cohesion, after TextTiling (Hearst, Computational Linguistics 23,
 * 1997) and C99 (Choi, NAACL 2000).  No model, no state: the answer is a
 * function of the text and the table.
 */
#ifndef AUGCON_COHESION_H
#define AUGCON_COHESION_H

#include <stddef.h>

#include "augcon/idf.h"
#include "text/sent.h"

/*
 * The best cut (see split.h) between the units of a text into *cut, 0 when
 * there are fewer than two units; of equal cuts the earlier.  `idf` may be NULL: all terms weigh the same.  Work is
 * linear in the text.  0, or -1 without memory.
 */
int cohesion_cut(const char *text, const struct pieces *,
    const struct idf *, size_t *cut);

#endif
