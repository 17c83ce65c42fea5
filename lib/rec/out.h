/*
 * Whole lines to a descriptor.  Records gather only while more input is at
 * hand: up to PIPE_BUF bytes for a pipe, so that a write is atomic, 64 KiB
 * for a file.  A pipe is written under an fcntl lock, so that processes that
 * share it (xargs -P) do not tear each other's lines.
 */
#ifndef REC_OUT_H
#define REC_OUT_H

#include <stddef.h>

#include "base/buf.h"

struct out {
	int fd;			/* -1: closed */
	char *path;		/* owned; NULL: stdout */
	char *part;		/* owned; where it is written until done */
	char *keep;		/* owned; name it gets when not done */
	struct buf pending;
	size_t batch;		/* bytes to gather; 0: stdout is a terminal */
	int is_pipe, no_lock, is_stdout;
	unsigned long records;	/* written so far */
	int sync;		/* a file that must survive a loss of power */
	double synced;		/* when it was last made to, on the clock */
};

/*
 * NULL: stdout.  Else a device, or a descriptor by its name (/dev/stdout),
 * is written straight, a file as FILE.part (where a link leads, beside its
 * target);
 * `inputs` guards an input that is FILE.part itself.  -1: *why.
 */
int out_open(struct out *, const char *path, char *const *inputs, size_t n,
    struct buf *why);

/* True when the file is one of those that are read; n 0: stdin. */
int out_is_input(const char *path, char *const *inputs, size_t n);

/* One line, newline included.  -1: *why; EPIPE ends by SIGPIPE. */
int out_put(struct out *, const char *line, size_t len, struct buf *why);
/* Lines one by one, as a write is a record; the last may lack its newline. */
int out_text(struct out *, const struct buf *lines, struct buf *why);
/* With `sync` what is written is on the disk a second later. */
int out_flush(struct out *, struct buf *why);

/* True when the reader of a pipe has left. */
int out_gone(const struct out *);

/* Closes without a trace of what was begun, for a start that fails. */
void out_abandon(struct out *);

/*
 * Flushes, closes and checks; with `done` renames FILE.part to FILE.  -1:
 * *why.  Harmless on one that is closed.
 */
int out_close(struct out *, int done, struct buf *why);

/* A file that is this text as a whole, opened and closed as above. */
int out_whole(const char *path, char *const *inputs, size_t n,
    const struct buf *text, struct buf *why);

#endif
