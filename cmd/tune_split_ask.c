#include "tune_split_ask.h"

#include <stdlib.h>

#include "base/mem.h"

struct cutting {
	size_t row, join;
};

static int
next(struct flow *w, struct rec *r)
{
	struct split_round *o = flow_command(w);

	if (o->join == o->last) {
		o->join = o->first;
		o->i++;
	}
	if (o->i == o->nrows || o->first == o->last)
		return 0;
	r->file = o->t->joins.v[o->join].file;
	r->line = o->t->joins.v[o->join].at;
	return 1;
}

/* A join as a node that is to be asked about. */
static struct node
node_of(const struct joined *j)
{
	struct node n = { .has_context = 1 };

	n.context = j->text;
	n.units = j->units;
	return n;
}

static int
begin(struct flow *w, struct job *job)
{
	struct split_round *o = flow_command(w);
	struct tune_split *t = o->t;
	struct cutting *c = mem_new(1, sizeof(*c));
	struct how how = t->how;
	struct buf messages = BUF_INIT, schema = BUF_INIT;
	struct flow_ask ask = { .id = "" };
	struct node n;
	int r;

	job->state = c;
	if (c == NULL)
		return flow_no_memory(w);
	c->row = o->row[o->i];
	c->join = o->join++;
	n = node_of(&t->joins.v[c->join]);
	how.examples = c->row == ROW_ASIS ? NULL :
	    buf_cstr(&t->shown[c->row]);
	if (node_ask(&how, &n, &messages, &schema) < 0) {
		r = flow_no_memory(w);
	} else {
		ask.messages = buf_cstr(&messages);
		ask.schema = buf_cstr(&schema);
		t->calls++;
		r = flow_ask(w, job, &ask);
	}
	buf_free(&messages);
	buf_free(&schema);
	return r;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct tune_split *t = ((struct split_round *)flow_command(w))->t;
	const struct cutting *c = job->state;
	const struct joined *j = &t->joins.v[c->join];
	struct node n = node_of(j);
	struct parts p = { .cut = 0 };
	struct buf why = BUF_INIT;
	int bad = 0;

	if (t->llm->dry_run)
		return 0;
	if (reply->text == NULL) {
		filter_report(t->f, &job->rec[0], reply->code, reply->message,
		    buf_cstr(&job->detail));
	} else {
		bad = node_read(&t->how, &n, reply, &p, &why);
		t->odd[c->row] += p.cut == 0;
		t->f->ok++;
	}
	*grid_at(&t->hits, c->row, c->join) = p.cut == j->cut;
	parts_free(&p);
	buf_free(&why);
	return bad < 0 ? flow_no_memory(w) : 0;
}

/* One try: what has no cut misses. */
const struct flow_ops split_ops = { .next = next, .begin = begin,
    .reply = take, .free = free };

int
split_ask(struct flow *w, const struct split_round *o)
{
	struct split_round *to = flow_command(w);

	*to = *o;
	to->join = to->first;
	return flow_go(w);
}
