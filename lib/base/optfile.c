/* The config file: key = value, sections, comments (augcon(7)). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opt_int.h"

/*
 * Options that some command has.  One config file serves all commands, so a
 * key of another command is no mistake.  tests/cmd/options.sh holds this
 * list against every command's table.
 */
static const char *const elsewhere[] = {
#include "base/optnames.h"
	NULL
};

static int
known_elsewhere(const char *key)
{
	size_t i;

	for (i = 0; elsewhere[i] != NULL; i++)
		if (strcmp(elsewhere[i], key) == 0)
			return 1;
	return 0;
}

static char *
trim(char *s)
{
	size_t len;

	s += strspn(s, " \t\r");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r", s[len - 1]) != NULL)
		s[--len] = '\0';
	return s;
}

/* One line of a config file; a value is copied and is its source's. */
static int
config_line(struct sources *all, const char *command, char *line, int *mine,
    const char *file, struct buf *why)
{
	char *key = trim(line), *value, *copy;
	struct source *s;
	size_t len;

	if (*key == '\0' || *key == '#')
		return 0;
	len = strlen(key);
	if (*key == '[' && key[len - 1] == ']') {
		key[len - 1] = '\0';
		*mine = strcmp(trim(key + 1), command) == 0;
		return 0;
	}
	value = strchr(key, '=');
	if (value == NULL) {
		buf_fmt(why, "'%s' is no 'key = value'", key);
		return -1;
	}
	*value++ = '\0';
	key = trim(key);
	value = trim(value);
	if (!*mine)
		return 0;
	s = opt_source_find(all, key, strlen(key), 0);
	if (s == NULL || s->opt->marks & OPT_ONCE) {
		if (*mine == 2 && known_elsewhere(key))
			return 0;
		buf_fmt(why, "no setting '%s'", key);
		return -1;
	}
	if (s->opt->marks & OPT_KEY && getenv("AC_API_KEY") != NULL)
		return 0;
	if (s->opt->type == OPT_FLAG && strcmp(value, "yes") != 0 &&
	    strcmp(value, "no") != 0) {
		buf_fmt(why, "%s: '%s' is neither yes nor no", key, value);
		return -1;
	}
	copy = mem_dup(value, strlen(value));
	if (copy == NULL) {
		why->bad = 1;
		return -1;
	}
	if (opt_source_set(s, copy, file, why) < 0) {
		free(copy);
		return -1;
	}
	s->owned = copy;
	return 0;
}

/* `needed`: the user named the file, so it must be there. */
static int
from_file(struct sources *all, const char *command, const char *path,
    int needed, struct buf *why)
{
	FILE *f = fopen(path, "r");
	unsigned long n = 0;
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	int mine = 2, r = 0;	/* 2: before any section; 1: ours */
	struct buf text = BUF_INIT;

	if (f == NULL) {
		if (!needed && (errno == ENOENT || errno == ENOTDIR ||
		    errno == EACCES))
			return 0;
		buf_fmt(why, "%s: %s", path, strerror(errno));
		return -1;
	}
	while (r == 0 && (len = getline(&line, &cap, f)) > 0) {
		n++;
		if (line[len - 1] == '\n')
			line[--len] = '\0';
		if (strlen(line) != (size_t)len) {
			buf_str(&text, "a NUL byte");
			r = -1;
			break;
		}
		r = config_line(all, command, line, &mine, path, &text);
	}
	if (r == 0 && !feof(f)) {
		text.bad = !ferror(f);	/* no memory for a line */
		r = -1;
	}
	if (r < 0)
		buf_fmt(why, "%s:%lu: %s", path, n,
		    text.len ? text.s : "cannot be read");
	why->bad |= text.bad;
	buf_free(&text);
	free(line);
	fclose(f);
	return r;
}

/* The user's file, else the first of the system's. */
int
opt_from_files(struct sources *all, const char *command, const char *named,
    struct buf *why)
{
	const char *home = getenv("XDG_CONFIG_HOME"), *dirs, *end;
	struct buf path = BUF_INIT;
	int r = -1;

	if (named == NULL)
		named = getenv("AC_CONFIG");
	if (named != NULL && *named != '\0')
		return from_file(all, command, named, 1, why);
	dirs = getenv("XDG_CONFIG_DIRS");
	if (dirs == NULL || *dirs == '\0')
		dirs = "/etc/xdg";
	/* The weakest first: a later file overrides. */
	end = dirs + strlen(dirs);
	while (end > dirs) {
		const char *dir = end;

		while (dir > dirs && dir[-1] != ':')
			dir--;
		buf_reset(&path);
		buf_add(&path, dir, (size_t)(end - dir));
		buf_str(&path, "/ac/config");
		if (!buf_ok(&path) || (dir < end && *dir == '/' &&
		    from_file(all, command, path.s, 0, why) < 0))
			goto out;
		end = dir > dirs ? dir - 1 : dirs;
	}
	buf_reset(&path);
	if (home != NULL && *home == '/')
		buf_fmt(&path, "%s/ac/config", home);
	else if ((home = getenv("HOME")) != NULL && *home == '/')
		buf_fmt(&path, "%s/.config/ac/config", home);
	if (!buf_ok(&path) || (path.len > 0 &&
	    from_file(all, command, path.s, 0, why) < 0))
		goto out;
	r = 0;
out:
	why->bad |= path.bad;
	buf_free(&path);
	return r;
}
