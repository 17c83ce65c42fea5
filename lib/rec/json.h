/*
 * A strict scan of JSON text (RFC 8259): valid UTF-8, nothing after the
 * value, nesting counted and not recursed, so any depth passes.  It finds
 * where the members of a top-level object lie; values stay as they are.
 */
#ifndef REC_JSON_H
#define REC_JSON_H

#include <stddef.h>

#include "base/buf.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING,
    JSON_ARRAY, JSON_OBJECT };

struct json_member {
	size_t key, key_len;	/* between the quotes, escapes not undone */
	size_t val, val_len;	/* the whole value, quotes included */
	enum json_kind kind;
	char key_plain;		/* no escapes in the key */
	char val_plain;		/* a string without escapes */
};

struct json_scan {
	struct json_member *v;	/* owned; top-level members in order */
	size_t n, cap;
	enum json_kind kind;	/* of the whole text */
	size_t end;		/* offset of the last '}' of an object */
	unsigned char *stack;	/* owned; one byte an open bracket */
	size_t stack_cap;
	size_t depth;		/* deepest nesting */
	int nul;		/* a string somewhere has an escaped NUL */
	size_t longest;		/* bytes of the longest number */
	size_t names;		/* members of all objects, at any depth */
};

/*
 * 0: valid.  -1: not; *why gets "column N: what", N the byte counted from 1.
 * -2: no memory.  The scan's memory is used again by the next call.
 */
int json_scan(struct json_scan *, const char *s, size_t len, struct buf *why);
void json_scan_free(struct json_scan *);

/*
 * Appends what the raw string (with its quotes) stands for.  -1 for an
 * escaped NUL or a lone surrogate, which no text can hold.
 */
int json_unquote(const char *raw, size_t len, struct buf *out);

/* 1 when the raw string (with its quotes) stands for this text. */
int json_is(const char *raw, size_t len, const char *text, size_t text_len);

/*
 * Appends text as a JSON string with quotes.  Control bytes, U+2028, U+2029
 * and U+0085 are escaped, since some readers cut lines there; a byte that is
 * not UTF-8 becomes U+FFFD.
 */
void json_quote(struct buf *, const char *text, size_t len);

/* The same without the quotes. */
void json_escape(struct buf *, const char *text, size_t len);

/* Appends the shortest decimal that reads back as x; x is finite. */
void json_number(struct buf *, double x);

#endif
