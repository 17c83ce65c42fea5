#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "llm/flow_int.h"

/* A signal just before a wait is heeded after it: seconds. */
static const double WAIT = 1;

/* Calls in flight are served that often while input keeps coming: seconds. */
static const double SERVE = 0.01;

void *
flow_command(struct flow *w)
{
	return w->command;
}

int
flow_no_memory(struct flow *w)
{
	buf_reset(&w->filter->why);
	buf_str(&w->filter->why, "out of memory");
	w->no_memory = 1;
	return -1;
}

void
flow_stop(struct flow *w, int code, const char *reason)
{
	struct buf clean = BUF_INIT;

	if (w->stop)
		return;
	w->stop = code;
	endpoint_redact(&w->endpoint, reason, strlen(reason), &clean);
	warn("stopping: %s; the rest is not attempted", buf_cstr(&clean));
	buf_free(&clean);
}

int
flow_aside(struct flow *w, const struct flow_ops *ops, void *command)
{
	const struct flow_ops *own_ops = w->ops;
	void *own = w->command;
	int code;

	w->ops = ops;
	w->command = command;
	code = flow_go(w);
	w->ops = own_ops;
	w->command = own;
	w->eof = 0;
	return code;
}

void
job_free(struct flow *w, struct job *job)
{
	size_t i;

	if (job->state != NULL)
		w->ops->free(job->state);
	for (i = 0; i < job->nrec; i++)
		rec_free(&job->rec[i]);
	free(job->rec);
	buf_free(&job->out);
	buf_free(&job->err);
	buf_free(&job->detail);
	free(job);
}

static int
add_line(struct flow *w, struct buf *to, const struct rec *r)
{
	size_t before = to->len;

	if (rec_line(r, to) < 0)
		return flow_no_memory(w);
	w->held += to->len - before;
	return 0;
}

int
flow_ok(struct flow *w, struct job *job, struct rec *r)
{
	w->filter->ok++;
	return add_line(w, &job->out, r);
}

int
flow_pass(struct flow *w, struct job *job, struct rec *r)
{
	w->filter->passed++;
	return add_line(w, &job->out, r);
}

int
flow_fail(struct flow *w, struct job *job, struct rec *r, const char *code,
    const char *message, int status)
{
	if (!w->opt->dry_run)
		filter_report(w->filter, r, code, message,
		    buf_cstr(&job->detail));
	buf_reset(&job->detail);
	rec_fail(r, code, message, status);
	return add_line(w, w->filter->err.fd >= 0 ? &job->err : &job->out, r);
}

int
flow_lacks(struct flow *w, struct job *job, struct rec *r)
{
	return !buf_ok(&r->why) ? flow_no_memory(w) : flow_fail(w, job, r,
	    "missing_field", buf_cstr(&r->why), 0);
}

static int
write_lines(struct flow *w, struct buf *lines, int failed)
{
	struct out *o = failed ? &w->filter->err : &w->filter->out;

	if (out_text(o, lines, &w->filter->why) < 0)
		return -1;
	w->held -= lines->len;
	return 0;
}

static int
write_job(struct flow *w, struct job *job)
{
	if (job->cut)
		return filter_put_cut(w->filter, &job->rec[0]);
	if (w->opt->dry_run) {
		w->held -= job->out.len + job->err.len;
		return 0;
	}
	if (write_lines(w, &job->out, 0) < 0 ||
	    write_lines(w, &job->err, 1) < 0)
		return -1;
	return w->ops->written != NULL && job->state != NULL ?
	    w->ops->written(w, job) : 0;
}

void
job_end(struct flow *w, struct job *job)
{
	job->ended = NULL;
	*w->ended_tail = job;
	w->ended_tail = &job->ended;
}

static void
job_unlink(struct flow *w, struct job *job)
{
	if (job->prev != NULL)
		job->prev->next = job->next;
	else
		w->head = job->next;
	if (job->next != NULL)
		job->next->prev = job->prev;
	else
		w->last = job->prev;
}

static int
write_and_free(struct flow *w, struct job *job)
{
	if (write_job(w, job) < 0)
		return -1;
	job_unlink(w, job);
	job_free(w, job);
	return 0;
}

/* Finishes the jobs whose calls are all answered, and writes what may be. */
static int
write_done(struct flow *w)
{
	struct job *job;
	int r;

	while ((job = w->ended) != NULL) {
		w->ended = job->ended;
		if (w->ended == NULL)
			w->ended_tail = &w->ended;
		r = job->done || w->ops->finish == NULL ? 0 :
		    w->ops->finish(w, job);
		if (r < 0)
			return -1;
		job->done = r == 0;
		if (job->done && w->opt->unordered &&
		    write_and_free(w, job) < 0)
			return -1;
	}
	while (w->head != NULL && w->head->done)
		if (write_and_free(w, w->head) < 0)
			return -1;
	return 0;
}

/*
 * Waits for what comes next: a reply, a line, a time, a signal.  Calls that
 * are not in flight wait for one that was, so there is a w->http.
 */
static int
wait_for_events(struct flow *w, double most, int reading)
{
	int in = reading ? in_poll_fd(&w->filter->in) : -1;
	int out = w->filter->out.is_pipe ? w->filter->out.fd : -1;

	w->served = clock_now();
	if (out_flush(&w->filter->out, &w->filter->why) < 0)
		return -1;
	http_wait(w->http, call_wait(w, most), in, out);
	if (out_gone(&w->filter->out)) {
		filter_die(SIGPIPE);
	}
	return call_collect(w);
}

int
flow_loop(struct flow *w)
{
	uint64_t before;
	int r, busy;

	while (!filter_signal()) {
		/*
		 * What is finished goes out before a wait for more input; a
		 * job may find at its end that it has more to ask.
		 */
		do {
			before = w->calls;
			if (call_pump(w) < 0 || write_done(w) < 0)
				return -1;
		} while (w->calls != before);
		filter_tick(w->filter);
		if (w->eof && !w->has_ahead && w->head == NULL)
			return 0;
		busy = w->nflying > 0 || w->waiting.n > 0 || w->ready.n > 0;
		r = flow_may_read(w) ? flow_read(w, !busy) : 0;
		if (r < 0)
			return -1;
		if (busy && r == 0)
			r = wait_for_events(w, w->filter->tty >= 0 ? 0.2 : WAIT,
			    flow_may_read(w));
		else if (busy && clock_now() - w->served > SERVE)
			r = wait_for_events(w, 0, 0);
		if (r < 0)
			return -1;
	}
	return 0;
}
