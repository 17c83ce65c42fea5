#include "augcon/cohesion.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/lang.h"
#include "text/term.h"
#include "text/token.h"
#include "text/uni.h"
#include "text/utf8.h"

/* Weights of terms when there is no table. */
enum {
	PLAIN = 5,
	PLAIN_CHAR = 1		/* one character of a script without blanks */
};

/* How much an even cut and a part that starts with a pronoun count. */
static const double even_gain = 0.08, pronoun_loss = 0.05;

/* A longer list of units is cut in its middle half. */
enum { FREE_UNITS = 16 };

/*
 * Without a table, function words of Chinese, which hide in pairs of
 * characters, are left out by their character.
 */
static double
plain_weight(const char *s, size_t len)
{
	uint32_t cp;
	size_t n = utf8_next(s, len, &cp);

	if (!uni_is_scriptio_continua(cp))
		return PLAIN;
	if (lang_is_stop(s, n))
		return 0;
	if (n == len)
		return PLAIN_CHAR;
	return lang_is_stop(s + n, len - n) ? 0 : PLAIN;
}

/* What is known of a term of the text. */
struct known {
	double square;		/* of its weight */
	double first, rest;	/* how often the two parts have it */
};

struct cohesion {
	const struct idf *idf;
	struct vocab *vocab;
	struct known *known;	/* by term id */
	size_t known_cap;
	uint32_t *seq;		/* all terms in order */
	size_t n, seq_cap;
	struct buf scratch;
	double dot, first, rest;	/* products of the parts' counts */
	size_t *end;		/* by unit: where its terms end in seq */
};

static void
cohesion_free(struct cohesion *c)
{
	vocab_free(c->vocab);
	free(c->known);
	free(c->seq);
	free(c->end);
	buf_free(&c->scratch);
}

static int
add_term(void *arg, const char *s, size_t len)
{
	struct cohesion *c = arg;
	size_t n = vocab_size(c->vocab);
	uint32_t id = vocab_id(c->vocab, s, len);
	double w;

	if (id == UINT32_MAX ||
	    mem_grow(&c->seq, &c->seq_cap, c->n + 1,
	    sizeof(*c->seq)) != 0 ||
	    mem_grow(&c->known, &c->known_cap, n + 1,
	    sizeof(*c->known)) != 0)
		return -1;
	if (id == n) {
		w = c->idf == NULL ? plain_weight(s, len) :
		    idf_weight(c->idf, s, len);
		c->known[id] = (struct known){ w * w, 0, 0 };
	}
	c->known[id].rest++;
	c->seq[c->n++] = id;
	return 0;
}

/* One occurrence goes from the second part to the first. */
static void
move_term(struct cohesion *c, struct known *k)
{
	c->dot += k->square * (k->rest - k->first - 1);
	c->first += k->square * (2 * k->first + 1);
	c->rest -= k->square * (2 * k->rest - 1);
	k->first++;
	k->rest--;
}

static int
is_pronoun(void *arg, const char *s, size_t len)
{
	static const char *const words[] = {
		"it", "its", "he", "his", "him", "she", "her", "they",
		"their", "them", "these", "this", "those",
		"\xe4\xbb\x96", "\xe5\xa5\xb9", "\xe5\xae\x83", /* he she it */
		"\xe5\x85\xb6", "\xe6\xad\xa4",			/* its, this */
		"\xe8\xbf\x99", "\xe9\x80\x99",			/* this */
		"\xe8\xaf\xa5", "\xe8\xa9\xb2"			/* that, said */
	};
	size_t i;

	(void)arg;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == len && memcmp(words[i], s, len) == 0)
			return 2;
	return 1;
}

/* Does a unit start with a word that points back at what was said? */
static int
points_back(struct cohesion *c, const char *text, size_t len)
{
	enum { ENOUGH = 40 };	/* bytes: quotes, brackets and a word */
	size_t n = 0;
	uint32_t cp;
	int r;

	while (n < len && n < ENOUGH)
		n += utf8_next(text + n, len - n, &cp);
	r = token_each(TOKEN_UNICODE, text, n, &c->scratch, is_pronoun, NULL);
	return r == -1 ? -1 : r == 2;
}

static int
count_terms(struct cohesion *c, const char *text, const struct pieces *u)
{
	const struct known *k;
	size_t i;

	for (i = 0; i < u->n; i++) {
		if (term_each(text + u->v[i].start, u->v[i].len, &c->scratch,
		    add_term, c) != 0)
			return -1;
		c->end[i] = c->n;
	}
	for (i = 0; i < vocab_size(c->vocab); i++) {
		k = &c->known[i];
		c->rest += k->square * k->rest * k->rest;
	}
	return 0;
}

static double
cosine(const struct cohesion *c)
{
	if (c->first <= 0 || c->rest <= 0)
		return 0;
	return c->dot / (sqrt(c->first) * sqrt(c->rest));
}

double
cohesion_price(double alike, size_t before, size_t total)
{
	size_t shorter = before < total - before ? before : total - before;
	double share = (double)shorter / (double)total;

	return floor(1e6 * (alike - even_gain * share) + 0.5);
}

size_t
cohesion_edge(size_t units)
{
	return units > FREE_UNITS ? units / 4 : 1;
}

static int
least(struct cohesion *c, const char *text, const struct pieces *u,
    size_t *cut)
{
	size_t edge = cohesion_edge(u->n);
	size_t i, at = 0, before = 0, total = 0;
	double p, best = 0;
	int back;

	for (i = 0; i < u->n; i++)
		total += utf8_count(text + u->v[i].start, u->v[i].len);
	for (i = 1; i <= u->n - edge; i++) {
		for (; at < c->end[i - 1]; at++)
			move_term(c, &c->known[c->seq[at]]);
		before += utf8_count(text + u->v[i - 1].start,
		    u->v[i - 1].len);
		if (i < edge)
			continue;
		back = points_back(c, text + u->v[i].start, u->v[i].len);
		if (back == -1)
			return -1;
		p = cohesion_price(cosine(c) + (back ? pronoun_loss : 0),
		    before, total);
		if (*cut == 0 || p < best) {
			*cut = i;
			best = p;
		}
	}
	return 0;
}

int
cohesion_cut(const char *text, const struct pieces *units,
    const struct idf *idf, size_t *cut)
{
	struct cohesion c = { .idf = idf };
	int r = -1;

	*cut = 0;
	if (units->n < 2)
		return 0;
	c.vocab = vocab_new();
	c.end = mem_new(units->n, sizeof(*c.end));
	if (c.vocab != NULL && c.end != NULL &&
	    count_terms(&c, text, units) == 0)
		r = least(&c, text, units, cut);
	cohesion_free(&c);
	return r;
}
