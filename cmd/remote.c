#include "remote.h"

#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"
#include "llm/logprob.h"
#include "llm/logprob_test.h"

/* Between a context and a question in one text. */
static const char GAP[] = "\n\n";

void
remote_init(struct remote *r, struct schema *schema)
{
	static const char *const holes[] = { "context", "question", NULL };
	static const struct opt_list none;
	struct buf why = BUF_INIT;

	memset(r, 0, sizeof(*r));
	r->schema = schema;
	r->want_dim = schema->dim;
	if (schema->has[BLOCK_JUDGE] && prompts_load(&r->judge, "judge",
	    NULL, holes, &none, &why) < 0)
		cmd_refuse(&why);
}

void
remote_free(struct remote *r)
{
	prompts_free(&r->judge);
	floats_free(&r->v);
	buf_free(&r->text);
}

int
remote_test(const struct remote *r, struct flow *w)
{
	struct logprob_test test = {
		.choices = r->schema->has[BLOCK_JUDGE] ? "judge" : NULL,
		.echo = r->schema->has[BLOCK_LOGPROB] ? "logprob" : NULL
	};

	return test.choices != NULL || test.echo != NULL ?
	    logprob_test(w, &test) : 0;
}

/* The text whose embedding or tokens are asked for. */
static const char *
text_of(struct remote *r, enum given_what what, const struct remote_text *t)
{
	buf_reset(&r->text);
	if (what != GIVEN_QUESTION && what != GIVEN_ALONE)
		buf_str(&r->text, t->context);
	/* The first token of a text has no probability: the gap takes it. */
	if (what != GIVEN_QUESTION && what != GIVEN_CONTEXT)
		buf_str(&r->text, GAP);
	if (what != GIVEN_CONTEXT)
		buf_str(&r->text, t->question);
	return buf_cstr(&r->text);
}

/* The judge's prompt, filled. */
static const char *
messages_of(struct remote *r, const struct remote_text *t)
{
	size_t len = strlen(t->context);
	struct hole holes[] = {
		{ "context", t->context, len },
		{ "question", t->question, strlen(t->question) },
		{ NULL, NULL, 0 }
	};
	static const struct opt_list none;

	buf_reset(&r->text);
	prompt_fill(prompts_pick(&r->judge, t->context, len), holes, &none,
	    NULL, &r->text);
	return buf_cstr(&r->text);
}

int
remote_ask(struct remote *r, struct flow *w, struct job *job, long tag,
    enum given_what what, const struct remote_text *t)
{
	struct flow_ask ask = { .tag = tag, .id = "" };

	if (what == GIVEN_JUDGE) {
		ask.want = LLM_CHOICES;
		ask.messages = messages_of(r, t);
	} else {
		ask.want = what == GIVEN_AFTER || what == GIVEN_ALONE ?
		    LLM_ECHO : LLM_EMBEDDING;
		ask.input = text_of(r, what, t);
	}
	return buf_ok(&r->text) ? flow_ask(w, job, &ask) :
	    flow_no_memory(w);
}

static int
add(struct remote *r, double x)
{
	if (mem_grow(&r->v.v, &r->v.cap, r->v.n + 1, sizeof(*r->v.v)) < 0)
		return -1;
	r->v.v[r->v.n++] = (float)x;
	return 0;
}

static int
read_tokens(struct remote *r, enum given_what what,
    const struct remote_text *t, const struct flow_reply *reply,
    struct buf *why)
{
	size_t from = what == GIVEN_AFTER ? strlen(t->context) : 0;
	struct logprob_sum sum;
	int bad;

	text_of(r, what, t);
	if (!buf_ok(&r->text))
		return -1;
	bad = logprob_text(reply->text, reply->len, buf_cstr(&r->text),
	    from + strlen(GAP), &sum, why);
	if (bad != 0)
		return bad;
	if (add(r, sum.mean) < 0)
		return -1;
	return what == GIVEN_AFTER ? add(r, sum.least) : 0;
}

/* The numbers of a reply, whatever the embeddings before were like. */
static int
read_any(struct remote *r, enum given_what what, const struct remote_text *t,
    const struct flow_reply *reply, struct buf *why)
{
	double odds;
	size_t dim = 0;
	int bad;

	r->v.n = 0;
	switch (what) {
	case GIVEN_AFTER:
	case GIVEN_ALONE:
		return read_tokens(r, what, t, reply, why);
	case GIVEN_JUDGE:
		bad = logprob_yes(reply->text, reply->len, &odds, why);
		return bad != 0 ? bad : add(r, odds);
	default:
		return embed_read(reply->text, &dim, &r->v, why);
	}
}

static int
is_embedding(enum given_what what)
{
	return what == GIVEN_CONTEXT || what == GIVEN_QUESTION ||
	    what == GIVEN_STATE;
}

/* 1 when it is an embedding of another length than the others. */
static int
is_other(const struct remote *r, enum given_what what, struct buf *why)
{
	if (!is_embedding(what) || r->schema->dim == 0 ||
	    r->v.n == r->schema->dim)
		return 0;
	buf_fmt(why, "an embedding of %zu numbers, not %zu", r->v.n,
	    r->schema->dim);
	return 1;
}

enum flow_verdict
remote_judge(struct remote *r, struct flow *w, enum given_what what,
    const struct remote_text *t, const struct flow_reply *reply,
    struct buf *why)
{
	int bad = read_any(r, what, t, reply, why);

	if (bad == 0) {
		bad = is_other(r, what, why);
		if (bad && !r->has_dim && r->want_dim > 0)
			flow_stop(w, AC_USAGE, "the model's embeddings have "
			    "another length than those that the scorer was "
			    "trained on");
	}
	if (bad < 0)
		why->bad = 1;
	return bad == 0 ? FLOW_TAKE : FLOW_BAD;
}

int
remote_read(struct remote *r, enum given_what what,
    const struct remote_text *t, const struct flow_reply *reply,
    struct buf *why)
{
	int bad = reply->judged ? 0 : read_any(r, what, t, reply, why);

	if (bad != 0 || (bad = is_other(r, what, why)) != 0)
		return bad;
	if (is_embedding(what)) {
		r->schema->dim = r->v.n;
		r->has_dim = 1;
	}
	return 0;
}
