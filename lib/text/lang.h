/* Which language a text is in, as far as prompts and stop words need it. */
#ifndef TEXT_LANG_H
#define TEXT_LANG_H

#include <stddef.h>

/*
 * "zh", "ja", "ko" by script (kana beside Han is Japanese), "en" when
 * English function words say so, else "und".  A static string.
 */
const char *lang_detect(const char *text, size_t len);

/* True for a stop word (folded, as the unicode tokeniser gives it). */
int lang_is_stop(const char *token, size_t len);

#endif
