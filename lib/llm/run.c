/* A run of the engine: settings checked, all set up, and taken down. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "llm/flow_int.h"

enum { OTHER_FDS = 24 };	/* beside one a request */

static int
check_options(struct flow *w, int local, struct buf *why)
{
	const struct llm_opt *o = w->opt;
	struct json_scan scan = { .v = NULL };
	const char *eq;
	size_t i;
	int bad;

	for (i = 0; i < o->define.n; i++)
		if (strchr(o->define.v[i], '=') == NULL) {
			buf_fmt(why, "-D '%s': must be NAME=VALUE",
			    o->define.v[i]);
			return -1;
		}
	for (i = 0; i < o->set.n; i++) {
		eq = strchr(o->set.v[i], '=');
		bad = eq == NULL || json_scan(&scan, eq + 1, strlen(eq + 1),
		    why) < 0;
		json_scan_free(&scan);
		buf_reset(why);
		if (bad) {
			buf_fmt(why, "--set '%s': must be NAME=JSON",
			    o->set.v[i]);
			return -1;
		}
	}
	if (chat_check(o, why) < 0)
		return -1;
	if (!local && (o->model == NULL || *o->model == '\0')) {
		buf_str(why, "no model: give --model NAME (-m) or set "
		    "AC_MODEL");
		return -1;
	}
	return 0;
}

/* So many requests need descriptors; fewer in flight is no failure. */
static unsigned long
jobs_that_fit(unsigned long jobs)
{
	struct rlimit lim;
	unsigned long most;

	if (getrlimit(RLIMIT_NOFILE, &lim) < 0 ||
	    lim.rlim_cur == RLIM_INFINITY || lim.rlim_cur >= jobs + OTHER_FDS)
		return jobs;
	lim.rlim_cur = lim.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &lim) < 0 ||
	    getrlimit(RLIMIT_NOFILE, &lim) < 0 ||
	    lim.rlim_cur >= jobs + OTHER_FDS)
		return jobs;
	most = lim.rlim_cur > OTHER_FDS ? lim.rlim_cur - OTHER_FDS : 1;
	warn("at most %lu open files: --jobs %lu is %lu", (unsigned long)
	    lim.rlim_cur, jobs, most);
	return most;
}

static int
open_wire(struct flow *w, struct buf *why)
{
	if (endpoint_open(&w->endpoint, w->opt, why) < 0)
		return -1;
	if (w->opt->http2 && strncmp(w->endpoint.url[0], "https:", 6) != 0) {
		buf_str(why, "--http2 needs an https URL");
		return -1;
	}
	w->own_opt.jobs = jobs_that_fit(w->opt->jobs);
	if (gate_open(&w->gate, w->opt, w->endpoint.url[0], w->endpoint.key,
	    clock_now(), why) < 0)
		return -1;
	w->gate_is_open = 1;
	return 0;
}

/*
 * A run without a server still names its requests, as one with it would: for
 * the cache, and for -n and --replies, which may do without any URL.
 */
static int
name_space(struct flow *w, struct buf *why)
{
	struct buf space = BUF_INIT;
	const char *home = getenv("OPENAI_BASE_URL");
	int has_url = w->opt->base_url != NULL || (home != NULL && *home);

	if (w->opt->cache_ns == NULL && (has_url || w->opt->offline))
		return endpoint_open(&w->endpoint, w->opt, why);
	if (w->opt->cache_ns != NULL)
		buf_fmt(&space, "ns:%s", w->opt->cache_ns);
	else
		buf_str(&space, "");
	w->endpoint.space = buf_take(&space);
	return w->endpoint.space == NULL ? -1 : 0;
}

static int
open_replies(struct flow *w, struct buf *why)
{
	if (batch_open(&w->batch, w->opt->replies, why) < 0)
		return -1;
	if (w->batch.bad > 0)
		warn("%s:%lu: %s; lines that are no replies: %lu",
		    w->opt->replies, w->batch.first_bad,
		    buf_cstr(&w->batch.bad_why), w->batch.bad);
	return 0;
}

/* 0, or an exit code with the reason in *why. */
static int
set_up(struct flow *w, int local, struct buf *why)
{
	const struct llm_opt *o = w->opt;
	int away = o->offline || o->replies != NULL || o->dry_run;

	if (check_options(w, local, why) < 0 ||
	    bill_open(&w->bill, o->price, o->max_cost, why) < 0)
		return AC_USAGE;
	if (!local && (away ? name_space(w, why) : open_wire(w, why)) < 0)
		return AC_USAGE;
	if (o->replies != NULL && open_replies(w, why) < 0)
		return AC_USAGE;
	if (!local && !o->no_cache && !o->dry_run &&
	    cache_open(&w->cache, o->cache, why) < 0)
		return AC_IO;
	w->cache.sync = o->fsync;
	if (o->offline && w->cache.dir == NULL && !local) {
		buf_str(why, "--offline needs a cache");
		return AC_USAGE;
	}
	w->rng = (uint64_t)(clock_now() * 1e9) ^ (uint64_t)getpid();
	return 0;
}

static void
stats(struct flow *w)
{
	struct buf *b = &w->filter->stats;
	const struct call *c;

	for (c = w->flying; c != NULL; c = c->next) {
		w->wires += c->req.wires;
		bill_settle(&w->bill, &c->hold, c->req.wires > 0 ? BILL_LOST :
		    BILL_FREE, 0, 0, 0, 0);
	}
	if (b->len > 0)
		buf_byte(b, ',');	/* behind the command's own */
	buf_fmt(b, "\"requests\":%lu,\"hidden_requests\":%lu,\"cached\":%lu,",
	    w->wires, w->hidden, w->filter->cached);
	bill_stats(&w->bill, b);
}

/* What a run would take, for -n; what it took, for the closing line. */
static void
sum_up(struct flow *w)
{
	struct buf line = BUF_INIT;

	if (w->opt->dry_run) {
		bill_plan(&w->bill, w->dry, w->dry_in, w->dry_out, &line);
		warn("%s", buf_cstr(&line));
	} else if (w->wires > 0) {
		bill_line(&w->bill, w->wires, &w->filter->closing);
		buf_fmt(&w->filter->closing, ", %.1f s", clock_now() -
		    w->filter->begun);
	}
	buf_free(&line);
}

static void
tear_down(struct flow *w)
{
	struct job *job;
	struct call *c;

	while ((c = w->flying) != NULL) {
		w->flying = c->next;
		http_cancel(w->http, &c->req);
		call_free(c);
	}
	while ((c = heap_pop(&w->ready)) != NULL ||
	    (c = heap_pop(&w->waiting)) != NULL)
		call_free(c);
	while ((c = w->spare) != NULL) {
		w->spare = c->next;
		call_free(c);
	}
	while ((job = w->head) != NULL) {
		w->head = job->next;
		job_free(w, job);
	}
	heap_free(&w->ready);
	heap_free(&w->waiting);
	http_free(w->http);
	if (w->gate_is_open)
		gate_close(&w->gate);
	batch_close(&w->batch);
	cache_close(&w->cache);
	endpoint_close(&w->endpoint);
	rec_free(&w->ahead);
}

struct flow *
flow_open(const struct flow_ops *ops, struct filter *filter,
    const struct llm_opt *opt, int local, void *command, int *code,
    struct buf *why)
{
	struct flow *w = mem_new(1, sizeof(*w));

	if (w == NULL) {
		buf_str(why, "out of memory");
		*code = AC_BUG;
		return NULL;
	}
	w->ops = ops;
	w->own_opt = *opt;
	w->opt = &w->own_opt;
	w->ended_tail = &w->ended;
	w->batch.fd = -1;
	w->filter = filter;
	w->command = command;
	*code = set_up(w, local, why);
	if (*code == AC_DONE)
		return w;
	tear_down(w);
	free(w);
	return NULL;
}

int
flow_go(struct flow *w)
{
	w->eof = 0;
	if (flow_loop(w) < 0)
		return w->no_memory ? AC_BUG : AC_IO;
	return w->stop;
}

void
flow_close(struct flow *w)
{
	if (w == NULL)
		return;
	stats(w);
	sum_up(w);
	tear_down(w);
	free(w);
}

int
flow_run(const struct flow_ops *ops, const struct filter_opt *fopt,
    const struct llm_opt *opt, int local, char **files, size_t n,
    void *command)
{
	struct filter filter;
	struct buf why = BUF_INIT;
	int code;
	struct flow *w = flow_open(ops, &filter, opt, local, command, &code,
	    &why);

	if (code == AC_DONE)
		code = filter_open(&filter, fopt, files, n, &why);
	if (code != AC_DONE) {
		warn("%s", buf_cstr(&why));
		buf_free(&why);
		if (w != NULL)
			tear_down(w);
		free(w);
		return code;
	}
	filter.out.sync = filter.err.sync = opt->fsync;
	code = ops->start != NULL ? ops->start(w) : AC_DONE;
	if (code == AC_DONE)
		code = flow_go(w);
	flow_close(w);
	return filter_close(&filter, code);
}
