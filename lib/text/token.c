/* Tokenisers. */
#include "text/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/uni.h"
#include "text/utf8.h"

typedef int token_fn(void *, const char *, size_t);

static int
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int
is_alnum(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 ||
	    (unsigned char)(c - '0') < 10;
}

static int
each_space(const char *s, size_t len, token_fn *fn, void *arg)
{
	size_t i = 0, start;
	int r;

	for (;;) {
		while (i < len && is_blank(s[i]))
			i++;
		if (i == len)
			return 0;
		for (start = i; i < len && !is_blank(s[i]); i++)
			;
		if ((r = fn(arg, s + start, i - start)) != 0)
			return r;
	}
}

/* ASCII in lower case, what is no letter or digit a blank. */
static const char lower[] =
    "                                "
    "                0123456789      "
    " abcdefghijklmnopqrstuvwxyz     "
    " abcdefghijklmnopqrstuvwxyz     ";

/*
 * Appends a text as `lower` has it, and what is not ASCII as blanks.  Of
 * other characters only two have ASCII in lower case, as Python says: the
 * Kelvin sign and the I with a dot, which becomes an i and a mark.
 */
static int
lower_google(const char *s, size_t len, struct buf *out)
{
	char *to = buf_room(out, len);
	size_t i, o = 0;

	if (to == NULL)
		return -1;
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80)
			to[o++] = lower[c];
		else if (c == 0xe2 && len - i >= 3 &&
		    memcmp(s + i, "\xe2\x84\xaa", 3) == 0) {
			to[o++] = 'k';
			i += 2;
		} else if (c == 0xc4 && len - i >= 2 && s[i + 1] == '\xb0')
			to[o++] = 'i';
		else
			to[o++] = ' ';
	}
	to[o] = '\0';
	out->len += o;
	return 0;
}

/*
 * What a code point is to the unicode tokeniser: it separates, or is a
 * punctuation mark or symbol, or goes into a word, or is a token by itself.
 */
enum role { GAP, SIGN, WORD, SINGLE, MARK };

static enum role
role(uint32_t cp)
{
	if (cp >= 0x4e00 && cp <= 0x9fff)	/* Han */
		return SINGLE;
	switch (uni_class(cp)) {
	case UNI_LETTER:
		return uni_is_scriptio_continua(cp) ? SINGLE : WORD;
	case UNI_NUMBER:
		return uni_is_han(cp) ? SINGLE : WORD;
	case UNI_MARK:
		return MARK;
	case UNI_PUNCT:
	case UNI_SYMBOL:
		return SIGN;
	default:
		return GAP;
	}
}

static enum role
role_ascii(char c)
{
	if (is_alnum(c))
		return WORD;
	return c > ' ' && c < 0x7f ? SIGN : GAP;
}

/* Does a token that began with `open` go on with r?  Marks make words. */
static int
goes_on(enum role open, enum role r)
{
	if (r == MARK)
		return open >= WORD;
	return r == WORD && (open == WORD || open == MARK);
}

/* A text in normal form, of which there may be more to come. */
struct words {
	struct buf *s;
	enum role open, least;	/* of what begins at s[0]; of what counts */
	size_t seen;		/* bytes of s that have been looked at */
};

/*
 * The tokens that have ended; what may go on stays, as the start of s, unless
 * this was the last of the text.
 */
static int
each_word(struct words *w, int is_last, token_fn *fn, void *arg)
{
	const char *s = buf_cstr(w->s);
	size_t i = w->seen, start = 0, len = w->s->len, n;
	uint32_t cp;
	enum role r;
	int end;

	for (; i < len; i += n) {
		if ((unsigned char)s[i] < 0x80) {
			n = 1;
			r = role_ascii(s[i]);
		} else {
			n = utf8_next(s + i, len - i, &cp);
			r = role(cp);
		}
		if (goes_on(w->open, r))
			continue;
		if (w->open >= w->least &&
		    (end = fn(arg, s + start, i - start)) != 0)
			return end;
		w->open = r;
		start = i;
	}
	if (is_last)
		return w->open < w->least ? 0 : fn(arg, s + start,
		    len - start);
	w->seen = w->s->len = len - start;
	if (start > 0)
		memmove(w->s->s, w->s->s + start, w->seen + 1);
	return 0;
}

/*
 * By pieces of so many bytes, or a few more.  `signs`: punctuation makes
 * tokens too, and case counts.
 */
static int
each_unicode(const char *text, size_t len, int signs, size_t piece,
    struct buf *scratch, token_fn *fn, void *arg)
{
	struct words w = { scratch, GAP, signs ? SIGN : WORD, 0 };
	size_t n;
	int end = 0;

	for (; len > 0 && end == 0; text += n, len -= n) {
		n = uni_piece(text, len, piece);
		end = signs ? uni_nfkc(text, n, scratch) :
		    uni_fold(text, n, scratch);
		if (end == 0)
			end = each_word(&w, n == len, fn, arg);
	}
	return end;
}

static int
each(enum token_mode mode, const char *text, size_t len, size_t piece,
    struct buf *scratch, token_fn *fn, void *arg)
{
	buf_reset(scratch);
	/* Where all is ASCII the two agree. */
	if (mode == TOKEN_UNICODE && utf8_ascii(text, len))
		mode = TOKEN_GOOGLE;
	switch (mode) {
	case TOKEN_SPACE:
		return each_space(text, len, fn, arg);
	case TOKEN_GOOGLE:
		if (lower_google(text, len, scratch) < 0)
			return -1;
		return each_space(buf_cstr(scratch), scratch->len, fn, arg);
	default:
		return each_unicode(text, len, mode == TOKEN_AUGCON, piece,
		    scratch, fn, arg);
	}
}

int
token_each(enum token_mode mode, const char *text, size_t len,
    struct buf *scratch, token_fn *fn, void *arg)
{
	return each(mode, text, len, SIZE_MAX, scratch, fn, arg);
}

struct sink {
	struct vocab *vocab;
	struct tokens *out;
};

static int
sink_add(void *arg, const char *s, size_t len)
{
	struct sink *k = arg;
	struct tokens *t = k->out;
	uint32_t id = vocab_id(k->vocab, s, len);

	if (id == UINT32_MAX)
		return -1;
	if (mem_grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v)) < 0)
		return -1;
	t->v[t->n++] = id;
	return 0;
}

int
token_ids(enum token_mode mode, const char *text, size_t len,
    struct vocab *vocab, struct buf *scratch, struct tokens *out)
{
	enum { PIECE = 64 << 10 };	/* a form can be far longer */
	struct sink k = { vocab, out };

	out->n = 0;
	return each(mode, text, len, PIECE, scratch, sink_add, &k);
}

void
tokens_free(struct tokens *t)
{
	free(t->v);
	t->v = NULL;
	t->n = t->cap = 0;
}
