/*
 * Prompt files (ac-prompt(5)): messages under `--- system`, `--- user` and
 * `--- assistant`, with holes {{name}}.
 */
#ifndef LLM_PROMPT_H
#define LLM_PROMPT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/opt.h"

enum prompt_role { PROMPT_SYSTEM, PROMPT_USER, PROMPT_ASSISTANT };

/* A hole in a message's text, and where in its JSON it is. */
struct prompt_hole {
	const char *name;	/* in the text */
	size_t len, at;
};

struct prompt_message {
	enum prompt_role role;
	char *text;		/* owned; with its holes */
	struct buf json;	/* the message without what fills its holes */
	struct prompt_hole *v;	/* owned; in order */
	size_t n, cap;
};

struct prompt {
	struct prompt_message *v;	/* owned */
	size_t n, cap;
	char hash[17];		/* of the text, for provenance */
};

/* What goes into a hole; an array of them ends with name NULL. */
struct hole {
	const char *name;
	const char *text;
	size_t len;
};

/*
 * Reads the prompt `name` in a language: a name with '/' or '.' is a file;
 * else NAME.LANG.txt or NAME.txt in the folders of $AC_PROMPT_PATH, else the
 * built-in NAME.LANG, else the built-in NAME.en.  `holes` names the holes
 * that may stand in it (NULL ends).  -1: *why says file, line and reason, or
 * is no good (buf_ok) without memory.
 */
int prompt_load(struct prompt *, const char *name, const char *lang,
    const char *const *holes, const struct opt_list *define, struct buf *why);
void prompt_free(struct prompt *);

/*
 * Appends the messages as a JSON array with the holes filled, each from the
 * first of `holes` or of the -D definitions of that name.  When `examples`
 * is not NULL, it is JSON text of messages that stands in place of the
 * prompt's own worked examples (all between the system message and the last
 * one).
 */
void prompt_fill(const struct prompt *, const struct hole *holes,
    const struct opt_list *define, const char *examples, struct buf *out);

/*
 * The next hole {{name}} in a text: where its name is, and the name's length;
 * NULL when there is none.
 */
const char *prompt_hole(const char *text, size_t *len);

/* Appends one message as JSON: {"role":...,"content":...}. */
void prompt_message(struct buf *out, enum prompt_role, const char *text,
    size_t len);

/* The built-in text NAME.LANG, else NAME.en, else "". */
const char *prompt_text(const char *name, const char *lang);

/*
 * One prompt in the languages it is written in; English serves all but
 * Chinese.  With `lang` (--lang) that one is taken for every text.
 */
struct prompts {
	struct prompt en, zh;
};

int prompts_load(struct prompts *, const char *name, const char *lang,
    const char *const *holes, const struct opt_list *define, struct buf *why);
void prompts_free(struct prompts *);
const struct prompt *prompts_pick(const struct prompts *, const char *text,
    size_t len);

/* The last message's template filled, as a message: for examples. */
void prompt_fill_last(const struct prompt *, const struct hole *holes,
    const struct opt_list *define, struct buf *out);

#endif
