/* Files by their names, and a small one as a whole: a prompt, a model. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include "base/buf.h"

enum { FILE_MAX = 64 << 20 };	/* bytes; one that goes on for ever is none */

/*
 * Appends the file's bytes; "-" is stdin.  -1: *why names the file, or is no
 * good (buf_ok) without memory.
 */
int file_read(const char *path, struct buf *text, struct buf *why);

/*
 * As open(), but a path that names a descriptor of this process (/dev/stdout,
 * /dev/stderr, /dev/fd/N) gives a duplicate of it.  Opened by its name a file
 * would be written from a place of its own, and one writer over another's
 * lines.  The descriptor is not inherited.  -1: errno.
 */
int file_open(const char *path, int flags, mode_t mode);

/*
 * Takes descriptors 0 to 2 where they are closed, lest a file of ours becomes
 * stdin or stdout.  A closed stdin then reads as empty, and a write to a
 * closed stdout fails.  -1: errno.
 */
int file_take_standard(void);

#endif
