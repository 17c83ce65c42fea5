/* What the opt*.c files share. */
#ifndef BASE_OPT_INT_H
#define BASE_OPT_INT_H

#include "base/opt.h"

/* The options that every command has and opt.c serves itself. */
extern const struct opt opt_own[];

/* One option of this run, its field and where its value comes from. */
struct source {
	const struct opt *opt;
	void *values;
	char origin[200];	/* "default", "environment", a file's name */
	char *owned;		/* a config file's text while it is the value */
	char text[200];		/* the value as written */
};

struct sources {
	struct source *v;	/* owned */
	size_t n, cap;
	int bad;		/* no memory */
};

void opt_source_add(const struct opt *, void *values, void *sources);
/* By letter when that is not 0.  NULL: no such option. */
struct source *opt_source_find(struct sources *, const char *name, size_t len,
    char letter);
/* NULL is the value of a flag that is given.  -1: *why. */
int opt_source_set(struct source *, const char *value, const char *origin,
    struct buf *why);
/* With `all` also what the fields still point to. */
void opt_sources_free(struct sources *, int all);
int opt_from_defaults(struct sources *, struct buf *why);
int opt_from_environment(struct sources *, struct buf *why);
/* `named`: the file given with --config, or NULL. */
int opt_from_files(struct sources *, const char *command, const char *named,
    struct buf *why);

/* Calls fn for each option of a command, its groups first. */
void opt_each(const struct opt_command *,
    void (*fn)(const struct opt *, void *values, void *arg), void *arg);

/* AC_MAX_TOKENS for max-tokens, into name[64]. */
void opt_env_name(const struct opt *, char name[64]);

/* --help=FORMAT: text, all, mdoc, bash, zsh, fish, names.  -1: no such. */
int opt_help(const struct opt_command *, const char *format, struct buf *);

#endif
