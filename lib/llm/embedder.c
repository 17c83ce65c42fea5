#include "llm/embedder.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "llm/flow.h"

struct embedder {
	struct flow *flow;
	const struct embed_job *job;	/* of the run at hand: */
	size_t at;		/* the text that begins next */
	struct floats *v;
	size_t *dim;
	struct buf text;	/* scratch, */
	struct floats one;	/* and a vector that is looked at */
};

static int
next(struct flow *w, struct rec *r)
{
	struct embedder *e = flow_command(w);

	(void)r;
	return e->at < e->job->n;
}

static int
begin(struct flow *w, struct job *job)
{
	struct embedder *e = flow_command(w);
	struct flow_ask ask = { .tag = (long)e->at, .want = LLM_EMBEDDING,
	    .id = "" };

	buf_reset(&e->text);
	if (e->job->text(e->job->arg, e->at++, &e->text, &job->rec[0]) < 0 ||
	    !buf_ok(&e->text))
		return flow_no_memory(w);
	ask.input = buf_cstr(&e->text);
	return flow_ask(w, job, &ask);
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *r,
    struct buf *why)
{
	struct embedder *e = flow_command(w);
	size_t dim = *e->dim;
	int bad;

	(void)job;
	e->one.n = 0;
	bad = embed_read(r->text, &dim, &e->one, why);
	if (bad < 0)
		why->bad = 1;
	return bad == 0 ? FLOW_TAKE : FLOW_BAD;
}

/* The first vector says how long all are. */
static int
make_room(struct embedder *e, size_t dim)
{
	size_t n = e->job->n * dim;

	if (dim != 0 && n / dim != e->job->n)
		return -1;
	if (mem_grow(&e->v->v, &e->v->cap, n, sizeof(*e->v->v)) < 0)
		return -1;
	if (e->v->n < n)
		memset(e->v->v + e->v->n, 0, (n - e->v->n) *
		    sizeof(*e->v->v));
	e->v->n = n;
	return 0;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *r)
{
	struct embedder *e = flow_command(w);
	size_t i = (size_t)r->tag;
	int bad;

	if (r->text == NULL)
		return e->job->failed(e->job->arg, i, r->code, r->message,
		    r->status, buf_cstr(&job->detail)) < 0 ?
		    flow_no_memory(w) : 0;
	e->one.n = 0;
	bad = embed_read(r->text, e->dim, &e->one, &e->text);
	if (bad > 0)		/* two first ones, of different lengths */
		return e->job->failed(e->job->arg, i, "bad_reply",
		    buf_cstr(&e->text), 0, NULL) < 0 ? flow_no_memory(w) : 0;
	if (bad < 0 || make_room(e, *e->dim) < 0)
		return flow_no_memory(w);
	memcpy(e->v->v + i * *e->dim, e->one.v, *e->dim * sizeof(*e->v->v));
	return 0;
}

struct embedder *
embedder_open(struct filter *f, const struct llm_opt *opt, int *code,
    struct buf *why)
{
	static const struct flow_ops ops = { .next = next, .begin = begin,
	    .judge = judge, .reply = take };
	struct embedder *e = mem_new(1, sizeof(*e));

	if (e == NULL) {
		buf_str(why, "out of memory");
		*code = AC_BUG;
		return NULL;
	}
	e->flow = flow_open(&ops, f, opt, 0, e, code, why);
	if (e->flow == NULL) {
		free(e);
		return NULL;
	}
	return e;
}

void
embedder_close(struct embedder *e)
{
	if (e == NULL)
		return;
	flow_close(e->flow);
	buf_free(&e->text);
	floats_free(&e->one);
	free(e);
}

int
embedder_run(struct embedder *e, const struct embed_job *job, size_t *dim,
    struct floats *v)
{
	e->job = job;
	e->at = 0;
	e->v = v;
	e->dim = dim;
	v->n = 0;
	if (make_room(e, *dim) < 0)
		return AC_BUG;
	return flow_go(e->flow);
}
