/* What is asked of any question that a model wrote. */
#ifndef AUGCON_QUESTION_H
#define AUGCON_QUESTION_H

#include <stddef.h>

#include "base/buf.h"

/* Fewer code points than this are no question (the reference code's). */
#define QUESTION_MIN 5

/*
 * Appends the question as one line: blanks at the ends taken off; blanks,
 * line ends and control characters inside made single spaces.  0; 1 when it
 * is empty or too short, and `why` says so (out is then of no use).
 */
int question_clean(const char *, size_t len, struct buf *out,
    struct buf *why);

#endif
