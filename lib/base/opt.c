#include "base/opt.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/opt_int.h"

#ifndef AC_VERSION
#define AC_VERSION "0.1.0"
#endif

const struct opt opt_own[] = {
	{ "config", 0, OPT_TEXT, OPT_ENV | OPT_ONCE, "FILE", NULL, 0, 0,
	    "read defaults from FILE (augcon(7), CONFIGURATION)" },
	{ "no-config", 0, OPT_FLAG, OPT_ONCE, NULL, NULL, 0, 0,
	    "read no config file" },
	{ "print-config", 0, OPT_FLAG, OPT_ONCE, NULL, NULL, 0, 0,
	    "print each setting, its value and its origin" },
	{ "help", 'h', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL, 0, 0,
	    "print this help; --help=all prints every option" },
	{ "version", 'V', OPT_FLAG, OPT_ONCE, NULL, NULL, 0, 0,
	    "print the version" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

void
opt_each(const struct opt_command *cmd,
    void (*fn)(const struct opt *, void *, void *), void *arg)
{
	const struct opt_group *g;
	const struct opt *o;

	for (g = cmd->groups; g->opts != NULL; g++)
		for (o = g->opts; o->name != NULL; o++)
			fn(o, g->values, arg);
}

void
opt_env_name(const struct opt *o, char name[64])
{
	size_t i;

	snprintf(name, 64, "AC_%s", o->name);
	for (i = 3; name[i] != '\0'; i++)
		name[i] = (char)(name[i] == '-' ? '_' :
		    toupper((unsigned char)name[i]));
}

size_t
opt_distance(const char *a, const char *b)
{
	size_t row[64], n = strlen(b), i, j, diagonal, above;

	if (n >= 64)
		return n;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1] != '\0'; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			above = row[j];
			row[j] = diagonal + (a[i - 1] != b[j - 1]);
			if (above + 1 < row[j])
				row[j] = above + 1;
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			diagonal = above;
		}
	}
	return row[n];
}

static int
no_option(const struct sources *all, const char *name, size_t len,
    struct buf *why)
{
	const char *best = NULL;
	size_t i, d, least = 3;
	char given[64];

	snprintf(given, sizeof(given), "%.*s", (int)(len < 63 ? len : 63),
	    name);
	if (strcmp(given, "key") == 0 || strcmp(given, "api-key") == 0) {
		buf_str(why, "a key is never an option value, where every "
		    "process could read it: use --key-file or AC_API_KEY");
		return -1;
	}
	for (i = 0; i < all->n; i++) {
		d = opt_distance(given, all->v[i].opt->name);
		if (d < least) {
			least = d;
			best = all->v[i].opt->name;
		}
	}
	buf_fmt(why, "no option '--%s'", given);
	if (best != NULL)
		buf_fmt(why, "; did you mean '--%s'?", best);
	return -1;
}

/* The state of one pass over the command line. */
struct line {
	const struct opt_command *cmd;
	struct sources *all;
	int argc, at;
	char **argv;
	const char *config, *help;
	int version, print, no_config;
	int scan;		/* only --config and the like, values later */
};

static int
own(struct line *l, const struct opt *o, const char *value)
{
	switch (o->name[0]) {
	case 'c': l->config = value; break;
	case 'n': l->no_config = 1; break;
	case 'p': l->print = 1; break;
	case 'h': l->help = value == NULL ? "text" : value; break;
	case 'v': l->version = 1; break;
	}
	return 0;
}

static const struct opt *
own_find(const char *name, size_t len, char letter)
{
	const struct opt *o;

	for (o = opt_own; o->name != NULL; o++)
		if (letter != 0 ? o->letter == letter :
		    strlen(o->name) == len && memcmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

/*
 * Serves one option: `value` is what came with it ("=x", "-jx"), or NULL;
 * takes the next argument where one is needed.
 */
static int
serve(struct line *l, const char *shown, const char *name, size_t len,
    char letter, const char *value, struct buf *why)
{
	const struct opt *o = own_find(name, len, letter);
	struct source *s = opt_source_find(l->all, name, len, letter);
	int flag;

	if (o == NULL && s == NULL) {
		if (letter == 0)
			return no_option(l->all, name, len, why);
		buf_fmt(why, "no option '-%c'", letter);
		return -1;
	}
	flag = (s != NULL ? s->opt : o)->type == OPT_FLAG;
	if (flag && value != NULL && (o == NULL || o->name[0] != 'h')) {
		buf_fmt(why, "%s takes no value", shown);
		return -1;
	}
	if (!flag && value == NULL) {
		if (l->at >= l->argc) {
			buf_fmt(why, "%s needs a value", shown);
			return -1;
		}
		value = l->argv[l->at++];
	}
	if (o != NULL)
		return own(l, o, value);
	if (l->scan)
		return 0;
	if (opt_source_set(s, value, "command line", why) < 0) {
		struct buf text = BUF_INIT;

		if (!buf_ok(why))
			return -1;
		buf_fmt(&text, "%s: %s", shown, buf_cstr(why));
		buf_reset(why);
		buf_str(why, buf_cstr(&text));
		why->bad |= text.bad;
		buf_free(&text);
		return -1;
	}
	return 0;
}

static int
serve_letters(struct line *l, const char *arg, struct buf *why)
{
	const struct source *s;
	char shown[3] = "-?";

	for (arg++; *arg != '\0'; arg++) {
		shown[1] = *arg;
		s = opt_source_find(l->all, "", 0, *arg);
		if (s != NULL && s->opt->type != OPT_FLAG)
			return serve(l, shown, "", 0, *arg,
			    arg[1] != '\0' ? arg + 1 : NULL, why);
		if (serve(l, shown, "", 0, *arg, NULL, why) < 0)
			return -1;
	}
	return 0;
}

/* Walks the arguments once; operands are gathered at the end of argv. */
static int
from_arguments(struct line *l, int *first, struct buf *why)
{
	char **operand = calloc((size_t)l->argc + 1, sizeof(*operand)), *arg;
	const char *eq;
	int n = 0, r = 0, i;

	if (operand == NULL) {
		why->bad = 1;
		return -1;
	}
	for (l->at = 1; r == 0 && l->at < l->argc; ) {
		arg = l->argv[l->at++];
		if (arg[0] != '-' || arg[1] == '\0') {
			operand[n++] = arg;
		} else if (strcmp(arg, "--") == 0) {
			while (l->at < l->argc)
				operand[n++] = l->argv[l->at++];
		} else if (arg[1] != '-') {
			r = serve_letters(l, arg, why);
		} else {
			char shown[72];

			eq = strchr(arg, '=');
			i = (int)(eq != NULL ? eq - arg : (long)strlen(arg));
			snprintf(shown, sizeof(shown), "%.*s",
			    i < 71 ? i : 71, arg);
			r = serve(l, shown, arg + 2, (size_t)i - 2, 0,
			    eq != NULL ? eq + 1 : NULL, why);
		}
	}
	if (r == 0 && !l->scan) {
		*first = l->argc - n;
		memcpy(l->argv + *first, operand, (size_t)n * sizeof(*operand));
	}
	free(operand);
	return r;
}

static void
print_config(const struct sources *all, struct buf *out)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (!(all->v[i].opt->marks & OPT_ONCE))
			buf_fmt(out, "%s = %s\t# %s\n", all->v[i].opt->name,
			    all->v[i].text, all->v[i].origin);
}

int
opt_parse(const struct opt_command *cmd, int argc, char **argv, int *first,
    struct buf *text)
{
	struct sources all = { NULL, 0, 0, 0 };
	struct line l = { .cmd = cmd, .all = &all, .argc = argc, .argv = argv };
	int r = -1;

	opt_each(cmd, opt_source_add, &all);
	if (all.bad) {
		text->bad = 1;
		goto out;
	}
	l.scan = 1;
	if (from_arguments(&l, first, text) < 0)
		goto out;
	if (l.help != NULL) {
		r = opt_help(cmd, l.help, text) < 0 ? -1 : 1;
		if (r < 0)
			buf_fmt(text, "no help in the form '%s'", l.help);
		goto out;
	}
	if (l.version) {
		buf_fmt(text, "%s (augcon) %s\n", cmd->name, AC_VERSION);
		r = 1;
		goto out;
	}
	if (opt_from_defaults(&all, text) < 0)
		goto out;
	if (!l.no_config && opt_from_files(&all, cmd->name, l.config, text) < 0)
		goto out;
	if (opt_from_environment(&all, text) < 0)
		goto out;
	l.scan = 0;
	if (from_arguments(&l, first, text) < 0)
		goto out;
	r = l.print;
	if (r == 1)
		print_config(&all, text);
out:
	if (!buf_ok(text))
		r = -1;
	/* What a field points to lives as long as the process. */
	opt_sources_free(&all, r != 0);
	return r;
}
