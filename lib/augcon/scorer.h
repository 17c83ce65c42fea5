/*
 * A trained scorer: s(C, q) = sum of weight * scale * feature, and its text
 * file, one weight a line as a hexadecimal floating point number with the
 * feature's name (ac-train-scorer(1), MODEL FILE).
 */
#ifndef AUGCON_SCORER_H
#define AUGCON_SCORER_H

#include <stddef.h>

#include "augcon/blocks.h"
#include "augcon/df.h"
#include "augcon/fit.h"
#include "base/buf.h"

/* Raised when an older program must not read a newer file. */
enum { SCORER_VERSION = 2 };

#define SCORER_MAGIC "augcon-scorer"

struct scorer {
	struct schema schema;
	enum fit_kind loss;		/* that the weights minimise */
	struct df *df;			/* owned: how common terms are; used
					   by the lexical block alone */
	double *weight;			/* owned: of each number of a row */
	double scale[BLOCKS];
	double lambda, temperature;
	size_t pairs, roots;		/* fitted on */
	double accuracy;		/* on held-out roots; below 0: none */
	char data[65];			/* SHA-256 of the training lines, hex */
};

/* Has no table yet, and weights of 0.  NULL without memory. */
struct scorer *scorer_new(const struct schema *);
void scorer_free(struct scorer *);

/*
 * The score of a row of the schema's numbers.  `part`, unless NULL, gets
 * what each of them adds; added in order they are the score to the last bit.
 */
double scorer_score(const struct scorer *, const double *row, double *part);

/* Appends the file's text.  0, or -1 without memory. */
int scorer_write(const struct scorer *, struct buf *);

/*
 * Reads a file's text.  NULL when it is cut short, of another version or
 * other blocks, or odd in any way: `why` says so with the line's number.
 */
struct scorer *scorer_read(const char *, size_t len, struct buf *why);

#endif
