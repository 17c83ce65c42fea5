/*
 * What the engine's files share:
 *
 *	flow	records out, and the loop; flow_read: records in
 *	call	a call made, with its body and its key, and ended
 *	find	an answer that costs nothing: the cache, --replies
 *	send	calls that are ready, to the wire
 *	flight	the calls in flight, and those that wait for an equal one
 *	settle	from what came back to the command
 *	retry	what becomes of a try that failed
 *	run	settings checked, all set up and taken down
 */
#ifndef LLM_FLOW_INT_H
#define LLM_FLOW_INT_H

#include <stdint.h>

#include "base/heap.h"
#include "llm/batch.h"
#include "llm/bill.h"
#include "llm/cache.h"
#include "llm/chat.h"
#include "llm/endpoint.h"
#include "llm/flow.h"
#include "llm/gate.h"
#include "llm/http.h"
#include "llm/outcome.h"

struct call {
	struct job *job;
	long tag;
	unsigned long sample;
	uint64_t seq;
	char *schema, *id;	/* owned */
	enum llm_want want;
	struct buf messages;	/* or the input */
	char key[CACHE_KEY + 1];	/* "": nobody asks for it */
	uint32_t seed;
	enum chat_format format;
	int looked, started;	/* in the cache; ever sent */
	int changed;		/* the body is no more the one of the key */
	int denied;		/* had its second try after a 401 */
	int grown;		/* asks for twice the tokens */
	int is_retry;		/* of a failure that the budget counts */
	unsigned tries, bad, kind;	/* charged; not understood; of `last` */
	unsigned same;		/* 500s alike, one after the other, */
	uint32_t alike;		/* CRC-32C of their body; */
	unsigned long answered;	/* answers of the run before the first; */
	unsigned long heard;	/* before its last failure */
	const char *last;	/* code of the last failure, */
	int status;		/* and its status */
	double deadline;	/* seconds on the clock */
	struct buf body, wire;	/* request; with --stream, as it is sent */
	struct buf more;	/* the error shown to the model */
	struct buf weak;	/* a reply to fall back on */
	struct http_req req;
	struct gate_pass pass;	/* while it is in flight, */
	struct bill_hold hold;
	struct call *prev, *next;	/* in flight; next also among twins */
	struct call *chain;	/* in flight, with a key of the same hash */
	struct call *twins;	/* equal calls that wait for this one */
};

enum { FLYING_BUCKETS = 1024 };

struct flow {
	const struct flow_ops *ops;
	const struct llm_opt *opt;	/* own_opt */
	struct llm_opt own_opt;
	void *command;
	struct filter *filter;	/* borrowed */
	struct endpoint endpoint;
	struct cache cache;
	struct batch batch;	/* of --replies */
	struct http *http;	/* NULL until the first request */
	struct call *spare;	/* ended calls; their memory is used again */
	unsigned long nspare;
	struct gate gate;
	int gate_is_open;
	struct bill bill;

	struct job *head, *last;	/* jobs in input order */
	struct job *ended, **ended_tail;	/* answered, not finished */
	struct job *gathering;	/* the last one, while more may join it */
	struct rec ahead;	/* a record read that begins the next job */
	int has_ahead, eof;
	unsigned long jobs;	/* begun so far */
	size_t held;		/* bytes of finished jobs that wait */

	struct heap ready;	/* calls by job, then by age */
	struct heap waiting;	/* calls by the time they are due */
	struct call *flying;	/* in flight, and the same by key: */
	struct call *bucket[FLYING_BUCKETS];
	size_t nflying;
	uint64_t calls;
	double pump_at;		/* the gate opens then; 0: with an answer */
	double served;		/* when replies were last looked for */
	enum chat_format format;	/* the best the server knows */

	int stop;		/* exit code of a stop, or 0 */
	int no_memory;
	unsigned long answered, dry;
	double dry_in, dry_out;	/* tokens of --dry-run */
	unsigned long requests;	/* begun, as --max-requests counts them */
	unsigned long wires, hidden;	/* sent; of these libcurl's own */
	unsigned long silent;	/* failures in a row: no answer, */
	unsigned long useless;	/* an answer that is of no use */
	unsigned long refused;	/* 400 or 422 from the start, */
	int mixed;		/* until something else came back */
	unsigned long proxy;	/* refusals of a proxy, in a row */
	unsigned long cut_prompts;	/* that the server seems to have cut */
	double said_until;	/* the wait that stderr knows of */
	uint64_t rng;		/* jitter; never in a record */
	int warned_cache;
};

/* Records in and out until the end or a signal.  0, or -1: *why. */
int flow_loop(struct flow *);
/* Is there room for more input?  (flow_read.c) */
int flow_may_read(const struct flow *);
/* Reads on.  1: a job has begun, 0: nothing there now, -1. */
int flow_read(struct flow *, int block);
void job_free(struct flow *, struct job *);
/* The last of a job's calls is answered. */
void job_end(struct flow *, struct job *);

/*
 * Of the rest, what returns an int and does not say more: 0, or -1 when the
 * run cannot go on, with the reason in filter.why.
 */

/* call.c: frees a call and those that wait for it. */
void call_free(struct call *);
/* The same for one that is answered; its memory may serve the next one. */
void call_end(struct flow *, struct call *);
/* Builds the request body from the call's format, seed and shown error. */
int call_body(struct flow *, struct call *);
/* Tokens that its answer may have. */
unsigned long call_max_tokens(const struct flow *, const struct call *);
/* Puts a call where it is sent as soon as may be. */
int call_ready(struct flow *, struct call *);

/* find.c.  1: settled from the cache or --replies, 0: none there, -1. */
int call_find(struct flow *, struct call *);

/* send.c: sends what may be sent, answers what need not be. */
int call_pump(struct flow *);
/* Seconds until a call is due, at most `most`. */
double call_wait(struct flow *, double most);

/* flight.c: the call in flight with the same key as c, or NULL. */
struct call *flight_twin(struct flow *, const struct call *c);
/* Lets c, and those that wait for it, wait for its twin's answer. */
void flight_join(struct call *twin, struct call *c);
/* It is in flight, and counts for --max-requests; it is no more. */
void flight_add(struct flow *, struct call *);
void flight_remove(struct flow *, struct call *);

/* settle.c: takes what has come in. */
int call_collect(struct flow *);
/* Lets the command judge a reply's text; `why` gets what is wrong with it. */
enum flow_verdict call_judge(struct flow *, const struct call *,
    const struct chat_reply *, struct buf *why);
/*
 * Hands a reply to the command and ends the call.  `judged`: it is what was
 * judged last.
 */
int call_accept(struct flow *, struct call *, const struct chat_reply *,
    int judged);
/*
 * Keeps an accepted reply, `body` as it came, in the cache before it is used
 * (nothing paid is lost), then uses it; where another process kept one first,
 * that one, which *body then is.
 */
int call_keep(struct flow *, struct call *, struct buf *body,
    struct chat_reply *, int judged);
/* Hands a failure to the command and ends the call. */
int call_fail(struct flow *, struct call *, const char *code, int status);
/* Its last try has failed: the weak reply, or the failure. */
int call_give_up(struct flow *, struct call *, const char *code, int status,
    const char *detail);

/* retry.c.  -v and --log: a try that failed and is made again. */
void call_log(struct flow *, struct call *, const char *code,
    const char *detail);
/* A try failed: again later, or given up, or the run stops. */
int call_failed(struct flow *, struct call *, const struct outcome *,
    const char *detail);
/* Not in flight any more: gate and bill hear how it ended. */
void call_land(struct flow *, struct call *, const struct outcome *,
    const struct chat_reply *);
#endif
