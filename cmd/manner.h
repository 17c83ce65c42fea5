/*
 * How answers are asked for (Quan, section 3.3): a prompt, principles, and
 * the examples shown, each in the languages there are.
 */
#ifndef CMD_MANNER_H
#define CMD_MANNER_H

#include <stddef.h>

#include "examples.h"
#include "llm/llm.h"
#include "llm/prompt.h"

struct manner {
	struct prompts prompts;
	struct buf en, zh;		/* principles */
	char en_hash[17], zh_hash[17];	/* of them, for provenance */
	const struct opt_list *define;	/* borrowed: -D */
};

/* Examples as the messages that show them, for each language's prompt. */
struct shown {
	struct buf en, zh;
};

/*
 * The prompt that the options name, or "answer", and the principles of a
 * file, or built-in ones.  Ends with 2 and the reason, and where it can be
 * the line: a file of principles is text in UTF-8 and has no holes.
 */
void manner_load(struct manner *, const struct llm_opt *,
    const char *principles);
void manner_free(struct manner *);

/* Adds one more example. */
void manner_show(const struct manner *, const struct example *,
    struct shown *);
void shown_free(struct shown *);

/* The prompt of a context's language, for provenance, */
const struct prompt *manner_prompt(const struct manner *,
    const struct buf *context);
/* and the hash of the principles in it. */
const char *manner_principles(const struct manner *, const struct buf *context);

/*
 * Appends the messages that ask for an answer; shown NULL: with the prompt's
 * own examples.
 */
void manner_fill(const struct manner *, const struct shown *,
    const struct buf *context, const struct buf *question, struct buf *out);

#endif
