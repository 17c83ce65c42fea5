/* What flow.c (records), call.c and settle.c (requests) share. */
#ifndef LLM_FLOW_INT_H
#define LLM_FLOW_INT_H

#include <stdint.h>

#include "base/heap.h"
#include "llm/cache.h"
#include "llm/chat.h"
#include "llm/endpoint.h"
#include "llm/flow.h"
#include "llm/http.h"
#include "llm/limit.h"

struct call {
	struct job *job;
	long tag;
	unsigned long sample;
	uint64_t seq;
	char *messages, *schema, *id;	/* owned */
	char key[CACHE_KEY + 1];
	uint32_t seed;
	enum chat_format format;
	int looked, started;	/* in the cache; ever sent */
	int changed;		/* the body is no more the one of the key */
	int denied;		/* had its second try after a 401 */
	unsigned tries, bad, kind;	/* charged; not understood; of `last` */
	unsigned backoff;
	const char *last;	/* code of the last failure, */
	int status;		/* and its status */
	double deadline, sent;	/* seconds on the clock */
	struct buf body, more;	/* request; the error shown to the model */
	struct buf weak;	/* a reply to fall back on */
	struct http_req req;
	struct call *twins;	/* equal calls that wait for this one */
	struct call *next;	/* in that list, or in flight */
};

struct flow {
	const struct flow_ops *ops;
	const struct llm_opt *opt;
	void *command;
	struct filter filter;
	struct endpoint endpoint;
	struct cache cache;
	struct http *http;	/* NULL until the first request */
	struct limit limit;

	struct job *head, **tail;	/* jobs in input order */
	struct job *gathering;	/* the last one, while more may join it */
	struct rec ahead;	/* a record read that begins the next job */
	int has_ahead, eof;
	unsigned long jobs;	/* begun so far */
	size_t held;		/* bytes of finished jobs that wait */

	struct heap ready;	/* calls by job, then by age */
	struct heap waiting;	/* calls by the time they are due */
	struct call *flying;	/* in flight */
	size_t nflying;
	uint64_t calls;
	double pause;		/* no request before this */
	double served;		/* when replies were last looked for */
	enum chat_format format;	/* the best the server knows */

	int stop;		/* exit code of a stop, or 0 */
	int no_memory;
	unsigned long answered, dry;
	unsigned long requests;	/* begun, as --max-requests counts them */
	unsigned long wires, hidden;	/* really sent; of these libcurl's own */
	unsigned long in_a_row;	/* failures */
	unsigned long refused;	/* 400 or 422 before any success */
	double tokens_in, tokens_out, tokens_cached;
	uint64_t rng;		/* jitter; never in a record */
	int warned_cache;
};

/* Records in and out until the end or a signal.  0, or -1: *why. */
int flow_loop(struct flow *);
void job_free(struct flow *, struct job *);
/* Sends what may be sent, answers from the cache.  -1: stop the run. */
int call_pump(struct flow *);
/* Takes what has come in (settle.c). */
int call_collect(struct flow *);
/* Seconds until a call is due, at most `most`. */
double call_wait(struct flow *, double most);
/* Those that wait for it, too. */
void call_free(struct call *);

/* Builds the request body from the call's format, seed and shown error. */
int call_body(struct flow *, struct call *);
/* 1: answered from the cache; 0: a miss; -1 (settle.c). */
int call_from_cache(struct flow *, struct call *);
/* Hands a failure to the command and ends the call (settle.c). */
int call_fail(struct flow *, struct call *, const char *code, int status);
/* Ends the run: what is not in flight is not attempted any more. */
void flow_stop(struct flow *, int code, const char *reason);

#endif
