/*
 * Where to cut a context so that its two parts share the fewest words:
 * lexical cohesion, after TextTiling (Hearst, Computational Linguistics 23,
 * 1997) and C99 (Choi, NAACL 2000).  No model, no state: the answer is a
 * function of the text and the table.
 *
 * The price of a cut is the cosine of the two parts' term counts, minus
 * 0.08 times the shorter part's share of the code points (or one odd
 * sentence at an end would be cheapest), plus 0.05 when the second part
 * starts with a pronoun, since it then does not stand alone.  Terms weigh
 * as the table says; without one all are equal, but for scripts without
 * blanks, where pairs of characters count, a single one hardly (1 to 5),
 * and pairs with a function character not at all.  On joined passages
 * (tests/bench/split.c, 4000 joins a language, constants chosen on others)
 * the hits are 0.92 in English and 0.92 in Chinese, with a table 0.93 and
 * 0.95; chance is 0.30 and 0.27.  The pronoun is worth 0.03 in English and
 * up to 0.01 in Chinese, single characters 0.02 in Chinese with a table.
 */
#ifndef AUGCON_COHESION_H
#define AUGCON_COHESION_H

#include <stddef.h>

#include "augcon/idf.h"
#include "text/sent.h"

/*
 * The cheapest cut (see split.h) between the units of a text into *cut, the
 * earlier of two; 0 when there are fewer than two units.  Of more than 16
 * units each part gets a quarter at least, so that the tree of a long text
 * stays shallow.  `idf` may be NULL: no table.  Work is linear in the text.
 * 0, or -1 without memory.
 */
int cohesion_cut(const char *text, const struct pieces *,
    const struct idf *, size_t *cut);

/*
 * What other measures of likeness share with it (apart.h): the price of a cut
 * of parts so much alike, after `before` of `total` code points, in
 * millionths, so that the last bits of a machine's arithmetic do not decide
 * between cuts; and how many units a part gets at least.
 */
double cohesion_price(double alike, size_t before, size_t total);
size_t cohesion_edge(size_t units);

#endif
