#include "train_say.h"

#include <string.h>

#include "base/die.h"
#include "cmd.h"

/* Prints a text line by line, each after the prefix. */
static void
say(const struct filter *f, const struct buf *text, const char *prefix)
{
	const char *s, *nl;

	if (!buf_ok(text))
		cmd_no_memory();
	for (s = buf_cstr(text); (nl = strchr(s, '\n')) != NULL; s = nl + 1)
		if (!f->opt->quiet)
			warn("%s%.*s", prefix, (int)(nl - s), s);
}

void
train_input(const struct report *r, struct filter *f)
{
	struct buf text = BUF_INIT;

	report_input(r, &text);
	say(f, &text, "");
	buf_free(&text);
}

static void
write_report(const struct report *r, const struct buf *warnings,
    struct filter *f, const char *file)
{
	struct buf b = BUF_INIT, why = BUF_INIT;

	report_json(r, warnings, &b);
	if (!buf_ok(&b))
		cmd_no_memory();
	if (out_whole(file, f->in.files, f->in.nfiles, &b, &why) < 0)
		die(AC_IO, "%s", buf_cstr(&why));
	buf_free(&b);
}

size_t
train_figures(const struct report *r, struct filter *f, const char *file)
{
	struct buf text = BUF_INIT, warnings = BUF_INIT;
	size_t n;

	report_table(r, &text);
	say(f, &text, "");
	report_warnings(r, &warnings);
	say(f, &warnings, "warning: ");
	if (file != NULL)
		write_report(r, &warnings, f, file);
	n = warnings.len;
	buf_free(&text);
	buf_free(&warnings);
	return n;
}

int
train_put(const struct scorer *s, struct filter *f)
{
	struct buf b = BUF_INIT;
	int r;

	if (scorer_write(s, &b) < 0)
		cmd_no_memory();
	r = out_put(&f->out, b.s, b.len, &f->why);
	buf_free(&b);
	return r < 0 ? AC_IO : AC_DONE;
}
