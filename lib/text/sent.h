/*
 * Where text may be cut: paragraphs, sentences, clauses (in the spirit of
 * UAX #29, with the abbreviations, initials, decimals and closing quotes
 * that it leaves to tailoring).  Blanks at an edge belong to the piece
 * before it, so pieces joined are the text byte for byte.
 */
#ifndef TEXT_SENT_H
#define TEXT_SENT_H

#include <stddef.h>

/*
 * Each returns the length in bytes, >= 1, of the first piece of text (valid
 * UTF-8, len >= 1), its trailing blanks included; len when no edge is found.
 * An edge never falls inside a grapheme cluster.
 *
 * A paragraph ends at a blank line, and at a newline where a line of more
 * than 120 columns shows that lines are not wrapped, or where the next line
 * is indented with U+3000.  A sentence ends with its stop and the quotes and
 * brackets that close after it, with its paragraph, and at a newline before
 * or after a heading or before a list item; another newline is a blank in
 * text with blanks between words, and elsewhere an edge unless the lines
 * look wrapped.  A clause ends after , ; : and dashes of either kind, but
 * not between digits, with blanks beside the dash or without ("2015 - 16").
 */
size_t sent_paragraph(const char *text, size_t len);
size_t sent_sentence(const char *text, size_t len);
size_t sent_clause(const char *text, size_t len);

/* Bytes of blanks (any Unicode blank) at the start, at the end of a text. */
size_t sent_blank_start(const char *text, size_t len);
size_t sent_blank_end(const char *text, size_t len);

/* A run of bytes of a text. */
struct piece {
	size_t start, len;	/* bytes */
};

struct pieces {
	struct piece *v;	/* owned */
	size_t n, cap;
};

/*
 * Cuts all of text by one of the functions above into out (emptied first).
 * 0, or -1 without memory.
 */
int sent_cut(const char *text, size_t len,
    size_t (*next)(const char *, size_t), struct pieces *out);
void pieces_free(struct pieces *);

/*
 * Joins neighbours until no piece has fewer than `min` code points, when
 * blanks at its ends are not counted; one piece may stay short.
 */
void pieces_join_short(const char *text, struct pieces *, size_t min);

#endif
