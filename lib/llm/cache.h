/*
 * Replies on disk: one file a reply, DIR/ab/cdef..., named by the key.  A
 * file is a line of JSON (version, key, length and CRC-32C of the reply, the
 * body that was sent where it is not the first one) and the reply's body as
 * it came.  Written to a temporary name and linked, so that many processes
 * and hosts may share a folder without locks; a damaged file is a miss.
 */
#ifndef LLM_CACHE_H
#define LLM_CACHE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/sha256.h"

struct cache {
	char *dir;		/* owned; NULL: off */
	int fd;			/* of the folder, unless off */
	unsigned long n;	/* temporary names made */
	int sync;		/* --fsync */
	struct buf file;	/* an entry as it is read */
	struct buf last;	/* body of the last key */
	struct sha256 begun;	/* sum up to its byte `same` */
	size_t same;
};

enum { CACHE_KEY = 64 };	/* hex digits */

/*
 * `dir` NULL: $XDG_CACHE_HOME/ac, else $HOME/.cache/ac, else off; "" is off.
 * Makes the folder and its parents.  0, or -1: *why.
 */
int cache_open(struct cache *, const char *dir, struct buf *why);
void cache_close(struct cache *);

/*
 * The key of a request: SHA-256 over the space (endpoint or --cache-ns),
 * request body and sample number, and their lengths.  The requests of a run
 * begin alike, with instructions and worked examples, so the sum over what
 * the last bodies had in common is kept; `space` must stay the same.
 */
void cache_key(struct cache *, const char *space, const char *body,
    size_t len, unsigned long sample, char key[CACHE_KEY + 1]);

/* 1: the reply's body is appended to out; 0: a miss. */
int cache_get(struct cache *, const char *key, struct buf *out);

/*
 * Keeps a reply.  `sent` is the body that was sent when it is not the one
 * the key was made from, else NULL.  Unless `replace`, the first writer
 * wins: 1 says that another was faster and *reply is now that one's.  0:
 * kept; -1: could not be written, *why.
 */
int cache_put(struct cache *, const char *key, const char *sent,
    struct buf *reply, int replace, struct buf *why);

#endif
