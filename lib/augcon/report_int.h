/* Between the files of the report: JSON as it is written in both. */
#ifndef AUGCON_REPORT_INT_H
#define AUGCON_REPORT_INT_H

#include "augcon/report.h"

/* A JSON string of valid UTF-8. */
void report_quote(struct buf *, const char *, size_t len);

/* ,"name":x */
void report_number(struct buf *, const char *name, double x);

/* All figures of the evaluation, a comma before each. */
void report_figures(const struct report *, struct buf *);

/* The members about the input, without a comma before the first. */
void report_input_json(const struct report *, struct buf *);

#endif
