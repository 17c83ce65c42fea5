/* What cache.c (the folder) and cache_entry.c (a file in it) share. */
#ifndef LLM_CACHE_INT_H
#define LLM_CACHE_INT_H

#include "llm/cache.h"

/*
 * Reads the file of that name, below the folder, into c->file and checks it
 * against its head and the key.  The offset of the reply in it; 0: there is
 * none, or none that can be read.  A damaged file is removed.
 */
size_t cache_entry_read(struct cache *, const char *name, const char *key);

/*
 * Writes a new file of that name, below the folder, `sent` as cache_put()
 * takes it; with --fsync it is on the disk then.  -1: errno, EEXIST where
 * the name is taken, and nothing is left.
 */
int cache_entry_write(const struct cache *, const char *name, const char *key,
    const char *sent, const struct buf *reply);

#endif
