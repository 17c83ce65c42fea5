#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/file.h"

int
cmd_begin(const struct opt_command *command, int argc, char **argv)
{
	struct buf text = BUF_INIT;
	int first;

	die_init(command->name);
	if (file_take_standard() < 0)
		die(AC_IO, "/dev/null: %s", strerror(errno));
	switch (opt_parse(command, argc, argv, &first, &text)) {
	case 0:
		buf_free(&text);
		return first;
	case 1:
		if (fputs(buf_cstr(&text), stdout) == EOF ||
		    fclose(stdout) == EOF)
			die(AC_IO, "write error");
		buf_free(&text);
		die_quietly(AC_DONE);
	}
	if (!buf_ok(&text))
		cmd_refuse(&text);
	die_usage("%s", buf_cstr(&text));
}

void
cmd_no_memory(void)
{
	die(AC_BUG, "out of memory");
}

void
cmd_refuse(const struct buf *why)
{
	if (!buf_ok(why))
		cmd_no_memory();
	die(AC_USAGE, "%s", buf_cstr(why));
}

static int
is_same(const char *a, const char *b)
{
	struct stat at, bt;

	if (strncmp(a, "/dev/", 5) == 0 || strncmp(b, "/dev/", 5) == 0)
		return 0;
	if (stat(a, &at) < 0 || stat(b, &bt) < 0)
		return strcmp(a, b) == 0;
	return S_ISREG(at.st_mode) && at.st_dev == bt.st_dev &&
	    at.st_ino == bt.st_ino;
}

void
cmd_distinct(const struct cmd_file *f, size_t n)
{
	size_t i, k;

	for (i = 1; i < n; i++)
		for (k = 0; k < i; k++)
			if (f[i].path != NULL && f[k].path != NULL &&
			    is_same(f[i].path, f[k].path))
				die_usage("%s and %s name one file: %s",
				    f[k].option, f[i].option, f[i].path);
}

void
cmd_read(const char *path, struct buf *text)
{
	struct buf why = BUF_INIT;

	if (file_read(path, text, &why) < 0)
		cmd_refuse(&why);
}
