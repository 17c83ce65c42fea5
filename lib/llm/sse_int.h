/* What sse.c (lines and events) and sse_event.c (what they say) share. */
#ifndef LLM_SSE_INT_H
#define LLM_SSE_INT_H

#include "llm/sse.h"
#include "rec/json.h"

/* What has been joined so far. */
struct sse {
	struct buf text, refusal;	/* of the choice with index 0 */
	struct buf finish;	/* its last finish_reason */
	struct buf id, model, usage, error;	/* as they stand in the JSON */
	int has_text, has_refusal, is_chat, is_text;
	int done;		/* [DONE] or an error: the rest is ignored */
	int named_error;	/* this event's name is "error" */

	struct buf data;	/* of the event that is being read */
	int has_data;
	struct json_scan scan;
	struct buf *why;
};

/* Takes in one event's data, a JSON object.  -1: *why. */
int sse_take(struct sse *);

/* Appends the reply that all events together are.  -1: *why. */
int sse_write(const struct sse *, int framed, struct buf *out);

#endif
