#include "llm/gate.h"

#include <math.h>
#include <string.h>

#include "llm/rate.h"

static const double BUDGET_A_SECOND = 10;	/* retries, and */
static const double BUDGET_A_REQUEST = 0.1;	/* a share of requests; */
static const double BUDGET_MOST = 20;		/* saved up at most */

/*
 * A server that limits the rate and not what is in flight must not be asked
 * without end.  Two refused of three, at random, still cost nothing.
 */
static const double REFUSALS_A_SECOND = 2;
static const double REFUSALS_AN_ANSWER = 2;
static const double REFUSALS_MOST = 20;		/* saved up at most */

static const double SLOT_WAIT = 0.02;	/* seconds; for another process */

int
gate_open(struct gate *g, const struct llm_opt *o, const char *url,
    const char *key, double now, struct buf *why)
{
	memset(g, 0, sizeof(*g));
	if (o->rate != NULL) {
		g->per_second = rate_parse(o->rate);
		if (g->per_second < 0) {
			buf_fmt(why, "--rate '%s': must be N/s, N/m or N/h",
			    o->rate);
			return -1;
		}
	}
	g->tokens_per_second = (double)o->tpm / 60;
	share_open(&g->share, url, key, o->global_jobs);
	if (o->global_jobs > 0 && !share_has_slots(&g->share)) {
		buf_str(why, "--global-j: this system has no locks for it, or "
		    "XDG_RUNTIME_DIR is no folder of yours");
		gate_close(g);
		return -1;
	}
	limit_init(&g->limit, o->jobs, o->fixed);
	breaker_init(&g->breaker, g->share.words);
	/* Fewer in flight must not need more failures than they have. */
	if (o->retries + 1 < g->breaker.row_most)
		g->breaker.row_most = (unsigned)o->retries + 1;
	g->retries.level = BUDGET_MOST;
	g->retries.at = now;
	g->refusals.level = REFUSALS_MOST;
	g->refusals.at = now;
	return 0;
}

void
gate_close(struct gate *g)
{
	share_close(&g->share);
}

static double
pause_left(struct gate *g, double now)
{
	double until = share_read(&g->share.words->pause, now,
	    GATE_PAUSE_MAX * 1.2);

	return until > now ? until - now : 0;
}

/* Seconds until there is one in the bucket; 0: now. */
static double
bucket_wait(struct bucket *b, double a_second, double most, double now)
{
	b->level = fmin(most, b->level + a_second * (now - b->at));
	b->at = now;
	return b->level >= 1 ? 0 : (1 - b->level) / a_second;
}

double
gate_retry_wait(struct gate *g, double now)
{
	return bucket_wait(&g->retries, BUDGET_A_SECOND, BUDGET_MOST, now);
}

/* Seconds until a refusal may be risked. */
static double
refusal_wait(struct gate *g, double now)
{
	return bucket_wait(&g->refusals, REFUSALS_A_SECOND, REFUSALS_MOST,
	    now);
}

/* Takes what --rate and --tpm give, or nothing. */
static double
rates_wait(struct gate *g, double tokens, double now)
{
	double wait = 0;

	if (g->per_second > 0)
		wait = rate_take(&g->share.words->requests, g->per_second, 1,
		    now);
	if (wait > 0 || g->tokens_per_second <= 0)
		return wait;
	wait = rate_take(&g->share.words->tokens, g->tokens_per_second,
	    tokens, now);
	if (wait > 0 && g->per_second > 0)
		rate_give(&g->share.words->requests, g->per_second, 1, now);
	return wait;
}

static void
rates_give(struct gate *g, double tokens, double now)
{
	if (g->per_second > 0)
		rate_give(&g->share.words->requests, g->per_second, 1, now);
	if (g->tokens_per_second > 0)
		rate_give(&g->share.words->tokens, g->tokens_per_second,
		    tokens, now);
}

/* The last, since it may take the one probe there is. */
static double
breaker_lets(struct gate *g, double now)
{
	int was_open = g->breaker.open;
	double wait = breaker_wait(&g->breaker, now);

	/* Another process has found that the endpoint is back. */
	if (was_open && !g->breaker.open)
		limit_restart(&g->limit);
	return wait;
}

double
gate_enter(struct gate *g, double tokens, int is_retry, double now,
    struct gate_pass *pass)
{
	double wait;
	long slot = -1;

	if ((double)g->flying >= g->limit.now)
		return -1;
	wait = pause_left(g, now);
	if (wait <= 0 && is_retry)
		wait = gate_retry_wait(g, now);
	if (wait <= 0)
		wait = refusal_wait(g, now);
	if (wait > 0)
		return wait;
	if (g->share.slots > 0 && (slot = share_enter(&g->share)) < 0)
		return SLOT_WAIT;
	wait = rates_wait(g, tokens, now);
	if (wait <= 0 && (wait = breaker_lets(g, now)) > 0)
		rates_give(g, tokens, now);
	if (wait > 0) {
		share_leave(&g->share, slot);
		return wait;
	}
	g->retries.level += is_retry ? -1 : BUDGET_A_REQUEST;
	limit_sent(&g->limit, g->flying, now, &pass->try);
	pass->tokens = g->tokens_per_second > 0 ? tokens : 0;
	pass->slot = slot;
	g->flying++;
	return 0;
}

/* One step a round: until all that wait have had their turn again. */
static void
back_off(struct gate *g, double sent, double now)
{
	if (g->backoff > 0 && sent < g->backoff_at + gate_backoff(g))
		return;
	g->backoff_at = now;
	if (g->backoff < 8)
		g->backoff++;
}

static enum breaker_news
failed(struct gate *g, const struct limit_try *t, enum gate_end end,
    double now)
{
	if (end == GATE_GONE)
		return BREAKER_SAME;
	back_off(g, t->sent, now);
	if (end == GATE_REFUSED) {
		limit_refused(&g->limit, t, now);
		g->refusals.level = fmax(0, g->refusals.level - 1);
		return BREAKER_SAME;
	}
	if (end == GATE_TIMEOUT)
		limit_slow(&g->limit, t, now);
	return breaker_failure(&g->breaker, end == GATE_AWAY, t->sent, now);
}

enum breaker_news
gate_leave(struct gate *g, const struct gate_pass *pass, enum gate_end end,
    double used, double now)
{
	enum breaker_news news;

	g->flying--;
	share_leave(&g->share, pass->slot);
	if (pass->tokens > 0 && (used > 0 || end == GATE_AWAY))
		rate_give(&g->share.words->tokens, g->tokens_per_second,
		    pass->tokens - used, now);
	if (end != GATE_ANSWER)
		return failed(g, &pass->try, end, now);
	g->backoff = 0;
	g->refusals.level += REFUSALS_AN_ANSWER;
	limit_answer(&g->limit, &pass->try, used, now);
	news = breaker_answer(&g->breaker, pass->try.sent, now);
	if (news == BREAKER_CLOSED)
		limit_restart(&g->limit);
	return news;
}

void
gate_pause(struct gate *g, double until, double now)
{
	share_later(&g->share.words->pause, until, now, GATE_PAUSE_MAX * 1.2);
}

double
gate_backoff(const struct gate *g)
{
	unsigned doublings = g->backoff > 0 ? g->backoff - 1 : 0;

	return fmin(60, 0.5 * (double)(1u << doublings));
}
