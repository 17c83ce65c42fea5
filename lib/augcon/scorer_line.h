/*
 * The lines of a scorer's file and the values on them.  What fails says why,
 * with the line's number, and returns -1.
 */
#ifndef AUGCON_SCORER_LINE_H
#define AUGCON_SCORER_LINE_H

#include <stddef.h>

#include "base/buf.h"

struct line_reader {
	const char *at, *end;	/* what is left of the text */
	unsigned long line;	/* of the line in hand */
	int again;		/* it is the next one too */
	char s[256];		/* that line */
	size_t len;
	struct buf *why;
};

/* Says what is wrong with the line in hand; -1. */
int line_refuse(struct line_reader *, const char *what);

/* The next line, into s. */
int line_next(struct line_reader *);

/* The next line must be "key value"; *value points into it. */
int line_value(struct line_reader *, const char *key, const char **value);

/* The same, of one certain value, or of a number. */
int line_is(struct line_reader *, const char *key, const char *want);
int line_double(struct line_reader *, const char *key, double *);
int line_positive(struct line_reader *, const char *key, double *);
int line_count(struct line_reader *, const char *key, size_t *);

/* A hexadecimal number, to the end of the line. */
int line_to_double(struct line_reader *, const char *, double *);
int line_to_positive(struct line_reader *, const char *, double *);

/* Decimal digits up to `stop`; the byte after it in *rest, unless NULL. */
int line_to_count(struct line_reader *, const char *, char stop, size_t *,
    const char **rest);

#endif
