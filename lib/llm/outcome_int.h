/* What outcome.c (the order of the table) and outcome_row.c (rows) share. */
#ifndef LLM_OUTCOME_INT_H
#define LLM_OUTCOME_INT_H

#include "llm/outcome.h"

/* The row of an error code or a phrase in the body.  0: it has none. */
int outcome_row_body(const struct chat_reply *, int status, struct outcome *);

/* The row of an HTTP status that is no success. */
void outcome_row_status(int status, int succeeded, const struct chat_reply *,
    struct outcome *);

/* The status that an error's words stand for where no number does, or 0. */
int outcome_word_status(const struct chat_reply *);

/* A mend for a member of the request that the server refuses. */
void outcome_advice(const struct chat_reply *, struct buf *detail);

/* Sets the class and the code, with its message. */
void outcome_be(struct outcome *, enum outcome_class, const char *code);
void outcome_stop(struct outcome *, int exit, const char *code);

#endif
