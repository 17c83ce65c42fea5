/* Whether a stop ends a sentence. */
#include "text/sent.h"
#include "text/sent_int.h"
#include "text/uni.h"
#include "text/utf8.h"

enum stop {
	NO_STOP,
	DOT,		/* . */
	MARK,		/* ? ! */
	ELLIPSIS,	/* U+2026 */
	WIDE,		/* stops of scripts where no blank need follow */
	SEMI		/* the wide semicolon */
};

static enum stop
stop_of(uint32_t cp)
{
	switch (cp) {
	case '.':
		return DOT;
	case '!': case '?': case 0x203c: case 0x203d:
	case 0x2047: case 0x2048: case 0x2049:
		return MARK;
	case 0x2026:
		return ELLIPSIS;
	case 0x3002: case 0xff01: case 0xff1f: case 0xff61:	/* CJK */
	case 0x0964: case 0x0965:	/* Devanagari */
	case 0x061f: case 0x06d4:	/* Arabic, Urdu */
	case 0x0589: case 0x1362:	/* Armenian, Ethiopic */
	case 0x104b: case 0x17d4:	/* Myanmar, Khmer */
		return WIDE;
	case 0xff1b:
		return SEMI;
	default:
		return NO_STOP;
	}
}

const unsigned char stop_first[256] = {
	['\n'] = 1, ['.'] = 1, ['!'] = 1, ['?'] = 1,
	[0xd6] = 1, [0xd8] = 1, [0xdb] = 1, [0xe0] = 1, [0xe1] = 1,
	[0xe2] = 1, [0xe3] = 1, [0xef] = 1
};

/* After these a sentence goes on. */
static int
goes_on(uint32_t cp)
{
	switch (cp) {
	case ',': case ';': case ':': case '%':
	case 0x3001: case 0xff0c: case 0xff1a: case 0xff1b: case 0x00b7:
		return 1;
	default:
		return sign_closes(cp) && cp != '"' && cp != '\'';
	}
}

/* A stop with what else belongs to it. */
struct found {
	size_t end;		/* behind the stops, quotes and brackets */
	size_t stops;		/* how many */
	enum stop first;
	int wide, semi, mark;	/* there was such a stop */
	int loud;		/* ? or !, wide or not */
	int quote, title;	/* a quote, a title, closed after it */
};

/* An odd number of '"' before text[at]: the next one closes. */
static int
quote_is_open(const char *text, size_t at)
{
	enum { LOOK = 1024 };
	size_t i = at > LOOK ? at - LOOK : 0;
	int odd = 0;

	for (; i < at; i++)
		odd ^= text[i] == '"';
	return odd;
}

/* Length of a reference like [12] at s, or 0. */
static size_t
reference(const char *s, size_t len)
{
	size_t i = 1;

	if (len < 3 || s[0] != '[')
		return 0;
	while (i < len && i < 6 && s[i] >= '0' && s[i] <= '9')
		i++;
	return i > 1 && i < len && s[i] == ']' ? i + 1 : 0;
}

/* Length of what closes at text[at], right after a stop; 0: nothing. */
static size_t
closer(const char *text, size_t len, size_t at, struct found *f)
{
	size_t n = reference(text + at, len - at);
	uint32_t cp;

	if (n > 0)
		return n;
	n = utf8_next(text + at, len - at, &cp);
	if (!sign_closes(cp))
		return 0;
	if (cp == '"' && f->wide && !quote_is_open(text, at))
		return 0;
	f->title |= cp == 0x3009 || cp == 0x300b;
	f->quote |= cp == 0x201d || cp == 0x2019 || cp == 0x300d ||
	    cp == 0x300f || cp == '"';
	return n;
}

static struct found
find(const char *text, size_t len, size_t at)
{
	struct found f = { at, 0, NO_STOP, 0, 0, 0, 0, 0, 0 };
	enum stop kind;
	uint32_t cp;
	size_t n;

	while (f.end < len) {
		n = utf8_next(text + f.end, len - f.end, &cp);
		kind = stop_of(cp);
		if (kind == NO_STOP) {
			n = f.stops > 0 ? closer(text, len, f.end, &f) : 0;
			if (n == 0)
				break;
			f.end += n;
			continue;
		}
		if (f.stops++ == 0)
			f.first = kind;
		f.wide |= kind == WIDE || kind == SEMI;
		f.semi |= kind == SEMI;
		f.mark |= kind == MARK;
		f.loud |= kind == MARK || cp == 0xff01 || cp == 0xff1f;
		f.end += n;
		/* An ellipsis may be typed as ". . ." */
		while (kind == DOT && len - f.end >= 2 &&
		    text[f.end] == ' ' && text[f.end + 1] == '.') {
			f.end += 2;
			f.stops++;
		}
	}
	return f;
}

/* A bracket opened before text[at] in the same sentence is still open. */
static int
in_brackets(const char *text, size_t at, uint32_t open, uint32_t close)
{
	enum { LOOK = 600 };
	size_t stop = at > LOOK ? at - LOOK : 0;
	int closed = 0;
	uint32_t cp;

	while (at > stop) {
		at -= utf8_prev(text, at, &cp);
		if (cp >= 0xff00 && cp <= 0xff5e)	/* fullwidth */
			cp -= 0xff01 - '!';
		if (cp == close)
			closed++;
		else if (cp == open && closed-- == 0)
			return 1;
	}
	return 0;
}

/* A shout or a question inside a title in double angle brackets. */
static int
in_title(const char *text, size_t at, const struct found *f)
{
	return f->loud && in_brackets(text, at, 0x300a, 0x300b);
}

/* Chinese words that go on after a quotation used as a word. */
static int
is_particle(uint32_t cp)
{
	return cp == 0x7684 || cp == 0x4e4b || cp == 0x548c || cp == 0x4e0e ||
	    cp == 0x7b49 || cp == 0x4e00 || cp == 0x800c || cp == 0x4f46;
}

static int
wide_ends(const char *text, size_t at, const struct found *f, uint32_t after)
{
	if (goes_on(after) || f->title)
		return 0;
	if (f->quote && is_particle(after))
		return 0;
	return !in_title(text, at, f) &&
	    (!f->semi || f->stops > 1 || !in_brackets(text, at, '(', ')'));
}

static int
in_word(uint32_t cp)
{
	enum uni_class c = uni_class(cp);

	return (c == UNI_LETTER || c == UNI_NUMBER || c == UNI_MARK) &&
	    !uni_is_scriptio_continua(cp);
}

/* Where the word that ends at text[at] begins. */
static size_t
word_start(const char *text, size_t at)
{
	enum { LOOK = 40 };
	size_t from = at, stop = at > LOOK ? at - LOOK : 0, n;
	uint32_t cp;

	while (from > stop) {
		n = utf8_prev(text, from, &cp);
		if (cp != '.' && cp != '&' && cp != '\'' && !in_word(cp))
			break;
		from -= n;
	}
	return from;
}

/* "(1998": it follows a title that ends in a stop. */
static int
is_year(const char *s, size_t len)
{
	return len > 1 && s[0] == '(' && s[1] >= '0' && s[1] <= '9';
}

/* The stop is followed by blanks; what is seen next begins at text[next]. */
static int
blank_ends(const char *text, size_t len, size_t at, const struct found *f,
    size_t next)
{
	uint32_t cp;
	size_t n = utf8_next(text + next, len - next, &cp);

	if (goes_on(cp) || (f->mark && is_year(text + next, len - next)))
		return 0;
	while (sign_opens(cp) && next + n < len) {
		next += n;
		n = utf8_next(text + next, len - next, &cp);
	}
	if (uni_is_lower(cp) || in_title(text, at, f))
		return 0;
	if (f->first != DOT || f->mark)
		return 1;
	if (f->stops > 1)	/* an ellipsis before "I" goes on */
		return cp != 'I';
	return abbr_ends(text, len, word_start(text, at), at, next);
}

/* No blank follows the stop: only after CJK text does it end a sentence. */
static int
tight_ends(const char *text, size_t at, const struct found *f, uint32_t after)
{
	uint32_t before;

	if (!f->mark || at == 0 || goes_on(after))
		return 0;
	utf8_prev(text, at, &before);
	return sign_is_cjk(before) && !in_title(text, at, f);
}

size_t
stop_end(const char *text, size_t len, size_t at, size_t *next)
{
	struct found f = find(text, len, at);
	uint32_t cp;
	size_t i;

	if (f.stops == 0) {
		*next = at + utf8_next(text + at, len - at, &cp);
		return 0;
	}
	*next = f.end;
	i = f.end + sent_blank_start(text + f.end, len - f.end);
	if (i == len)
		return f.end;
	utf8_next(text + i, len - i, &cp);
	if (f.wide)
		return wide_ends(text, at, &f, cp) ? f.end : 0;
	if (i == f.end)
		return tight_ends(text, at, &f, cp) ? f.end : 0;
	return blank_ends(text, len, at, &f, i) ? f.end : 0;
}
