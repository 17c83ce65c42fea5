/*
 * The terms of a text, as lexical cohesion counts them (TextTiling, Hearst
 * 1997): tokens of the unicode tokeniser without stop words, words of ASCII
 * letters cut to five letters for want of a stemmer, and for scripts without
 * blanks each character and each pair of neighbours.
 */
#ifndef TEXT_TERM_H
#define TEXT_TERM_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Calls fn for each term of a text (valid UTF-8), in order, until it returns
 * non-zero; returns that, 0 at the end, or -1 without memory.  The term's
 * bytes lie in scratch and live until the call returns.
 */
int term_each(const char *text, size_t len, struct buf *scratch,
    int (*fn)(void *, const char *, size_t), void *arg);

#endif
