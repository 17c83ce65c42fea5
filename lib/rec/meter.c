#include "rec/meter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"

void
meter_open(struct filter *f)
{
	f->tty = -1;
	f->drawn_long = f->begun;
	if (f->opt->progress == METER_NEVER || f->opt->quiet ||
	    !isatty(STDERR_FILENO))
		return;
	f->tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

static void
count(char *out, size_t size, double n)
{
	if (n >= 1e6)
		snprintf(out, size, "%.1fM", n / 1e6);
	else if (n >= 1e4)
		snprintf(out, size, "%.0fk", n / 1e3);
	else
		snprintf(out, size, "%.0f", n);
}

static void
duration(char *out, size_t size, double s)
{
	long whole = s < 1e9 ? (long)s : 1000000000;

	if (whole >= 3600)
		snprintf(out, size, "%ldh%02ldm", whole / 3600,
		    whole / 60 % 60);
	else if (whole >= 60)
		snprintf(out, size, "%ldm%02lds", whole / 60, whole % 60);
	else
		snprintf(out, size, "%lds", whole);
}

/* What share of the input has been written, or 0 when it is not known. */
static double
share(const struct filter *f, unsigned long done)
{
	if (f->opt->total > 0)
		return (double)done / (double)f->opt->total;
	if (f->in.total > 0 && f->read > 0)
		return (double)f->in.bytes / (double)f->in.total *
		    (double)done / (double)f->read;
	return 0;
}

static void
text(const struct filter *f, char *out, size_t size)
{
	unsigned long done = f->ok + f->failed + f->passed;
	double seconds = clock_now() - f->begun, part = share(f, done);
	char number[32];
	struct buf b = BUF_INIT;

	buf_fmt(&b, "%s: %lu", die_name(), done);
	if (f->opt->total > 0)
		buf_fmt(&b, "/%lu", f->opt->total);
	/* One that decides at the end has nothing else to show till then. */
	if (done == 0 && f->read > f->running)
		buf_fmt(&b, " of %lu read", f->read);
	if (part > 0)
		buf_fmt(&b, " %.0f%%", part < 1 ? part * 100 : 100.0);
	if (seconds > 0)
		buf_fmt(&b, "  %.1f/s", (double)done / seconds);
	if (f->running > 0)
		buf_fmt(&b, "  %lu running", f->running);
	if (f->failed > 0)
		buf_fmt(&b, "  %lu failed", f->failed);
	if (f->cached > 0)
		buf_fmt(&b, "  %lu cached", f->cached);
	if (f->tokens > 0) {
		count(number, sizeof(number), f->tokens);
		buf_fmt(&b, "  %s tok", number);
	}
	if (part > 0.01 && part < 1) {
		duration(number, sizeof(number), seconds / part - seconds);
		buf_fmt(&b, "  eta %s", number);
	}
	snprintf(out, size, "%s", buf_cstr(&b));
	buf_free(&b);
}

void
meter_print(const struct filter *f)
{
	char line[200];

	text(f, line, sizeof(line));
	warn("%s", line + strlen(die_name()) + 2);
}

void
meter_draw(struct filter *f)
{
	double now;
	char line[220];
	ssize_t ignored;

	if (f->tty < 0 && f->opt->progress != METER_ALWAYS)
		return;
	now = clock_now();
	if (f->tty >= 0 && now - f->drawn >= 0.2 &&
	    flock(f->tty, LOCK_EX | LOCK_NB) == 0) {
		f->drawn = now;
		memcpy(line, "\r\033[K", 4);
		text(f, line + 4, sizeof(line) - 4);
		ignored = write(STDERR_FILENO, line, strlen(line));
		(void)ignored;
	} else if (f->tty < 0 && now - f->drawn_long >= 30) {
		f->drawn_long = now;
		meter_print(f);
	}
}

void
meter_close(struct filter *f)
{
	ssize_t ignored;

	if (f->tty < 0)
		return;
	if (f->drawn > 0) {
		ignored = write(STDERR_FILENO, "\r\033[K", 4);
		(void)ignored;
	}
	close(f->tty);
	f->tty = -1;
}
