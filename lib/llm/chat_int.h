/*
 * What chat.c (answers) and chat_error.c (errors) share, and the files of
 * bodies: chat_body.c (members, and of an answer) and chat_want.c (others).
 */
#ifndef LLM_CHAT_INT_H
#define LLM_CHAT_INT_H

#include "llm/chat.h"
#include "rec/doc.h"

/* Reads the value of an `error` member: an object, or a text. */
void chat_error(const struct doc *error, struct chat_reply *);

/*
 * Reads errors that are the whole body: vLLM's and Gemini's own forms, 1;
 * those that any program might write, so that only a status makes them one,
 * 0.
 */
int chat_bare_error(const struct doc *root, struct chat_reply *);

/*
 * Begins a member of a body, under the name and with the value that the
 * options give it.  1: the caller adds its own value; 0: the member is whole
 * or left out.
 */
int chat_member(const struct llm_opt *, const char *name, int is_sent,
    struct buf *);
/* The messages, or with --api completions the prompt. */
void chat_messages(const struct llm_opt *, const struct chat_ask *,
    struct buf *);
/* Members that only --set knows of. */
void chat_others(const struct llm_opt *, struct buf *);

#endif
