#include "augcon/calibrate.h"

#include <math.h>
#include <string.h>

#include "augcon/fit.h"

static void
count(struct eval_bin *bin, double said, int right)
{
	size_t k = (size_t)(said * EVAL_BINS);

	bin += k < EVAL_BINS ? k : EVAL_BINS - 1;
	bin->n++;
	bin->said += said;
	bin->right += right;
}

void
calibrate(struct eval_calibration *c, const struct eval_pair *p, size_t n)
{
	struct eval_bin *bin = c->bin;
	size_t i;
	double m, x;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < n; i++) {
		m = p[i].good - p[i].bad;
		x = fit_sigmoid(-m);
		c->loss += fit_loss(m) / (double)n;
		c->brier += x * x / (double)n;
		count(bin, fit_sigmoid(m), 1);
		count(bin, x, 0);
	}
	for (i = 0; i < EVAL_BINS; i++) {
		if (bin[i].n == 0)
			continue;
		c->ece += fabs(bin[i].said - bin[i].right) / (2 * (double)n);
		bin[i].said /= (double)bin[i].n;
		bin[i].right /= (double)bin[i].n;
	}
}
