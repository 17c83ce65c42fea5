/* Character classes, normal forms and grapheme clusters. */
#include "text/uni.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

static enum uni_class
class_of(utf8proc_category_t category)
{
	switch (category) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return UNI_LETTER;
	case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return UNI_MARK;
	case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return UNI_NUMBER;
	case UTF8PROC_CATEGORY_PC: case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS: case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI: case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
		return UNI_PUNCT;
	case UTF8PROC_CATEGORY_SM: case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK: case UTF8PROC_CATEGORY_SO:
		return UNI_SYMBOL;
	case UTF8PROC_CATEGORY_ZS: case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return UNI_SPACE;
	default:
		return UNI_OTHER;
	}
}

enum uni_class
uni_class(uint32_t cp)
{
	if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
		return UNI_LETTER;
	if (cp >= '0' && cp <= '9')
		return UNI_NUMBER;
	if (cp >= '\t' && cp <= '\r')
		return UNI_SPACE;
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return UNI_LETTER;
	return class_of(utf8proc_category((utf8proc_int32_t)cp));
}

int
uni_is_upper(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

int
uni_is_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z';
	return utf8proc_category((utf8proc_int32_t)cp) ==
	    UTF8PROC_CATEGORY_LL;
}

/*
 * The common code points whose normal form is one code point, whatever
 * stands before them; sets *out to it.  They may still combine with what
 * follows, so only a run of them can be mapped one by one.
 */
static int
maps_alone(uint32_t cp, int fold, uint32_t *out)
{
	if (cp >= 0xff01 && cp <= 0xff5e)	/* fullwidth ASCII */
		cp -= 0xff01 - '!';
	*out = cp;
	if (cp < 0x80) {
		if (fold && cp >= 'A' && cp <= 'Z')
			*out = cp + ('a' - 'A');
		return 1;
	}
	if (cp >= 0x4e00 && cp <= 0x9fff)	/* Han */
		return 1;
	if (cp < 0x3000)			/* dashes, curly quotes */
		return (cp >= 0x2012 && cp <= 0x2016) ||
		    (cp >= 0x2018 && cp <= 0x201e);
	return (cp >= 0x3001 && cp <= 0x3011) ||	/* CJK punctuation */
	    (cp >= 0x3041 && cp <= 0x3096) ||	/* Hiragana */
	    (cp >= 0x30a1 && cp <= 0x30fa) ||	/* Katakana */
	    (cp >= 0xac00 && cp <= 0xd7a3);	/* Hangul syllables */
}

/*
 * May the text hold the Greek iota below (U+0345), by itself or in U+037A
 * or in a letter from U+1F80 to U+1FFF?
 */
static int
has_iota_below(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i + 1 < len; i++) {
		unsigned char c = (unsigned char)text[i];
		unsigned char next = (unsigned char)text[i + 1];

		if ((c == 0xcd && (next == 0x85 || next == 0xba)) ||
		    (c == 0xe1 && next >= 0xbe))
			return 1;
	}
	return 0;
}

static int
map_once(const char *text, size_t len, utf8proc_option_t how,
    struct buf *out)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;

	n = utf8proc_map((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)len, &mapped,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | how);
	if (n < 0)
		return -1;
	buf_add(out, mapped, (size_t)n);
	free(mapped);
	return buf_ok(out) ? 0 : -1;
}

/*
 * Appends the normal form of text, the long way.  utf8proc folds before it
 * puts marks in their order, which is the same as to fold after NFKC but for
 * one mark: iota below goes after all others, and folds to a letter, which
 * stays where it is.
 */
static int
map_slowly(const char *text, size_t len, int fold, struct buf *out)
{
	struct buf nfkc = BUF_INIT;
	int r;

	if (!fold)
		return map_once(text, len, 0, out);
	if (!has_iota_below(text, len))
		return map_once(text, len, UTF8PROC_CASEFOLD, out);
	r = map_once(text, len, 0, &nfkc);
	if (r == 0)
		r = map_once(buf_cstr(&nfkc), nfkc.len, UTF8PROC_CASEFOLD,
		    out);
	buf_free(&nfkc);
	return r;
}

/* One of U+4E00 to U+9FFF, which is what most Chinese text is? */
static int
is_han(const char *text, size_t len)
{
	unsigned char c = (unsigned char)text[0];

	return len >= 3 && c >= 0xe4 && c <= 0xe9 &&
	    (c > 0xe4 || (unsigned char)text[1] >= 0xb8);
}

/*
 * Maps the longest run at text[0] whose code points map alone, and leaves
 * the last of them out when what follows might combine with it.  Sets *done
 * to the bytes taken.  `to` has room for len bytes; returns the bytes put.
 */
static size_t
map_run(const char *text, size_t len, int fold, char *to, size_t *done)
{
	size_t i = 0, o = 0, n, last_i = 0, last_o = 0;
	unsigned char c;
	uint32_t cp, m;

	while (i < len) {
		c = (unsigned char)text[i];
		if (c < 0x80) {
			last_i = i++;
			last_o = o;
			to[o++] = fold && c >= 'A' && c <= 'Z' ?
			    (char)(c | 0x20) : (char)c;
			continue;
		}
		if (is_han(text + i, len - i)) {
			last_i = i;
			last_o = o;
			memcpy(to + o, text + i, 3);
			i += 3;
			o += 3;
			continue;
		}
		n = utf8_next(text + i, len - i, &cp);
		if (!maps_alone(cp, fold, &m)) {
			*done = last_i;
			return last_o;
		}
		last_i = i;
		last_o = o;
		i += n;
		o += utf8_put(m, to + o);
	}
	*done = i;
	return o;
}

/*
 * Does nothing in front of a code point change by it?  Marks go in order and
 * combine, and so do vowels and finals of Korean syllables and a vowel of
 * Kirat Rai; what begins with none of these when it is taken apart does not.
 */
static int
begins_anew(uint32_t cp)
{
	enum { MOST = 32 };	/* 18 is what one code point comes to */
	utf8proc_int32_t part[MOST];
	int state = 0;

	if (cp < 0x300)
		return 1;
	if (utf8proc_decompose_char((utf8proc_int32_t)cp, part, MOST,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &state) < 1)
		return 0;
	return uni_class((uint32_t)part[0]) != UNI_MARK &&
	    (part[0] < 0x1160 || part[0] > 0x11ff) && part[0] != 0x16d67;
}

/*
 * Length of the run at text[0] that must go the long way: all up to the next
 * code point that maps alone, the first one left aside.  utf8proc takes time
 * with the square of the marks in a row, so they end a run when they are
 * more than any language has (UAX #15, section 13, has 30); what is near
 * the start of a run is not worth a look.
 */
static size_t
slow_run(const char *text, size_t len)
{
	uint32_t cp, m;
	size_t i = utf8_next(text, len, &cp), n, marks = 0;

	while (i < len && marks < UNI_MARKS) {
		n = utf8_next(text + i, len - i, &cp);
		if (maps_alone(cp, 0, &m))
			break;
		marks = i < UNI_MARKS || begins_anew(cp) ? 0 : marks + 1;
		i += n;
	}
	return i;
}

static int
map(const char *text, size_t len, int fold, struct buf *out)
{
	size_t i = 0, done, n;
	char *to;

	while (i < len) {
		to = buf_room(out, len - i);
		if (to == NULL)
			return -1;
		out->len += map_run(text + i, len - i, fold, to, &done);
		out->s[out->len] = '\0';
		i += done;
		if (i == len)
			break;
		n = slow_run(text + i, len - i);
		if (map_slowly(text + i, n, fold, out) < 0)
			return -1;
		i += n;
	}
	return buf_ok(out) ? 0 : -1;
}

int
uni_fold(const char *text, size_t len, struct buf *out)
{
	return map(text, len, 1, out);
}

int
uni_nfkc(const char *text, size_t len, struct buf *out)
{
	return map(text, len, 0, out);
}

size_t
uni_piece(const char *text, size_t len, size_t least)
{
	size_t i = least, n;
	uint32_t cp;

	if (len <= least)
		return len;
	while (i < len && ((unsigned char)text[i] & 0xc0) == 0x80)
		i++;
	while (i < len) {
		n = utf8_next(text + i, len - i, &cp);
		if (begins_anew(cp))
			break;
		i += n;
	}
	return i;
}

size_t
uni_grapheme(const char *text, size_t len)
{
	utf8proc_int32_t state = 0;
	uint32_t a, b;
	size_t i, n;

	if (len < 2)
		return len;
	if ((unsigned char)text[0] < 0x80 && (unsigned char)text[1] < 0x80)
		return text[0] == '\r' && text[1] == '\n' ? 2 : 1;
	i = utf8_next(text, len, &a);
	while (i < len) {
		n = utf8_next(text + i, len - i, &b);
		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)a,
		    (utf8proc_int32_t)b, &state))
			break;
		a = b;
		i += n;
	}
	return i;
}
