/*
 * A question asked for: worked examples, the shape of the reply, and the
 * question in it.
 */
#ifndef CMD_ASKING_H
#define CMD_ASKING_H

#include "examples.h"
#include "llm/flow.h"
#include "llm/prompt.h"
#include "manner.h"

/* JSON Schema of the reply. */
extern const char asking_schema[];

/*
 * The question in a reply, cleaned; FLOW_WEAK and *why when it stops before
 * its end; anything else is FLOW_BAD and *why, which is not buf_ok() without
 * memory.
 */
enum flow_verdict asking_read(const struct flow_reply *,
    struct buf *question, struct buf *why);

/* Adds an example, its context and question, for each language's prompt. */
void asking_show(const struct prompts *, const struct opt_list *define,
    const struct example *, struct shown *);

/* Appends the messages that ask; shown NULL: with the prompt's examples. */
void asking_fill(const struct prompts *, const struct opt_list *define,
    const struct shown *, const char *context, size_t len, struct buf *);

#endif
