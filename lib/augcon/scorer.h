/*
 * A trained scorer: s(C, q) = sum of weight * scale * feature, and its text
 * file, one weight a line as a hexadecimal floating point number with the
 * feature's name (ac-train-scorer(1), MODEL FILE).
 */
#ifndef AUGCON_SCORER_H
#define AUGCON_SCORER_H

#include <stddef.h>

#include "augcon/df.h"
#include "augcon/features.h"
#include "base/buf.h"

/* Raised when an older program must not read a newer file. */
enum { SCORER_VERSION = 1 };

struct scorer {
	struct df *df;			/* owned: how common terms are */
	double weight[FEATURES];
	double scale;			/* of the block of features */
	double lambda, temperature;
	size_t pairs, roots;		/* fitted on */
	double accuracy;		/* on held-out roots; below 0: none */
	char data[65];			/* SHA-256 of the training lines, hex */
};

/* Has no table yet.  NULL without memory. */
struct scorer *scorer_new(void);
void scorer_free(struct scorer *);

/*
 * The score of a question by its features.  `part`, unless NULL, gets what
 * each feature adds; added in order they are the score to the last bit.
 */
double scorer_score(const struct scorer *, const double f[FEATURES],
    double part[FEATURES]);

/* Appends the file's text.  0, or -1 without memory. */
int scorer_write(const struct scorer *, struct buf *);

/*
 * Reads a file's text.  NULL when it is cut short, of another version or
 * other features, or odd in any way: `why` says so with the line's number.
 */
struct scorer *scorer_read(const char *, size_t len, struct buf *why);

#endif
