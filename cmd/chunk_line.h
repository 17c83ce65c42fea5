/*
 * The lines that ac-chunk writes (ac-record(5)): a root context, bytes that
 * are in none, and the place where a document stops to be text.
 */
#ifndef CMD_CHUNK_LINE_H
#define CMD_CHUNK_LINE_H

#include <stdint.h>

#include "augcon/chunk.h"
#include "base/buf.h"
#include "rec/rec.h"

/* What the lines of one document share.  Zero it; origin_free() at the end. */
struct origin {
	struct buf doc;		/* its name, as a JSON string */
	struct buf more;	/* the user's members, each after a comma */
};

/* Of a file.  0, or -1 without memory. */
int origin_file(struct origin *, const char *name);

/*
 * Of a record: named by `doc`, or `id`, or its place.  Its lines keep the
 * user's members, but not the one with the text, nor those that ac-chunk
 * writes or that other filters have found out.  0, or -1 without memory.
 */
int origin_record(struct origin *, struct rec *, const char *text);
void origin_free(struct origin *);

/* Each makes `line` anew; the last without a newline.  0, or -1: no memory. */
int chunk_line(const struct origin *, const struct chunk *, struct buf *line);
int chunk_dropped(const struct origin *, const struct chunk *,
    struct buf *line);
int chunk_place(const struct origin *, uint64_t start, struct buf *line);

#endif
