/*
 * May a request be sent now?  All that holds requests back: the limit of
 * requests in flight, the pause that a server asks for, the breaker, the
 * budget of retries, that of refusals, --rate, --tpm and --global-j.  The
 * clock is an argument, so that tests need not wait.
 */
#ifndef LLM_GATE_H
#define LLM_GATE_H

#include "base/buf.h"
#include "llm/breaker.h"
#include "llm/limit.h"
#include "llm/llm.h"
#include "llm/share.h"

enum { GATE_PAUSE_MAX = 600 };	/* seconds that a server may have us wait */

/* Saved up with time and by what goes well, spent one by one. */
struct bucket {
	double level, at;	/* as it was then, seconds on the clock */
};

struct gate {
	struct share_file share;
	struct limit limit;
	struct breaker breaker;
	double per_second, tokens_per_second;	/* 0: no such limit */
	struct bucket retries;	/* that may be sent */
	unsigned backoff;	/* doublings since the last answer */
	double backoff_at;	/* when it last doubled */
	struct bucket refusals;	/* that may be risked */
	unsigned long flying;
};

/* A pass: what a request holds while it is in flight. */
struct gate_pass {
	struct limit_try try;
	double tokens;		/* reserved of --tpm */
	long slot;		/* of --global-j, or -1 */
};

/* How a request ended, for the gate. */
enum gate_end {
	GATE_ANSWER,		/* the endpoint answered */
	GATE_REFUSED,		/* it is full or slows us down */
	GATE_TIMEOUT,		/* no reply in time */
	GATE_AWAY,		/* no connection was to be had */
	GATE_BROKEN,		/* it was lost, or an error of the server's */
	GATE_GONE		/* dropped by us, or the request's own fault */
};

/* `url`, `key`: whose state is shared.  -1: *why (usage). */
int gate_open(struct gate *, const struct llm_opt *, const char *url,
    const char *key, double now, struct buf *why);
void gate_close(struct gate *);

/* Seconds until the budget has a retry; 0: now. */
double gate_retry_wait(struct gate *, double now);

/*
 * Lets a request through, of about so many tokens: 0, and *pass is filled.
 * Else the seconds until it is worth another try, or -1: not before another
 * request has ended.
 */
double gate_enter(struct gate *, double tokens, int is_retry, double now,
    struct gate_pass *pass);

/* The request has ended; `used`: its tokens, where known, else 0. */
enum breaker_news gate_leave(struct gate *, const struct gate_pass *,
    enum gate_end, double used, double now);

/* Nobody sends before this, in all processes of this machine. */
void gate_pause(struct gate *, double until, double now);

/*
 * The longest a request waits before it is sent again, when the server has
 * not said how long: it doubles with every round of refusals in which the
 * endpoint answered nothing.
 */
double gate_backoff(const struct gate *);

#endif
