/*
 * Character properties and normal forms.  The one door to utf8proc; `text`
 * is valid UTF-8 everywhere.
 */
#ifndef TEXT_UNI_H
#define TEXT_UNI_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum uni_class { UNI_OTHER, UNI_LETTER, UNI_MARK, UNI_NUMBER, UNI_PUNCT,
    UNI_SYMBOL, UNI_SPACE };

/* By general category; the ASCII blanks TAB to CR count as UNI_SPACE. */
enum uni_class uni_class(uint32_t cp);
int uni_is_upper(uint32_t cp);		/* Lu or Lt */
int uni_is_lower(uint32_t cp);		/* Ll */

/*
 * Scripts written without blanks between words, where one letter is one
 * token: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.  As Unicode's
 * Scripts.txt says (script.inc names the version), but for U+30FC and U+FF70,
 * which both kana share and which count as kana.
 */
int uni_is_scriptio_continua(uint32_t cp);
int uni_is_han(uint32_t cp);
int uni_is_kana(uint32_t cp);
int uni_is_hangul(uint32_t cp);

/* Of more marks in a row, so many at a time are put in order. */
enum { UNI_MARKS = 256 };

/* Appends NFKC, case fold, NFKC of the text; 0, or -1 without memory. */
int uni_fold(const char *text, size_t len, struct buf *out);

/* Appends NFKC of the text, case kept; 0, or -1 without memory. */
int uni_nfkc(const char *text, size_t len, struct buf *out);

/*
 * Length in bytes of a piece at the start of a text, `least` or as few more
 * as can be: its form and that of the rest, both taken alone, make the form
 * of the text.
 */
size_t uni_piece(const char *text, size_t len, size_t least);

/*
 * Length in bytes of the grapheme cluster at text[0] (UAX #29, extended),
 * len >= 1.
 */
size_t uni_grapheme(const char *text, size_t len);

#endif
