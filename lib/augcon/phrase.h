/*
 * Words at the start of a text, by lists: "based on|according to|根据".  '|'
 * is between them, small ASCII letters stand for great ones too, ' for ’ too, a
 * blank for several; of two that begin alike the longer comes first.
 */
#ifndef AUGCON_PHRASE_H
#define AUGCON_PHRASE_H

#include <stddef.h>

/* What is still to be read; borrowed. */
struct phrase {
	const char *s;
	size_t len;
};

void phrase_skip(struct phrase *, size_t bytes);
void phrase_blanks(struct phrase *);	/* skips them, and line ends */
int phrase_letter(char);		/* of ASCII */
int phrase_is_wide(const struct phrase *);	/* begins beyond ASCII? */

/*
 * Skips the first of a list's words that stands here, and the blanks after
 * it.  A word of letters must end where they do; Chinese has no such ends.
 */
int phrase_take(struct phrase *, const char *list);

/* Does one of the words begin before byte n? */
int phrase_holds(struct phrase, const char *list, size_t n);

#endif
