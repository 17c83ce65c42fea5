#include "augcon/gate.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/lexicon.h"
#include "text/lang.h"
#include "text/utf8.h"

const char *const gate_names[GATES + 1] = { "standalone", "grounded",
    "faithful", "answered", "preamble", "language", "copied", "truncated",
    NULL };
const char *const gate_part_names[GATE_PARTS] = { "question", "answer",
    "context" };

enum { Q = 1 << GATE_QUESTION, A = 1 << GATE_ANSWER, C = 1 << GATE_CONTEXT };

static const struct row {
	unsigned needs;		/* all of these */
	int (*look)(struct gate_case *, struct gate_finding *);
} rows[GATES] = {
	[GATE_STANDALONE] = { Q, gate_standalone },
	[GATE_GROUNDED] = { Q | C, gate_grounded },
	[GATE_FAITHFUL] = { A | C, gate_faithful },
	[GATE_ANSWERED] = { A, gate_answered },
	[GATE_PREAMBLE] = { A, gate_preamble },
	[GATE_LANGUAGE] = { Q, gate_language },
	[GATE_COPIED] = { Q | C, gate_copied },
	[GATE_TRUNCATED] = { A, gate_truncated }
};

static void
look_up(struct gate_text *t)
{
	struct word *v = t->words.v;
	size_t i;

	for (i = 0; i < t->words.n; i++, v++)
		if (v->kind <= WORD_UPPER)
			v->what = (unsigned short)lexicon_look(t->s + v->at,
			    v->len);
}

static int
take(struct gate_text *t, const char *s, size_t len)
{
	t->s = s;
	t->len = s == NULL ? 0 : len;
	t->known = 0;
	return words_read(&t->words, s, t->len);
}

/* Most questions come with others of their context, which is read once. */
static int
take_context(struct gate_case *c, const char *s, size_t len)
{
	struct gate_text *t = &c->part[GATE_CONTEXT];

	if (s != NULL && len > 0 && c->context.len == len &&
	    memcmp(c->context.s, s, len) == 0) {
		t->s = s;
		return 0;
	}
	buf_reset(&c->context);
	if (take(t, s, len) < 0)
		return -1;
	buf_add(&c->context, s, t->len);
	return buf_ok(&c->context) ? 0 : -1;
}

int
gate_take(struct gate_case *c, const char *const s[GATE_PARTS],
    const size_t len[GATE_PARTS])
{
	int i;

	for (i = 0; i < GATE_CONTEXT; i++) {
		if (take(&c->part[i], s[i], len[i]) < 0)
			return -1;
		look_up(&c->part[i]);
	}
	return take_context(c, s[GATE_CONTEXT], len[GATE_CONTEXT]);
}

void
gate_free(struct gate_case *c)
{
	int i;

	for (i = 0; i < GATE_PARTS; i++) {
		words_free(&c->part[i].words);
		free(c->part[i].number);
		free(c->part[i].set);
	}
	buf_free(&c->context);
	free(c->span);
	memset(c, 0, sizeof(*c));
}

int
gate_look(struct gate_case *c, enum gate g, struct gate_finding *f)
{
	const struct row *row = &rows[g];
	unsigned i;
	int bad;

	memset(f, 0, sizeof(*f));
	for (i = 0; i < GATE_PARTS; i++)
		if (row->needs >> i & 1 && c->part[i].s == NULL)
			return 0;
	bad = row->look(c, f);
	if (bad < 0)
		return -1;
	f->verdict = bad == 0 ? GATE_OK : bad == 1 ? GATE_BAD : GATE_NONE;
	return 0;
}

int
gate_bad(struct gate_finding *f, const char *why, enum gate_part in,
    size_t at, size_t len)
{
	f->why = why;
	f->in = in;
	f->at = at;
	f->len = len;
	return 1;
}

int
gate_bad_words(struct gate_finding *f, const char *why, enum gate_part in,
    const struct gate_text *t, size_t i, size_t n)
{
	const struct word *v = t->words.v;

	return gate_bad(f, why, in, v[i].at, v[i + n - 1].at +
	    v[i + n - 1].len - v[i].at);
}

uint64_t
gate_firsts(const char *const *list)
{
	uint64_t firsts = 0;

	for (; *list != NULL; list++)
		firsts |= UINT64_C(1) << (**list & 63);
	return firsts;
}

uint64_t
gate_first(const struct gate_text *t, size_t i)
{
	return UINT64_C(1) << ((t->s[t->words.v[i].at] | 0x20) & 63);
}

unsigned
gate_word(const struct gate_text *t, size_t i)
{
	return i < t->words.n ? t->words.v[i].what : 0;
}

int
gate_starts(const struct gate_text *t, size_t at, const char *with)
{
	for (; *with != '\0'; at++, with++)
		if (at >= t->len || t->s[at] != *with)
			return 0;
	return 1;
}

int
gate_is_one_of(const struct gate_text *t, size_t i, const char *const *list)
{
	for (; *list != NULL; list++)
		if (words_is(&t->words, t->s, i, *list))
			return 1;
	return 0;
}

size_t
gate_find(const struct gate_text *t, size_t from, const char *what)
{
	const char *s;

	/* memchr is quicker than strstr, which must find the end. */
	for (; from < t->len; from++) {
		s = memchr(t->s + from, *what, t->len - from);
		if (s == NULL)
			break;
		from = (size_t)(s - t->s);
		if (gate_starts(t, from, what))
			return from;
	}
	return t->len;
}

/* So many words without one of a language's own are another one's. */
enum { PROSE = 8, SAMPLE = 600 };	/* words; bytes */

static const char *
language_of(const struct gate_text *t)
{
	const struct words *w = &t->words;
	const char *lang;
	size_t i, n, letters = 0;
	uint32_t cp;

	for (i = 0; i < w->n && letters < PROSE; i++)
		letters += w->v[i].kind == WORD_UPPER ||
		    w->v[i].kind == WORD_LOWER;
	if (w->chars < 4 && letters < 3)
		return NULL;
	/* The first sentences tell; a word that is cut counts little. */
	n = t->len > SAMPLE ? SAMPLE - utf8_prev(t->s, SAMPLE, &cp) : t->len;
	lang = lang_detect(t->s, n);
	if (strcmp(lang, "und") == 0 && letters < PROSE)
		return NULL;
	return lang;
}

const char *
gate_language_of(struct gate_text *t)
{
	if (!(t->known & GATE_LANG)) {
		t->lang = language_of(t);
		t->known |= GATE_LANG;
	}
	return t->lang;
}

int
gate_is_foreign(struct gate_case *c, enum gate_part part)
{
	const char *a = gate_language_of(&c->part[part]);
	const char *b = gate_language_of(&c->part[GATE_CONTEXT]);

	return a != NULL && b != NULL && strcmp(a, "und") != 0 &&
	    strcmp(a, b) != 0;
}
