/*
 * An English question that says "it", "he", "this" before it has named what
 * is meant, where that can be told: no word before the pronoun can be its
 * noun.  "What book did he write?" has one, but what is asked for is not
 * what is known, so the words from what, which or how on to the verb do not
 * count.
 */
#include "augcon/gate_int.h"
#include "augcon/lexicon.h"

/* "it takes to win", "it means if": what it stands for comes. */
static int
has_clause(const struct gate_text *t, size_t i)
{
	static const char *const begins[] = { "to", "for", "if", "that",
	    "when", NULL };
	size_t n;

	for (n = 0; i < t->words.n && n < GATE_BACK; i++, n++)
		if (gate_is_one_of(t, i, begins))
			return 1;
	return 0;
}

/* "How long does it take", "Is it true": it stands for what follows. */
static int
is_expletive(const struct gate_text *t, size_t i)
{
	enum { PRICES = 7 };	/* the first ones */
	static const char *const next[] = { "take", "takes", "took", "cost",
	    "costs", "mean", "matter", "rain", "snow", "possible", "important",
	    "necessary", "legal", "illegal", "safe", "true", "better", "best",
	    "hard", "difficult", "easy", "easier", "common", "useful", "said",
	    "believed", "thought", "like", "that", "who",
	    "when", "called", "okay", "ok", "worth", "bad", "good", "normal",
	    "wise", "wrong", "right", "for", "to", "known", "from", "helpful",
	    "customary", "usual", "rare", "dangerous", "harmful", "healthy",
	    "cold", "hot", "dark", "legal", "make", "considered", "means",
	    NULL };
	size_t k;

	for (k = 0; next[k] != NULL; k++)
		if (words_is(&t->words, t->s, i + 1, next[k]))
			return k < PRICES ? has_clause(t, i + 2) :
			    i + 2 < t->words.n;
	return 0;
}

/* "They say", "they call": people at large. */
static int
is_general(const struct gate_text *t, size_t i)
{
	return words_is(&t->words, t->s, i + 1, "call") ||
	    words_is(&t->words, t->s, i + 1, "say");
}

/* Is there a name before word i, but for the first? */
static int
has_name(const struct gate_text *t, size_t i)
{
	size_t k;

	for (k = i > GATE_BACK ? i - GATE_BACK : 1; k < i; k++)
		if (t->words.v[k].kind == WORD_UPPER)
			return 1;
	return 0;
}

/*
 * A name behind a clause that begins the question or says when: "Before he
 * fled, did X", "How long after it was sold did X".
 */
static int
is_named_later(const struct gate_text *t, size_t i)
{
	static const char *const when[] = { "after", "before", "while",
	    "until", NULL };
	size_t n;

	if ((!(gate_word(t, 0) & LEX_SUBORD) || gate_word(t, 1) & LEX_AUX) &&
	    (i == 0 || !gate_is_one_of(t, i - 1, when)))
		return 0;
	for (n = 0, i++; i < t->words.n && n < GATE_BACK; i++, n++)
		if (t->words.v[i].kind == WORD_UPPER)
			return 1;
	return 0;
}

static int
same_stem(const struct gate_text *t, const struct word *a,
    const struct word *b)
{
	size_t k;

	for (k = 0; k < a->len && k < b->len && k < 5; k++)
		if ((t->s[a->at + k] | 0x20) != (t->s[b->at + k] | 0x20))
			return 0;
	return k >= 4 || a->len == b->len;
}

/* Does the noun behind this or these stand there before? */
static int
is_said_before(const struct gate_text *t, size_t i)
{
	const struct word *v = t->words.v;
	size_t k;

	for (k = i > GATE_BACK ? i - GATE_BACK : 0; k < i; k++)
		if (same_stem(t, &v[k], &v[i + 1]) || v[k + 1].gap >= GAP_MARK)
			return 1;
	return 0;
}

/* "after this?": at the end of a question of one clause. */
static int
is_bare(const struct gate_text *t, size_t i)
{
	size_t k;

	if (i + 1 < t->words.n || !words_is(&t->words, t->s, i, "this"))
		return 0;
	for (k = i > GATE_BACK ? i - GATE_BACK : 1; k < i; k++)
		if (t->words.v[k].gap >= GAP_MARK || gate_word(t, k) & LEX_WH ||
		    words_is(&t->words, t->s, k, "and") ||
		    words_is(&t->words, t->s, k, "if") ||
		    words_is(&t->words, t->s, k, "that"))
			return 0;
	return 1;
}

/* "What does this mean: ...": it comes behind the colon. */
static int
is_said_behind(const struct gate_text *t, size_t i)
{
	const struct word *v = t->words.v;
	size_t k;

	for (k = i + 1; k < t->words.n; k++)
		if (v[k].gap >= GAP_MARK &&
		    gate_starts(t, v[k - 1].at + v[k - 1].len, ":"))
			return 1;
	return 0;
}

/* this, these, those, such: what they stand for, as far as can be told. */
static int
is_loose_this(const struct gate_text *t, size_t i, int named)
{
	static const char *const time[] = { "day", "year", "century",
	    "morning", "week", "month", "time", "date", "decade", NULL };
	int noun = i + 1 < t->words.n && t->words.v[i + 1].gap <= GAP_BLANK &&
	    !(gate_word(t, i + 1) & (LEX_AUX | LEX_FUNC | LEX_WH |
	    LEX_PRONOUN | LEX_SUBORD));

	if (is_said_behind(t, i))
		return 0;
	if (words_is(&t->words, t->s, i, "those"))
		return !named && noun;
	if (gate_is_one_of(t, i + 1, time))
		return !named;
	if (words_is(&t->words, t->s, i, "that")) {
		/* "of that treaty", where none is named */
		if (noun && i > 0 && words_is(&t->words, t->s, i - 1, "of"))
			return !has_name(t, i) && !is_said_before(t, i);
		return !named && i > 0 && gate_word(t, i - 1) & (LEX_AUX |
		    LEX_SUBORD);
	}
	return noun ? !is_said_before(t, i) : !named || is_bare(t, i);
}

/* "Who directed the film?": of a question without a name or a number. */
static int
is_nameless(const struct gate_text *t, size_t i)
{
	static const char *const works[] = { "film", "movie", "song", "album",
	    "musical", "series", "episode", "season", "novel", "poem",
	    "tournament", "match", "band", "battle", "treaty", "agreement",
	    "painting", "festival", NULL };
	static const char *const more[] = { "of", "that", "about", "called",
	    "named", NULL };
	size_t k;

	if (i == 0 || t->words.v[0].kind != WORD_UPPER ||
	    !words_is(&t->words, t->s, i - 1, "the") ||
	    !gate_is_one_of(t, i, works) || gate_is_one_of(t, i + 1, more) ||
	    gate_word(t, i + 1) & (LEX_WH | LEX_SUBORD))
		return 0;
	for (k = 1; k < t->words.n && k < GATE_BACK; k++)
		if (t->words.v[k].kind == WORD_UPPER ||
		    t->words.v[k].kind == WORD_NUMBER)
			return 0;
	return gate_find(t, 0, "\"") == t->len;
}

static int
is_loose(const struct gate_text *t, size_t i, unsigned what, int named)
{
	if (what == 0 || what & LEX_BOOK)
		return is_nameless(t, i);
	if (what & LEX_DEMO)
		return is_loose_this(t, i, named);
	if (!(what & LEX_PRONOUN))
		return 0;
	/* "the angle of their dance": an angle has none */
	if (named > 1 || (named == 1 &&
	    !words_is(&t->words, t->s, i - 1, "of")))
		return 0;
	if (words_is(&t->words, t->s, i, "it") && is_expletive(t, i))
		return 0;
	if (words_is(&t->words, t->s, i, "they") && is_general(t, i))
		return 0;
	return !is_named_later(t, i);
}

/*
 * Past "what", "which" and the like: where the verb is, when one comes
 * before any pronoun, else i.
 */
static size_t
skip_asked(const struct gate_text *t, size_t i)
{
	size_t k, most = i + 6;

	for (k = i + 1; k < t->words.n && k < most; k++) {
		if (t->words.v[k].gap >= GAP_MARK)
			return i;
		if (t->words.v[k].kind == WORD_UPPER)
			return i;
		if (gate_word(t, k) & LEX_AUX)
			/* "Which king lost": the asked is the subject */
			return gate_word(t, k + 1) & LEX_PRONOUN ? k : i;
	}
	return i;
}

int
dangles_en(const struct gate_text *t, struct gate_finding *f)
{
	const struct words *w = &t->words;
	int named = 0;
	unsigned what;
	size_t i;

	for (i = 0; i < w->n; i++) {
		what = gate_word(t, i);
		if (is_loose(t, i, what, named))
			return gate_bad_words(f, "nothing it stands for",
			    GATE_QUESTION, t, i, 1);
		if (what & LEX_WH && !named)
			i = skip_asked(t, i);
		else if (!(what & (LEX_AUX | LEX_FUNC | LEX_PRONOUN |
		    LEX_WH | LEX_SUBORD | LEX_DEMO | LEX_THE)))
			named += w->v[i].kind != WORD_NUMBER && named < 2;
	}
	return 0;
}
