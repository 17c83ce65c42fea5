/*
 * What prompt.c (holes, filling) shares with prompt_find.c (where the text
 * comes from) and prompt_parse.c (its sections).
 */
#ifndef LLM_PROMPT_INT_H
#define LLM_PROMPT_INT_H

#include "llm/prompt.h"

/* By enum prompt_role, as a section and a message call it. */
extern const char *const prompt_roles[];

/*
 * The text of a name: a file if it has a '/' or '.', else NAME.LANG.txt or
 * NAME.txt in a folder of $AC_PROMPT_PATH, else the one built in.  Both
 * buffers are the caller's, and empty: *file is what a message is to call it.
 * 0, or -1: *why, which is not buf_ok() without memory.
 */
int prompt_find(const char *name, const char *lang, struct buf *text,
    struct buf *file, struct buf *why);

/* The sections of a text, with no holes yet.  0, or -1 as above. */
int prompt_parse(struct prompt *, const char *text, const char *file,
    struct buf *why);

#endif
