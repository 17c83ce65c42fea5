#include "augcon/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "text/lang.h"
#include "text/token.h"
#include "text/uni.h"
#include "text/utf8.h"

enum { STEM = 5 };	/* letters; words are told apart by their beginnings */

/*
 * Words that make a question, in a few languages.  Others lose nothing but
 * this mark: their question words are common, so they weigh little anyway.
 */
static const struct {
	const char *word;
	unsigned marks;
} words[] = {
	{ "who", TERM_ASK }, { "whom", TERM_ASK }, { "whose", TERM_ASK },
	{ "what", TERM_ASK }, { "which", TERM_ASK }, { "where", TERM_ASK },
	{ "why", TERM_ASK }, { "how", TERM_ASK },
	{ "when", TERM_ASK | TERM_COUNT },
	{ "many", TERM_COUNT }, { "much", TERM_COUNT },
	{ "year", TERM_COUNT }, { "date", TERM_COUNT },
	{ "old", TERM_COUNT }, { "number", TERM_COUNT },
	{ "qui", TERM_ASK }, { "quoi", TERM_ASK }, { "quel", TERM_ASK },
	{ "quelle", TERM_ASK }, { "comment", TERM_ASK },
	{ "pourquoi", TERM_ASK }, { "quand", TERM_ASK | TERM_COUNT },
	{ "combien", TERM_ASK | TERM_COUNT },
	{ "wer", TERM_ASK }, { "wie", TERM_ASK }, { "wo", TERM_ASK },
	{ "warum", TERM_ASK }, { "welche", TERM_ASK },
	{ "wann", TERM_ASK | TERM_COUNT },
	{ "qu\xc3\xa9", TERM_ASK }, { "qui\xc3\xa9n", TERM_ASK },
	{ "c\xc3\xb3mo", TERM_ASK }, { "cu\xc3\xa1l", TERM_ASK },
	{ "d\xc3\xb3nde", TERM_ASK },
	{ "cu\xc3\xa1ndo", TERM_ASK | TERM_COUNT },
	{ "\xe4\xbb\x80\xe4\xb9\x88", TERM_ASK },		/* what */
	{ "\xe5\xa4\x9a\xe5\xb0\x91", TERM_ASK | TERM_COUNT },	/* how many */
	{ "\xe4\xbd\x95\xe6\x97\xb6", TERM_ASK | TERM_COUNT },	/* when */
	{ "\xe5\x93\xaa\xe5\xb9\xb4", TERM_ASK | TERM_COUNT },	/* what year */
	{ "\xe6\x80\x8e\xe4\xb9\x88", TERM_ASK },		/* how */
	{ "\xe5\xa6\x82\xe4\xbd\x95", TERM_ASK },		/* how */
	{ "passage", TERM_SELF }, { "paragraph", TERM_SELF },
	{ "text", TERM_SELF }, { "context", TERM_SELF },
	{ "article", TERM_SELF }, { "author", TERM_SELF },
	{ "\xe6\x9c\xac\xe6\x96\x87", TERM_SELF },		/* this text */
	{ "\xe6\x96\x87\xe4\xb8\xad", TERM_SELF },		/* in it */
	{ "\xe6\x96\x87\xe7\xab\xa0", TERM_SELF },		/* article */
};

/* Han letters that make any pair they are in a question word. */
static const char *const asking[] = {
	"\xe8\xb0\x81", "\xe5\x93\xaa", "\xe5\x87\xa0", "\xe5\x90\x97",
	"\xe4\xbd\x95", "\xe6\x80\x8e", "\xe5\x91\xa2",
};

struct walk {			/* through the tokens of a text */
	int (*fn)(void *, const char *, size_t);
	void *arg;
	const char *letter;	/* waits for its neighbour, or NULL */
	size_t len;		/* its bytes */
	int paired;		/* it was in a pair already */
};

uint64_t
terms_hash(const char *s, size_t len)
{
	return hash_bytes(s, len, 0);
}

/* The waiting letter by itself, when no pair took it. */
static int
take_lone(struct walk *w)
{
	const char *s = w->letter;

	w->letter = NULL;
	return s == NULL || w->paired ? 0 : w->fn(w->arg, s, w->len);
}

/* Tokens lie in one text: neighbours touch, and a pair is a run of bytes. */
static int
take_letter(struct walk *w, const char *s, size_t len)
{
	int rc, touch = w->letter != NULL && w->letter + w->len == s;

	if (touch)
		rc = w->fn(w->arg, w->letter, w->len + len);
	else
		rc = take_lone(w);
	w->letter = s;
	w->len = len;
	w->paired = touch;
	return rc;
}

static int
take_token(void *arg, const char *s, size_t len)
{
	struct walk *w = arg;
	uint32_t cp;
	int rc;

	if ((unsigned char)s[0] >= 0x80) {
		utf8_next(s, len, &cp);
		if (uni_is_scriptio_continua(cp))
			return take_letter(w, s, len);
	}
	rc = take_lone(w);
	return rc != 0 ? rc : w->fn(w->arg, s, len);
}

int
terms_each(const char *s, size_t len, struct buf *scratch,
    int (*fn)(void *, const char *, size_t), void *arg)
{
	struct walk w = { .fn = fn, .arg = arg };
	int rc;

	rc = token_each(TOKEN_UNICODE, s, len, scratch, take_token, &w);
	return rc != 0 ? rc : take_lone(&w);
}

/* The marks of a pair of letters, and of the letters by themselves. */
static unsigned
pair_marks(const char *s, size_t len)
{
	unsigned marks = TERM_PAIR;
	uint32_t cp;
	size_t i, n = utf8_next(s, len, &cp);

	if (n == len)
		return lang_is_stop(s, len) ? TERM_STOP : 0;
	if (lang_is_stop(s, n) || lang_is_stop(s + n, len - n))
		marks |= TERM_STOP;
	for (i = 0; i < sizeof(asking) / sizeof(asking[0]); i++)
		if (memcmp(s, asking[i], 3) == 0 ||
		    (len == n + 3 && memcmp(s + n, asking[i], 3) == 0))
			marks |= TERM_ASK;
	return marks;
}

static unsigned
question_marks(const char *s, size_t len)
{
	unsigned marks = 0;
	size_t i;

	if (lang_is_stop(s, len))
		marks |= TERM_STOP;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].word[0] == s[0] &&
		    strlen(words[i].word) == len &&
		    memcmp(words[i].word, s, len) == 0)
			marks |= words[i].marks;
	if ((unsigned char)s[0] >= 0xe0) {
		uint32_t cp;

		utf8_next(s, len, &cp);
		if (uni_is_scriptio_continua(cp))
			marks |= pair_marks(s, len);
	}
	return marks;
}

/* The bytes of the first STEM letters. */
static size_t
stem(const char *s, size_t len, unsigned *letters)
{
	size_t i, cut = len;

	*letters = 0;
	for (i = 0; i < len; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80) {
			if (*letters == STEM)
				cut = i;
			++*letters;
		}
	return cut;
}

struct fill {
	struct terms *out;
	enum terms_of of;
};

static int
add_term(void *arg, const char *s, size_t len)
{
	struct fill *f = arg;
	struct term *t;
	size_t i, cut;

	if (mem_grow(&f->out->v, &f->out->cap, f->out->n + 1, sizeof(*t)) < 0)
		return -1;
	t = &f->out->v[f->out->n++];
	cut = stem(s, len, &t->letters);
	t->hash = terms_hash(s, len);
	t->stem = cut == len ? t->hash : terms_hash(s, cut);
	t->marks = 0;
	for (i = 0; i < len; i++)
		if (s[i] >= '0' && s[i] <= '9')
			t->marks |= TERM_DIGIT;
	if (f->of == TERMS_QUESTION)
		t->marks |= question_marks(s, len);
	return 0;
}

/* Does the text end with a question mark, blanks and quotes aside? */
static int
ends_asking(const char *s, size_t len)
{
	static const char wide[] = "\xef\xbc\x9f", arabic[] = "\xd8\x9f";

	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\n' ||
	    s[len - 1] == '"' || s[len - 1] == '\''))
		len--;
	if (len >= 1 && s[len - 1] == '?')
		return 1;
	if (len >= 3 && memcmp(s + len - 3, wide, 3) == 0)
		return 1;
	return len >= 2 && memcmp(s + len - 2, arabic, 2) == 0;
}

int
terms_set(struct terms *out, enum terms_of of, const char *s, size_t len,
    struct buf *scratch)
{
	struct fill f = { out, of };

	out->n = 0;
	out->points = utf8_count(s, len);
	out->asked = ends_asking(s, len);
	return terms_each(s, len, scratch, add_term, &f);
}

void
terms_free(struct terms *t)
{
	free(t->v);
	memset(t, 0, sizeof(*t));
}
