/*
 * A record: one line of NDJSON, its members, and what a filter changes.
 * The line goes out with its own bytes; changes are spliced in (law L1):
 * a set member is replaced in its place or appended, the rest is untouched.
 */
#ifndef REC_REC_H
#define REC_REC_H

#include <stddef.h>

#include "base/buf.h"
#include "rec/json.h"

struct rec_edit {
	size_t member;		/* index in json.v, or (size_t)-1: append */
	int drop;
	size_t at, len;		/* "name":value in rec.edits */
	size_t val;		/* offset of the value in rec.edits */
};

struct rec {
	char *s;		/* the line without its newline; owned */
	size_t len;
	struct json_scan json;
	const char *file;	/* where it came from, "-" for stdin */
	unsigned long line;	/* from 1 */
	const char *bad;	/* "bad_json", "not_object", "too_long", NULL */
	struct buf why;		/* of bad, or of a failed look-up */
	struct rec_edit *edit;	/* owned */
	size_t nedit, edit_cap;
	struct buf edits;
	int cut;		/* only the start of a line over the cap */
};

/* Zero it, or use REC_INIT. */
#define REC_INIT { .s = NULL }
void rec_free(struct rec *);

/*
 * Takes over a malloc'ed line (NUL after len bytes) and scans it.  0, also
 * when the line is no record (`bad` says so then); -1 without memory.
 */
int rec_take(struct rec *, char *s, size_t len, const char *file,
    unsigned long line);

/*
 * Makes a record of its own out of another and its pending edits: how a
 * child of a node is born.  0 or -1.
 */
int rec_derive(struct rec *to, const struct rec *from);

/* Takes a record over, with its edits; `from` keeps its place alone. */
void rec_move(struct rec *to, struct rec *from);

/*
 * Look-ups of a top-level member; a null counts as absent.  1: found, 0:
 * absent, -1: found twice, of another type or not decodable; `why` says so.
 * rec_text appends to out.
 */
int rec_text(struct rec *, const char *name, struct buf *out);
/*
 * As rec_text, into out alone; also of an absent one `why` says so.  0, or -1:
 * without memory neither `why` nor out is buf_ok().
 */
int rec_need_text(struct rec *, const char *name, struct buf *out);
int rec_number(struct rec *, const char *name, double *);
int rec_integer(struct rec *, const char *name, long *);
/* An id: the text of a string, the own bytes of a number. */
int rec_id(struct rec *, const char *name, struct buf *out);
/* The value's own bytes, any type. */
int rec_raw(struct rec *, const char *name, const char **s, size_t *len);
/* 1 when there is such a member, even null or twice. */
int rec_has(const struct rec *, const char *name);

/*
 * Appends ,"name":value for each member, with its own bytes, but for those
 * that a list which ends in NULL names.
 */
void rec_members(const struct rec *, const char *const *but, struct buf *out);

/* Pending changes; a later one of the same name replaces an earlier one. */
void rec_set_text(struct rec *, const char *name, const char *, size_t);
void rec_set_integer(struct rec *, const char *name, long);
void rec_set_number(struct rec *, const char *name, double);
void rec_set_raw(struct rec *, const char *name, const char *json, size_t);
void rec_drop(struct rec *, const char *name);
void rec_revert(struct rec *);		/* forgets all changes */

/*
 * Makes the record a failed one: its own line with the member `error`
 * {by, code, message, status}, or for a line that is no record the wrapped
 * form {"error":...,"raw":...}.  Other changes are forgotten.  `status` 0:
 * no HTTP status.  (ac-record(5), FAILED RECORDS)
 */
void rec_fail(struct rec *, const char *code, const char *message, int status);

/*
 * 1: the record has another filter's `error` and passes whole; 0: no error
 * or one of this program's own, which is then dropped.
 */
int rec_foreign_error(struct rec *);

/* Appends the line as it is now, newline included.  0, or -1: no memory. */
int rec_line(const struct rec *, struct buf *out);

#endif
