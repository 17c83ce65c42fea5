#include "split_job.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "llm/embed.h"

/* For a record; what is wrong with it was shown to the model alone. */
static const char BAD_EMBEDDING[] = "an embedding that cannot be used";

struct run {
	const struct split *split;
	int quiet, dry_run;
	unsigned long short_roots;
	struct parts parts;	/* of the reply that was judged last */
};

static int
ask(struct flow *w, struct job *job, size_t index)
{
	const struct how *how = &((struct run *)flow_command(w))->split->
	    grow.how;
	const struct node *n = &((struct tree *)job->state)->v[index];
	struct buf schema = BUF_INIT, messages = BUF_INIT;
	struct flow_ask ask = { .tag = (long)index, .id = buf_cstr(&n->id),
	    .sample = n->sample > 0 ? (unsigned long)n->sample : 0 };
	int r;

	if (node_ask(how, n, &messages, &schema) < 0) {
		r = flow_no_memory(w);
	} else {
		ask.messages = buf_cstr(&messages);
		ask.schema = buf_cstr(&schema);
		r = flow_ask(w, job, &ask);
	}
	buf_free(&schema);
	buf_free(&messages);
	return r;
}

/* Asks for the embeddings of a node's units, but for those it has had. */
static int
ask_units(struct flow *w, struct job *job, size_t index)
{
	struct tree *t = job->state;
	struct node *n = &t->v[index];
	struct buf text = BUF_INIT;
	struct flow_ask ask = { .want = LLM_EMBEDDING, .id = "" };
	size_t i, number = 0;
	int r = 0, is_new;

	n->waits = 1;
	for (i = 0; r == 0 && i < n->units.n; i++) {
		is_new = embedded_number(&t->embedded, n->context.s,
		    &n->units.v[i], &text, &number);
		ask.tag = (long)number;
		ask.input = buf_cstr(&text);
		if (is_new != 0)
			r = is_new < 0 ? flow_no_memory(w) :
			    flow_ask(w, job, &ask);
	}
	buf_free(&text);
	return r;
}

/* Asks about all nodes that are to be asked about now. */
static int
go_on(struct flow *w, struct job *job)
{
	const struct run *run = flow_command(w);
	size_t index;
	int more;

	while ((more = grow_next(&run->split->grow, job->state, &index)) == 1)
		if ((run->split->grow.how.by == BY_EMBED ?
		    ask_units(w, job, index) : ask(w, job, index)) < 0)
			return -1;
	return more < 0 ? flow_no_memory(w) : 0;
}

static int
begin(struct flow *w, struct job *job)
{
	const struct run *run = flow_command(w);
	struct tree *t = mem_new(1, sizeof(*t));
	size_t i;

	job->state = t;
	if (t == NULL)
		return flow_no_memory(w);
	t->names = &run->split->names;
	for (i = 0; i < job->nrec; i++)
		if (tree_add(t, &job->rec[i]) == NULL)
			return flow_no_memory(w);
	return go_on(w, job);
}

static enum flow_verdict
judge_vector(const struct tree *t, const struct flow_reply *reply,
    struct buf *why)
{
	struct floats one = { NULL, 0, 0 };
	size_t dim = t->embedded.dim;
	int bad = embed_read(reply->text, &dim, &one, why);

	floats_free(&one);
	if (bad < 0)
		why->bad = 1;
	return bad == 0 ? FLOW_TAKE : FLOW_BAD;
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	struct run *run = flow_command(w);
	const struct how *how = &run->split->grow.how;
	const struct tree *t = job->state;
	const struct node *n;

	if (how->by == BY_EMBED)
		return judge_vector(t, reply, why);
	n = &t->v[reply->tag];
	parts_free(&run->parts);
	if (node_read(how, n, reply, &run->parts, why) != 0)
		return FLOW_BAD;
	return run->parts.whole && (run->parts.usable ||
	    node_asks_only(how, n)) ? FLOW_TAKE : FLOW_WEAK;
}

/* A unit's embedding, or why there is none. */
static int
take_vector(struct flow *w, struct embedded *e,
    const struct flow_reply *reply)
{
	struct unit *u = &e->unit[reply->tag];
	struct buf why = BUF_INIT;
	int bad = 0;

	u->code = reply->code;
	u->message = reply->message;
	u->status = reply->status;
	if (reply->text != NULL)
		bad = embedded_take(e, (size_t)reply->tag, reply->text, &why);
	if (bad > 0) {
		u->code = "bad_reply";
		u->message = BAD_EMBEDDING;
	}
	buf_free(&why);
	return bad < 0 ? flow_no_memory(w) : 0;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct run *run = flow_command(w);
	const struct grow *grow = &run->split->grow;
	struct tree *t = job->state;
	struct node *n;
	struct buf why = BUF_INIT;
	int r = 0;

	if (grow->how.by == BY_EMBED)
		return take_vector(w, &t->embedded, reply);
	n = &t->v[reply->tag];
	if (reply->text == NULL) {
		node_fail(n, reply->code, reply->message, reply->status);
		return 0;
	}
	if (!reply->judged) {
		parts_free(&run->parts);
		r = node_read(&grow->how, n, reply, &run->parts, &why);
		buf_free(&why);
	}
	if (r != 0 || grow_apply(grow, t, (size_t)reply->tag,
	    &run->parts) < 0)
		return flow_no_memory(w);
	return go_on(w, job);
}

/* 1: another tree has begun; 0: enough, or no more can be done; -1. */
static int
top_up(struct flow *w, struct job *job)
{
	struct run *run = flow_command(w);
	struct tree *t = job->state;
	struct quota_count c;
	int verdict;

	if (grow_is_short(&run->split->grow, &t->v[0]))
		return 0;
	verdict = quota_judge(&run->split->quota, t, &c);
	if (verdict < 0)
		return flow_no_memory(w);
	if (verdict == QUOTA_MORE)
		return go_on(w, job) < 0 ? -1 : job->open > 0;
	if (verdict == QUOTA_MET || run->dry_run)
		return 0;
	if (run->short_roots++ < 3 && !run->quiet)
		warn("root %s: %zu of %.0f questions: %s",
		    buf_cstr(&t->v[0].id), c.have, c.want,
		    verdict == QUOTA_BROKEN ? "a node failed; run again over "
		    "the output" : "--max-rounds reached");
	return 0;
}

/*
 * Cuts what waits for embeddings and looks at the parts, until there is
 * something to ask.  1: there is; 0: the tree is whole; -1.
 */
static int
cut_waiting(struct flow *w, struct job *job)
{
	long n;

	while (job->open == 0 && (n = grow_waiting(job->state)) != 0)
		if (n < 0 || go_on(w, job) < 0)
			return n < 0 ? flow_no_memory(w) : -1;
	return job->open > 0;
}

struct emit {
	struct flow *w;
	struct job *job;
};

static int
emit(void *arg, struct node *n)
{
	struct emit *e = arg;
	const struct run *run = flow_command(e->w);

	switch (n->state) {
	case NODE_FAILED:
		return flow_fail(e->w, e->job, &n->rec, n->code, n->message,
		    n->status);
	case NODE_OPEN:
	case NODE_PASS:
		return flow_pass(e->w, e->job, &n->rec);
	default:
		node_finish(e->job->state, n);
		if (n->question.len > 0)
			flow_provenance(e->w, node_prompt(
			    &run->split->grow.how, n), &n->rec);
		return flow_ok(e->w, e->job, &n->rec);
	}
}

static int
finish(struct flow *w, struct job *job)
{
	const struct run *run = flow_command(w);
	struct emit e = { w, job };
	int r;

	if ((r = cut_waiting(w, job)) != 0)
		return r;
	if (run->split->quota.chars > 0 && (r = top_up(w, job)) != 0)
		return r;
	r = tree_each(job->state, emit, &e);
	return r == -2 ? flow_no_memory(w) : r;
}

static void
free_state(void *state)
{
	tree_free(state);
	free(state);
}

static int
joins(struct flow *w, const struct job *job, struct rec *r)
{
	const struct run *run = flow_command(w);

	return quota_joins(&run->split->names, &job->rec[0], r);
}

int
split_run(const struct split *split, const struct filter_opt *filter_opt,
    const struct llm_opt *llm_opt, char **files, size_t n)
{
	struct flow_ops ops = { .begin = begin, .judge = judge,
	    .reply = take, .finish = finish, .free = free_state,
	    .joins = split->quota.chars > 0 ? joins : NULL };
	struct run run = { .split = split, .quiet = filter_opt->quiet,
	    .dry_run = llm_opt->dry_run };
	int code = flow_run(&ops, filter_opt, llm_opt,
	    how_is_local(&split->grow.how), files, n, &run);

	if (run.short_roots > 0 && !run.quiet)
		warn("%lu roots stay short of the quota", run.short_roots);
	parts_free(&run.parts);
	return code;
}
