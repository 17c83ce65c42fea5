/*
 * The wrapped form of a line that is no record (ac-record(5), FAILED
 * RECORDS): {"error":...,"raw":"..."}, or "raw64" in base64 (RFC 4648) where
 * it is not UTF-8.
 */
#ifndef REC_WRAP_H
#define REC_WRAP_H

#include "base/buf.h"
#include "rec/rec.h"

/* Appends the wrapped form of a bad record that rec_fail() has marked. */
void rec_wrap(const struct rec *, struct buf *out);

/*
 * A line that an earlier run of this program has wrapped becomes itself
 * again, to be tried again as every failed record is; other records stay.
 * 0, or -1 without memory.
 */
int rec_unwrap(struct rec *);

#endif
