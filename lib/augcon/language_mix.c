#include "augcon/language_mix.h"

#include <string.h>

#include "augcon/faithful_set.h"
#include "augcon/gate_int.h"
#include "augcon/lexicon.h"
#include "text/utf8.h"

enum { SENTENCE = 5, CHARS = 8 };	/* words, characters of one */

/* Quotes and titles that are open; '"' opens and closes. */
struct quoted {
	long depth;
	int straight;
	size_t at;		/* how far they were read */
};

static void
read_quotes(const struct gate_text *t, size_t to, struct quoted *q)
{
	uint32_t cp;

	while (q->at < to) {
		q->at += utf8_next(t->s + q->at, t->len - q->at, &cp);
		if (cp == 0x201c || cp == 0x300a || cp == 0x300c)
			q->depth++;
		else if (cp == 0x201d || cp == 0x300b || cp == 0x300d)
			q->depth -= q->depth > 0;
		else if (cp == '"')
			q->straight = !q->straight;
	}
}

/* One more of a run that begins anew where `same` is 0. */
static void
lengthen(size_t *now, int same, size_t i, size_t *most, size_t *at)
{
	*now = same ? *now + 1 : 1;
	if (*now > *most) {
		*most = *now;
		*at = i + 1 - *now;
	}
}

void
language_mix(const struct gate_text *t, struct language_mix *m)
{
	struct quoted q = { 0, 0, 0 };
	const struct word *v = t->words.v;
	size_t i, letters = 0, chars = 0;

	memset(m, 0, sizeof(*m));
	for (i = 0; i < t->words.n; i++) {
		read_quotes(t, v[i].at, &q);
		q.at = v[i].at + v[i].len;
		if (q.depth > 0 || q.straight) {
			letters = chars = 0;
		} else if (v[i].kind == WORD_CHAR) {
			m->chars++;
			lengthen(&chars, chars > 0, i, &m->chars_run,
			    &m->chars_run_at);
			letters = 0;
		} else if (v[i].kind != WORD_NUMBER) {
			m->letters++;
			lengthen(&letters, letters > 0 && v[i].gap < GAP_MARK,
			    i, &m->run, &m->run_at);
			chars = 0;
		}
	}
}

/* Common words that English does not have. */
static int
is_neighbours(const char *s, size_t len)
{
	/* Of 2, 3, 4 and 5 letters, a blank behind each. */
	static const char two[] = "de la el en le du et au il di da un se lo "
	    "su em os ao es er im zu ",
	three[] = "los las del que con una les des une est aux qui sur der "
	    "das und ist ein mit von auf dem che gli nel het een fue ont fut "
	    "por wie bei als uma ",
	four[] = "para como pero este esta dans avec sont elle eine nach auch "
	    "wird sich alla pelo niet voor zijn sono mais oder ",
	five[] = "quien donde desde hasta entre cette einen durch nicht wurde "
	    "della delle degli wordt ";
	static const char *const words[] = { two, three, four, five };
	const char *w;

	_Static_assert(sizeof(two) % 3 == 1 && sizeof(three) % 4 == 1 &&
	    sizeof(four) % 5 == 1 && sizeof(five) % 6 == 1,
	    "words of one length");
	if (len == 1)
		return *s == 'y';
	if (len < 2 || len > 5)
		return 0;
	for (w = words[len - 2]; *w != '\0'; w += len + 1)
		if (memcmp(w, s, len) == 0)
			return 1;
	return 0;
}

static int
has(const struct gate_text *t, uint64_t hash)
{
	size_t i;

	for (i = 0; i < t->words.n; i++)
		if (t->words.v[i].hash == hash)
			return 1;
	return 0;
}

/* Lower-case words: an English one, or a neighbour's that `but` has not. */
static void
count(const struct gate_text *t, const struct gate_text *but,
    size_t *english, size_t *foreign)
{
	const struct word *v;
	size_t i;

	*english = *foreign = 0;
	for (i = 0; i < t->words.n; i++) {
		v = &t->words.v[i];
		if (v->kind != WORD_LOWER)
			continue;
		if (v->what != 0)
			++*english;
		else if (is_neighbours(t->s + v->at, v->len) &&
		    !(but != NULL && has(but, v->hash)))
			++*foreign;
	}
}

/* Two and most of the function words: "Charles de Gaulle" has one. */
static int
is_most(const struct gate_text *t, size_t english, size_t foreign)
{
	return foreign >= 2 && foreign > 2 * english &&
	    foreign * 6 >= t->words.n;
}

int
language_is_neighbour(const struct gate_case *c, const struct gate_text *t)
{
	size_t english, foreign;

	count(t, NULL, &english, &foreign);
	if (!is_most(t, english, foreign))
		return 0;
	count(t, &c->part[GATE_CONTEXT], &english, &foreign);
	return is_most(t, english, foreign);
}

/* Has a run of words a function word of English, as sentences have? */
static int
is_english(const struct gate_text *t, size_t i, size_t n)
{
	for (; n > 0; i++, n--)
		if (t->words.v[i].kind == WORD_LOWER && gate_word(t, i) != 0)
			return 1;
	return 0;
}

int
language_is_mixed(const struct gate_case *c, const char *lang)
{
	const struct gate_text *t = &c->part[GATE_ANSWER];
	struct language_mix m;

	if (t->words.chars == 0 || t->words.chars == t->words.n)
		return 0;
	language_mix(t, &m);
	if (strcmp(lang, "zh") == 0)
		return m.run >= SENTENCE && is_english(t, m.run_at, m.run) &&
		    !faithful_run(c, t, m.run_at, m.run);
	return strcmp(lang, "en") == 0 && m.chars_run >= CHARS &&
	    !faithful_run(c, t, m.chars_run_at, m.chars_run);
}
