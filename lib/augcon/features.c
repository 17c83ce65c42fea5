#include "augcon/features.h"

#include <math.h>
#include <string.h>

/* The order is the model file's. */
enum feature {
	LENGTH, LENGTH_SQUARE, REPEATS, ASKED, ASKS, ASKS_FIRST, SELF,
	NO_CONTENT, COVER, COVER_SOFT, COVER_ALL, ORDER, SPAN, COPY,
	MATCHED_MAX, UNMATCHED_MAX, MATCHED_RARE, UNMATCHED_RARE,
	COVER_OWN, WINDOW_NEAR, WINDOW_WIDE, WINDOW_LOSS, PLACE,
	NUMBER_THERE, NUMBER_MISSING, ALL
};

static const struct {
	const char *name;
	int blind;
} list[] = {
	[LENGTH] = { "length", 1 },
	[LENGTH_SQUARE] = { "length_square", 1 },
	[REPEATS] = { "repeats", 1 },
	[ASKED] = { "question_mark", 1 },
	[ASKS] = { "question_word", 1 },
	[ASKS_FIRST] = { "question_word_first", 1 },
	[SELF] = { "speaks_of_text", 1 },
	[NO_CONTENT] = { "no_content", 1 },
	[COVER] = { "cover_exact", 0 },
	[COVER_SOFT] = { "cover_stems", 0 },
	[COVER_OWN] = { "cover_specific", 0 },
	[COVER_ALL] = { "cover_with_function_words", 0 },
	[ORDER] = { "lcs", 0 },
	[SPAN] = { "span", 0 },
	[COPY] = { "copied", 0 },
	[MATCHED_MAX] = { "matched_max", 0 },
	[UNMATCHED_MAX] = { "unmatched_max", 0 },
	[MATCHED_RARE] = { "matched_rare", 0 },
	[UNMATCHED_RARE] = { "unmatched_rare", 0 },
	[WINDOW_NEAR] = { "window_near", 0 },
	[WINDOW_WIDE] = { "window_wide", 0 },
	[WINDOW_LOSS] = { "window_loss", 0 },
	[PLACE] = { "place", 0 },
	[NUMBER_THERE] = { "number_there", 0 },
	[NUMBER_MISSING] = { "number_missing", 0 },
};

_Static_assert(ALL == FEATURES, "the list and its length differ");

const char *
features_name(size_t i)
{
	return list[i].name;
}

int
features_blind(size_t i)
{
	return list[i].blind;
}

size_t
features_find(const char *name)
{
	size_t i;

	for (i = 0; i < FEATURES; i++)
		if (strcmp(list[i].name, name) == 0)
			break;
	return i;
}

/*
 * Below, each number is scaled so that it differs by about 0.4 between the
 * two questions of a usual pair: one regularisation then fits all.
 */
static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

/* What can be said of the question by itself. */
static void
get_blind(double *f, const struct terms *q, const struct match *m)
{
	double n = (double)m->m;
	unsigned marks = 0;
	size_t i, content = 0;

	for (i = 0; i < m->m; i++) {
		marks |= m->term[m->id[i]].marks;
		content += !(m->term[m->id[i]].marks &
		    (TERM_STOP | TERM_ASK));
	}
	f[LENGTH] = log1p((double)q->n);
	f[LENGTH_SQUARE] = f[LENGTH] * f[LENGTH] / 4;
	f[REPEATS] = 4 * share(n - (double)m->distinct, n);
	f[ASKED] = q->asked;
	f[ASKS] = (marks & TERM_ASK) != 0;
	f[ASKS_FIRST] = m->m > 0 && (q->v[0].marks & TERM_ASK) != 0;
	f[SELF] = (marks & TERM_SELF) != 0;
	f[NO_CONTENT] = 3 / (1 + (double)content);
}

struct sums {			/* over the different terms of a question */
	double all, exact, soft;	/* weight: of all, of those matched */
	double any;			/* terms of every sort, matched */
	double own, lost;	/* matched, the less the oftener it is there;
				   not matched */
	double rare, no_rare;
};

enum { RARE_PERCENT = 60 };	/* weight from which a term counts as rare */

static void
add_content(double *f, struct sums *s, const struct match_term *t, int like)
{
	int rare = t->weight * 100 >= RARE_PERCENT;
	double *max = &f[like ? MATCHED_MAX : UNMATCHED_MAX];

	s->rare += like && rare;
	s->no_rare += !like && rare;
	if (t->weight > *max)
		*max = t->weight;
}

/* How much of the question the context has. */
static void
get_cover(double *f, const struct match *m)
{
	struct sums s = { 0 };
	size_t i;

	for (i = 0; i < m->distinct; i++) {
		const struct match_term *t = &m->term[i];
		int has = t->exact > 0, like = has || t->soft > 0;

		s.all += t->weight;
		s.exact += has ? t->weight : 0;
		s.soft += like ? t->weight : 0;
		s.own += like ? t->weight /
		    sqrt((double)(t->exact + t->soft)) : 0;
		s.lost += like ? 0 : t->weight;
		s.any += has;
		if (!(t->marks & (TERM_STOP | TERM_ASK)))
			add_content(f, &s, t, like);
	}
	f[COVER] = share(s.exact, s.all);
	f[COVER_SOFT] = share(s.soft, s.all);
	f[COVER_OWN] = share(s.own, s.own + s.lost);
	f[COVER_ALL] = share(s.any, (double)m->distinct);
	f[MATCHED_RARE] = log1p(s.rare) / 2;
	f[UNMATCHED_RARE] = log1p(s.no_rare) / 2;
	f[WINDOW_NEAR] = share(m->best[MATCH_NEAR], s.all);
	f[WINDOW_WIDE] = share(m->best[MATCH_WIDE], s.all);
	f[WINDOW_LOSS] = 3 * share(s.soft - m->best[MATCH_NEAR], s.all);
}

/* In what order the matches are, and where in the context. */
static void
get_places(double *f, const struct match *m)
{
	double n = (double)m->m, span = share((double)m->span, n), from;
	unsigned marks = 0;
	size_t i;

	for (i = 0; i < m->distinct; i++)
		marks |= m->term[i].marks;
	f[ORDER] = share((double)m->lcs, n);
	f[SPAN] = span;
	/* What asks and still is a run of the context is seldom a copy. */
	from = marks & TERM_ASK ? 0.95 : 0.8;
	f[COPY] = span > from ? (span - from) / (1 - from) : 0;
	f[PLACE] = m->heavy > 0 ? 2 * m->mean : 1;
	f[NUMBER_THERE] = (marks & TERM_COUNT) && m->best_digit;
	f[NUMBER_MISSING] = (marks & TERM_COUNT) && !m->best_digit;
}

int
features_get(double out[FEATURES], const struct terms *c,
    const struct terms *q, const struct df *df, struct match_work *w)
{
	struct match m;

	if (match_terms(&m, c, q, df, w) < 0)
		return -1;
	memset(out, 0, FEATURES * sizeof(*out));
	get_blind(out, q, &m);
	get_cover(out, &m);
	get_places(out, &m);
	return 0;
}
