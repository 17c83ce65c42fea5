/*
 * One table of options makes the parser, --help, --print-config, the OPTIONS
 * of the manual pages and the completions (augcon(7), CONFIGURATION).  A
 * value comes from, in this order: the command line, the environment
 * (AC_NAME), the config file, the built-in default.
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stddef.h>

#include "base/buf.h"

enum opt_type {		/* what the field at `at` is */
	OPT_FLAG,	/* int: 1 when given, counted when given again */
	OPT_TEXT,	/* const char *: NULL when absent */
	OPT_LIST,	/* struct opt_list: every time it is given; OPT_ONCE */
	OPT_COUNT,	/* unsigned long */
	OPT_NUMBER,	/* double */
	OPT_DURATION,	/* double: seconds, from 10, 1.5s, 3m, 2h, 1d */
	OPT_SIZE,	/* unsigned long: bytes, from 4096, 64k, 16M, 1G */
	OPT_CHOICE	/* int: the index of the word in `arg`, "a|b|c" */
};

enum opt_mark {		/* `marks`, or'ed */
	OPT_TOP = 1,	/* among the few that --help shows */
	OPT_ENV = 2,	/* AC_NAME sets it */
	OPT_EMPTY = 4,	/* an empty AC_NAME means something */
	OPT_ONCE = 8,	/* of one run: no config key */
	OPT_KEY = 16,	/* from a file it gives way to AC_API_KEY */
	OPT_FILE = 32	/* an OPT_TEXT: a file that is written */
};

struct opt {
	const char *name;	/* long name; NULL ends a table */
	char letter;		/* or 0 */
	enum opt_type type;
	int marks;
	const char *arg;	/* metavariable, the words of a choice, NULL */
	const char *init;	/* default, as a user would write it, or NULL */
	size_t at;		/* offset in the group's struct */
	unsigned long min;	/* least OPT_COUNT or OPT_SIZE; OPT_NUMBER
				 * with 1: above 0 */
	const char *help;	/* one sentence, no full stop */
};

struct opt_list {
	const char **v;
	size_t n, cap;
};

struct opt_group {
	const struct opt *opts;	/* NULL ends the list of groups */
	void *values;		/* the struct the offsets are of */
};

struct opt_command {
	const char *name;	/* ac-ask */
	const char *summary;	/* what it does, a line */
	const char *operands;	/* "[FILE ...]" */
	const char *example;	/* one command line that works */
	const struct opt_group *groups;
};

/*
 * Reads environment, config file and command line into the groups' structs.
 * argv is reordered: the operands come to stand at argv[*first] to the end.
 * 0: go on.  1: --help, --version or --print-config was asked for and its
 * text is in *text, to be printed.  -1: *text says what is wrong; without
 * memory it is no good (buf_ok).
 */
int opt_parse(const struct opt_command *, int argc, char **argv, int *first,
    struct buf *text);

/* Seconds from "10", "1.5s", "3m", "2h", "1d"; -1 when it is none. */
double opt_duration(const char *);

/* How far two names are apart, for "did you mean" (Levenshtein). */
size_t opt_distance(const char *, const char *);

#endif
