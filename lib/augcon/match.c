#include "augcon/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SLOTS = 4 * MATCH_MAX };	/* exact forms and beginnings, half full */

/* Lengths of the windows, in context terms. */
static const size_t width[MATCH_WINDOWS] = { 16, 40 };

struct hit {
	size_t at;		/* place in the context */
	unsigned char id;
	unsigned char exact;
};

struct match_work {
	struct hit *hit;	/* in the order of the context */
	size_t n, cap;
	struct {
		uint64_t hash;
		unsigned char id, exact, used;
	} slot[SLOTS];
};

struct match_work *
match_work_new(void)
{
	return mem_new(1, sizeof(struct match_work));
}

void
match_work_free(struct match_work *w)
{
	if (w != NULL)
		free(w->hit);
	free(w);
}

/* The slot of a hash, or the empty one where it belongs. */
static size_t
find(const struct match_work *w, uint64_t hash)
{
	size_t i = (size_t)(hash % SLOTS);

	while (w->slot[i].used && w->slot[i].hash != hash)
		i = (i + 1) % SLOTS;
	return i;
}

/* The first to come keeps its place; exact forms come before beginnings. */
static void
enter(struct match_work *w, uint64_t hash, size_t id, int exact)
{
	size_t i = find(w, hash);

	if (w->slot[i].used)
		return;
	w->slot[i].used = 1;
	w->slot[i].hash = hash;
	w->slot[i].id = (unsigned char)id;
	w->slot[i].exact = (unsigned char)exact;
}

static double
weigh(const struct term *t, const struct df *df)
{
	double w = df_weight(df, t->hash);

	if (t->marks & TERM_ASK)
		return 0;
	if (t->marks & TERM_STOP)
		return 0.05 * w;
	return w;
}

/* Numbers the question's terms and makes the table to look them up in. */
static void
read_question(struct match *m, const struct terms *q, const struct df *df,
    struct match_work *w)
{
	struct match_term *t;
	size_t i, at;

	memset(w->slot, 0, sizeof(w->slot));
	m->m = q->n < MATCH_MAX ? q->n : MATCH_MAX;
	for (i = 0; i < m->m; i++) {
		at = find(w, q->v[i].hash);
		if (!w->slot[at].used) {
			enter(w, q->v[i].hash, m->distinct, 1);
			t = &m->term[m->distinct++];
			t->hash = q->v[i].hash;
			t->stem = q->v[i].stem;
			t->marks = q->v[i].marks;
			t->weight = weigh(&q->v[i], df);
			t->exact = t->soft = 0;
		}
		m->id[i] = w->slot[at].id;
	}
	for (i = 0; i < m->distinct; i++)
		if (!(m->term[i].marks & TERM_STOP))
			enter(w, m->term[i].stem, i, 0);
}

static int
find_hits(struct match *m, const struct terms *c, struct match_work *w)
{
	struct hit *h;
	size_t i, at;

	w->n = 0;
	m->n = c->n;
	for (i = 0; i < c->n; i++) {
		at = find(w, c->v[i].hash);
		if (!w->slot[at].used && c->v[i].stem != c->v[i].hash)
			at = find(w, c->v[i].stem);
		if (!w->slot[at].used)
			continue;
		if (mem_grow(&w->hit, &w->cap, w->n + 1, sizeof(*h)) < 0)
			return -1;
		h = &w->hit[w->n++];
		h->at = i;
		h->id = w->slot[at].id;
		h->exact = w->slot[at].exact &&
		    c->v[i].hash == m->term[h->id].hash;
		if (h->exact)
			m->term[h->id].exact++;
		else
			m->term[h->id].soft++;
	}
	return 0;
}

/*
 * The longest common subsequence bit-parallel (Hyyro 2004), and the longest
 * common run; a bit, or an entry of run, for each question term.
 */
static void
align(struct match *m, const struct match_work *w)
{
	uint64_t place[MATCH_MAX] = { 0 }, v = UINT64_MAX, u, bits;
	size_t run[MATCH_MAX + 1] = { 0 }, next[MATCH_MAX + 1];
	size_t i, j;

	for (j = 0; j < m->m; j++)
		place[m->id[j]] |= UINT64_C(1) << j;
	for (i = 0; i < w->n; i++) {
		if (!w->hit[i].exact)
			continue;
		bits = place[w->hit[i].id];
		u = v & bits;
		v = (v + u) | (v - u);
		if (i == 0 || w->hit[i - 1].at + 1 != w->hit[i].at)
			memset(run, 0, sizeof(run));
		memset(next, 0, sizeof(next));
		for (j = 0; j < m->m; j++)
			if (bits >> j & 1) {
				next[j + 1] = run[j] + 1;
				if (next[j + 1] > m->span)
					m->span = next[j + 1];
			}
		memcpy(run, next, sizeof(run));
	}
	for (j = 0; j < m->m; j++)
		m->lcs += !(v >> j & 1);
}

/* The heaviest stretch of `wide` context terms. */
static void
best_window(struct match *m, const struct match_work *w, size_t wide,
    double *best, size_t *from)
{
	size_t count[MATCH_MAX] = { 0 }, i, tail = 0, k;
	double sum;

	*best = 0;
	*from = 0;
	for (i = 0; i < w->n; i++) {
		count[w->hit[i].id]++;
		while (w->hit[tail].at + wide <= w->hit[i].at)
			count[w->hit[tail++].id]--;
		for (sum = 0, k = 0; k < m->distinct; k++)
			if (count[k] > 0)
				sum += m->term[k].weight;
		if (sum > *best) {
			*best = sum;
			*from = w->hit[tail].at;
		}
	}
}

/* Where the matches that weigh something stand in the context. */
static void
places(struct match *m, const struct match_work *w)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < w->n; i++)
		if (m->term[w->hit[i].id].weight >= 0.25) {
			sum += (double)w->hit[i].at + 0.5;
			m->heavy++;
		}
	if (m->heavy > 0)
		m->mean = sum / (double)m->heavy / (double)m->n;
}

/* Is there a number around the best window that the question lacks? */
static void
look_for_number(struct match *m, const struct terms *c,
    const struct match_work *w)
{
	size_t i, at, end = m->best_at + width[MATCH_WIDE] / 2;

	for (i = m->best_at > 4 ? m->best_at - 4 : 0; i < c->n && i < end;
	    i++) {
		if (!(c->v[i].marks & TERM_DIGIT))
			continue;
		at = find(w, c->v[i].hash);
		if (!w->slot[at].used)
			m->best_digit = 1;
	}
}

int
match_terms(struct match *m, const struct terms *c, const struct terms *q,
    const struct df *df, struct match_work *w)
{
	size_t from;

	memset(m, 0, sizeof(*m));
	read_question(m, q, df, w);
	if (find_hits(m, c, w) < 0)
		return -1;
	align(m, w);
	best_window(m, w, width[MATCH_NEAR], &m->best[MATCH_NEAR],
	    &m->best_at);
	best_window(m, w, width[MATCH_WIDE], &m->best[MATCH_WIDE], &from);
	places(m, w);
	look_for_number(m, c, w);
	return 0;
}
