/*
 * A growable byte buffer with a hard cap.  A failure (no memory, over the
 * cap) sticks: later additions do nothing, so a caller may add many pieces
 * and ask buf_ok() once.  The bytes always end in a NUL that len does not
 * count, except in a buffer that never grew, where s is NULL.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *s;		/* owned; NULL until the first byte */
	size_t len;		/* bytes */
	size_t cap;		/* bytes allocated */
	size_t max;		/* hard cap in bytes; 0: none */
	int bad;		/* an addition failed */
};

/* A buffer on the stack or in a struct that is all zero is ready to use. */
#define BUF_INIT { NULL, 0, 0, 0, 0 }

void buf_add(struct buf *, const void *, size_t);
void buf_byte(struct buf *, int);
void buf_str(struct buf *, const char *);
void buf_fmt(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *, const char *fmt, va_list)
    __attribute__((format(printf, 2, 0)));

/* Makes room for n more bytes and returns where they go, or NULL. */
char *buf_room(struct buf *, size_t n);

/* Empties the buffer, keeps its memory, forgets a failure. */
void buf_reset(struct buf *);
void buf_free(struct buf *);

/* True when every addition went in. */
int buf_ok(const struct buf *);

/* True when it holds blanks and line ends alone, or nothing. */
int buf_is_blank(const struct buf *);

/* The bytes as a string, "" when there are none; owned by the buffer. */
const char *buf_cstr(const struct buf *);

/* Hands the bytes over to the caller, who frees them; NULL after a failure. */
char *buf_take(struct buf *);

#endif
