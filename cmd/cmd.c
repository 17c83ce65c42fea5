#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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

void
cmd_read(const char *path, struct buf *text)
{
	struct buf why = BUF_INIT;

	if (file_read(path, text, &why) < 0)
		cmd_refuse(&why);
}
