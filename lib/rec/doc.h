/*
 * A JSON text as a tree, for texts whose shape is known: a server's reply, a
 * model's answer, an examples file.  The one door to cJSON, which sees only
 * what the strict scan has passed (json.h); escaped NULs, lone surrogates,
 * more than 200 levels, numbers of over 1,000 bytes and over 500,000 members
 * are refused, since cJSON would cut, recurse or take a lot of memory.
 */
#ifndef REC_DOC_H
#define REC_DOC_H

#include <stddef.h>

#include "base/buf.h"
#include "rec/json.h"

struct doc;			/* a node; owned by its root */

/*
 * NULL: *why, which is no good (buf_ok) without memory.  The root is freed
 * with doc_free().
 */
struct doc *doc_parse(const char *s, size_t len, struct buf *why);
void doc_free(struct doc *);

/* Why a text that was scanned is not made a tree of, or NULL. */
const char *doc_objection(const struct json_scan *);

enum json_kind doc_kind(const struct doc *);

/*
 * A member by exact name, or an element by index; NULL when there is none,
 * when the name is there twice, or when the node is NULL or of another kind.
 */
const struct doc *doc_get(const struct doc *, const char *name);
const struct doc *doc_at(const struct doc *, size_t);
size_t doc_count(const struct doc *);

/*
 * How many members of an object have this name, for a reader to which twice
 * is not the same as never.
 */
size_t doc_named(const struct doc *, const char *name);

/* The text of a string node, else NULL. */
const char *doc_text(const struct doc *);

/* 1 and the value of a finite number node, else 0. */
int doc_number(const struct doc *, double *);

#endif
