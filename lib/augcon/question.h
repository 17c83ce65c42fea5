/* What is asked of any question that a model wrote. */
#ifndef AUGCON_QUESTION_H
#define AUGCON_QUESTION_H

#include <stddef.h>

#include "base/buf.h"

/* Fewer code points than this are no question (the reference code's). */
enum { QUESTION_MIN = 5 };

/*
 * Appends a question (valid UTF-8) to out as one line, as line_add() makes
 * it.  0; 1 when it is empty or too short, and `why` says so; -1 without
 * memory.  Only after 0 is out of use.
 */
int question_clean(const char *, size_t len, struct buf *out,
    struct buf *why);

/*
 * Does a question (one line) stop before its end, and `why` says so: it
 * begins as an English sentence that asks, "Who", "What" or the like with a
 * great letter, and has no mark at its end?  A model that opens a quote ends
 * the string that it writes: {"question": "Who wrote "}.  But whoever writes
 * no great letters may not write marks either.
 */
int question_is_cut(const char *, size_t len, struct buf *why);

#endif
