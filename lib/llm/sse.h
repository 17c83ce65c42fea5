/*
 * A reply that came as a stream of server-sent events (WHATWG HTML, "Server-
 * sent events") joined to the one document that a plain reply would have
 * been, so that caching and judging know one form (chat.h).
 */
#ifndef LLM_SSE_H
#define LLM_SSE_H

#include <stddef.h>

#include "base/buf.h"

enum { SSE_EVENT_MAX = 1 << 20 };	/* bytes of an event's data */

/*
 * Appends the chat or text completion that a whole body of the type text/
 * event-stream stands for; an event with an error makes the body {"error":
 * ...} of it.  Only the choice with index 0 counts, and thoughts
 * (reasoning_content, reasoning) are no content.  What follows [DONE] is
 * ignored.
 *
 * A stream is complete when it has a finish_reason, and [DONE] or, with
 * `framed`, an end: a length, chunks or HTTP/2 have shown that nothing is
 * missing.  -1: *why, and nothing is appended; there is no partial text.
 */
int sse_join(const char *s, size_t len, int framed, struct buf *out,
    struct buf *why);

/* Where in its lines a stream is; all zero at its start. */
struct sse_alive {
	int bom;		/* bytes of a byte order mark, then 3 */
	int line;		/* at a line's start, in a comment, elsewhere */
};

/*
 * Does this piece of a body, cut anywhere, bring more than blanks, empty
 * lines and comments?  Those keep a connection open while nothing is done.
 */
int sse_progress(struct sse_alive *, const char *s, size_t len);

#endif
