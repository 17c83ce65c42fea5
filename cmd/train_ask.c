#include "train_ask.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"
#include "remote.h"

struct asking {
	const struct train_ask *to;
	struct filter *f;
	struct remote remote;
	unsigned char *paired, *failed;	/* by line: in a pair; reported */
	unsigned char *begun[GIVEN];	/* by text: it has been asked for */
	size_t at;			/* the line that begins next */
	const char *code, *message;	/* of the last failure */
	int dry_run;
};

/* How many texts there are of a kind, and which of them a line has. */
static size_t
count_of(const struct pairs *p, enum given_what what)
{
	switch (what) {
	case GIVEN_CONTEXT:
		return vocab_size(p->contexts);
	case GIVEN_QUESTION:
	case GIVEN_ALONE:
		return vocab_size(p->questions);
	default:
		return p->nlines;
	}
}

static size_t
index_of(const struct pairs *p, enum given_what what, size_t line)
{
	switch (what) {
	case GIVEN_CONTEXT:
		return p->line[line].context;
	case GIVEN_QUESTION:
	case GIVEN_ALONE:
		return p->line[line].question;
	default:
		return line;
	}
}

/* A tag holds the line, and what of it. */
static long
tag_of(size_t line, unsigned what)
{
	return (long)(line * GIVEN + what);
}

static size_t
line_of(long tag)
{
	return (size_t)tag / GIVEN;
}

static enum given_what
what_of(long tag)
{
	return (enum given_what)(tag % GIVEN);
}

/* A line's texts, as strings in buffers of the asking. */
static void
texts_of(const struct asking *a, size_t line, struct buf text[2],
    struct remote_text *t)
{
	const struct pairs *p = a->to->pairs;
	const char *s;
	size_t len;

	s = vocab_token(p->contexts, p->line[line].context, &len);
	buf_add(&text[0], s, len);
	s = vocab_token(p->questions, p->line[line].question, &len);
	buf_add(&text[1], s, len);
	if (!buf_ok(&text[0]) || !buf_ok(&text[1]))
		cmd_no_memory();
	t->context = buf_cstr(&text[0]);
	t->question = buf_cstr(&text[1]);
}

static void
place(const struct asking *a, size_t line, struct rec *r)
{
	r->file = "record";
	r->line = a->to->pairs->line[line].place;
}

static int
next(struct flow *w, struct rec *r)
{
	struct asking *a = flow_command(w);

	while (a->at < a->to->pairs->nlines && !a->paired[a->at])
		a->at++;
	if (a->at == a->to->pairs->nlines)
		return 0;
	place(a, a->at, r);
	return 1;
}

static int
begin(struct flow *w, struct job *job)
{
	struct asking *a = flow_command(w);
	size_t line = a->at++, i;
	struct buf text[2] = { BUF_INIT, BUF_INIT };
	struct remote_text t;
	unsigned what;
	int done = 0;

	texts_of(a, line, text, &t);
	for (what = 0; done == 0 && what < GIVEN; what++) {
		if (a->begun[what] == NULL)
			continue;
		i = index_of(a->to->pairs, (enum given_what)what, line);
		if (!a->begun[what][i])
			done = remote_ask(&a->remote, w, job,
			    tag_of(line, what), (enum given_what)what, &t);
		a->begun[what][i] = 1;
	}
	buf_free(&text[0]);
	buf_free(&text[1]);
	return done;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct asking *a = flow_command(w);
	struct buf text[2] = { BUF_INIT, BUF_INIT };
	struct remote_text t;
	enum flow_verdict v;

	(void)job;
	texts_of(a, line_of(reply->tag), text, &t);
	v = remote_judge(&a->remote, w, what_of(reply->tag), &t, reply, why);
	buf_free(&text[0]);
	buf_free(&text[1]);
	return v;
}

/* Each line is reported once, whatever it lacks. */
static void
report(struct asking *a, size_t line, const char *detail)
{
	struct rec r = REC_INIT;

	if (a->dry_run || a->failed[line])
		return;
	a->failed[line] = 1;
	a->f->ok--;
	a->to->report->unasked++;
	place(a, line, &r);
	filter_report(a->f, &r, a->code, a->message, detail);
}

static void
miss(struct asking *a, const struct job *job, const struct flow_reply *reply,
    const char *code, const char *message)
{
	size_t line = line_of(reply->tag);
	enum given_what what = what_of(reply->tag);

	a->code = code;
	a->message = message;
	/* Another line may have better luck with the same text. */
	a->begun[what][index_of(a->to->pairs, what, line)] = 0;
	report(a, line, buf_cstr(&job->detail));
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct asking *a = flow_command(w);
	const struct pairs *p = a->to->pairs;
	enum given_what what = what_of(reply->tag);
	struct buf text[2] = { BUF_INIT, BUF_INIT }, why = BUF_INIT;
	struct remote_text t;
	int bad;

	if (reply->text == NULL) {
		miss(a, job, reply, reply->code, reply->message);
		return 0;
	}
	texts_of(a, line_of(reply->tag), text, &t);
	bad = remote_read(&a->remote, what, &t, reply, &why);
	if (bad > 0)
		miss(a, job, reply, "bad_reply", REMOTE_BAD_REPLY);
	else if (bad == 0 && given_put(a->to->given, what, index_of(p, what,
	    line_of(reply->tag)), count_of(p, what), a->remote.v.v,
	    a->remote.v.n) < 0)
		bad = -1;
	buf_free(&text[0]);
	buf_free(&text[1]);
	buf_free(&why);
	return bad < 0 ? flow_no_memory(w) : 0;
}

static void
asking_init(struct asking *a)
{
	const struct pairs *p = a->to->pairs;
	unsigned what;
	size_t i;

	remote_init(&a->remote, a->to->schema);
	a->paired = mem_new(p->nlines, 1);
	a->failed = mem_new(p->nlines, 1);
	if (a->paired == NULL || a->failed == NULL)
		cmd_no_memory();
	for (i = 0; i < p->n; i++)
		a->paired[p->v[i].good] = a->paired[p->v[i].bad] = 1;
	for (what = 0; what < GIVEN; what++) {
		if (!given_needed(a->to->schema, (enum given_what)what))
			continue;
		a->begun[what] = mem_new(count_of(p, (enum given_what)what),
		    1);
		if (a->begun[what] == NULL)
			cmd_no_memory();
	}
}

static void
asking_free(struct asking *a)
{
	unsigned what;

	remote_free(&a->remote);
	free(a->paired);
	free(a->failed);
	for (what = 0; what < GIVEN; what++)
		free(a->begun[what]);
}

/* A line whose text another line has asked for in vain lacks it too. */
static void
drop(struct asking *a)
{
	struct pairs *p = a->to->pairs;
	unsigned what;
	size_t i;

	for (i = 0; i < p->nlines; i++)
		for (what = 0; a->paired[i] && what < GIVEN; what++)
			if (a->begun[what] != NULL &&
			    given_get(a->to->given, (enum given_what)what,
			    index_of(p, (enum given_what)what, i)) == NULL)
				report(a, i, NULL);
	a->to->report->unpaired = pairs_drop(p, a->failed);
}

int
train_ask(const struct train_ask *to, struct filter *f,
    const struct llm_opt *opt)
{
	static const struct flow_ops ops = { .next = next, .begin = begin,
	    .judge = judge, .reply = take };
	struct asking a = { .to = to, .f = f, .dry_run = opt->dry_run };
	struct buf why = BUF_INIT;
	struct flow *w;
	int code;

	w = flow_open(&ops, f, opt, 0, &a, &code, &why);
	if (w == NULL)
		die(code, "%s", buf_cstr(&why));
	asking_init(&a);
	code = remote_test(&a.remote, w);
	if (code == 0)
		code = flow_go(w);
	flow_close(w);
	if (code == 0 && !opt->dry_run && filter_signal() == 0)
		drop(&a);
	asking_free(&a);
	return code;
}
