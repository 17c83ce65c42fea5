/* Names in Chinese, which has no capitals. */
#include "augcon/faithful_set.h"
#include "augcon/gate_int.h"
#include "augcon/numeral.h"
#include "text/utf8.h"

/* 谁, 哪国: a name is asked for. */
static int
asks_name(const struct gate_text *q)
{
	size_t at;

	if (q->s == NULL)
		return 0;
	at = gate_find(q, 0, "哪");
	return gate_find(q, 0, "谁") < q->len ||
	    (at < q->len && !gate_starts(q, at, "哪些"));
}

/* Is word i one of these characters? */
static int
is_of(const struct gate_text *t, size_t i, const char *set)
{
	return utf8_is_in(t->s + t->words.v[i].at, t->words.v[i].len, set);
}

/* 约纳斯·费尔德: the two characters beside the dot tell the name. */
static int
dotted(struct gate_case *c, struct gate_finding *f)
{
	enum { MOST = 64 };
	static const char dot[] = "·";
	const struct gate_text *t = &c->part[f->in];
	const struct word *v = t->words.v;
	size_t at = 0, i = 0, had;

	for (had = 0; had < MOST && (at = gate_find(t, at, dot)) < t->len;
	    at++, had++) {
		while (i < t->words.n && v[i].at < at)
			i++;
		if (i > 0 && i < t->words.n && v[i].kind == WORD_CHAR &&
		    v[i - 1].kind == WORD_CHAR &&
		    v[i].at == at + sizeof(dot) - 1 &&
		    !faithful_run(c, t, i - 1, 2))
			return gate_bad_words(f, "name", f->in, t, i - 1,
			    2);
	}
	return 0;
}

/*
 * An answer of two to four characters, none of which is a particle, is a
 * name or a thing: no two of them stand so in the context.  Where a name is
 * asked for it is in the first ten: no two that are side by side do with
 * what is beside them.
 */
static int
strange(struct gate_case *c, struct gate_finding *f)
{
	enum { SHORT = 4, LONG = 10 };
	const struct gate_text *t = &c->part[f->in];
	const struct words *w = &t->words;
	size_t n = 0, i, first, least = 2, run = 0;
	int had = 0, has;
	double x;

	while (n < w->n && w->v[n].kind == WORD_CHAR && w->v[n].len == 3 &&
	    (n == 0 || w->v[n].gap < GAP_MARK))
		n++;
	if (n < 2)
		return 0;
	first = n > 2 && is_of(t, 0, "在由于");
	if (n == w->n && n <= SHORT)
		least = n - first;
	else if (n > LONG || !asks_name(&c->part[GATE_QUESTION]))
		return 0;
	for (i = first; i < n; i++)
		if (is_of(t, i, "是不没可能会有很都的无了在被因为以也未少多大"
		    "小好对错否约先后") || numeral_read(w, t->s, i, 0, &x) > 0)
			return 0;
	for (i = first; i < n; i++, had = has) {
		has = i + 1 < n && faithful_run(c, t, i, 2);
		run += !had && !has;
		if (run >= least && (has || i + 1 == w->n))
			return gate_bad_words(f, "name", f->in, t, i + !has -
			    run, run);
		if (had || has)
			run = 0;
	}
	return 0;
}

int
faithful_name_zh(struct gate_case *c, struct gate_finding *f)
{
	return dotted(c, f) || (f->in == GATE_ANSWER && strange(c, f));
}
