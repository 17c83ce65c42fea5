/* What the option tables print: help, manual, completions. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/opt_int.h"

/* Where each --help=FORMAT goes through the options. */
struct page {
	struct buf *out;
	const char *command;
	int all;
};

static void
flags(const struct opt *o, char *s, size_t size)
{
	const char *arg = o->type == OPT_CHOICE ? "WORD" : o->arg;

	snprintf(s, size, "%s%c%s--%s%s%s", o->letter ? "-" : " ",
	    o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name,
	    arg ? " " : "", arg ? arg : "");
}

static void
text_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;
	char left[80];

	(void)values;
	if (!p->all && !(o->marks & OPT_TOP))
		return;
	flags(o, left, sizeof(left));
	buf_fmt(p->out, "  %-25s %s", left, o->help);
	if (strlen(left) > 25) {
		p->out->len -= strlen(o->help) + 1;
		buf_fmt(p->out, "\n%28s%s", "", o->help);
	}
	if (p->all && o->type == OPT_CHOICE)
		buf_fmt(p->out, "\n%28s%s", "", o->arg);
	if (o->init != NULL && (p->all || strlen(o->help) + strlen(o->init) <
	    40))
		buf_fmt(p->out, " (%s)", o->init);
	buf_byte(p->out, '\n');
}

static void
help_text(const struct opt_command *cmd, struct page *p)
{
	const struct opt *o;

	buf_fmt(p->out, "%s: %s\n\nusage: %s [OPTION ...] %s\n", cmd->name,
	    cmd->summary, cmd->name, cmd->operands);
	buf_fmt(p->out, "example: %s\n\n", cmd->example);
	opt_each(cmd, text_option, p);
	for (o = opt_own; o->name != NULL; o++)
		text_option(o, NULL, p);
	buf_fmt(p->out, "\nexit: 0 done, 1 some records failed, 2 usage, "
	    "74 disk, 75 run again,\n      76 server, 77 key or budget.  "
	    "Manual: %s(1), augcon(7)\n", cmd->name);
}

/* A full stop at the start of a line would be a roff request. */
static void
mdoc_text(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			buf_str(out, "\\e");
		else
			buf_byte(out, *s);
	}
}

static void
mdoc_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;
	char name[64];

	(void)values;
	buf_str(p->out, ".It ");
	if (o->letter)
		buf_fmt(p->out, "Fl %c , ", o->letter);
	buf_fmt(p->out, "Fl Fl %s", o->name);
	if (o->type == OPT_CHOICE)
		buf_str(p->out, " Ar word");
	else if (o->arg != NULL)
		buf_fmt(p->out, " Ar %s", o->arg);
	buf_byte(p->out, '\n');
	buf_byte(p->out, (char)toupper((unsigned char)o->help[0]));
	mdoc_text(p->out, o->help + 1);
	buf_str(p->out, ".\n");
	if (o->type == OPT_CHOICE)
		buf_fmt(p->out, "One of\n.Cm %s .\n", o->arg);
	if (o->init != NULL)
		buf_fmt(p->out, "Default:\n.Cm %s .\n", o->init);
	if (o->marks & OPT_ENV) {
		opt_env_name(o, name);
		buf_fmt(p->out, "Environment:\n.Ev %s .\n", name);
	}
}

static void
name_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;

	(void)values;
	buf_fmt(p->out, "%s\n", o->name);
}

static void
bash_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;

	(void)values;
	buf_fmt(p->out, " --%s", o->name);
}

static void
zsh_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;
	const char *s;

	(void)values;
	buf_fmt(p->out, "  '--%s%s[", o->name, o->type == OPT_FLAG ? "" : "=");
	for (s = o->help; *s != '\0'; s++) {
		if (strchr("[]:", *s) != NULL)
			buf_byte(p->out, '\\');
		if (*s != '\'')
			buf_byte(p->out, *s);
	}
	buf_fmt(p->out, "]%s' \\\n", o->type == OPT_FLAG ? "" :
	    ":value:_files");
}

static void
fish_option(const struct opt *o, void *values, void *arg)
{
	struct page *p = arg;
	const char *s;

	(void)values;
	buf_fmt(p->out, "complete -c %s -l %s", p->command, o->name);
	if (o->letter)
		buf_fmt(p->out, " -s %c", o->letter);
	if (o->type != OPT_FLAG)
		buf_str(p->out, " -r");
	buf_str(p->out, " -d '");
	for (s = o->help; *s != '\0'; s++)
		if (*s != '\'')
			buf_byte(p->out, *s);
	buf_str(p->out, "'\n");
}

static void
each(const struct opt_command *cmd, struct page *p,
    void (*fn)(const struct opt *, void *, void *))
{
	const struct opt *o;

	opt_each(cmd, fn, p);
	for (o = opt_own; o->name != NULL; o++)
		fn(o, NULL, p);
}

int
opt_help(const struct opt_command *cmd, const char *format, struct buf *out)
{
	struct page p = { out, cmd->name, strcmp(format, "all") == 0 };

	if (strcmp(format, "text") == 0 || p.all) {
		help_text(cmd, &p);
	} else if (strcmp(format, "mdoc") == 0) {
		each(cmd, &p, mdoc_option);
	} else if (strcmp(format, "names") == 0) {
		each(cmd, &p, name_option);
	} else if (strcmp(format, "bash") == 0) {
		buf_str(out, "complete -o default -W '");
		each(cmd, &p, bash_option);
		buf_fmt(out, "' %s\n", cmd->name);
	} else if (strcmp(format, "zsh") == 0) {
		buf_fmt(out, "#compdef %s\n_arguments \\\n", cmd->name);
		each(cmd, &p, zsh_option);
		buf_str(out, "  '*:file:_files'\n");
	} else if (strcmp(format, "fish") == 0) {
		each(cmd, &p, fish_option);
	} else {
		return -1;
	}
	return 0;
}
