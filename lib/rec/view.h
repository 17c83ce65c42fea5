/*
 * A look into a JSON text where it lies, for the few values of a reply that
 * are read: no tree is built and nothing is copied.  What doc.h makes a tree
 * of passes here, and the same is refused, but for strings that are never
 * read.
 */
#ifndef REC_VIEW_H
#define REC_VIEW_H

#include <stddef.h>

#include "base/buf.h"
#include "rec/json.h"

/* A value: its own bytes, borrowed from the text.  s NULL: there is none. */
struct view {
	const char *s;
	size_t len;
};

/*
 * The strict scan of the whole text comes first.  0, or -1: *why.  view_scan
 * finds members of the root on its way, as view_get does.
 */
int view_open(struct view *, const char *s, size_t len, struct buf *why);
int view_scan(struct view *, const char *s, size_t len,
    const char *const *names, struct view *at, struct buf *why);

/* The kind of a value; JSON_NULL where there is none. */
enum json_kind view_kind(const struct view *);

/*
 * The members of these names (NULL ends), found in one pass: at[i] is the
 * value of names[i], and none when it is not there or stands there twice, or
 * when the value is no object.
 */
void view_get(const struct view *, const char *const *names,
    struct view *at);

/* The first element of an array, or none. */
struct view view_first(const struct view *);
/* The element behind one of an array's, or none. */
struct view view_next(const struct view *);

/*
 * 1: a string, appended to out as the text it is; 0: no string; -1: one that
 * no text can hold, or no memory.
 */
int view_text(const struct view *, struct buf *out);

/* 1 and the value of a finite number, else 0. */
int view_number(const struct view *, double *);

#endif
