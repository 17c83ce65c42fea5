/* A filter at work: records in, out, failed, and what is said of them. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "rec/filter.h"
#include "rec/meter.h"
#include "rec/wrap.h"

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
