/*
 * What ac-check asks a model: whether the context bears an answer out, with
 * the words that do; and for a question that stands alone.
 */
#ifndef CMD_CHECK_ASK_H
#define CMD_CHECK_ASK_H

#include "augcon/gate.h"
#include "checks.h"
#include "llm/flow.h"
#include "llm/prompt.h"

struct check_ask {
	int judge, rewrite;	/* asked for? */
	const char *id;		/* name of the member */
	struct prompts faithful, standalone;
};

/* Of one record: what is asked, and what came of it. */
struct check_asked {
	struct buf part[GATE_PARTS];
	unsigned long sample;
	int judging, unclear;	/* asked; how many replies said nothing */
	enum { SAID_NOTHING, SAID_YES, SAID_NO, SAID_FALSE_QUOTE } said;
	struct buf question;	/* rewritten; empty: there is no better one */
	const char *code, *message;
	int status;
	struct buf dropped;	/* its line */
};

enum check_tag { ASK_FAITHFUL, ASK_FAITHFUL_AGAIN, ASK_STANDALONE };

/* Loads the prompts that are needed; ends with 2 and the reason. */
void check_ask_load(struct check_ask *, const struct llm_opt *);
void check_ask_free(struct check_ask *);

/* Opens the call.  0, or -1 without memory. */
int check_ask(struct check_ask *, struct flow *, struct job *,
    enum check_tag);

/* For the engine: is it a reply of the kind asked for? */
enum flow_verdict check_ask_judge(const struct flow_reply *,
    struct buf *why);

/*
 * Takes a reply in.  A judge's quote must stand in the context: its words in
 * a row, case and blanks apart.  0, or -1 without memory.
 */
int check_ask_take(struct check_asked *, const struct flow_reply *);

void check_asked_free(struct check_asked *);

#endif
