/*
 * Language: question, answer and context are in one language, as far as
 * text/lang.h tells.  Short texts (names, numbers) have none.
 */
#include <string.h>

#include "augcon/faithful_set.h"
#include "augcon/gate_int.h"
#include "augcon/language_mix.h"

/* Kanji alone may be Japanese all the same. */
static int
may_be(const char *lang, const char *other, const struct gate_text *t)
{
	return strcmp(lang, other) == 0 || (strcmp(other, "ja") == 0 &&
	    strcmp(lang, "zh") == 0 && t->words.n < 12);
}

/*
 * A list of names and nouns has no words of a language's own; where a third
 * of its words are the context's, so is its language.  -1: no memory.
 */
static int
is_shared(struct gate_case *c, const struct gate_text *t)
{
	size_t i, n = 0;

	if (c->part[GATE_CONTEXT].s == NULL)
		return 0;
	if (faithful_words(c) < 0)
		return -1;
	for (i = 0; i < t->words.n; i++)
		n += faithful_has(c, &t->words.v[i]) != 0;
	return n * 3 >= t->words.n;
}

/* Titles and quotes keep their language: what is around them is other's. */
static int
is_around(const struct gate_text *t, const char *lang, const char *other)
{
	struct language_mix m;

	language_mix(t, &m);
	if (m.chars == 0 && m.letters == 0)
		return 1;
	if (strcmp(other, "zh") == 0)
		return (strcmp(lang, "en") == 0 || strcmp(lang, "und") == 0) &&
		    m.chars > m.letters;
	return strcmp(other, "en") == 0 && strcmp(lang, "zh") == 0 &&
	    m.letters > m.chars;
}

/* 1: `lang` is not the other's, although there are lists, titles, quotes. */
static int
is_other(struct gate_case *c, enum gate_part part, const char *lang,
    const char *other)
{
	const struct gate_text *t = &c->part[part];
	int shared = 0;

	if (strcmp(lang, "und") == 0 && part == GATE_ANSWER)
		shared = is_shared(c, t);
	if (shared != 0)
		return shared < 0 ? -1 : 0;
	return !is_around(t, lang, other);
}

static int
differs(struct gate_case *c, enum gate_part part, const char *other,
    struct gate_finding *f)
{
	struct gate_text *t = &c->part[part];
	const char *lang = t->s == NULL ? NULL : gate_language_of(t);
	int is = t->s == NULL || strcmp(other, "und") == 0 ? 0 :
	    language_is_neighbour(c, t);

	if (is == 0 && lang != NULL)
		is = may_be(lang, other, t) ?
		    part == GATE_ANSWER && language_is_mixed(c, lang) :
		    is_other(c, part, lang, other);
	if (is > 0) {
		f->why = "another language";
		f->in = part;
	}
	return is;
}

int
gate_language(struct gate_case *c, struct gate_finding *f)
{
	struct gate_text *p = c->part;
	int bad;
	const char *lang = p[GATE_CONTEXT].s == NULL ? NULL :
	    gate_language_of(&p[GATE_CONTEXT]);

	c->sources = 1u << GATE_CONTEXT | 1u << GATE_QUESTION;
	if (lang != NULL) {
		bad = differs(c, GATE_QUESTION, lang, f);
		return bad != 0 ? bad : differs(c, GATE_ANSWER, lang, f);
	}
	if (p[GATE_ANSWER].s == NULL ||
	    gate_language_of(&p[GATE_ANSWER]) == NULL ||
	    (lang = gate_language_of(&p[GATE_QUESTION])) == NULL)
		return 2;
	return differs(c, GATE_ANSWER, lang, f);
}
