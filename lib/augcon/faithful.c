/*
 * Faithful and grounded, as far as it shows in the words: numbers, names and
 * quoted spans of the answer are in the context or in the question, those of
 * the question in the context.  The part that is looked at is f->in.
 */
#include <string.h>

#include "augcon/faithful_number.h"
#include "augcon/faithful_set.h"
#include "augcon/gate_int.h"
#include "augcon/lexicon.h"
#include "text/utf8.h"

/* Quotes, and names that may be initials: so that the time is bounded. */
enum { MOST = 64 };

/* A word that begins with a capital of its own, and not a sentence's. */
static int
is_name(const struct gate_text *t, size_t i)
{
	static const char *const none[] = { "mr", "mrs", "ms", "dr", "yes",
	    "ok", "ai", NULL };
	const struct word *w = &t->words.v[i];

	return w->kind == WORD_UPPER && w->gap != GAP_STOP && w->len > 1 &&
	    w->what == 0 && !gate_is_one_of(t, i, none);
}

/* Do the names from word k on, "of" left out, begin with these letters? */
static int
spells(const struct gate_text *p, size_t k, const char *letters, size_t len)
{
	const struct word *v = p->words.v;
	size_t n;

	for (n = 0; n < len && k < p->words.n && v[k].kind == WORD_UPPER &&
	    p->s[v[k].at] == letters[n]; n++)
		k += words_is(&p->words, p->s, k + 1, "of") ? 2 : 1;
	return n == len;
}

/* UN of United Nations, USA of United States of America. */
static int
is_initials(const struct gate_case *c, const struct gate_text *t, size_t i)
{
	const struct word *w = &t->words.v[i];
	const struct gate_text *p;
	size_t k;

	for (p = c->part; p < c->part + GATE_PARTS; p++)
		for (k = 0; faithful_is_source(c, p) && k < p->words.n; k++)
			if (spells(p, k, t->s + w->at, w->len))
				return 1;
	return 0;
}

/* German and its like write all nouns so. */
static int
has_names(struct gate_text *t)
{
	const char *lang = gate_language_of(t);

	return lang == NULL || strcmp(lang, "und") != 0;
}

static int
names(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[f->in];
	size_t i, had = 0;
	int ready = 0;

	for (i = 0; i < t->words.n; i++) {
		if (!is_name(t, i))
			continue;
		if (!ready && !has_names(&c->part[f->in]))
			return 0;
		if (!ready && faithful_words(c) < 0)
			return -1;
		ready = 1;
		if (!faithful_word(c, t, i) && (had++ == MOST ||
		    !is_initials(c, t, i)))
			return gate_bad_words(f, "name", f->in, t, i, 1);
	}
	return 0;
}

/* Is the byte at `at` of a word? */
static int
is_inner(const struct gate_text *t, size_t at)
{
	unsigned char c = at < t->len ? (unsigned char)t->s[at] : ' ';

	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* An apostrophe quotes before a word and behind one, not inside. */
static int
is_single(const struct gate_text *t, size_t at, int open)
{
	if (!open)
		return !is_inner(t, at + 1);
	return is_inner(t, at + 1) && (t->s[at + 1] < '0' ||
	    t->s[at + 1] > '9') && (at == 0 || t->s[at - 1] == ' ' ||
	    t->s[at - 1] == '(');
}

/* The character that closes what cp opens, or 0. */
static uint32_t
closes(uint32_t cp)
{
	switch (cp) {
	case '\'':	return '\'';
	case '"':	return '"';
	case 0x201c:	return 0x201d;
	case 0x300a:	return 0x300b;
	case 0x300c:	return 0x300d;
	case 0x300e:	return 0x300f;
	default:	return 0;
	}
}

/* The words from word i on that begin before byte `end`. */
static size_t
words_to(const struct words *w, size_t i, size_t end)
{
	size_t n = i;

	while (n < w->n && w->v[n].at < end)
		n++;
	return n - i;
}

/* The quote that is open at `at` ends there; its words are in the context. */
static int
quote(struct gate_case *c, size_t from, size_t to, size_t *word,
    struct gate_finding *f)
{
	const struct gate_text *t = &c->part[f->in];
	size_t n;

	while (*word < t->words.n && t->words.v[*word].at < from)
		++*word;
	n = words_to(&t->words, *word, to);
	if (n == 0 || faithful_run(c, t, *word, n))
		return 0;
	return gate_bad(f, "quote", f->in, from, to - from);
}

static int
quotes(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[f->in];
	size_t at, n, from = 0, had = 0, word = 0;
	uint32_t cp, close = 0;

	for (at = 0; at < t->len && had < MOST; at += n) {
		n = utf8_next(t->s + at, t->len - at, &cp);
		if ((cp >= 'a' && cp <= 'z') || cp == ' ')
			continue;	/* as most are */
		if (cp == '\'' && !is_single(t, at, close == 0))
			continue;
		/* 7" is a length */
		if (cp == '"' && close == 0 && at > 0 &&
		    t->s[at - 1] >= '0' && t->s[at - 1] <= '9')
			continue;
		if (close != 0 && cp == close) {
			if (quote(c, from, at, &word, f))
				return 1;
			had++;
			close = 0;
		} else if (close == 0 && (close = closes(cp)) != 0) {
			from = at + n;
		}
	}
	return 0;
}

/* Looks at a part; what it names must stand in one of the sources. */
static int
look(struct gate_case *c, enum gate_part part, unsigned sources,
    struct gate_finding *f)
{
	int bad;

	f->in = part;
	c->sources = sources;
	bad = faithful_strange_number(c, f);
	if (bad != 0)
		return bad;
	bad = names(c, f);
	if (bad == 0)
		bad = quotes(c, f);
	if (bad == 0 && c->part[part].words.chars > 0)
		bad = faithful_name_zh(c, f);
	/* Told last, as it takes time and most pairs are fine. */
	return bad == 1 && gate_is_foreign(c, part) ? 0 : bad;
}

int
gate_faithful(struct gate_case *c, struct gate_finding *f)
{
	if (c->part[GATE_ANSWER].words.n == 0)
		return 2;
	return look(c, GATE_ANSWER, 1u << GATE_CONTEXT | 1u << GATE_QUESTION,
	    f);
}

int
gate_grounded(struct gate_case *c, struct gate_finding *f)
{
	return look(c, GATE_QUESTION, 1u << GATE_CONTEXT, f);
}
