/* Text on one line. */
#ifndef TEXT_LINE_H
#define TEXT_LINE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Appends text (valid UTF-8) to out as one line: blanks, line ends and
 * control characters at its ends are taken off, and each run of them inside
 * becomes one space.
 */
void line_add(struct buf *out, const char *text, size_t len);

#endif
