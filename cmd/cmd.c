#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/file.h"

/* Are they one file?  Devices and descriptors are nobody's own. */
static int
is_same(const char *a, const char *b)
{
	struct stat at, bt;

	if (strncmp(a, "/dev/", 5) == 0 || strncmp(b, "/dev/", 5) == 0)
		return 0;
	if (stat(a, &at) < 0 || stat(b, &bt) < 0) {
		a += strncmp(a, "./", 2) == 0 ? 2 : 0;
		b += strncmp(b, "./", 2) == 0 ? 2 : 0;
		return strcmp(a, b) == 0;
	}
	return S_ISREG(at.st_mode) && at.st_dev == bt.st_dev &&
	    at.st_ino == bt.st_ino;
}

/* Is one what the other is called until it is done (out.h)? */
static int
is_part(const char *a, const char *b)
{
	struct buf part = BUF_INIT;
	int r;

	buf_fmt(&part, "%s.part", a);
	r = is_same(buf_cstr(&part), b);
	buf_free(&part);
	return r;
}

/* What an option that names a file to be written got, or NULL. */
static const char *
file_of(const struct opt_group *g, const struct opt *o)
{
	const char *path = NULL;

	if (o->marks & OPT_FILE)
		memcpy(&path, (char *)g->values + o->at, sizeof(path));
	return path;
}

/*
 * Refuses a name of no file, and another file option before (g, o) that names
 * the same file or its FILE.part.
 */
static void
check_earlier(const struct opt_group *groups, const struct opt_group *g,
    const struct opt *o)
{
	const char *path = file_of(g, o), *other;
	const struct opt *p;

	if (path == NULL)
		return;
	if (*path == '\0')
		die_usage("--%s names no file", o->name);
	for (; groups->opts != NULL; groups++)
		for (p = groups->opts; p->name != NULL; p++) {
			if (p == o)
				return;
			other = file_of(groups, p);
			if (other != NULL && is_same(other, path))
				die_usage("--%s and --%s name one file: %s",
				    p->name, o->name, path);
			if (other != NULL && (is_part(other, path) ||
			    is_part(path, other)))
				die_usage("--%s and --%s: %s.part is the "
				    "other one until it is done", p->name,
				    o->name, is_part(path, other) ? path :
				    other);
		}
}

static void
check_files(const struct opt_group *groups)
{
	const struct opt_group *g;
	const struct opt *o;

	for (g = groups; g->opts != NULL; g++)
		for (o = g->opts; o->name != NULL; o++)
			check_earlier(groups, g, o);
}

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
		check_files(command->groups);
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
