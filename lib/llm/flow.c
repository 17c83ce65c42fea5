#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/sha256.h"
#include "llm/flow_int.h"
#include "llm/outcome.h"

enum {
	AHEAD = 4,		/* calls ready before more input is read */
	WAITING = 8,		/* calls to be tried again, for each of --jobs */
	HELD_MAX = 64 << 20	/* bytes of finished jobs that wait */
};

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
	buf_reset(&w->filter.why);
	buf_str(&w->filter.why, "out of memory");
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
	w->filter.ok++;
	return add_line(w, &job->out, r);
}

int
flow_pass(struct flow *w, struct job *job, struct rec *r)
{
	w->filter.passed++;
	return add_line(w, &job->out, r);
}

int
flow_fail(struct flow *w, struct job *job, struct rec *r, const char *code,
    const char *message, int status)
{
	if (!w->opt->dry_run)
		filter_report(&w->filter, r, code, message,
		    buf_cstr(&job->detail));
	buf_reset(&job->detail);
	rec_fail(r, code, message, status);
	return add_line(w, w->filter.err.fd >= 0 ? &job->err : &job->out, r);
}

/* Writes lines one by one: a write is a record. */
static int
write_lines(struct flow *w, struct buf *lines, int failed)
{
	const char *s = buf_cstr(lines), *end = s + lines->len, *nl;
	struct out *o = failed ? &w->filter.err : &w->filter.out;

	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL)
			nl = end - 1;
		if (out_put(o, s, (size_t)(nl + 1 - s), &w->filter.why) < 0)
			return -1;
	}
	w->held -= lines->len;
	return 0;
}

static int
write_job(struct flow *w, struct job *job)
{
	if (job->cut)
		return filter_put_cut(&w->filter, &job->rec[0]);
	if (w->opt->dry_run) {
		w->held -= job->out.len + job->err.len;
		return 0;
	}
	if (write_lines(w, &job->out, 0) < 0 ||
	    write_lines(w, &job->err, 1) < 0)
		return -1;
	return 0;
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
		r = job->done ? 0 : w->ops->finish(w, job);
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

/* A line that is no record, or has another filter's error. */
static int
settle_odd(struct flow *w, struct job *job)
{
	struct rec *r = &job->rec[0];
	struct buf why = BUF_INIT;
	int ok;

	job->done = 1;
	job_end(w, job);
	if (r->bad == NULL)
		return flow_pass(w, job, r);
	buf_str(&why, r->bad[0] == 'n' ? "the line is no JSON object" :
	    buf_cstr(&r->why));
	if (r->cut) {
		filter_report(&w->filter, r, r->bad, buf_cstr(&why), NULL);
		job->cut = 1;
		ok = 0;
	} else {
		ok = flow_fail(w, job, r, r->bad, buf_cstr(&why), 0);
	}
	buf_free(&why);
	return ok;
}

static int
job_add(struct job *job, struct rec *r)
{
	if (mem_grow(&job->rec, &job->rec_cap, job->nrec + 1,
	    sizeof(*job->rec)) < 0)
		return -1;
	job->rec[job->nrec++] = *r;
	memset(r, 0, sizeof(*r));
	return 0;
}

static int
is_odd(struct rec *r)
{
	return r->bad != NULL || rec_foreign_error(r);
}

static struct job *
job_new(struct flow *w, struct rec *r)
{
	struct job *job = mem_new(1, sizeof(*job));

	if (job == NULL || job_add(job, r) < 0) {
		free(job);
		flow_no_memory(w);
		return NULL;
	}
	job->seq = w->jobs++;
	job->prev = w->last;
	if (w->last != NULL)
		w->last->next = job;
	else
		w->head = job;
	w->last = job;
	return job;
}

/* The next record: the one read ahead, or a new one. */
static enum in_status
next_record(struct flow *w, int block, struct rec *r)
{
	if (!w->has_ahead)
		return filter_read(&w->filter, block, r);
	*r = w->ahead;
	memset(&w->ahead, 0, sizeof(w->ahead));
	w->has_ahead = 0;
	return IN_LINE;
}

/*
 * Reads the records that continue a job.  1: the job is whole; 0: more may
 * come later; -1.  Only with ops->joins, which must see one record ahead.
 */
static int
gather(struct flow *w, struct job *job, int block)
{
	enum in_status status;
	struct rec r = REC_INIT;

	while (w->ops->joins != NULL) {
		status = filter_read(&w->filter, block, &r);
		if (status == IN_WAIT || status == IN_FAIL) {
			rec_free(&r);
			return status == IN_WAIT ? 0 : -1;
		}
		if (status == IN_END) {
			w->eof = 1;
			rec_free(&r);
			return 1;
		}
		if (status == IN_CUT || is_odd(&r) ||
		    !w->ops->joins(w, job, &r)) {
			w->ahead = r;
			w->has_ahead = 1;
			return 1;
		}
		if (job_add(job, &r) < 0) {
			rec_free(&r);
			return flow_no_memory(w);
		}
	}
	return 1;
}

/* Begins a job with the next record.  1: done, 0: nothing there now, -1. */
static int
read_first(struct flow *w, int block)
{
	struct rec r = REC_INIT;
	enum in_status status = next_record(w, block, &r);
	struct job *job;

	if (status == IN_END)
		w->eof = 1;
	if (status == IN_END || status == IN_WAIT || status == IN_FAIL) {
		rec_free(&r);
		return status == IN_FAIL ? -1 : 0;
	}
	job = job_new(w, &r);
	if (job == NULL) {
		rec_free(&r);
		return -1;
	}
	if (is_odd(&job->rec[0]))
		return settle_odd(w, job) < 0 ? -1 : 1;
	job->open = 1;		/* not finished while it is being gathered */
	w->gathering = job;
	return 1;
}

/* Reads on.  1: a job has begun, 0: nothing there now, -1. */
static int
read_job(struct flow *w, int block)
{
	struct job *job;
	int r = 1;

	if (w->gathering == NULL)
		r = read_first(w, block);
	job = w->gathering;
	if (r <= 0 || job == NULL)
		return r;
	r = gather(w, job, block);
	if (r <= 0)
		return r;
	job->open = 0;
	w->gathering = NULL;
	if (w->ops->begin(w, job) < 0)
		return -1;
	if (job->open == 0)
		job_end(w, job);
	return 1;
}

static int
may_read(const struct flow *w)
{
	if (w->ready.n >= AHEAD || w->held >= HELD_MAX ||
	    w->waiting.n >= WAITING * w->opt->jobs)
		return 0;
	/* A cut line must be written before the input behind it is read. */
	return w->has_ahead || (!w->eof && !w->filter.in.rest);
}

/*
 * Waits for what comes next: a reply, a line, a time, a signal.  Calls that
 * are not in flight wait for one that was, so there is a w->http.
 */
static int
wait_for_events(struct flow *w, double most, int reading)
{
	int in = reading ? in_poll_fd(&w->filter.in) : -1;
	int out = w->filter.out.is_pipe ? w->filter.out.fd : -1;

	w->served = clock_now();
	if (out_flush(&w->filter.out, &w->filter.why) < 0)
		return -1;
	http_wait(w->http, call_wait(w, most), in, out);
	if (out_gone(&w->filter.out)) {
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
		filter_tick(&w->filter);
		if (w->eof && !w->has_ahead && w->head == NULL)
			return 0;
		busy = w->nflying > 0 || w->waiting.n > 0 || w->ready.n > 0;
		r = may_read(w) ? read_job(w, !busy) : 0;
		if (r < 0)
			return -1;
		if (busy && r == 0)
			r = wait_for_events(w, w->filter.tty >= 0 ? 0.2 : WAIT,
			    may_read(w));
		else if (busy && clock_now() - w->served > SERVE)
			r = wait_for_events(w, 0, 0);
		if (r < 0)
			return -1;
	}
	return 0;
}

void
flow_identity(struct rec *r, const char *id_name, const char *context,
    size_t len, struct buf *id, unsigned long *sample)
{
	char hash[17];
	long k;

	*sample = rec_integer(r, "sample", &k) == 1 && k > 0 ?
	    (unsigned long)k : 0;
	if (rec_id(r, id_name, id) == 1)
		return;
	sha256_hex(context, len, hash, 16);
	buf_reset(id);
	buf_str(id, hash);
}

void
flow_provenance(struct flow *w, const struct prompt *p, struct rec *r)
{
	struct buf b = BUF_INIT;

	if (!w->opt->provenance)
		return;
	buf_str(&b, "{\"model\":");
	json_quote(&b, w->opt->model, strlen(w->opt->model));
	buf_fmt(&b, ",\"prompt\":\"%s\",\"temperature\":", p->hash);
	json_number(&b, w->opt->temperature);
	buf_fmt(&b, ",\"max_tokens\":%lu", w->opt->max_tokens);
	if (w->opt->seed != NULL) {
		buf_str(&b, ",\"seed\":");
		json_quote(&b, w->opt->seed, strlen(w->opt->seed));
	}
	buf_byte(&b, '}');
	rec_set_raw(r, "provenance", buf_cstr(&b), b.len);
	if (!buf_ok(&b))
		r->edits.bad = 1;
	buf_free(&b);
}
