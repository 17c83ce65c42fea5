/*
 * All commands in one program, which does what the name it is called by says:
 * bin/ac-ask is a link to bin/augcon.  They share most of their code, so that
 * all of them together are little larger than one.
 */
#include <stdio.h>
#include <string.h>

#include "base/die.h"
#include "cmd.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "ac-chunk", ac_chunk }, { "ac-split", ac_split },
	{ "ac-ask", ac_ask }, { "ac-train-scorer", ac_train_scorer },
	{ "ac-score", ac_score }, { "ac-dedup", ac_dedup },
	{ "ac-answer", ac_answer }, { "ac-check", ac_check },
	{ "ac-tune", ac_tune }
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* The command of a path's last part, or COMMANDS. */
static size_t
find(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t i;

	for (i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, slash ? slash + 1 : path) == 0)
			break;
	return i;
}

int
main(int argc, char **argv)
{
	size_t i = argc > 0 ? find(argv[0]) : COMMANDS;

	if (i == COMMANDS && argc > 1) {
		i = find(argv[1]);
		argc--;
		argv++;
	}
	if (i < COMMANDS)
		return commands[i].run(argc, argv);
	fprintf(stderr, "usage: augcon COMMAND [ARGUMENT ...], "
	    "or a link of one of these names:\n");
	for (i = 0; i < COMMANDS; i++)
		fprintf(stderr, "\t%s\n", commands[i].name);
	return AC_USAGE;
}
