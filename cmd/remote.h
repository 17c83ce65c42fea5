/*
 * What a model is asked about a question and its context for the blocks of
 * features beside the lexical one, and the numbers in its replies.
 */
#ifndef CMD_REMOTE_H
#define CMD_REMOTE_H

#include "augcon/given.h"
#include "base/buf.h"
#include "llm/embed.h"
#include "llm/flow.h"
#include "llm/prompt.h"

/* Of a reply that remote_read() can make nothing of. */
#define REMOTE_BAD_REPLY "the reply is not what was asked for"

struct remote {
	struct schema *schema;	/* its dim, when 0, is set by a reply */
	size_t want_dim;	/* that it must be; 0: whatever comes first */
	int has_dim;		/* an embedding has come */
	struct prompts judge;
	struct floats v;	/* the numbers of the last reply read */
	struct buf text;	/* scratch */
};

/* A question and its context: valid UTF-8 that ends with a NUL. */
struct remote_text {
	const char *context, *question;
};

/* Exits when the judge's prompt is no good.  The schema is borrowed. */
void remote_init(struct remote *, struct schema *);
void remote_free(struct remote *);

/*
 * To be called before the first record (flow_ops.start): does the server do
 * what the blocks need?  0, or an exit code with the reason said.
 */
int remote_test(const struct remote *, struct flow *);

/* Opens the call for some of the numbers, with `tag`.  0 or -1. */
int remote_ask(struct remote *, struct flow *, struct job *, long tag,
    enum given_what, const struct remote_text *);

/*
 * Does a reply have them?  For flow_ops.judge.  Where embeddings cannot be
 * what the scorer was trained on, the run is stopped.
 */
enum flow_verdict remote_judge(struct remote *, struct flow *,
    enum given_what, const struct remote_text *, const struct flow_reply *,
    struct buf *why);

/* Reads them into r->v.  0; 1: *why says what is wrong; -1: no memory. */
int remote_read(struct remote *, enum given_what, const struct remote_text *,
    const struct flow_reply *, struct buf *why);

#endif
