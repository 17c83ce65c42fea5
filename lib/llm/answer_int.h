/* What answer.c (objects) and answer_lines.c (labelled lines) share. */
#ifndef LLM_ANSWER_INT_H
#define LLM_ANSWER_INT_H

#include "llm/answer.h"

/* The field that a word names, or NULL; ASCII letters in either case. */
const struct answer_field *answer_label(const struct answer_field *,
    const char *word, size_t len);

/* Appends the first number in a text.  0: there is none. */
int answer_number(const char *s, const char *end, struct buf *);

/*
 * The members of labelled lines; NULL when the first field has none, and
 * without memory, when `why` is not buf_ok().
 */
struct doc *answer_lines(const char *text, size_t len,
    const struct answer_field *, struct buf *why);

#endif
