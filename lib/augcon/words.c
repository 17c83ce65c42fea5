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

static int
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static int
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_plain(char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c);
}

static int
is_part(uint32_t cp)
{
	enum uni_class c = uni_class(cp);

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

/* Bytes of the word at s, which begins one; what it is. */
static size_t
measure(const char *s, size_t len, struct word *one, int *ascii)
{
	size_t i = 0, n;
	uint32_t cp;
	int letters = 0;

	*ascii = 1;
	one->hash = BASIS;
	while (i < len) {
		if (is_plain(s[i])) {
			letters |= !is_digit(s[i]);
			one->hash = mix(one->hash, (unsigned char)(s[i] |
			    (is_upper(s[i]) ? 0x20 : 0)));
			i++;
			continue;
		}
		if ((unsigned char)s[i] < 0x80)
			break;
		n = utf8_next(s + i, len - i, &cp);
		if (!is_part(cp) || uni_is_scriptio_continua(cp))
			break;
		letters |= uni_class(cp) == UNI_LETTER;
		*ascii = 0;
		i += n;
	}
	utf8_next(s, len, &cp);
	one->kind = !letters ? WORD_NUMBER :
	    uni_is_upper(cp) ? WORD_UPPER : WORD_LOWER;
	return i;
}

/* A mark between words: does it end a sentence, or a clause? */
static enum word_gap
gap_of(uint32_t cp)
{
	static const uint32_t stops[] = { '.', '!', '?', ':', ';', '\n', '"',
	    '(', '*', 0x3002, 0xff01, 0xff1f, 0xff1a, 0xff1b, 0x201c, 0x2018,
	    0x300a, 0x300c };
	size_t i;

	if (cp == ' ')
		return GAP_BLANK;
	for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (stops[i] == cp)
			return GAP_STOP;
	if (cp == '\t' || uni_class(cp) == UNI_SPACE)
		return GAP_BLANK;
	if (cp == '\'' || cp == 0x2019 || cp == '-')
		return GAP_NONE;
	return GAP_MARK;
}

/* The plain Han characters, which fold to themselves. */
enum { HAN = 0x4e00, HAN_END = 0x9fff };

static int
add_han(struct words *w, struct word *one, const char *s)
{
	size_t k;

	one->len = 3;
	one->kind = WORD_CHAR;
	one->hash = BASIS;
	for (k = 0; k < 3; k++)
		one->hash = mix(one->hash, (unsigned char)s[k]);
	if (add(w, one) < 0)
		return -1;
	one->gap = GAP_NONE;
	return 0;
}

int
words_read(struct words *w, const char *s, size_t len)
{
	struct word one = { .gap = GAP_STOP };
	size_t i = 0, n;
	enum word_gap gap;
	uint32_t cp;
	int ascii;

	w->n = w->chars = 0;
	while (i < len) {
		n = is_plain(s[i]) ? 1 : utf8_next(s + i, len - i, &cp);
		one.at = i;
		if (n == 1)
			cp = (unsigned char)s[i];
		if (n == 3 && cp >= HAN && cp <= HAN_END) {
			if (add_han(w, &one, s + i) < 0)
				return -1;
			i += n;
			continue;
		}
		if (cp < 0x80 ? !is_plain((char)cp) : !is_part(cp)) {
			gap = gap_of(cp);
			one.gap = (unsigned char)(gap > one.gap ? gap :
			    one.gap);
			i += n;
			continue;
		}
		if (cp >= 0x80 && uni_is_scriptio_continua(cp)) {
			one.kind = WORD_CHAR;
			one.len = n;
			ascii = 0;
		} else {
			one.len = measure(s + i, len - i, &one, &ascii);
		}
		if ((!ascii && fold(w, s + i, one.len, &one.hash) < 0) ||
		    add(w, &one) < 0)
			return -1;
		i += one.len;
		one.gap = GAP_NONE;
	}
	return 0;
}

static int
is_word(const char *s, size_t len, const char *word, size_t n)
{
	size_t i;

	if (len != n)
		return 0;
	for (i = 0; i < n; i++)
		if ((s[i] | (is_upper(s[i]) ? 0x20 : 0)) != word[i])
			return 0;
	return 1;
}

int
words_is(const struct words *w, const char *text, size_t i, const char *word)
{
	return i < w->n && (text[w->v[i].at] | 0x20) == *word &&
	    is_word(text + w->v[i].at, w->v[i].len, word,
	    strlen(word));
}

size_t
words_match(const struct words *w, const char *text, size_t i,
    const char *phrase)
{
	size_t n, had = 0;

	/* Most words are told apart by how they begin. */
	if (i >= w->n || (text[w->v[i].at] | 0x20) != *phrase)
		return 0;
	for (; *phrase != '\0'; phrase += n + (phrase[n] == ' '), had++) {
		n = strcspn(phrase, " ");
		if (i + had >= w->n || (had > 0 &&
		    w->v[i + had].gap == GAP_STOP) ||
		    !is_word(text + w->v[i + had].at, w->v[i + had].len,
		    phrase, n))
			return 0;
	}
	return had;
}
