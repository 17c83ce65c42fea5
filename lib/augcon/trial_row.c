#include "augcon/features.h"
#include "augcon/trial_int.h"

int
trial_look(struct trial *t, double *f, const struct df *df, size_t at,
    size_t with)
{
	const struct pairs *p = t->p;

	return features_get(f, &p->context[p->line[with].context],
	    &p->line[at].terms, df, t->match);
}

void
trial_given(const struct trial *t, double *f, size_t at, size_t with)
{
	const struct pair_line *q = &t->p->line[at], *c = &t->p->line[with];
	const struct given *g = t->given;
	const float *v[GIVEN];

	if (t->ngiven == 0)
		return;
	v[GIVEN_CONTEXT] = given_get(g, GIVEN_CONTEXT, c->context);
	v[GIVEN_QUESTION] = given_get(g, GIVEN_QUESTION, q->question);
	v[GIVEN_STATE] = given_get(g, GIVEN_STATE, at);
	v[GIVEN_AFTER] = given_get(g, GIVEN_AFTER, at);
	v[GIVEN_ALONE] = given_get(g, GIVEN_ALONE, q->question);
	v[GIVEN_JUDGE] = given_get(g, GIVEN_JUDGE, at);
	given_row(&t->schema, v, f);
}
