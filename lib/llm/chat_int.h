/* What chat.c (answers) and chat_error.c (errors) share. */
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

#endif
