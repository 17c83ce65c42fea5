/* What is asked of the text of an answer, and what becomes of it. */
#ifndef CMD_ANSWER_TEXT_H
#define CMD_ANSWER_TEXT_H

#include <stddef.h>

#include "base/buf.h"
#include "llm/flow.h"

/*
 * FLOW_BAD when it is empty, or in another script than its context and its
 * question: Chinese or Japanese, Korean, English, as lang_detect() tells
 * them; a name copied from the context is in none.  FLOW_WEAK when it opens
 * with words about the text that cannot be taken off (augcon/preamble.h).
 * *why says what.
 */
enum flow_verdict answer_judge(const char *, size_t len,
    const struct buf *context, const struct buf *question, struct buf *why);

/* Appends the answer without what models put before one. */
void answer_clean(const char *, size_t len, struct buf *out);

#endif
