#include "dedup_job.h"

#include <string.h>

#include "base/die.h"
#include "cmd.h"
#include "decide.h"
#include "groups.h"

void
dedup_job_init(struct dedup_job *j)
{
	held_init(&j->held);
}

void
dedup_job_free(struct dedup_job *j)
{
	held_free(&j->held);
	vectors_free(&j->vectors);
	scored_free(&j->scored);
}

/* 0; 1: there is nothing to decide; -1. */
static int
get_vectors(struct dedup_job *j, struct filter *f)
{
	int done;

	if (j->vectors.embedder == NULL)
		return 0;
	done = vectors_get(&j->vectors, f, &j->held, &j->code);
	j->rule.vectors = j->vectors.v.v;
	j->rule.dim = j->vectors.dim;
	return done;
}

int
dedup_job_flush(struct dedup_job *j, struct filter *f)
{
	int done = get_vectors(j, f);

	if (done != 0) {
		held_reset(&j->held);
		return done < 0 ? -1 : 0;
	}
	if (decide(&j->rule, j->share > 0, &j->held) < 0 ||
	    verdicts_put(&j->verdicts, f, &j->held) < 0 ||
	    (j->groups.fd >= 0 &&
	    groups_put(&j->verdicts, &j->groups, f, &j->held) < 0) ||
	    (j->share > 0 &&
	    short_roots_put(&j->short_roots, f, &j->held) < 0))
		return -1;
	held_reset(&j->held);
	return 0;
}

static int
take_question(struct dedup_job *j, struct filter *f, struct rec *r)
{
	if (j->grouped && held_is_foreign(&j->held, &j->scored.root) &&
	    dedup_job_flush(j, f) < 0)
		return -1;
	if (held_add(&j->held, f, r, &j->scored, j->share) < 0)
		return -1;
	if (j->vectors.embedder == NULL)
		held_tokens(&j->held, j->mode, &j->scored.question);
	return 0;
}

/* A line that is no record, or a record whose members are no good. */
static int
take_bad(struct dedup_job *j, struct filter *f, struct rec *r,
    const char *code)
{
	struct buf why = BUF_INIT;
	int done;

	buf_str(&why, r->why.len > 0 ? buf_cstr(&r->why) :
	    "the line is no JSON object");
	if (!buf_ok(&why))
		cmd_no_memory();
	done = held_fail(&j->held, f, r, code, buf_cstr(&why));
	buf_free(&why);
	return done;
}

int
dedup_job_take(struct dedup_job *j, struct filter *f, struct rec *r)
{
	int done;

	if (r->bad != NULL) {
		done = take_bad(j, f, r, r->bad);
	} else if (rec_foreign_error(r)) {
		done = held_pass(&j->held, f, r);
	} else {
		switch (scored_read(&j->names, r, &j->scored)) {
		case SCORED_TAKE:
			done = take_question(j, f, r);
			break;
		case SCORED_PASS:
			done = held_pass(&j->held, f, r);
			break;
		default:
			done = take_bad(j, f, r, "missing_field");
		}
	}
	/* Nothing waits for a question that may never come. */
	if (done == 0 && j->grouped && j->held.nq == 0)
		done = dedup_job_flush(j, f);
	return done;
}

int
dedup_job_run(struct dedup_job *j, struct filter *f)
{
	struct rec r = REC_INIT;
	enum in_status status;
	int done = 0;

	while (done == 0 && ((status = filter_read(f, 1, &r)) == IN_LINE ||
	    status == IN_CUT))
		done = dedup_job_take(j, f, &r);
	rec_free(&r);
	if (done < 0 || status != IN_END)
		return -1;
	return dedup_job_flush(j, f);
}

void
dedup_job_tell(const struct dedup_job *j, struct filter *f)
{
	const struct verdicts *v = &j->verdicts;
	const struct short_roots *s = &j->short_roots;
	int quiet = f->opt->quiet;

	if (v->ranked == 0 && f->ok > 0 && !quiet &&
	    strcmp(j->names.by, "score") != 0)
		warn("no question has a number '%s': they were visited as "
		    "they came", j->names.by);
	if (v->bare > 0 && j->mode == TOKEN_GOOGLE && !quiet)
		warn("%lu questions have no tokens: --tokens google knows "
		    "ASCII letters and digits only", v->bare);
	if (s->nshort > 0 && !quiet)
		warn("%lu of %lu roots stay short, by %lu questions (%lu of "
		    "theirs were dropped as too close)", s->nshort, s->nroots,
		    s->missing, s->alike);
	if (f->opt->verbose > 0 && !quiet)
		warn("%lu kept, %lu too close, %lu over the quota", v->kept,
		    v->close, v->full);
	buf_fmt(&f->stats, "\"kept\":%lu,\"close\":%lu,\"full\":%lu,"
	    "\"short\":%lu", v->kept, v->close, v->full, s->nshort);
}
