/* A small file as a whole: a prompt, a model, examples. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"

enum { FILE_MAX = 64 << 20 };	/* bytes; one that goes on for ever is none */

/*
 * Appends the file's bytes; "-" is stdin.  -1: *why names the file, or is no
 * good (buf_ok) without memory.
 */
int file_read(const char *path, struct buf *text, struct buf *why);

/*
 * Takes descriptors 0 to 2 where they are closed, lest a file of ours becomes
 * stdin or stdout.  A closed stdin then reads as empty, and a write to a
 * closed stdout fails.  -1: errno.
 */
int file_take_standard(void);

#endif
