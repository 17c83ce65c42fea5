/*
 * The engine of every command that talks to a model: records in, at most J
 * requests in flight, records out in input order.  A command gives its
 * functions over a job, which is one input record (or a run of them) and its
 * open calls.  `ac-ask` and `ac-answer` ask once; `ac-split` asks once a
 * node and opens two more calls when a reply splits it; the engine does not
 * know the difference.
 *
 *	line -> begin -> calls -> cache? -> http -> judge -> reply -> finish
 */
#ifndef LLM_FLOW_H
#define LLM_FLOW_H

#include <stddef.h>

#include "base/buf.h"
#include "llm/llm.h"
#include "llm/prompt.h"
#include "rec/filter.h"
#include "rec/rec.h"

struct flow;

struct job {
	struct rec *rec;	/* its input records */
	size_t nrec, rec_cap;
	void *state;		/* the command's; freed by its free */

	/* The engine's. */
	unsigned long seq;
	size_t open;		/* calls without an answer */
	int done, cut;
	struct buf out, err;	/* finished lines */
	struct buf detail;	/* what the server said of the last failure */
	struct job *prev, *next;
	struct job *ended;	/* the next among those whose calls are done */
};

/* One question to the model. */
struct flow_ask {
	long tag;		/* the command's: which node, which sample */
	/*
	 * LLM_ANSWER: the answer to messages; LLM_CHOICES: what its first
	 * token might be, and how likely (logprob.h); LLM_EMBEDDING: the
	 * input's vector (embed.h); LLM_ECHO: how likely each token of the
	 * input is, whatever --api says (logprob.h).
	 */
	enum llm_want want;
	const char *messages;	/* JSON, from prompt_fill(); copied */
	const char *input;	/* a text; copied */
	const char *schema;	/* JSON Schema of the answer or NULL; copied */
	const char *id;		/* of what is asked about, for its seed */
	unsigned long sample;
};

struct flow_reply {
	long tag;
	/*
	 * The answer, NUL after len bytes; of the other wants the JSON as it
	 * came: an embedding's array, the value of `logprobs`.  NULL:
	 */
	const char *text;
	size_t len;
	const char *code, *message;	/* why there is none */
	int status;
	/*
	 * For the command's reply function: this is the answer that judge
	 * looked at last, for this call; what it has read need not be read
	 * again.
	 */
	int judged;
};

enum flow_verdict {
	FLOW_TAKE,
	FLOW_WEAK,		/* good enough when no better one comes */
	FLOW_BAD		/* ask again; `why` is shown to the model */
};

struct flow_ops {
	/* The job's records are there: asks, or leaves it at that.  0, -1. */
	int (*begin)(struct flow *, struct job *);
	/*
	 * Looks at an answer and changes nothing of the job.  What it reads
	 * the command may keep until the next look.  NULL: all but an empty
	 * one is taken.
	 */
	enum flow_verdict (*judge)(struct flow *, const struct job *,
	    const struct flow_reply *, struct buf *why);
	/* An answer that was taken, or a failure (text NULL).  0 or -1. */
	int (*reply)(struct flow *, struct job *, const struct flow_reply *);
	/*
	 * All calls are answered: writes the lines.  0, -1, or 1 when it has
	 * opened more calls instead.  NULL: there are none to write.
	 */
	int (*finish)(struct flow *, struct job *);
	/*
	 * NULL: records come from the filter.  Else begins the next job by
	 * itself, with an empty record for which only messages need a file
	 * and a line.  1, or 0 at the end.
	 */
	int (*next)(struct flow *, struct rec *);
	/*
	 * NULL, or what is to be done before the first record, such as a
	 * flow_aside(): flow_run() alone calls it.  0, or an exit code with
	 * the reason said or in the filter.
	 */
	int (*start)(struct flow *);
	/* Frees job->state, which is not NULL. */
	void (*free)(void *state);
	/*
	 * Does the record continue the job?  1, 0, or -1 without memory.
	 * NULL: each is its own.
	 */
	int (*joins)(struct flow *, const struct job *, struct rec *);
	/*
	 * NULL, or what else is written of a job, when its lines go out and
	 * in their order.  0, or -1 with the reason in the filter.
	 */
	int (*written)(struct flow *, struct job *);
};

/*
 * Runs to the end and returns the exit code; whatever is wrong has been
 * said.  `local`: the command will ask nothing, so no model is needed.
 */
int flow_run(const struct flow_ops *, const struct filter_opt *,
    const struct llm_opt *, int local, char **files, size_t n, void *command);

/*
 * The same inside a filter that is open, for one who holds his records:
 * flow_go() serves what ops->next has and may be called again.  flow_open:
 * NULL with the exit code and *why.  flow_go: 0, or the exit code; why is in
 * the filter, or said.
 */
struct flow *flow_open(const struct flow_ops *, struct filter *,
    const struct llm_opt *, int local, void *command, int *code,
    struct buf *why);
int flow_go(struct flow *);
void flow_close(struct flow *);

/*
 * A round of other functions, with ops->next, between the records of a flow
 * or before them: same cache, same gate, same bill.  As flow_go().
 */
int flow_aside(struct flow *, const struct flow_ops *, void *command);

/* The command's own, as given to flow_run(). */
void *flow_command(struct flow *);

/* Opens a call of a job.  0, or -1 without memory. */
int flow_ask(struct flow *, struct job *, const struct flow_ask *);

/*
 * What a request is known by beside its text: the record's id, or the hash
 * of its context when it has none, and its sample (0 when it has none).
 */
void flow_identity(struct rec *, const char *id_name, const char *context,
    size_t len, struct buf *id, unsigned long *sample);

/*
 * The lines of a job, from finish(): done, passed unchanged, failed.  0, or
 * -1 to stop the run.
 */
int flow_ok(struct flow *, struct job *, struct rec *);
int flow_pass(struct flow *, struct job *, struct rec *);
int flow_fail(struct flow *, struct job *, struct rec *, const char *code,
    const char *message, int status);

/*
 * Ends the run with an exit code, for a reason that is said: what is not in
 * flight is not attempted any more, and its records fail.
 */
void flow_stop(struct flow *, int code, const char *reason);

/* A record without a member that is needed: its own words (rec.h) say which. */
int flow_lacks(struct flow *, struct job *, struct rec *);

/* For a -1 from any of these functions: out of memory; returns it. */
int flow_no_memory(struct flow *);

/*
 * {"model":...,"prompt":...,...}: what --provenance adds to a record.  `more`
 * is NULL or members of the command's own, each behind a comma.
 */
void flow_provenance(struct flow *, const struct prompt *, struct rec *);
void flow_provenance_of(struct flow *, const struct prompt *,
    const char *more, struct rec *);

#endif
