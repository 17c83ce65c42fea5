/* Input records become jobs (flow_int.h), and what identifies a request. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "llm/flow_int.h"

enum {
	AHEAD = 4,		/* calls ready before more input is read */
	WAITING = 8,		/* calls to be tried again, for each job */
	HELD_MAX = 64 << 20	/* bytes of finished jobs that wait */
};

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
		filter_report(w->filter, r, r->bad, buf_cstr(&why), NULL);
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
		return filter_read(w->filter, block, r);
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
	int goes_on;

	while (w->ops->joins != NULL) {
		status = filter_read(w->filter, block, &r);
		if (status == IN_WAIT || status == IN_FAIL) {
			rec_free(&r);
			return status == IN_WAIT ? 0 : -1;
		}
		if (status == IN_END) {
			w->eof = 1;
			rec_free(&r);
			return 1;
		}
		goes_on = status == IN_CUT || is_odd(&r) ? 0 :
		    w->ops->joins(w, job, &r);
		if (goes_on == 0) {
			w->ahead = r;
			w->has_ahead = 1;
			return 1;
		}
		if (goes_on < 0 || job_add(job, &r) < 0) {
			rec_free(&r);
			return flow_no_memory(w);
		}
	}
	return 1;
}

/* A job that the command makes.  1, 0 at the end, or -1. */
static int
make_job(struct flow *w)
{
	struct rec r = REC_INIT;

	if (!w->ops->next(w, &r)) {
		w->eof = 1;
		return 0;
	}
	w->gathering = job_new(w, &r);
	if (w->gathering == NULL)
		return -1;
	w->gathering->open = 1;
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

int
flow_read(struct flow *w, int block)
{
	struct job *job;
	int r = 1;

	if (w->gathering == NULL)
		r = w->ops->next != NULL ? make_job(w) : read_first(w, block);
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

int
flow_may_read(const struct flow *w)
{
	if (w->ready.n >= AHEAD || w->held >= HELD_MAX ||
	    w->waiting.n >= WAITING * w->opt->jobs)
		return 0;
	/* A cut line must be written before the input behind it is read. */
	return w->has_ahead || (!w->eof && !w->filter->in.rest);
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
	flow_provenance_of(w, p, NULL, r);
}

void
flow_provenance_of(struct flow *w, const struct prompt *p, const char *more,
    struct rec *r)
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
	if (more != NULL)
		buf_str(&b, more);
	buf_byte(&b, '}');
	rec_set_raw(r, "provenance", buf_cstr(&b), b.len);
	if (!buf_ok(&b))
		r->edits.bad = 1;
	buf_free(&b);
}
