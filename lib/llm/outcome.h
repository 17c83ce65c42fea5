/*
 * What one try came to and what to do about it: the table of augcon(7),
 * OUTCOMES, as one pure function.  Order: transport, the body's error code,
 * x-should-retry, status, content.
 */
#ifndef LLM_OUTCOME_H
#define LLM_OUTCOME_H

#include "base/buf.h"
#include "llm/chat.h"
#include "llm/http.h"

enum outcome_class {
	OUTCOME_OK,
	OUTCOME_RETRY,		/* transient; final when the tries are used */
	OUTCOME_FINAL,		/* this record gets the code */
	OUTCOME_STOP		/* no request can succeed */
};

struct outcome {
	enum outcome_class class;
	const char *code;	/* of the closed list; NULL when OK */
	const char *message;	/* our own text, fixed by the code */
	int status;		/* HTTP, 0: none */
	int exit;		/* of a stop */
	int is_free;		/* a retry that is not charged */
	int overload;		/* the server says it is full */
	int most;		/* tries of this kind at most, 0: --retries */
	int no_format;		/* perhaps response_format is refused */
	int lost;		/* perhaps answered and billed, not to us */
	int prompt_cut;		/* read far fewer tokens than were sent */
	double hint;		/* seconds the server asks for, or -1 */
};

/*
 * `reply` is filled from the body where there is one; `detail` gets what the
 * server said and what would help, for stderr, not redacted, and is no good
 * (buf_ok) without memory.  `succeeded`: an earlier request of this run was
 * answered.  Of the options it reads allow_truncated and strict_prompt; NULL:
 * neither.
 */
void outcome_of(const struct http_req *, int succeeded,
    const struct llm_opt *, struct chat_reply *reply, struct outcome *,
    struct buf *detail);

/* Our fixed message of an error code. */
const char *outcome_message(const char *code);

#endif
