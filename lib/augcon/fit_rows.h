/*
 * Sums over rows, of fit.c and lbfgs.c: nearly all the time of a training.
 * Each sum has an order of its own that is always the same.
 */
#ifndef AUGCON_FIT_ROWS_H
#define AUGCON_FIT_ROWS_H

#include <stddef.h>

enum { FIT_ROWS = 4 };		/* at once: what they share is read once */

double fit_dot(const double *a, const double *b, size_t n);
void fit_add(double *to, double by, const double *a, size_t n);

/* Adds v . z to m, for each of k rows z. */
void fit_rows_dot(const float *const *z, size_t k, const double *v, size_t n,
    double *m);

/* Adds all by * z to g. */
void fit_rows_add(double *g, const double *by, const float *const *z,
    size_t k, size_t n);

#endif
