/*
 * What models put before an answer: "Sure!", "Here is the answer:", "Based on
 * the context, ", 根据上文，.  The answer's reader has no context, so it is a
 * defect.  A closed list of forms, English and Chinese; not words about a
 * text further on in the answer.
 */
#ifndef AUGCON_PREAMBLE_H
#define AUGCON_PREAMBLE_H

#include <stddef.h>

#include "base/buf.h"

enum preamble {
	PREAMBLE_NONE,
	PREAMBLE_CUT,		/* what follows stands by itself */
	PREAMBLE_STUCK		/* the sentence would not stand without it */
};

/*
 * Does a text (valid UTF-8) open with one?  *end is where what follows
 * begins, after several in a row too: 0 for none, len when nothing does.
 */
enum preamble preamble_find(const char *, size_t len, size_t *end);

/*
 * Appends what follows, from `end` on, with a capital where a small ASCII
 * letter came to stand first ("pH" and the like stay).
 */
void preamble_cut(const char *, size_t len, size_t end, struct buf *out);

#endif
