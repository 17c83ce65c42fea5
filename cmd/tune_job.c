#include "tune_job.h"

#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "augcon/agree.h"
#include "base/mem.h"
#include "llm/yesno.h"

/* What a call is for. */
enum { ANSWER, VERDICT, AGAIN };

struct answering {
	size_t trial, record;
	struct buf answer;
};

static int
is_wanted(const struct tune_round *w, size_t trial, size_t record)
{
	const struct tune *t = w->tune;
	size_t i;

	if (t->is_final[record] != w->final)
		return 0;
	for (i = 0; i < t->v[trial].of.n; i++)
		if (t->pool[t->v[trial].of.v[i]] == record)
			return 0;
	return 1;
}

/* Goes on to the next record that is wanted.  0 at the end. */
static int
find(struct tune_round *w)
{
	const struct tune *t = w->tune;

	for (; w->trial < t->n; w->trial++, w->record = 0) {
		if (w->trials != NULL && !w->trials[w->trial])
			continue;
		for (; w->record < t->people.n; w->record++)
			if (is_wanted(w, w->trial, w->record))
				return 1;
	}
	return 0;
}

static int
next(struct flow *w, struct rec *r)
{
	struct tune_round *round = flow_command(w);
	const struct human *h;

	if (!find(round))
		return 0;
	h = &round->tune->people.v[round->record];
	r->file = h->file;
	r->line = h->at;
	return 1;
}

static int
send(struct flow *w, struct job *job, long tag, const struct buf *messages)
{
	struct tune *t = ((struct tune_round *)flow_command(w))->tune;
	const struct answering *a = job->state;
	struct flow_ask ask = { .tag = tag,
	    .schema = t->for_ask && tag == ANSWER ? asking_schema : NULL };

	if (!buf_ok(messages))
		return flow_no_memory(w);
	ask.messages = messages->s;
	ask.id = buf_cstr(&t->people.v[a->record].id);
	t->v[a->trial].calls++;
	t->calls++;
	return flow_ask(w, job, &ask);
}

static int
begin(struct flow *w, struct job *job)
{
	struct tune_round *round = flow_command(w);
	struct tune *t = round->tune;
	struct answering *a = mem_new(1, sizeof(*a));
	struct buf messages = BUF_INIT;
	const struct tune_trial *trial = &t->v[round->trial];
	const struct example *e;
	const struct shown *shown;
	int r;

	job->state = a;
	if (a == NULL)
		return flow_no_memory(w);
	a->trial = round->trial;
	a->record = round->record++;
	e = &t->people.v[a->record].e;
	shown = trial->kind == TUNE_NONE ? NULL : &trial->shown;
	if (t->for_ask)
		asking_fill(&t->ask, &t->llm->define, shown, e->context.s,
		    e->context.len, &messages);
	else
		manner_fill(&t->manner, shown, &e->context, &e->question,
		    &messages);
	r = send(w, job, ANSWER, &messages);
	buf_free(&messages);
	return r;
}

/* Puts the odd reply behind the messages, and asks for a word. */
static void
insist(struct buf *messages, const struct flow_reply *reply, int zh)
{
	static const char en[] = "Answer with one word: yes or no.";
	static const char han[] = "只用一个字回答：“是”或“否”。";

	if (messages->len == 0 || !buf_ok(messages))
		return;
	messages->len--;		/* ']' */
	buf_byte(messages, ',');
	prompt_message(messages, PROMPT_ASSISTANT, reply->text, reply->len);
	buf_byte(messages, ',');
	prompt_message(messages, PROMPT_USER, zh ? han : en, zh ?
	    sizeof(han) - 1 : sizeof(en) - 1);
	buf_byte(messages, ']');
}

/* The same prompt in the language of the context, as for the answer. */
static int
ask_verdict(struct flow *w, struct job *job, const struct flow_reply *odd)
{
	const struct tune *t = ((struct tune_round *)flow_command(w))->tune;
	const struct answering *a = job->state;
	const struct example *e = &t->people.v[a->record].e;
	const struct prompt *p = prompts_pick(&t->verdict,
	    buf_cstr(&e->context), e->context.len);
	const struct buf *human = t->for_ask ? &e->question : &e->answer;
	const struct buf *question = t->for_ask ? &a->answer : &e->question;
	const struct hole holes[] = {
		{ "question", buf_cstr(question), question->len },
		{ "human", human->s, human->len },
		{ "answer", buf_cstr(&a->answer), a->answer.len },
		{ "context", e->context.s, e->context.len },
		{ NULL, NULL, 0 }
	};
	struct buf messages = BUF_INIT;
	int r;

	prompt_fill(p, holes, &t->llm->define, NULL, &messages);
	if (odd != NULL)
		insist(&messages, odd, p == &t->verdict.zh);
	r = send(w, job, odd ? AGAIN : VERDICT, &messages);
	buf_free(&messages);
	return r;
}

/* The words of the answer beside the human's. */
static int
compare(const struct answering *a, const struct example *e,
    struct tune_cell *c)
{
	struct agree with;

	if (agree_answers(e->answer.s, e->answer.len, buf_cstr(&a->answer),
	    a->answer.len, &with) < 0)
		return -1;
	c->exact = with.exact != 0;
	c->f1 = with.f1;
	return 0;
}

/* The same of questions; the order of words counts. */
static int
compare_questions(const struct answering *a, const struct example *e,
    struct tune_cell *c)
{
	struct agree with;

	if (agree_answers(e->question.s, e->question.len,
	    buf_cstr(&a->answer), a->answer.len, &with) < 0)
		return -1;
	c->exact = with.exact != 0;
	return agree_questions(e->question.s, e->question.len,
	    buf_cstr(&a->answer), a->answer.len, &c->f1);
}

/* 0: it is read; 1: there is no question in it; -1. */
static int
read_product(const struct tune *t, const struct flow_reply *reply,
    struct buf *to)
{
	struct buf why = BUF_INIT;
	int bad = 0;

	if (!t->for_ask)
		buf_add(to, reply->text, reply->len);
	else
		bad = asking_read(reply, to, &why) == FLOW_BAD;
	if (!buf_ok(to) || !buf_ok(&why))
		bad = -1;
	buf_free(&why);
	return bad;
}

static int
take_answer(struct flow *w, struct job *job, struct tune_cell *c,
    const struct flow_reply *reply)
{
	const struct tune *t = ((struct tune_round *)flow_command(w))->tune;
	struct answering *a = job->state;
	const struct example *e = &t->people.v[a->record].e;
	int bad = read_product(t, reply, &a->answer);

	if (bad == 1) {
		c->unknown = 1;
		c->right = 0;
		t->f->ok++;
		return 0;
	}
	if (bad < 0 || (t->for_ask ? compare_questions(a, e, c) :
	    compare(a, e, c)) < 0)
		return flow_no_memory(w);
	return ask_verdict(w, job, NULL);
}

/* A call failed: the record is not right, and is reported once. */
static void
miss(struct flow *w, struct job *job, struct tune_cell *c,
    const struct flow_reply *reply)
{
	const struct tune *t = ((struct tune_round *)flow_command(w))->tune;

	if (t->llm->dry_run)
		return;
	c->failed = 1;
	c->right = 0;
	filter_report(t->f, &job->rec[0], reply->code, reply->message,
	    buf_cstr(&job->detail));
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	const struct tune *t = ((struct tune_round *)flow_command(w))->tune;
	const struct answering *a = job->state;
	struct tune_cell *c = &t->v[a->trial].cell[a->record];
	int sign;

	if (reply->text == NULL) {
		miss(w, job, c, reply);
		return 0;
	}
	if (reply->tag == ANSWER)
		return take_answer(w, job, c, reply);
	sign = yesno_answer(reply->text);
	if (sign == 0 && reply->tag == VERDICT)
		return ask_verdict(w, job, reply);
	c->unknown = sign == 0;
	c->right = sign > 0;
	t->f->ok++;
	return 0;
}

static void
free_state(void *state)
{
	struct answering *a = state;

	buf_free(&a->answer);
	free(a);
}

/* Whatever a verdict's words are is taken as it comes, and counted. */
const struct flow_ops tune_ops = { .next = next, .begin = begin,
    .reply = take, .free = free_state };

int
tune_ask(struct flow *w, struct tune_round *round)
{
	struct tune_round *to = flow_command(w);

	*to = *round;
	to->trial = round->from;
	to->record = 0;
	return flow_go(w);
}
