/* A run of the engine: settings checked, all set up, and taken down. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "llm/flow_int.h"

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
	if (!local && (o->model == NULL || *o->model == '\0')) {
		buf_str(why, "no model: give --model NAME (-m) or set "
		    "AC_MODEL");
		return -1;
	}
	return 0;
}

/* 0, or an exit code with the reason in *why. */
static int
set_up(struct flow *w, int local, struct buf *why)
{
	const struct llm_opt *o = w->opt;
	int here = o->offline && o->cache_ns != NULL;

	if (check_options(w, local, why) < 0)
		return AC_USAGE;
	if (!local && !o->dry_run && !here &&
	    endpoint_open(&w->endpoint, o, why) < 0)
		return AC_USAGE;
	if (w->endpoint.space == NULL && o->cache_ns != NULL) {
		struct buf space = BUF_INIT;

		buf_fmt(&space, "ns:%s", o->cache_ns);
		w->endpoint.space = buf_take(&space);
	}
	if (!local && !o->no_cache && !o->dry_run &&
	    cache_open(&w->cache, o->cache, why) < 0)
		return AC_IO;
	if (o->offline && w->cache.dir == NULL && !local) {
		buf_str(why, "--offline needs a cache");
		return AC_USAGE;
	}
	limit_init(&w->limit, o->jobs);
	w->tail = &w->head;
	w->rng = (uint64_t)(clock_now() * 1e9) ^ (uint64_t)getpid();
	return 0;
}

static void
stats(struct flow *w)
{
	struct buf *b = &w->filter.stats;
	const struct call *c;

	for (c = w->flying; c != NULL; c = c->next)
		w->wires += c->req.wires;
	buf_fmt(b, "\"requests\":%lu,\"hidden_requests\":%lu,\"cached\":%lu,"
	    "\"tokens_in\":%.0f,\"tokens_out\":%.0f,\"tokens_cached\":%.0f",
	    w->wires, w->hidden, w->filter.cached, w->tokens_in,
	    w->tokens_out, w->tokens_cached);
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
	while ((job = w->head) != NULL) {
		w->head = job->next;
		job_free(w, job);
	}
	heap_free(&w->ready);
	heap_free(&w->waiting);
	http_free(w->http);
	cache_close(&w->cache);
	endpoint_close(&w->endpoint);
	rec_free(&w->ahead);
}

int
flow_run(const struct flow_ops *ops, const struct filter_opt *fopt,
    const struct llm_opt *opt, int local, char **files, size_t n,
    void *command)
{
	struct flow *w = mem_new(1, sizeof(*w));
	struct buf why = BUF_INIT;
	int code;

	if (w == NULL) {
		warn("out of memory");
		return AC_BUG;
	}
	w->ops = ops;
	w->opt = opt;
	w->command = command;
	code = set_up(w, local, &why);
	if (code == 0)
		code = filter_open(&w->filter, fopt, files, n, &why);
	if (code != 0) {
		warn("%s", buf_cstr(&why));
		buf_free(&why);
		tear_down(w);
		free(w);
		return code;
	}
	if (flow_loop(w) < 0)
		code = w->no_memory ? AC_BUG : AC_IO;
	else
		code = w->stop;
	if (opt->dry_run && code == 0)
		warn("%lu requests, about %.0f tokens in, at most %.0f out",
		    w->dry, w->tokens_in,
		    (double)w->dry * (double)opt->max_tokens);
	stats(w);
	tear_down(w);
	code = filter_close(&w->filter, code);
	free(w);
	return code;
}
