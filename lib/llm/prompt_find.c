/* Where a prompt's text comes from: a file, $AC_PROMPT_PATH, this program. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "llm/prompt_int.h"
#include "llm/prompts.h"
#include "text/utf8.h"

enum { PROMPT_MAX = 4 << 20 };	/* bytes of a prompt file */

static int
read_file(const char *path, struct buf *text, struct buf *why)
{
	text->max = PROMPT_MAX;
	if (file_read(path, text, why) < 0)
		return -1;
	if (memchr(buf_cstr(text), '\0', text->len) != NULL ||
	    utf8_valid(buf_cstr(text), text->len) != text->len) {
		buf_fmt(why, "%s: is no UTF-8 text", path);
		return -1;
	}
	return 0;
}

/* Looks NAME.LANG.txt and NAME.txt up in $AC_PROMPT_PATH. */
static int
find_file(const char *name, const char *lang, struct buf *path)
{
	const char *dirs = getenv("AC_PROMPT_PATH");
	size_t len;
	int i;

	while (dirs != NULL && *dirs != '\0') {
		len = strcspn(dirs, ":");
		for (i = 0; i < 2 && len > 0; i++) {
			buf_reset(path);
			buf_fmt(path, "%.*s/%s%s%s.txt", (int)len, dirs, name,
			    i == 0 ? "." : "", i == 0 ? lang : "");
			if (!buf_ok(path))
				return 1;	/* the caller looks */
			if (access(path->s, R_OK) == 0)
				return 1;
		}
		dirs += len + (dirs[len] == ':');
	}
	return 0;
}

static const char *
built_in(const char *name, const char *lang)
{
	const struct prompt_text *t;
	size_t n = strlen(name);

	for (t = prompt_texts; t->name != NULL; t++)
		if (strncmp(t->name, name, n) == 0 && t->name[n] == '.' &&
		    strcmp(t->name + n + 1, lang) == 0)
			return t->text;
	return NULL;
}

const char *
prompt_text(const char *name, const char *lang)
{
	const char *t = built_in(name, lang);

	if (t == NULL)
		t = built_in(name, "en");
	return t == NULL ? "" : t;
}

int
prompt_find(const char *name, const char *lang, struct buf *text,
    struct buf *file, struct buf *why)
{
	const char *own = prompt_text(name, lang);

	if (strpbrk(name, "/.") != NULL)
		buf_str(file, name);
	else if (!find_file(name, lang, file))
		buf_reset(file);
	if (buf_ok(file) && file->len > 0)
		return read_file(file->s, text, why);
	if (buf_ok(file) && *own == '\0') {
		buf_fmt(why, "no prompt named '%s'; a file's name has "
		    "a '/' or '.' in it", name);
		return -1;
	}
	buf_str(file, name);
	buf_str(text, own);
	if (buf_ok(file) && buf_ok(text))
		return 0;
	why->bad = 1;
	return -1;
}
