/* The end of a filter's run: counts, --stats, outputs closed and renamed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "rec/filter.h"
#include "rec/meter.h"

static void
say_counts(const struct filter *f, struct buf *b)
{
	size_t i;

	buf_fmt(b, "%lu ok", f->ok);
	if (f->passed > 0)
		buf_fmt(b, ", %lu passed", f->passed);
	if (f->failed > 0) {
		buf_fmt(b, ", %lu failed (", f->failed);
		for (i = 0; i < FILTER_CODES && f->codes[i].code; i++)
			buf_fmt(b, "%s%lu %s", i ? ", " : "", f->codes[i].n,
			    f->codes[i].code);
		buf_byte(b, ')');
	}
	if (f->cached > 0)
		buf_fmt(b, ", %lu from cache", f->cached);
	if (f->closing.len > 0)
		buf_fmt(b, "; %s", f->closing.s);
}

static int
write_stats(struct filter *f, int code)
{
	struct buf b = BUF_INIT;
	size_t i;
	FILE *to;
	int fd, r = 0;

	buf_fmt(&b, "{\"by\":\"%s\",\"exit\":%d,\"read\":%lu,\"ok\":%lu,"
	    "\"passed\":%lu,\"failed\":%lu,\"errors\":{", die_name(), code,
	    f->read, f->ok, f->passed, f->failed);
	for (i = 0; i < FILTER_CODES && f->codes[i].code != NULL; i++)
		buf_fmt(&b, "%s\"%s\":%lu", i ? "," : "", f->codes[i].code,
		    f->codes[i].n);
	buf_fmt(&b, "},\"seconds\":%.3f", clock_now() - f->begun);
	if (f->stats.len > 0)
		buf_fmt(&b, ",%s", f->stats.s);
	buf_str(&b, "}\n");
	fd = file_open(f->opt->stats, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	to = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (to == NULL || !buf_ok(&b) || fwrite(b.s, 1, b.len, to) != b.len)
		r = -1;
	if (to != NULL && fclose(to) != 0)
		r = -1;
	if (r < 0)
		warn("%s: cannot be written: %s", f->opt->stats,
		    strerror(errno));
	buf_free(&b);
	return r;
}

/* Closes both outputs, whatever becomes of the first.  0 or -1: *why. */
static int
close_outputs(struct filter *f, int done)
{
	int r = out_close(&f->err, 1, &f->why);

	return out_close(&f->out, done, &f->why) < 0 ? -1 : r;
}

static int
too_many_failed(const struct filter *f)
{
	double all = (double)(f->ok + f->failed + f->passed);

	/* In this order exactly P percent of any number are allowed. */
	return (double)f->failed > (f->in_percent ?
	    f->max_errors * all / 100 : f->max_errors);
}

static void
say_end(const struct filter *f, int code)
{
	struct buf line = BUF_INIT;
	int something = f->ok + f->failed + f->passed > 0;

	if (f->opt->quiet || code == AC_USAGE || (f->failed == 0 &&
	    !f->opt->verbose && !(something && isatty(STDERR_FILENO))))
		return;
	say_counts(f, &line);
	warn("%s", buf_cstr(&line));
	buf_free(&line);
}

int
filter_close(struct filter *f, int code)
{
	struct buf event = BUF_INIT;
	int sig = filter_signal();

	meter_close(f);
	if (code == AC_DONE && too_many_failed(f))
		code = AC_SOME;
	if (f->why.len > 0)
		warn("%s", f->why.s);
	buf_reset(&f->why);
	if (close_outputs(f, code == AC_DONE && sig == 0) < 0) {
		if (code != AC_IO && f->why.len > 0)
			warn("%s", f->why.s);
		code = AC_IO;
	}
	if (sig == 0)
		say_end(f, code);
	if (f->opt->stats != NULL && write_stats(f, code) < 0 &&
	    code == AC_DONE)
		code = AC_IO;
	buf_fmt(&event, "\"exit\":%d", code);
	filter_log(f, "done", NULL, buf_cstr(&event));
	buf_free(&event);
	if (f->log_fd >= 0)
		close(f->log_fd);
	in_close(&f->in);
	buf_free(&f->why);
	buf_free(&f->stats);
	buf_free(&f->closing);
	if (sig != 0 && !f->opt->quiet)
		warn("interrupted: %lu read, %lu written; run again to go on",
		    f->read, f->out.records);
	if (sig != 0)
		filter_die(sig);
	return code;
}
