#include "llm/logprob_test.h"

#include <stdio.h>
#include <string.h>

#include "base/die.h"
#include "llm/logprob.h"

/* By so much the second time must be likelier, a token: natural logarithm. */
static const double FAR = 1;

static const char QUESTION[] = "[{\"role\":\"user\",\"content\":\"Is water "
    "wet? Answer with one word, yes or no.\"}]";

#define SENTENCE "Seven grey herons crossed the frozen canal before Martha " \
	"had salted her soup."

static const char TWICE[] = SENTENCE "\n" SENTENCE;

struct test {
	const struct logprob_test *what;
	int begun;
	int code;		/* exit code, 0 while nothing has failed */
	struct buf reason;	/* what is not said of it yet */
};

/* Both go out at once, in one job. */
static int
next(struct flow *w, struct rec *r)
{
	struct test *t = flow_command(w);

	r->file = "self-test";
	r->line = 1;
	return t->begun++ == 0;
}

static int
begin(struct flow *w, struct job *job)
{
	struct test *t = flow_command(w);
	struct flow_ask choices = { .tag = LLM_CHOICES, .want = LLM_CHOICES,
	    .messages = QUESTION, .id = "" };
	struct flow_ask echo = { .tag = LLM_ECHO, .want = LLM_ECHO,
	    .input = TWICE, .id = "" };

	if (t->what->choices != NULL && flow_ask(w, job, &choices) < 0)
		return -1;
	return t->what->echo != NULL ? flow_ask(w, job, &echo) : 0;
}

/* 0; 1: *why; -1. */
static int
check_echo(const struct flow_reply *r, struct buf *why)
{
	struct logprob_sum all, second;
	double first;
	int bad = logprob_text(r->text, r->len, TWICE, 0, &all, why);

	if (bad == 0)
		bad = logprob_text(r->text, r->len, TWICE, strlen(SENTENCE) +
		    1, &second, why);
	if (bad != 0)
		return bad;
	first = all.n > second.n ? (all.mean * (double)all.n - second.mean *
	    (double)second.n) / (double)(all.n - second.n) : 0;
	if (all.n > second.n && second.mean - first >= FAR)
		return 0;
	buf_fmt(why, "a sentence said twice has %.2f a token, and then %.2f",
	    first, second.mean);
	return 1;
}

/*
 * A server that cannot be reached is no server that lacks something; one
 * without /completions is, such as OpenAI for its chat models.
 */
static int
code_of(const struct flow_reply *r)
{
	int has_none = r->status == 404 || r->status == 405 ||
	    r->status == 501;

	if (r->tag == LLM_ECHO && has_none)
		return AC_USAGE;
	if (strcmp(r->code, "transport") == 0 ||
	    strcmp(r->code, "timeout") == 0 || strcmp(r->code, "http") == 0)
		return AC_AGAIN;
	return strcmp(r->code, "forbidden") == 0 ? AC_DENIED : AC_USAGE;
}

static void
report(struct test *t, long want, const char *reason)
{
	const char *block = want == LLM_ECHO ? t->what->echo :
	    t->what->choices;

	warn("self-test: %s: %s; without it, leave out %s", want == LLM_ECHO ?
	    "the server does not tell the log-probabilities of a given text "
	    "(completions with echo)" : "the server does not tell how likely "
	    "yes and no are (chat with top_logprobs)", reason, block);
}

/* No reply at all. */
static void
failed(struct test *t, const struct job *job, const struct flow_reply *r)
{
	const char *reason = job->detail.len > 0 ? job->detail.s : r->message;
	int code = code_of(r);

	if (code == AC_USAGE && strcmp(r->code, "offline") != 0)
		report(t, r->tag, reason);
	else if (t->reason.len == 0)
		buf_str(&t->reason, reason);
	if (t->code == 0 || code == AC_USAGE)
		t->code = code;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *r)
{
	struct test *t = flow_command(w);
	struct buf why = BUF_INIT;
	double odds;
	int bad;

	if (r->text == NULL) {
		if (strcmp(r->code, "not_attempted") != 0)
			failed(t, job, r);
		return 0;
	}
	bad = r->tag == LLM_ECHO ? check_echo(r, &why) :
	    logprob_yes(r->text, r->len, &odds, &why);
	if (bad > 0) {
		report(t, r->tag, buf_cstr(&why));
		t->code = AC_USAGE;
	}
	buf_free(&why);
	return bad < 0 ? flow_no_memory(w) : 0;
}

int
logprob_test(struct flow *w, const struct logprob_test *what)
{
	/* What it lacks is said once: no better reply is to be hoped for. */
	static const struct flow_ops ops = { .next = next, .begin = begin,
	    .reply = take };
	struct test t = { .what = what };
	int code = flow_aside(w, &ops, &t);

	/* Why a run has stopped is said. */
	if (code == 0 && t.reason.len > 0)
		warn("self-test: %s", buf_cstr(&t.reason));
	buf_free(&t.reason);
	return code != 0 && t.code != AC_USAGE ? code : t.code;
}
