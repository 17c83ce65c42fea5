/*
 * Language: question, answer and context are in one language, as far as
 * text/lang.h tells.  Short texts (names, numbers) have none.
 */
#include <string.h>

#include "augcon/gate_int.h"

/* Kanji alone may be Japanese all the same. */
static int
may_be(const char *lang, const char *other, const struct gate_text *t)
{
	return strcmp(lang, other) == 0 || (strcmp(other, "ja") == 0 &&
	    strcmp(lang, "zh") == 0 && t->words.n < 12);
}

static int
differs(const struct gate_text *t, enum gate_part part, const char *other,
    struct gate_finding *f)
{
	const char *lang = t->s == NULL ? NULL : gate_language_of(t);

	if (lang == NULL || may_be(lang, other, t))
		return 0;
	f->why = "another language";
	f->in = part;
	return 1;
}

int
gate_language(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *p = c->part;
	const char *lang = p[GATE_CONTEXT].s == NULL ? NULL :
	    gate_language_of(&p[GATE_CONTEXT]);

	if (lang != NULL)
		return differs(&p[GATE_QUESTION], GATE_QUESTION, lang, f) ||
		    differs(&p[GATE_ANSWER], GATE_ANSWER, lang, f);
	if (p[GATE_ANSWER].s == NULL ||
	    (lang = gate_language_of(&p[GATE_QUESTION])) == NULL)
		return 2;
	return differs(&p[GATE_ANSWER], GATE_ANSWER, lang, f);
}
