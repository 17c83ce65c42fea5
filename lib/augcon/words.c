#include "augcon/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/uni.h"
#include "text/utf8.h"

/* FNV-1a, since words are short. */
static const uint64_t BASIS = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;

static uint64_t
mix(uint64_t h, unsigned char c)
{
	return (h ^ c) * PRIME;
}

void
words_free(struct words *w)
{
	free(w->v);
	buf_free(&w->scratch);
	memset(w, 0, sizeof(*w));
}

/* Digits of ASCII, and its letters as small ones; 0: neither. */
static const unsigned char plain[256] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
	'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
	'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'
};

static int
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* The plain Han characters, which fold to themselves. */
static int
is_han(uint32_t cp)
{
	return cp >= 0x4e00 && cp <= 0x9fff;
}

static int
is_part(uint32_t cp)
{
	enum uni_class c;

	if (is_han(cp))
		return 1;
	c = uni_class(cp);
	return c == UNI_LETTER || c == UNI_MARK || c == UNI_NUMBER;
}

/* The letter without its accent, of Latin-1 and Latin Extended-A, or 0. */
static char
bare(uint32_t cp)
{
	static const char latin1[] = "aaaaaaaceeeeiiii" "dnooooo ouuuuy s"
	    "aaaaaaaceeeeiiii" "dnooooo ouuuuy y";
	static const char extended[] = "aaaaaaccccccccdd" "ddeeeeeeeeeegggg"
	    "gggghhhhiiiiiiii" "iiiijjkkklllllll"
	    "lllnnnnnnnnnoooo" "oooorrrrrrssssss"
	    "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs";

	if (cp >= 0xc0 && cp <= 0xff && latin1[cp - 0xc0] != ' ')
		return latin1[cp - 0xc0];
	if (cp >= 0x100 && cp <= 0x17f)
		return extended[cp - 0x100];
	return 0;
}

/* The hash of a word that is not ASCII alone. */
static int
fold(struct words *w, const char *s, size_t len, uint64_t *hash)
{
	uint64_t h = BASIS;
	size_t i = 0, n, k;
	uint32_t cp;
	char c;

	buf_reset(&w->scratch);
	if (uni_fold(s, len, &w->scratch) < 0 || !buf_ok(&w->scratch))
		return -1;
	s = buf_cstr(&w->scratch);
	while (i < w->scratch.len) {
		n = utf8_next(s + i, w->scratch.len - i, &cp);
		c = bare(cp);
		for (k = 0; k < (c ? 1 : n); k++)
			h = mix(h, (unsigned char)(c ? c : s[i + k]));
		i += n;
	}
	*hash = h;
	return 0;
}

static int
add(struct words *w, const struct word *one)
{
	if (w->n == w->cap &&
	    mem_grow(&w->v, &w->cap, w->n + 1, sizeof(*w->v)) < 0)
		return -1;
	w->v[w->n++] = *one;
	w->chars += one->kind == WORD_CHAR;
	return 0;
}

/* The word at s, which begins with `first`.  Is it of ASCII alone? */
static int
measure(const char *s, size_t len, uint32_t first, struct word *one)
{
	enum { LETTER = 0x40 };		/* of ASCII, and no digit's bit */
	size_t i = 0, n;
	uint32_t cp;
	uint64_t h = BASIS;
	unsigned char c;
	int letters = 0, ascii = 1;

	for (;;) {
		for (; i < len && (c = plain[(unsigned char)s[i]]) != 0; i++) {
			letters |= c;
			h = mix(h, c);
		}
		if (i == len || (unsigned char)s[i] < 0x80)
			break;
		n = utf8_next(s + i, len - i, &cp);
		if (!is_part(cp) || uni_is_scriptio_continua(cp))
			break;
		letters |= uni_class(cp) == UNI_LETTER ? LETTER : 0;
		ascii = 0;
		i += n;
	}
	one->len = i;
	one->hash = h;
	one->kind = !(letters & LETTER) ? WORD_NUMBER :
	    uni_is_upper(first) ? WORD_UPPER : WORD_LOWER;
	return ascii;
}

/* A mark between words: does it end a sentence, or a clause? */
static enum word_gap
gap_of(uint32_t cp)
{
	switch (cp) {
	case ' ': case '\t':
		return GAP_BLANK;
	case '.': case '!': case '?': case ':': case ';': case '\n':
	case '"': case '(': case '*': case '|':
	case 0x3002: case 0xff01: case 0xff1f: case 0xff1a: case 0xff1b:
	case 0x201c: case 0x2018: case 0x300a: case 0x300c:
		return GAP_STOP;
	case '\'': case 0x2019: case '-':
		return GAP_NONE;
	default:
		return uni_class(cp) == UNI_SPACE ? GAP_BLANK : GAP_MARK;
	}
}

/* The word that begins at s, with cp of n bytes.  0, or -1: no memory. */
static int
take(struct words *w, const char *s, size_t len, uint32_t cp, size_t n,
    struct word *one)
{
	size_t k;

	one->kind = WORD_CHAR;
	one->len = n;
	if (is_han(cp)) {
		one->hash = BASIS;
		for (k = 0; k < n; k++)
			one->hash = mix(one->hash, (unsigned char)s[k]);
		return 0;
	}
	if ((cp < 0x80 || !uni_is_scriptio_continua(cp)) &&
	    measure(s, len, cp, one))
		return 0;
	return fold(w, s, one->len, &one->hash);
}

int
words_read(struct words *w, const char *s, size_t len)
{
	struct word one = { .gap = GAP_STOP };
	size_t i, n;
	enum word_gap gap;
	uint32_t cp;

	w->n = w->chars = 0;
	for (i = 0; i < len; i += n) {
		n = 1;
		cp = (unsigned char)s[i];
		if (cp >= 0x80)
			n = utf8_next(s + i, len - i, &cp);
		if (cp < 0x80 ? !plain[cp] : !is_part(cp)) {
			gap = gap_of(cp);
			if (gap > one.gap)
				one.gap = (unsigned char)gap;
			continue;
		}
		one.at = i;
		if (take(w, s + i, len - i, cp, n, &one) < 0 ||
		    add(w, &one) < 0)
			return -1;
		n = one.len;
		one.gap = GAP_NONE;
	}
	return 0;
}

/* Past the first word of a phrase, when these bytes read so; else NULL. */
static const char *
past(const char *s, size_t len, const char *phrase)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((s[i] | (is_upper(s[i]) ? 0x20 : 0)) != phrase[i])
			return NULL;
	return phrase[len] == ' ' || phrase[len] == '\0' ? phrase + len :
	    NULL;
}

int
words_is(const struct words *w, const char *text, size_t i, const char *word)
{
	/* Asked of so many words that the call itself counts. */
	if (i >= w->n || ((text[w->v[i].at] ^ *word) & ~0x20) != 0)
		return 0;
	word = past(text + w->v[i].at, w->v[i].len, word);
	return word != NULL && *word == '\0';
}

size_t
words_match(const struct words *w, const char *text, size_t i,
    const char *phrase)
{
	size_t had;

	for (had = 0; i + had < w->n; had++) {
		if (had > 0 && w->v[i + had].gap == GAP_STOP)
			return 0;
		phrase = past(text + w->v[i + had].at, w->v[i + had].len,
		    phrase);
		if (phrase == NULL)
			return 0;
		if (*phrase++ == '\0')
			return had + 1;
	}
	return 0;
}
