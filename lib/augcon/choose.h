/*
 * Which of several answers to one question is taken.
 *   consensus  the one most like the others: highest mean ROUGE-L F
 *              (rouge.h; a medoid, as in minimum Bayes risk decoding)
 *   majority   the most frequent one, for short answers: equal is what has
 *              the same tokens without "a", "an" and "the" (self-consistency,
 *              Wang et al., arXiv 2203.11171)
 * Tokens are TOKEN_UNICODE's.  Ties go to the earliest.
 */
#ifndef AUGCON_CHOOSE_H
#define AUGCON_CHOOSE_H

#include <stddef.h>

#include "base/buf.h"

enum choose_how { CHOOSE_CONSENSUS, CHOOSE_MAJORITY };

/*
 * Takes one of n >= 1 texts (valid UTF-8).  *agreement is 0 to 1: its mean F
 * to the others, or its share of all; of `asked` >= n, those that are not
 * there agree with nothing.  Alone of one asked it is 1.  0, or -1 without
 * memory.
 */
int choose_text(enum choose_how, const struct buf *const *texts, size_t n,
    size_t asked, size_t *which, double *agreement);

#endif
