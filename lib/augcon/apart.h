/*
 * Where to cut a context so that its two parts mean the least alike, by
 * embeddings of its units: as cohesion.h, with vectors for words.  The price
 * of a cut is the cosine of the two parts' vectors minus what its evenness is
 * worth.  A part's vector is the sum of its units': so a unit is embedded
 * once for a whole tree, where the parts' own texts would each be a request,
 * two for every cut that could be made.
 */
#ifndef AUGCON_APART_H
#define AUGCON_APART_H

#include <stddef.h>

#include "text/sent.h"

/*
 * The cheapest cut (see split.h) between the units of a text into *cut, the
 * earlier of two; 0 when there are fewer than two units.  v[i] is unit i's
 * vector, of `dim` numbers.  Of many units each part gets as many as
 * cohesion_edge() says.  0, or -1 without memory.
 */
int apart_cut(const char *text, const struct pieces *, const float *const *v,
    size_t dim, size_t *cut);

#endif
