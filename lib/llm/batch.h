/*
 * Batch engines: the lines they take, and the replies they give back in a
 * file (OpenAI API reference, "Batch": request input and request output; the
 * same lines are read and written by `vllm run-batch`).  A request is known
 * by its custom_id, which is its key in the cache (cache.h).
 */
#ifndef LLM_BATCH_H
#define LLM_BATCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "llm/llm.h"
#include "rec/json.h"

/*
 * Appends a request as a line: custom_id, method, url, body.  The URL is a
 * path that engines know, not the endpoint's: /v1/chat/completions,
 * /v1/completions, /v1/embeddings, as `want` (enum llm_want) needs it, or
 * Azure's without /v1.
 */
void batch_line(int api, int want, const char *custom_id, const char *body,
    size_t len, struct buf *out);

enum { BATCH_LINE_MAX = 64 << 20 };	/* bytes; longer ones are not valid */

struct batch_entry {
	uint64_t hash;		/* of the custom_id */
	uint64_t place;		/* bytes before the line, twice; 1 more: bad */
	uint32_t len;		/* of the line */
};

struct batch {
	struct batch_entry *v;	/* owned; by hash, the best line first */
	size_t n, cap;
	int fd;
	unsigned long lines;	/* read, empty ones too */
	unsigned long unrun;	/* requests that the engine never began */
	unsigned long bad, first_bad;	/* lines not valid; number of the 1st */
	struct buf bad_why;	/* and what it lacks */

	struct json_scan scan;
	struct buf line, id;
};

/*
 * Reads the outputs of an engine, those of failed requests too, in any order
 * and as many as are joined in the file: the last line of a custom_id
 * counts, but a failure only where there is no reply.  Only ids and places
 * stay in memory, about 24 bytes a line; what is no file is kept in a
 * temporary one.  Lines that are not valid are counted and passed over.
 * 0, or -1: *why.  Closed with batch_close() after either.
 */
int batch_open(struct batch *, const char *path, struct buf *why);
void batch_close(struct batch *);

/*
 * The reply to a request: its HTTP status, and its body appended.  An error
 * that the engine gives beside or in place of a response becomes the body
 * {"error":...}; where it has no status, that is 408 for request_timeout and
 * 500 for others.  1; 0: there is none, or the engine never began the
 * request (batch_expired, batch_cancelled); -1: *why, the file has changed.
 */
int batch_get(struct batch *, const char *custom_id, int *status,
    struct buf *body, struct buf *why);

#endif
