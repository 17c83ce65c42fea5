/* What batch.c (the index), batch_file.c and batch_line.c share. */
#ifndef LLM_BATCH_INT_H
#define LLM_BATCH_INT_H

#include "llm/batch.h"

/* Parts of a line, borrowed from it; NULL: it has none. */
struct batch_reply {
	const char *body, *error;
	size_t body_len, error_len;
	int status;		/* HTTP, or 0 */
	int wrapped;		/* the error is a body already */
	int unrun;		/* the engine never began the request */
	int ok;			/* status and body say success */
};

/*
 * Reads a line; its custom_id is in b->id.  0, or -1: it is not valid, *why.
 */
int batch_read(struct batch *b, const char *s, size_t len,
    struct batch_reply *, struct buf *why);

/* The file as it is read for its lines. */
struct batch_reader {
	char *s;		/* owned: bytes from `at` on are to be read */
	size_t at, len, cap;
	size_t seen;		/* bytes behind `at` without a newline */
	uint64_t before;	/* bytes of the file before `at` */
	int eof, long_line;
};

/*
 * Copies what cannot be read twice, such as a pipe, to a file without name:
 * its descriptor, or -1: *why.
 */
int batch_spool(int from, struct buf *why);

/*
 * The next line, of *len bytes at r->s + r->at, is there.  1, 0: the end,
 * -1: *why.  The start of one that is too long is dropped, which long_line
 * says.
 */
int batch_next(struct batch_reader *, int fd, size_t *len, struct buf *why);

/* Goes on behind the next n bytes. */
void batch_consume(struct batch_reader *, size_t n);

#endif
