#include "check_job.h"

#include "base/mem.h"

enum fate { PASS, FAIL, CHECK };

static const char no_question[] =
    "the question is missing, blank or no text";

/* What becomes of a record, and its texts; *why: why it fails. */
static enum fate
read_parts(struct checking *c, struct rec *r, const char **why)
{
	const char *const name[GATE_PARTS] = { c->in, "answer", "context" };
	const char *s[GATE_PARTS];
	size_t len[GATE_PARTS];
	int i, there;

	for (i = 0; i < GATE_PARTS; i++) {
		buf_reset(&c->part[i]);
		there = rec_text(r, name[i], &c->part[i]);
		if (i == GATE_QUESTION && there == 0 && rec_has(r, "state"))
			return PASS;
		if (!buf_ok(&c->part[i]))
			r->why.bad = 1;
		*why = i == GATE_QUESTION ? no_question : buf_cstr(&r->why);
		if (there < 0 || (i == GATE_QUESTION &&
		    buf_is_blank(&c->part[i])))
			return FAIL;
		s[i] = there ? buf_cstr(&c->part[i]) : NULL;
		len[i] = c->part[i].len;
	}
	if (gate_take(&c->texts, s, len) < 0)
		c->part[0].bad = 1;
	return CHECK;
}

static int
has_memory(const struct checking *c)
{
	return buf_ok(&c->part[GATE_QUESTION]) &&
	    buf_ok(&c->part[GATE_ANSWER]) && buf_ok(&c->part[GATE_CONTEXT]);
}

/* A job's state, made when there is something to keep. */
static struct check_asked *
state_of(struct job *job)
{
	if (job->state == NULL)
		job->state = mem_new(1, sizeof(struct check_asked));
	return job->state;
}

static int
copy_parts(struct checking *c, struct job *job)
{
	struct check_asked *o = state_of(job);
	int i;

	if (o == NULL)
		return -1;
	for (i = 0; i < GATE_PARTS; i++) {
		buf_add(&o->part[i], c->part[i].s, c->part[i].len);
		if (!buf_ok(&o->part[i]))
			return -1;
	}
	return 0;
}

/* Does the question fail to stand alone, by itself? */
static int
is_lost(const struct checks *found)
{
	const struct gate_finding *f = &found->of[GATE_STANDALONE];

	return f->verdict == GATE_BAD && f->in == GATE_QUESTION;
}

static int
begin(struct flow *w, struct job *job)
{
	struct checking *c = flow_command(w);
	const unsigned gates = (c->ask.judge ? 1u << GATE_FAITHFUL : 0) |
	    (c->ask.rewrite ? 1u << GATE_STANDALONE : 0);
	struct checks found;
	const char *why;
	int judge, rewrite;
	enum fate fate;

	if (gates == 0)
		return 0;
	fate = read_parts(c, &job->rec[0], &why);
	if (!buf_ok(&job->rec[0].why))
		return flow_no_memory(w);
	if (fate != CHECK)
		return 0;
	if (!has_memory(c) || checks_look(&found, &c->texts, gates) < 0)
		return flow_no_memory(w);
	/* What the rules have found needs no model. */
	judge = c->ask.judge && found.of[GATE_FAITHFUL].verdict == GATE_OK;
	rewrite = c->ask.rewrite && is_lost(&found) &&
	    c->texts.part[GATE_CONTEXT].s != NULL;
	if (!judge && !rewrite)
		return 0;
	if (copy_parts(c, job) < 0)
		return flow_no_memory(w);
	((struct check_asked *)job->state)->judging = judge;
	/* The judge is asked about the question as it will be. */
	return check_ask(&c->ask, w, job, rewrite ? ASK_STANDALONE :
	    ASK_FAITHFUL);
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	(void)w;
	(void)job;
	return check_ask_judge(reply, why);
}

/*
 * Is a rewritten question better?  It stands alone, is in the context's
 * language, no sentence of it, and names nothing that is not there.
 */
static int
is_better(struct checking *c, struct check_asked *o, int *better)
{
	const unsigned gates = 1u << GATE_STANDALONE | 1u << GATE_GROUNDED |
	    1u << GATE_LANGUAGE | 1u << GATE_COPIED;
	const char *s[GATE_PARTS] = { buf_cstr(&o->question), NULL,
	    buf_cstr(&o->part[GATE_CONTEXT]) };
	size_t len[GATE_PARTS] = { o->question.len, 0,
	    o->part[GATE_CONTEXT].len };
	struct checks found;

	if (gate_take(&c->texts, s, len) < 0 ||
	    checks_look(&found, &c->texts, gates) < 0)
		return -1;
	*better = checks_failed(&found) == 0;
	return 0;
}

/* Forgets a rewritten question that is no better.  0 or -1. */
static int
weigh(struct checking *c, struct check_asked *o)
{
	int better;

	if (o->question.len == 0)
		return 0;
	if (is_better(c, o, &better) < 0)
		return -1;
	if (!better)
		buf_reset(&o->question);
	return 0;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct checking *c = flow_command(w);
	struct check_asked *o = job->state;

	if (check_ask_take(o, reply) < 0)
		return flow_no_memory(w);
	if (reply->tag != ASK_STANDALONE)
		return 0;
	if (weigh(c, o) < 0)
		return flow_no_memory(w);
	return o->judging && o->code == NULL ?
	    check_ask(&c->ask, w, job, ASK_FAITHFUL) : 0;
}

/* The rewritten question takes the place of the old one.  0 or -1. */
static int
adopt(struct checking *c, struct check_asked *o, struct rec *r)
{
	const char *why, *s[GATE_PARTS];
	size_t len[GATE_PARTS];
	int i;

	if (read_parts(c, r, &why) != CHECK)
		return -1;
	rec_set_text(r, c->in, o->question.s, o->question.len);
	rec_set_text(r, "question_was", o->part[GATE_QUESTION].s,
	    o->part[GATE_QUESTION].len);
	c->counts.rewritten++;
	for (i = 0; i < GATE_PARTS; i++) {
		s[i] = c->texts.part[i].s;
		len[i] = c->texts.part[i].len;
	}
	s[GATE_QUESTION] = buf_cstr(&o->question);
	len[GATE_QUESTION] = o->question.len;
	return gate_take(&c->texts, s, len);
}

/* What the judge said of faithful. */
static void
add_verdict(struct checking *c, const struct check_asked *o,
    struct checks *found)
{
	struct gate_finding *f = &found->of[GATE_FAITHFUL];

	c->counts.judged++;
	c->counts.unclear += (unsigned long)o->unclear;
	found->unknown = o->said == SAID_NOTHING;
	if (o->said != SAID_NO && o->said != SAID_FALSE_QUOTE)
		return;
	f->verdict = GATE_BAD;
	f->why = o->said == SAID_NO ? "not supported" : "no evidence";
	f->in = GATE_ANSWER;
}

static int
keep_or_drop(struct flow *w, struct job *job, const struct checks *found)
{
	struct checking *c = flow_command(w);
	struct check_asked *o;

	if ((checks_failed(found) & c->drop) == 0) {
		c->counts.kept++;
		return flow_ok(w, job, &job->rec[0]);
	}
	c->counts.dropped++;
	c->filter.ok++;
	if (c->dropped_path == NULL)
		return 0;
	o = state_of(job);
	if (o == NULL || rec_line(&job->rec[0], &o->dropped) < 0)
		return flow_no_memory(w);
	return 0;
}

static int
check(struct flow *w, struct job *job)
{
	struct checking *c = flow_command(w);
	struct check_asked *o = job->state;
	struct rec *r = &job->rec[0];
	struct checks found;

	if ((o != NULL && o->question.len > 0 && adopt(c, o, r) < 0) ||
	    !has_memory(c) || checks_look(&found, &c->texts, c->gates) < 0)
		return flow_no_memory(w);
	if (o != NULL && o->judging)
		add_verdict(c, o, &found);
	checks_count(&c->counts, &found);
	buf_reset(&c->json);
	checks_write(&found, &c->texts, &c->json);
	if (!buf_ok(&c->json))
		return flow_no_memory(w);
	rec_set_raw(r, c->out, c->json.s, c->json.len);
	return keep_or_drop(w, job, &found);
}

static int
finish(struct flow *w, struct job *job)
{
	struct checking *c = flow_command(w);
	struct check_asked *o = job->state;
	struct rec *r = &job->rec[0];
	const char *why;

	if (o != NULL && o->code != NULL)
		return flow_fail(w, job, r, o->code, o->message, o->status);
	if (o != NULL && o->judging && o->said == SAID_NOTHING &&
	    o->unclear == 1)
		return check_ask(&c->ask, w, job, ASK_FAITHFUL_AGAIN) < 0 ?
		    -1 : 1;
	switch (read_parts(c, r, &why)) {
	case PASS:
		return flow_pass(w, job, r);
	case FAIL:
		return !buf_ok(&r->why) ? flow_no_memory(w) :
		    flow_fail(w, job, r, "missing_field", why, 0);
	default:
		return check(w, job);
	}
}

/* Dropped records go out with the others, in their order. */
static int
written(struct flow *w, struct job *job)
{
	struct checking *c = flow_command(w);
	const struct check_asked *o = job->state;

	if (o->dropped.len == 0)
		return 0;
	return out_put(&c->dropped, o->dropped.s, o->dropped.len,
	    &c->filter.why);
}

static void
free_state(void *state)
{
	check_asked_free(state);
}

const struct flow_ops check_ops = { .begin = begin, .judge = judge,
    .reply = take, .finish = finish, .free = free_state, .written = written };
