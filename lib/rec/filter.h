/*
 * What every filter does around its own step: inputs, outputs, failed
 * records in place, counts, the progress line, signals and the exit code.
 * (augcon(7); ac-record(5), FAILED RECORDS)
 */
#ifndef REC_FILTER_H
#define REC_FILTER_H

#include <stddef.h>

#include "base/buf.h"
#include "base/opt.h"
#include "rec/filter_signal.h"
#include "rec/in.h"
#include "rec/out.h"
#include "rec/rec.h"

struct filter_opt {
	const char *output, *errors, *stats, *log;
	const char *max_errors;		/* "N" or "P%" */
	const char *in_name, *out_name, *id_name;	/* NULL: by filter */
	unsigned long total;
	int quiet, verbose, progress, color;
};

extern const struct opt filter_opts[];	/* every command's */
extern const struct opt record_opts[];	/* of those that map records */

enum { FILTER_CODES = 24 };		/* more than the closed list has */

struct filter {
	const struct filter_opt *opt;
	struct in in;
	struct out out, err;		/* err.fd -1: in-band */
	int log_fd;
	unsigned long read, ok, failed, passed;
	unsigned long cached, running;	/* the engine's, for the meter */
	double tokens;
	struct { const char *code; unsigned long n; } codes[FILTER_CODES];
	struct buf stats;		/* more members for --stats */
	struct buf closing;		/* more of the closing line */
	struct buf why;			/* the last failure */
	double max_errors;		/* failures that are forgiven */
	int in_percent;			/* of all records */
	double begun, drawn, drawn_long;	/* monotonic seconds */
	int tty;			/* descriptor of the meter, or -1 */
};

/*
 * Opens inputs and outputs and sets the signals up.  0, or the exit code
 * with the reason in *why.
 */
int filter_open(struct filter *, const struct filter_opt *, char **files,
    size_t n, struct buf *why);

/*
 * The next record, to be freed by the caller with rec_free (a zeroed or used
 * `struct rec` may be given; it is made new).  IN_WAIT with block: a signal
 * came and filter_signal() says which.  A line that is no record comes too,
 * with rec.bad set.
 */
enum in_status filter_read(struct filter *, int block, struct rec *);

/*
 * The same for filters that answer one record at a time: writes bad lines
 * and records with another filter's error by itself.  1: a record to work
 * on, 0: end, -1: stop, filter_close() knows why.
 */
int filter_next(struct filter *, struct rec *);

/*
 * Some bytes of the open file, as in_bytes() gives them, for a filter whose
 * input is no records; what is finished goes out before a wait.  IN_WAIT: a
 * signal came.
 */
enum in_status filter_bytes(struct filter *, const char **s, size_t *len);

/* Writes the record as it is now and counts it.  0, or -1: stop. */
int filter_ok(struct filter *, const struct rec *);
int filter_pass(struct filter *, const struct rec *);

/*
 * Counts and reports a failure, then writes the failed record.  `message`
 * is our own text from a fixed list; `detail` (may be NULL) what else stderr
 * should say.  0, or -1: stop.
 */
int filter_fail(struct filter *, struct rec *, const char *code,
    const char *message, int status, const char *detail);

/* The two halves of filter_fail, for one who keeps lines back. */
void filter_report(struct filter *, const struct rec *, const char *code,
    const char *message, const char *detail);
int filter_put(struct filter *, const struct buf *line, int failed);
/* Copies the rest of a cut line (rec.cut) behind its start. */
int filter_put_cut(struct filter *, struct rec *);

/* Draws the meter when it is due; cheap. */
void filter_tick(struct filter *);

/*
 * Ends: closes all and checks, prints the closing line, writes --stats,
 * renames the output.  `code` is AC_DONE or why the run stopped, with the
 * reason already said or in f->why.  Returns the exit code; dies by the
 * signal if one came.
 */
int filter_close(struct filter *, int code);

/* One event for --log: {"event":...,"file":...,"line":...,MORE}. */
void filter_log(struct filter *, const char *event, const struct rec *,
    const char *more);

#endif
