/* What rec.c (reading) and rec_edit.c (changes) share. */
#ifndef REC_REC_INT_H
#define REC_REC_INT_H

#include "rec/rec.h"

#define REC_NONE ((size_t)-1)	/* no member; of an edit: to be appended */

/*
 * 1 when a member of the record's scan has this name of len bytes, escapes
 * undone.
 */
int rec_key_is(const struct rec *, const struct json_member *,
    const char *name, size_t len);

/*
 * Index in the record's scan of the first member of that name from `from`
 * on, or REC_NONE.
 */
size_t rec_find(const struct rec *, const char *name, size_t from);

#endif
