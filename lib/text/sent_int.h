/* What the files that find edges share; nobody else includes this. */
#ifndef TEXT_SENT_INT_H
#define TEXT_SENT_INT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A stop begins at text[at].  Returns the offset behind it and all that
 * closes after it when a sentence ends there, else 0; *next is where to go
 * on looking, > at.
 */
size_t stop_end(const char *text, size_t len, size_t at, size_t *next);

/* True for the bytes that may begin a stop, and for a newline. */
extern const unsigned char stop_first[256];

/*
 * The word before a full stop is text[from..at), what follows its blanks
 * begins at text[next].  True when the stop ends the sentence.
 */
int abbr_ends(const char *text, size_t len, size_t from, size_t at,
    size_t next);

/* The newline at text[at] ends a paragraph, a sentence. */
int wrap_ends_paragraph(const char *text, size_t len, size_t at);
int wrap_ends_sentence(const char *text, size_t len, size_t at);

/*
 * text[from..at) is a list number ("1", "2.3", "a", "iv") and all there is
 * before it are blanks.
 */
int wrap_is_marker(const char *text, size_t from, size_t at);

/* Quotes and brackets. */
int sign_closes(uint32_t cp);
int sign_opens(uint32_t cp);

/* Han, kana, and the punctuation that goes with them. */
int sign_is_cjk(uint32_t cp);

#endif
