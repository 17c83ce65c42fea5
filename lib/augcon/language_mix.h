/*
 * What the gate of the language sees in single words: those of Romance and
 * Germanic neighbours of English, and whole sentences in another script.
 */
#ifndef AUGCON_LANGUAGE_MIX_H
#define AUGCON_LANGUAGE_MIX_H

#include "augcon/gate.h"

/* Words and characters outside quotes and titles, and the longest runs. */
struct language_mix {
	size_t letters, chars;
	size_t run, run_at;		/* words of letters in a row */
	size_t chars_run, chars_run_at;
};

void language_mix(const struct gate_text *, struct language_mix *out);

/*
 * Is a text of question or answer in the function words of Spanish, French,
 * German, Italian, Portuguese or Dutch, those of the context apart (names,
 * mottoes)?
 */
int language_is_neighbour(const struct gate_case *, const struct gate_text *);

/*
 * Has an answer in `lang` a sentence of the other script that the context
 * has not?
 */
int language_is_mixed(const struct gate_case *, const char *lang);

#endif
