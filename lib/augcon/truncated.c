/*
 * Truncated: the answer stops in the middle: a long one without the end of
 * a sentence, a word or a comma that something must follow, a quote, a
 * bracket or a code fence that stays open.
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/lexicon.h"
#include "text/uni.h"
#include "text/utf8.h"

enum { WORDS = 15, CHARS = 25 };	/* from so many on an answer is long */

/* Words that end no sentence without a stop. */
static int
needs_more(const struct gate_text *t, size_t i)
{
	static const char *const last[] = { "the", "a", "an", "of", "to",
	    "in", "and", "or", "with", "for", "by", "from", "at", "as",
	    "that", "which", "who", "their", "his", "its", "my", "your",
	    "each", "because", "but", "than", "is", "are", "was", "were",
	    "have", "has", "had", "into", "about", "between", "if", "when",
	    "while", "they", "he", "she", "first", "our", "every",
	    "whose", "whether", "until", "unless", "although", "though",
	    "whereas", "during", "among", "onto", "upon", "toward",
	    "towards", "without", "per", "via", NULL };
	const struct word *w = &t->words.v[i];

	/* "The Who", "group A": a name, unless all is in capitals. */
	if (w->kind == WORD_UPPER && (w->len == 1 ||
	    t->s[w->at + 1] >= 'a'))
		return 0;
	return gate_is_one_of(t, i, last);
}

static int
needs_more_zh(const struct gate_text *t, size_t end)
{
	enum { NAME = 4 };	/* 郑和, 服从, 棉被: a short answer is a word */
	static const char *const last[] = { "因此", "所以", "以及", "并且", "而且",
	    "但是", "因为", "由于", "或者", "然而", "不过", "即使", "虽然", "如果",
	    "除了", "为了", "关于", "对于", "至于", "例如", "比如", "包括", "其中",
	    "此外", "另外", "和", "与", "从", "把", "被", "又", "而", "且", "但",
	    "很", NULL };
	size_t k, n;

	for (k = 0; t->words.n > 1 && last[k] != NULL; k++) {
		n = strlen(last[k]);
		if (n < end && memcmp(t->s + end - n, last[k], n) == 0)
			return n > strlen("和") || t->words.n > NAME;
	}
	return 0;
}

/* The last line begins a list's item, or is one. */
static int
is_list(const struct gate_text *t, size_t end, int *bare)
{
	size_t at = end, i;

	while (at > 0 && t->s[at - 1] != '\n')
		at--;
	while (at < end && t->s[at] == ' ')
		at++;
	for (i = at; i < end && t->s[i] >= '0' && t->s[i] <= '9';)
		i++;
	if (i > at && i < end && (t->s[i] == '.' || t->s[i] == ')'))
		i++;
	else if (strchr("-*#|", t->s[at]) != NULL)
		i = at + 1;
	else
		return 0;
	*bare = i == end && at > 0;
	return i == end || t->s[i] == ' ';
}

/* The bars of the line that ends at `end`; *at: where it begins. */
static size_t
bars(const struct gate_text *t, size_t end, size_t *at)
{
	size_t n = 0;

	for (*at = end; *at > 0 && t->s[*at - 1] != '\n'; --*at)
		n += t->s[*at - 1] == '|';
	return *at < end && t->s[*at] == '|' ? n : 0;
}

/* The last row of a table lacks cells that the one before it has. */
static int
is_row_cut(const struct gate_text *t, size_t end)
{
	size_t at, before, n = bars(t, end, &at);

	return n > 0 && at > 0 && bars(t, at - 1, &before) > n;
}

/* "3." of a number that is 3.14 in the context, and nowhere 3. */
static int
is_number_cut(const struct gate_text *t, const struct gate_text *context)
{
	const struct word *w = &t->words.v[t->words.n - 1], *v;
	size_t i, at;
	int cut = 0;			/* so far */

	if (w->kind != WORD_NUMBER || context->s == NULL)
		return 0;
	for (i = 0; i < context->words.n; i++) {
		v = &context->words.v[i];
		if (v->hash != w->hash)
			continue;
		at = v->at + v->len;
		if (!gate_starts(context, at, ".") || i + 1 ==
		    context->words.n || v[1].kind != WORD_NUMBER ||
		    v[1].at != at + 1)
			return 0;
		cut = 1;
	}
	return cut;
}

/* "Orig" where the context has Original, and nowhere that word. */
static int
is_word_cut(const struct gate_text *t, const struct gate_text *context)
{
	enum { SHORT = 6, REST = 4 };	/* no answer so short; no ending */
	const struct word *w = &t->words.v[t->words.n - 1], *v;
	size_t i;
	int cut = 0;			/* so far */

	if (w->kind > WORD_UPPER || w->len < 3 || t->words.n < SHORT ||
	    context->s == NULL)
		return 0;
	for (i = 0; i < context->words.n; i++) {
		v = &context->words.v[i];
		if (v->hash == w->hash)
			return 0;
		cut |= v->len >= w->len + REST && memcmp(context->s + v->at,
		    t->s + w->at, w->len) == 0;
	}
	return cut;
}

/* 甲、乙、丙: a list has no stop. */
static int
is_enumerated(const struct gate_text *t)
{
	return gate_find(t, gate_find(t, gate_find(t, 0, "、") + 1, "、") + 1,
	    "、") < t->len && gate_find(t, 0, "，") == t->len;
}

/* Does word i make it one: a verb, or what begins behind a comma? */
static int
is_sentence(const struct gate_text *t, size_t i, int clause)
{
	static const char *const on[] = { "then", "and", "or", NULL };

	if (!clause && gate_word(t, i) & LEX_AUX)
		return 1;
	return t->words.v[i].gap == GAP_MARK && !gate_is_one_of(t, i, on) &&
	    !(gate_word(t, i) & LEX_SUBORD);
}

/*
 * "At sea, then in the port", "Because he had sailed around the world": no
 * sentence, which needs no stop.
 */
static int
is_phrase(const struct gate_text *t)
{
	static const char *const clauses[] = { "because", "when", "if",
	    "since", "while", "after", "before", "until", "although", "as",
	    NULL };
	int to = words_is(&t->words, t->s, 0, "to");
	int clause = gate_is_one_of(t, 0, clauses);
	size_t i;

	for (i = 1; i < t->words.n; i++)
		if (t->words.v[i].gap == GAP_STOP ||
		    (!to && is_sentence(t, i, clause)))
			return 0;
	return to || gate_word(t, 0) & LEX_SUBORD;
}

/* Only scripts whose stops are known. */
static int
is_long(const struct gate_text *t)
{
	const struct words *w = &t->words;

	return w->n >= (w->chars > w->n / 2 ? CHARS : WORDS) &&
	    !is_enumerated(t) && !is_phrase(t);
}

static int
stops(uint32_t cp, const struct gate_text *t)
{
	static const uint32_t ends[] = { '.', '!', '?', ')', ']', '}', '"',
	    '\'', '`', '*', '|', ';', '~', '_', '$', '/', '>', 0x3002,
	    0xff01, 0xff1f, 0xff09, 0x2026, 0x201d, 0x2019, 0x300b, 0x300d,
	    0x300f, 0x3011, 0xff1b, 0xbb, 0x964, 0x61f, 0x6d4 };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (ends[i] == cp)
			return 1;
	/* Thai and its neighbours have no stops. */
	return t->words.n > 0 && uni_is_scriptio_continua(cp) &&
	    !uni_is_han(cp) && !uni_is_kana(cp);
}

int
gate_truncated(struct gate_case *c, struct gate_finding *f)
{
	static const char why[] = "no end";
	const struct gate_text *t = &c->part[GATE_ANSWER];
	size_t end = t->len, n;
	uint32_t cp = 0;
	int bare = 0, list;

	while (end > 0 && (n = utf8_prev(t->s, end, &cp)) > 0 &&
	    uni_class(cp) == UNI_SPACE)
		end -= n;
	if (end == 0 || t->words.n == 0)
		return 2;
	if (truncated_open(t, f))
		return 1;
	n = utf8_prev(t->s, end, &cp);
	if (cp == ',' || cp == 0xff0c || cp == 0x3001 || cp == ':' ||
	    cp == 0xff1a)
		return gate_bad(f, why, GATE_ANSWER, end - n, n);
	list = is_list(t, end, &bare);
	if (bare || is_row_cut(t, end))
		return gate_bad(f, why, GATE_ANSWER, end - 1, 1);
	if (cp == '.' && is_number_cut(t, &c->part[GATE_CONTEXT]))
		return gate_bad_words(f, why, GATE_ANSWER, t,
		    t->words.n - 1, 1);
	if (stops(cp, t))
		return 0;
	if (needs_more_zh(t, end) || (t->words.n > 1 &&
	    needs_more(t, t->words.n - 1)) ||
	    is_word_cut(t, &c->part[GATE_CONTEXT]) || (!list && is_long(t)))
		return gate_bad_words(f, why, GATE_ANSWER, t,
		    t->words.n - 1, 1);
	return 0;
}
