/*
 * Words that speak of the text a question was made from: "in the passage",
 * "does the author say", "this study".  The same nouns have other uses ("the
 * Northwest Passage", "text message", "the author of Hamlet"), so what stands
 * before and behind decides.
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/lexicon.h"

static const char *const phrases[] = {
	"above mentioned", "mentioned above", "described above",
	"stated above", "discussed above", "listed above", "shown above",
	"as mentioned in", "as described in the", "as stated in the",
	"information provided", "information given",
	"provided information", "given information", "aforementioned",
	"in this story", "in the story", "in this section",
	"in this chapter", "according to the story",
	"according to this story", "according to the narrative", "the above",
	NULL
};

/* Do words i and i + 1 stand side by side? */
static int
touch(const struct gate_text *t, size_t i)
{
	return i + 1 < t->words.n && t->words.v[i + 1].gap <= GAP_BLANK;
}

/*
 * The words before a noun: 0 when none points at it, else LEX_THE, LEX_DEMO,
 * LEX_GIVEN and LEX_ORDINAL, or'ed; *first is the first of them.
 */
static unsigned
pointed(const struct gate_text *t, size_t i, size_t *first)
{
	unsigned had = 0, what;

	*first = i;
	while (*first > 0 && touch(t, *first - 1)) {
		what = gate_word(t, *first - 1);
		if ((what & (LEX_GIVEN | LEX_ORDINAL | LEX_THE)) == 0)
			break;
		had |= what & (LEX_GIVEN | LEX_ORDINAL | LEX_THE | LEX_DEMO);
		--*first;
		if (what & LEX_THE)
			break;
	}
	return had;
}

/* Does the noun end its phrase: nothing behind it says what it is of? */
static int
ends(const struct gate_text *t, size_t i)
{
	static const char *const of[] = { "of", "for", "between", "into",
	    "from", "that", "who", "which", "to", "on", "in", "by", NULL };
	unsigned next;

	if (!touch(t, i) || t->words.v[i + 1].kind == WORD_CHAR)
		return 1;
	if (gate_is_one_of(t, i + 1, of))
		return 0;
	next = gate_word(t, i + 1);
	return (next & (LEX_AUX | LEX_SAY | LEX_PRONOUN | LEX_WH |
	    LEX_FUNC | LEX_GIVEN)) != 0;
}

/* Is the same noun there before, with a word of its own beside it? */
static int
introduced(const struct gate_text *t, size_t before, const struct word *noun)
{
	const struct word *v = t->words.v;
	size_t i, first;

	for (i = before > GATE_BACK ? before - GATE_BACK : 0; i < before; i++)
		if (v[i].hash == noun->hash &&
		    (v[i].kind == WORD_UPPER || pointed(t, i, &first) == 0 ||
		    !ends(t, i)))
			return 1;
	return 0;
}

/* In this text before the noun, or in the question of an answer. */
static int
known(const struct gate_case *c, enum gate_part part, size_t i)
{
	const struct gate_text *t = &c->part[part];
	const struct gate_text *q = &c->part[GATE_QUESTION];

	return introduced(t, i, &t->words.v[i]) ||
	    (part == GATE_ANSWER && q->s != NULL &&
	    introduced(q, q->words.n, &t->words.v[i]));
}

static int
has(const struct gate_text *t, size_t before, unsigned what)
{
	size_t i;

	for (i = before > GATE_BACK ? before - GATE_BACK : 0; i < before; i++)
		if (gate_word(t, i) & what)
			return 1;
	return 0;
}

/* An author is known by a name, or by a book. */
static int
is_author_known(const struct gate_case *c, enum gate_part part, size_t at)
{
	const struct gate_text *t = &c->part[part];
	const struct gate_text *q = &c->part[GATE_QUESTION];
	size_t i;

	if (part == GATE_ANSWER)
		return q->s != NULL && has(q, q->words.n, LEX_BOOK);
	if (!has(t, at, LEX_BOOK))
		return 0;
	for (i = at > GATE_BACK ? at - GATE_BACK : 1; i < at; i++)
		if (t->words.v[i].kind == WORD_UPPER)
			return 1;
	return 0;
}

/* The text of an answer whose question names a treaty or an inscription. */
static int
is_document_known(const struct gate_case *c, enum gate_part part)
{
	static const char *const kinds[] = { "treaty", "inscription",
	    "decree", "charter", "constitution", "declaration",
	    "manuscript", "scroll", "letter", "telegram", NULL };
	const struct gate_text *q = &c->part[GATE_QUESTION];
	size_t i;

	if (part != GATE_ANSWER || q->s == NULL)
		return 0;
	for (i = 0; i < q->words.n && i < GATE_BACK; i++)
		if (gate_is_one_of(q, i, kinds))
			return 1;
	return 0;
}

static int
is_text(const struct gate_case *c, enum gate_part part, size_t i,
    size_t *first)
{
	const struct gate_text *t = &c->part[part];
	unsigned how = pointed(t, i, first);
	int context = words_is(&t->words, t->s, i, "context") ||
	    words_is(&t->words, t->s, i, "contexts");

	if (words_is(&t->words, t->s, i, "sentence") ||
	    words_is(&t->words, t->s, i, "sentences"))
		return how & (LEX_ORDINAL | LEX_GIVEN | LEX_DEMO) &&
		    ends(t, i);
	if (how & LEX_GIVEN && !words_is(&t->words, t->s, i + 1, "of"))
		return 1;
	if (how == 0 || !ends(t, i) || t->words.v[i].kind == WORD_UPPER)
		return 0;
	if (context)
		return !words_is(&t->words, t->s, i + 1, "in");
	/* What does not say is no text message. */
	return !(known(c, part, i) || is_document_known(c, part)) ||
	    words_match(&t->words, t->s, i + 1, "does not") ||
	    words_match(&t->words, t->s, i + 1, "doesn t");
}

static int
is_work(const struct gate_case *c, enum gate_part part, size_t i,
    size_t *first)
{
	const struct gate_text *t = &c->part[part];
	unsigned how = pointed(t, i, first);

	int firm = words_is(&t->words, t->s, i, "firm") ||
	    words_is(&t->words, t->s, i, "company");
	/* "did the firm employ": whatever comes is the verb */
	int subject = *first > 0 && gate_word(t, *first - 1) & LEX_AUX &&
	    !words_is(&t->words, t->s, i + 1, "of");

	if (how == 0 || t->words.v[i].kind == WORD_UPPER ||
	    (firm && part == GATE_ANSWER))
		return 0;
	if (!(how & LEX_DEMO) && !subject && !ends(t, i))
		return 0;
	return !known(c, part, i);
}

static size_t
phrase(const struct gate_text *t, size_t i)
{
	size_t k, n;
	int c = t->s[t->words.v[i].at] | 0x20;

	for (k = 0; phrases[k] != NULL; k++) {
		if (*phrases[k] != c)
			continue;
		n = words_match(&t->words, t->s, i, phrases[k]);
		/* "the above" a noun of its own is no reference */
		if (n > 0 && (strcmp(phrases[k], "the above") != 0 ||
		    ends(t, i + 1)))
			return n;
	}
	return 0;
}

/* "the recipe above", "the table below": shown beside the question. */
static int
is_shown(const struct gate_text *t, size_t i, size_t *first)
{
	static const char *const shown[] = { "recipe", "table", "figure",
	    "example", "list", "code", "image", "picture", "diagram",
	    "scenario", "statement", "description", "equation", "story",
	    "quote", "quotation", "information", "details", "facts", NULL };

	if (i < 2 || t->words.v[i].len != strlen("above") ||
	    !(words_is(&t->words, t->s, i, "above") ||
	    words_is(&t->words, t->s, i, "below")) || !touch(t, i - 1) ||
	    !ends(t, i))
		return 0;
	return gate_is_one_of(t, i - 1, shown) &&
	    pointed(t, i - 1, first) != 0;
}

int
refers_en(const struct gate_case *c, enum gate_part part,
    struct gate_finding *f)
{
	const struct gate_text *t = &c->part[part];
	const struct words *w = &t->words;
	const uint64_t firsts = gate_firsts(phrases);
	size_t i, n, first;
	unsigned what;

	for (i = 0; i < w->n; i++) {
		if (w->v[i].kind == WORD_CHAR || w->v[i].kind == WORD_NUMBER)
			continue;
		n = firsts & gate_first(t, i) ? phrase(t, i) : 0;
		if (n > 0)
			return gate_bad_words(f, "refers to a text", part, t,
			    i, n);
		what = gate_word(t, i);
		if (is_shown(t, i, &first) ||
		    (what & LEX_TEXT && is_text(c, part, i, &first)) ||
		    (what & LEX_WRITER && pointed(t, i, &first) &&
		    ends(t, i) && !is_author_known(c, part, i)) ||
		    (what & LEX_WORK && is_work(c, part, i, &first)))
			return gate_bad_words(f, "refers to a text", part, t,
			    first, i + 1 - first);
	}
	return 0;
}
