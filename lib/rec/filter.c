#include "rec/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "rec/meter.h"
#include "rec/wrap.h"

#define AT(field) offsetof(struct filter_opt, field)

const struct opt filter_opts[] = {
	{ "output", 'o', OPT_TEXT, OPT_ONCE | OPT_TOP, "FILE", NULL,
	    AT(output), 0, "write FILE.part, rename it to FILE on success" },
	{ "progress", 0, OPT_CHOICE, OPT_ENV, "auto|always|never", "auto",
	    AT(progress), 0, "draw a progress line on stderr" },
	{ "total", 0, OPT_COUNT, OPT_ONCE, "N", NULL, AT(total), 1,
	    "how many records will come, for the progress line" },
	{ "stats", 0, OPT_TEXT, OPT_ONCE, "FILE", NULL, AT(stats), 0,
	    "write counts as one JSON object at the end" },
	{ "log", 0, OPT_TEXT, OPT_ONCE, "FILE", NULL, AT(log), 0,
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
	{ "errors", 'e', OPT_TEXT, OPT_ONCE, "FILE", NULL, AT(errors), 0,
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

static int
open_errors(struct filter *f, const char *path)
{
	f->err.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return f->err.fd < 0 ? -1 : 0;
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
	if (opt->errors != NULL && open_errors(f, opt->errors) < 0) {
		buf_fmt(why, "%s: %s", opt->errors, strerror(errno));
		return AC_IO;
	}
	if (opt->log != NULL && (f->log_fd = open(opt->log, O_WRONLY |
	    O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0) {
		buf_fmt(why, "%s: %s", opt->log, strerror(errno));
		return AC_IO;
	}
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

void
filter_tick(struct filter *f)
{
	if (filter_show())
		meter_print(f);
	meter_draw(f);
}

enum in_status
filter_read(struct filter *f, int block, struct rec *r)
{
	enum in_status status;
	size_t len;
	char *s;

	do {
		if (filter_signal())
			return IN_WAIT;
		status = in_line(&f->in, 0, &s, &len, &f->why);
		if (status == IN_WAIT && block) {
			/* What is finished goes out before a wait. */
			if (out_flush(&f->out, &f->why) < 0)
				return IN_FAIL;
			if (filter_signal())
				return IN_WAIT;
			status = in_line(&f->in, 1, &s, &len, &f->why);
		}
		filter_tick(f);
	} while (status == IN_WAIT && block);
	if (status != IN_LINE && status != IN_CUT)
		return status;
	f->read++;
	if (rec_take(r, s, len, f->in.name, f->in.line) < 0 ||
	    (status == IN_LINE && rec_unwrap(r) < 0)) {
		buf_str(&f->why, "out of memory");
		return IN_FAIL;
	}
	if (status == IN_CUT) {
		r->cut = 1;
		r->bad = "too_long";
		buf_reset(&r->why);
		buf_fmt(&r->why, "the line is longer than %d MiB",
		    IN_LINE_MAX >> 20);
	}
	return status;
}

static int
put(struct filter *f, struct out *o, const struct buf *line)
{
	if (!buf_ok(line)) {
		buf_str(&f->why, "out of memory");
		return -1;
	}
	return out_put(o, buf_cstr(line), line->len, &f->why);
}

int
filter_put(struct filter *f, const struct buf *line, int failed)
{
	return put(f, failed && f->err.fd >= 0 ? &f->err : &f->out, line);
}

static int
put_rec(struct filter *f, const struct rec *r, int failed)
{
	struct buf line = BUF_INIT;
	int done;

	if (rec_line(r, &line) < 0)
		line.bad = 1;
	done = filter_put(f, &line, failed);
	buf_free(&line);
	return done;
}

int
filter_put_cut(struct filter *f, struct rec *r)
{
	struct out *o = f->err.fd >= 0 ? &f->err : &f->out;
	struct buf more = BUF_INIT;
	int left;

	if (put_rec(f, r, 1) < 0)
		return -1;
	o->records--;		/* the pieces of one line count once */
	do {
		buf_reset(&more);
		left = in_rest(&f->in, &more, &f->why);
		if (left == 0)
			buf_byte(&more, '\n');
		if (left < 0 || put(f, o, &more) < 0 || filter_signal()) {
			buf_free(&more);
			return -1;
		}
		o->records--;
	} while (left > 0);
	o->records++;
	buf_free(&more);
	return 0;
}

int
filter_ok(struct filter *f, const struct rec *r)
{
	f->ok++;
	return put_rec(f, r, 0);
}

int
filter_pass(struct filter *f, const struct rec *r)
{
	f->passed++;
	return put_rec(f, r, 0);
}

void
filter_report(struct filter *f, const struct rec *r, const char *code,
    const char *message, const char *detail)
{
	size_t i;
	struct buf more = BUF_INIT;

	f->failed++;
	for (i = 0; i < FILTER_CODES - 1 && f->codes[i].code != NULL; i++)
		if (strcmp(f->codes[i].code, code) == 0)
			break;
	f->codes[i].code = code;
	f->codes[i].n++;
	if (detail != NULL && *detail == '\0')
		detail = NULL;
	if (f->codes[i].n <= 3 && !f->opt->quiet)
		warn("%s:%lu: %s%s%s (%s)", r->file, r->line, message,
		    detail ? ": " : "", detail ? detail : "", code);
	if (f->log_fd < 0)
		return;
	buf_str(&more, "\"code\":");
	json_quote(&more, code, strlen(code));
	buf_str(&more, ",\"message\":");
	json_quote(&more, message, strlen(message));
	if (detail != NULL) {
		buf_str(&more, ",\"detail\":");
		json_quote(&more, detail, strlen(detail));
	}
	filter_log(f, "error", r, buf_cstr(&more));
	buf_free(&more);
}

int
filter_fail(struct filter *f, struct rec *r, const char *code,
    const char *message, int status, const char *detail)
{
	filter_report(f, r, code, message, detail);
	rec_fail(r, code, message, status);
	return r->cut ? filter_put_cut(f, r) : put_rec(f, r, 1);
}

int
filter_next(struct filter *f, struct rec *r)
{
	enum in_status status;
	struct buf text = BUF_INIT;
	int done;

	for (;;) {
		status = filter_read(f, 1, r);
		if (status == IN_END)
			return 0;
		if (status != IN_LINE && status != IN_CUT)
			return -1;
		if (r->bad != NULL) {
			buf_str(&text, buf_cstr(&r->why));
			done = filter_fail(f, r, r->bad, r->bad[0] == 'n' ?
			    "the line is no JSON object" : buf_cstr(&text), 0,
			    NULL);
			buf_free(&text);
		} else if (rec_foreign_error(r)) {
			done = filter_pass(f, r);
		} else {
			return 1;
		}
		if (done < 0)
			return -1;
	}
}

void
filter_log(struct filter *f, const char *event, const struct rec *r,
    const char *more)
{
	struct buf b = BUF_INIT;
	ssize_t ignored;

	if (f->log_fd < 0)
		return;
	buf_fmt(&b, "{\"seconds\":%.3f,\"by\":\"%s\",\"event\":\"%s\"",
	    clock_now() - f->begun, die_name(), event);
	if (r != NULL && r->file != NULL) {
		buf_str(&b, ",\"file\":");
		json_quote(&b, r->file, strlen(r->file));
		buf_fmt(&b, ",\"line\":%lu", r->line);
	}
	if (more != NULL && *more != '\0')
		buf_fmt(&b, ",%s", more);
	buf_str(&b, "}\n");
	if (buf_ok(&b)) {
		/* A log that cannot be written stops no run. */
		ignored = write(f->log_fd, b.s, b.len);
		(void)ignored;
	}
	buf_free(&b);
}
