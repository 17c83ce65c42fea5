#include "augcon/leave_out.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The pairs fitted on that are of another kind; how many. */
static size_t
others(const struct trial *t, uint32_t kind, size_t *row)
{
	size_t i, n = 0;

	for (i = 0; i < t->nrow; i++)
		if (t->p->v[t->row[i]].kind != kind)
			row[n++] = t->row[i];
	return n;
}

static int
is_measured(const struct trial *t, uint32_t kind)
{
	size_t i;

	for (i = 0; i < t->nout; i++)
		if (t->p->v[t->out[i]].kind == kind)
			return 1;
	return 0;
}

/* Measures the pairs of a kind by a fit of the rows in f. */
static int
measure(struct trial *t, const struct fit *f, double *w, uint32_t kind)
{
	struct eval_pair *e = t->seen + t->nseen - t->nout;
	size_t i;

	if (fit_solve(f, w) < 0)
		return -1;
	for (i = 0; i < t->nout; i++)
		if (t->p->v[t->out[i]].kind == kind) {
			e[i].unseen = fit_margin(f, w, t->out[i]);
			e[i].has_unseen = 1;
		}
	return 0;
}

int
leave_out(struct trial *t, const struct trial_model *m, double lambda)
{
	size_t kinds = vocab_size(t->p->kinds), k;
	size_t *row = mem_new(t->nrow, sizeof(*row));
	double *w = mem_new(t->dim, sizeof(*w)), scale[BLOCKS];
	struct fit f = trial_problem(t, lambda, scale);
	int rc = row != NULL && w != NULL ? 0 : -1;

	f.row = row;
	f.rough = t->ngiven > 0;
	for (k = 0; rc == 0 && kinds <= LEAVE_OUT_KINDS && k < kinds; k++) {
		f.n = others(t, (uint32_t)k, row);
		if (f.n == 0 || !is_measured(t, (uint32_t)k))
			continue;
		memcpy(w, m->w, t->dim * sizeof(*w));
		rc = measure(t, &f, w, (uint32_t)k);
	}
	free(row);
	free(w);
	return rc;
}
