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
 * Does a question, as the model wrote it in a JSON string, stop before its
 * end, and `why` says so: has it a blank there, and no mark before it?  A
 * model that opens a quote ends the string by it: {"question": "Who wrote "}.
 */
int question_is_cut(const char *, size_t len, struct buf *why);

#endif
