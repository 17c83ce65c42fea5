/* The begin of a filter's run: its options, inputs and outputs. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "rec/filter.h"
#include "rec/meter.h"

#define AT(field) offsetof(struct filter_opt, field)

const struct opt filter_opts[] = {
	{ "output", 'o', OPT_TEXT, OPT_ONCE | OPT_TOP | OPT_FILE, "FILE",
	    NULL, AT(output), 0,
	    "write FILE.part, rename it to FILE on success" },
	{ "progress", 0, OPT_CHOICE, OPT_ENV, "auto|always|never", "auto",
	    AT(progress), 0, "draw a progress line on stderr" },
	{ "total", 0, OPT_COUNT, OPT_ONCE, "N", NULL, AT(total), 1,
	    "how many records will come, for the progress line" },
	{ "stats", 0, OPT_TEXT, OPT_ONCE | OPT_FILE, "FILE", NULL, AT(stats), 0,
	    "write counts as one JSON object at the end" },
	{ "log", 0, OPT_TEXT, OPT_ONCE | OPT_FILE, "FILE", NULL, AT(log), 0,
	    "append events (start, retry, error, done) as NDJSON" },
	{ "quiet", 'q', OPT_FLAG, 0, NULL, NULL, AT(quiet), 0,
	    "print fatal errors only" },
	{ "verbose", 'v', OPT_FLAG, 0, NULL, NULL, AT(verbose), 0,
	    "print each retry; twice: each request, keys redacted" },
	{ "color", 0, OPT_CHOICE, OPT_ONCE, "auto|always|never", "auto",
	    AT(color), 0, "colour on stderr (reserved)" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

const struct opt record_opts[] = {
	{ "errors", 'e', OPT_TEXT, OPT_ONCE | OPT_FILE, "FILE", NULL,
	    AT(errors), 0,
	    "divert failed records to FILE (default: in place)" },
	{ "max-errors", 0, OPT_TEXT, OPT_ENV, "N|P%", "0", AT(max_errors), 0,
	    "exit 0 up to N failed records, or P percent" },
	{ "in", 0, OPT_TEXT, 0, "NAME", NULL, AT(in_name), 0,
	    "name of the member that is read" },
	{ "out", 0, OPT_TEXT, 0, "NAME", NULL, AT(out_name), 0,
	    "name of the member that is written" },
	{ "id", 0, OPT_TEXT, 0, "NAME", "id", AT(id_name), 0,
	    "name of the member that identifies a record" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

/* "N" or "P%", how many may fail.  -1 when it is neither. */
static int
read_max_errors(struct filter *f, const char *s)
{
	char *end;

	if (s == NULL)
		return 0;
	f->max_errors = strtod(s, &end);
	f->in_percent = strcmp(end, "%") == 0;
	return end == s || !(f->max_errors >= 0) || f->max_errors > 1e18 ||
	    (*end != '\0' && !f->in_percent) ? -1 : 0;
}

/* -e FILE would wipe what is being read, or what -o is about to write. */
static int
errors_collide(const struct filter_opt *opt, char **files, size_t n)
{
	size_t len;

	if (out_is_input(opt->errors, files, n))
		return 1;
	if (opt->output == NULL)
		return 0;
	len = strlen(opt->output);
	return strncmp(opt->errors, opt->output, len) == 0 &&
	    strncmp(opt->output, "/dev/", 5) != 0 &&
	    (opt->errors[len] == '\0' ||
	    strcmp(opt->errors + len, ".part") == 0);
}

/* A file beside the output, to be emptied or appended to.  -1: *why. */
static int
open_beside(const char *path, int how, struct buf *why)
{
	int fd = file_open(path, O_WRONLY | O_CREAT | how, 0600);

	if (fd < 0)
		buf_fmt(why, "%s: %s", path, strerror(errno));
	return fd;
}

/* Opens what the options name.  0, or the exit code. */
static int
open_all(struct filter *f, const struct filter_opt *opt, char **files,
    size_t n, struct buf *why)
{
	if (n == 0 && isatty(STDIN_FILENO)) {
		buf_str(why, "no input: give a FILE, or pipe records in");
		return AC_USAGE;
	}
	if (read_max_errors(f, opt->max_errors) < 0) {
		buf_fmt(why, "--max-errors: '%s' is no number or percentage",
		    opt->max_errors);
		return AC_USAGE;
	}
	if (in_open(&f->in, files, n, why) < 0)
		return AC_USAGE;
	if (opt->errors != NULL && errors_collide(opt, files, n)) {
		buf_fmt(why, "-e %s: is the input or the output",
		    opt->errors);
		return AC_USAGE;
	}
	if (out_open(&f->out, opt->output, files, n, why) < 0)
		return AC_IO;
	if (opt->errors != NULL &&
	    (f->err.fd = open_beside(opt->errors, O_TRUNC, why)) < 0)
		return AC_IO;
	if (opt->log != NULL &&
	    (f->log_fd = open_beside(opt->log, O_APPEND, why)) < 0)
		return AC_IO;
	return 0;
}

int
filter_open(struct filter *f, const struct filter_opt *opt, char **files,
    size_t n, struct buf *why)
{
	int code;

	memset(f, 0, sizeof(*f));
	f->opt = opt;
	f->begun = clock_now();
	f->err.fd = f->log_fd = f->tty = f->out.fd = f->in.fd = -1;
	code = open_all(f, opt, files, n, why);
	if (code != 0) {
		in_close(&f->in);
		out_abandon(&f->out);
		out_abandon(&f->err);
		return code;
	}
	filter_catch();
	meter_open(f);
	filter_log(f, "start", NULL, NULL);
	return 0;
}
