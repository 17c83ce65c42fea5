#include "train_files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"

static void
add(struct train_files *f, const char *path)
{
	f->v[f->n] = mem_dup(path, strlen(path));
	if (f->v[f->n++] == NULL)
		cmd_no_memory();
}

static unsigned
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

void
train_files(struct train_files *f, char **operands, size_t n,
    const struct opt_list *trees)
{
	size_t i, from_stdin = 0;

	f->v = mem_new(n + trees->n + 1, sizeof(*f->v));
	f->n = 0;
	if (f->v == NULL)
		cmd_no_memory();
	for (i = 0; i < trees->n; i++)
		from_stdin += is_stdin(trees->v[i]);
	for (i = 0; i < n; i++) {
		from_stdin += is_stdin(operands[i]);
		add(f, operands[i]);
	}
	if (from_stdin > 1)
		die_usage("standard input (-) can be read once only");
	if (n == 0 && trees->n > 0 && from_stdin == 0 &&
	    !isatty(STDIN_FILENO))
		add(f, "-");
	/* No file at all is standard input, too. */
	f->plain = f->n == 0 && trees->n == 0 ? 1 : f->n;
	for (i = 0; i < trees->n; i++)
		add(f, trees->v[i]);
}

void
train_files_free(struct train_files *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		free(f->v[i]);
	free(f->v);
}
