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
	double hint;		/* seconds the server asks for, or -1 */
};

/*
 * `reply` is filled from the body where there is one; `detail` gets what the
 * server said, for stderr, not redacted.  `succeeded`: an earlier request of
 * this run was answered.
 */
void outcome_of(const struct http_req *, int succeeded, int allow_truncated,
    struct chat_reply *reply, struct outcome *, struct buf *detail);

/* Our fixed message of an error code. */
const char *outcome_message(const char *code);

/* Seconds to wait from Retry-After and its kin (endpoint hints), or -1. */
double outcome_hint(const struct http_req *);

#endif
