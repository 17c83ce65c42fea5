/*
 * The words of a text with their places, as the gates look at them: runs of
 * letters, marks and numbers; in scripts without blanks each letter.  Equal
 * words have equal hashes: case and width are folded, and Latin letters
 * lose their accents, so that "Héroult" is "heroult".
 */
#ifndef AUGCON_WORDS_H
#define AUGCON_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum word_kind { WORD_LOWER, WORD_UPPER, WORD_NUMBER, WORD_CHAR };

/* What stands before a word; a text begins with a stop. */
enum word_gap { GAP_NONE, GAP_BLANK, GAP_MARK, GAP_STOP };

struct word {
	size_t at, len;		/* bytes */
	uint64_t hash;
	unsigned char kind, gap;
	unsigned short what;	/* for whoever looks it up (lexicon.h) */
};

struct words {
	struct word *v;		/* owned */
	size_t n, cap;
	size_t chars;		/* of kind WORD_CHAR */
	struct buf scratch;
};

/* The words of valid UTF-8 into out (emptied first).  0, or -1: no memory. */
int words_read(struct words *out, const char *text, size_t len);
void words_free(struct words *);

/*
 * Do the words from i on read so?  `phrase` is lower-case ASCII words with
 * one blank between.  Returns how many words it has, or 0.
 */
size_t words_match(const struct words *, const char *text, size_t i,
    const char *phrase);

/* Is word i this one, in lower-case ASCII? */
int words_is(const struct words *, const char *text, size_t i,
    const char *word);

#endif
