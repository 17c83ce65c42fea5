/*
 * The embeddings of many texts, from the endpoint (embed.h) by the engine
 * (flow.h): at most -j in flight, cached, retried, paid for once.  For
 * commands that hold their records; inside a filter that is open.
 */
#ifndef LLM_EMBEDDER_H
#define LLM_EMBEDDER_H

#include <stddef.h>

#include "base/buf.h"
#include "llm/embed.h"
#include "llm/llm.h"
#include "rec/filter.h"

struct embedder;

/* NULL with the exit code and *why. */
struct embedder *embedder_open(struct filter *, const struct llm_opt *,
    int *code, struct buf *why);
/* What was asked and paid goes to the filter's closing line and --stats. */
void embedder_close(struct embedder *);

struct embed_job {
	size_t n;		/* texts */
	/*
	 * Text i, until the next call: appended to the buffer, with the file
	 * and line for messages in the record.  0 or -1.
	 */
	int (*text)(void *arg, size_t i, struct buf *, struct rec *where);
	/* Text i has none.  0 or -1. */
	int (*failed)(void *arg, size_t i, const char *code,
	    const char *message, int status, const char *detail);
	void *arg;
};

/*
 * Fills v (n times *dim numbers; owned by the caller, who frees it) with the
 * embedding of each text; where it failed the numbers are 0.  *dim is 0
 * before the first.  0, or an exit code with the reason said or in the
 * filter; a signal ends it too, see filter_signal().
 */
int embedder_run(struct embedder *, const struct embed_job *, size_t *dim,
    struct floats *v);

#endif
