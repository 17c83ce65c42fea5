/*
 * ac-split: grows the Context-Split-Tree (Quan, arXiv 2405.16579, section
 * 3.1): a question of a whole context, a split in two, and both halves go on.
 */
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/cohesion.h"
#include "augcon/idf.h"
#include "augcon/split.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/sha256.h"
#include "cmd.h"
#include "llm/flow.h"
#include "node.h"
#include "text/utf8.h"

static struct options {
	const char *idf, *depth;
	unsigned long min_length, max_depth, quota, max_rounds;
	int by, no_question, force;
} opt;

static struct filter_opt filter_opt;
static struct llm_opt llm_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "by", 0, OPT_CHOICE, OPT_TOP, "cut|rewrite|cohesion|middle", "cut",
	    AT(by), 0, "how a context is split" },
	{ "idf", 0, OPT_TEXT, 0, "FILE", NULL, AT(idf), 0,
	    "term weights for cohesion, from ac-chunk --df" },
	{ "depth", 'd', OPT_TEXT, OPT_ONCE | OPT_TOP, "N|all", "all",
	    AT(depth), 0, "levels to add in this run" },
	{ "min-length", 0, OPT_COUNT, OPT_TOP, "N", "20", AT(min_length), 0,
	    "leave contexts of fewer code points (lambda)" },
	{ "max-depth", 0, OPT_COUNT, 0, "N", "32", AT(max_depth), 0,
	    "deepest level of a tree" },
	{ "no-question", 0, OPT_FLAG, 0, NULL, NULL, AT(no_question), 0,
	    "keep no questions, only the tree" },
	{ "quota", 0, OPT_COUNT, OPT_TOP, "CHARS", NULL, AT(quota), 1,
	    "more trees, up to 1.15 questions per CHARS" },
	{ "max-rounds", 0, OPT_COUNT, 0, "N", "5", AT(max_rounds), 0,
	    "most further trees of a root" },
	{ "force", 'f', OPT_FLAG, OPT_ONCE, NULL, NULL, AT(force), 0,
	    "treat split nodes and leaves as open" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { llm_opts, &llm_opt },
	{ llm_wire_opts, &llm_opt }, { llm_ask_opts, &llm_opt },
	{ record_opts, &filter_opt }, { filter_opts, &filter_opt },
	{ NULL, NULL }
};

static const struct opt_command command = {
	"ac-split",
	"split contexts into a tree, with a question at every node",
	"[FILE ...]",
	"ac-chunk book.txt | ac-split --by cohesion > tree.ndjson",
	groups
};

struct split {
	struct how how;
	struct idf *idf;
	unsigned long levels;	/* --depth; 0: all */
	unsigned long short_roots;
	struct parts parts;	/* of the reply that was judged last */
};

static void
leaf(struct node *n, const char *why)
{
	n->state = NODE_LEAF;
	n->why = why;
}

static int
ask(struct flow *w, struct job *job, size_t index)
{
	struct split *s = flow_command(w);
	struct node *n = &((struct tree *)job->state)->v[index];
	struct buf schema = BUF_INIT, messages = BUF_INIT;
	struct flow_ask ask = { .tag = (long)index, .id = buf_cstr(&n->id),
	    .sample = n->sample > 0 ? (unsigned long)n->sample : 0 };
	int r;

	if (node_ask(&s->how, n, &messages, &schema) < 0) {
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

static int
add_kids(struct flow *w, struct tree *t, size_t index, size_t at)
{
	struct node *n = &t->v[index];

	n->state = NODE_SPLIT;
	if (tree_add_child(t, index, 0, n->context.s, at, 0) < 0)
		return flow_no_memory(w);
	n = &t->v[index];
	if (tree_add_child(t, index, 1, n->context.s + at,
	    n->context.len - at, (long)at) < 0)
		return flow_no_memory(w);
	return 0;
}

/* Splits without a model. */
static int
split_here(struct flow *w, struct tree *t, size_t index)
{
	struct split *s = flow_command(w);
	struct node *n = &t->v[index];
	size_t cut = 0;

	if (node_asks_only(&s->how, n)) {
		leaf(n, n->units.n < 2 ? "unit" : "depth");
		return 0;
	}
	if (opt.by == BY_MIDDLE)
		cut = split_middle(n->context.s, &n->units);
	else if (cohesion_cut(n->context.s, &n->units, s->idf, &cut) < 0)
		return flow_no_memory(w);
	return add_kids(w, t, index, split_offset(&n->units, cut));
}

/* Looks at a node for the first time: a leaf, a call, or a split. */
static int
grow(struct flow *w, struct job *job, size_t index)
{
	struct split *s = flow_command(w);
	struct tree *t = job->state;
	struct node *n = &t->v[index];
	int local = opt.by == BY_COHESION || opt.by == BY_MIDDLE;

	if (n->state == NODE_PASS && opt.force && !n->is_kid)
		n->state = NODE_OPEN;
	if (n->state == NODE_PASS || (s->levels > 0 && n->level >= s->levels))
		return 0;
	if (!n->has_context) {
		n->state = NODE_FAILED;
		n->code = "missing_field";
		n->message = "the context is missing, blank or no text";
		return 0;
	}
	if (strspn(n->context.s ? n->context.s : "", " \t\r\n") ==
	    n->context.len || utf8_count(n->context.s, n->context.len) <
	    opt.min_length) {
		leaf(n, "short");
		return 0;
	}
	if (split_units(n->context.s, n->context.len, opt.min_length,
	    &n->units) < 0)
		return flow_no_memory(w);
	if (local)
		return split_here(w, t, index);
	if (node_asks_only(&s->how, n) && opt.no_question) {
		leaf(n, n->units.n < 2 ? "unit" : "depth");
		return 0;
	}
	return ask(w, job, index);
}

static int
grow_all(struct flow *w, struct job *job)
{
	struct tree *t = job->state;

	while (t->grown < t->n)
		if (grow(w, job, t->grown++) < 0)
			return -1;
	return 0;
}

static int
begin(struct flow *w, struct job *job)
{
	struct tree *t = mem_new(1, sizeof(*t));
	size_t i;

	job->state = t;
	if (t == NULL)
		return flow_no_memory(w);
	t->context_name = filter_opt.in_name ? filter_opt.in_name : "context";
	t->id_name = filter_opt.id_name;
	t->question_name = filter_opt.out_name ? filter_opt.out_name :
	    "question";
	for (i = 0; i < job->nrec; i++)
		if (tree_add(t, &job->rec[i]) == NULL)
			return flow_no_memory(w);
	return grow_all(w, job);
}

static enum flow_verdict
judge(struct flow *w, const struct job *job, const struct flow_reply *reply,
    struct buf *why)
{
	const struct tree *t = job->state;
	const struct node *n = &t->v[reply->tag];
	struct split *s = flow_command(w);
	int r;

	parts_free(&s->parts);
	r = node_read(&s->how, n, reply, &s->parts, why);
	if (r != 0)
		return FLOW_BAD;
	return s->parts.usable || node_asks_only(&s->how, n) ? FLOW_TAKE :
	    FLOW_WEAK;
}

/* Applies what the reply says: a split, or a leaf that says why. */
static int
apply(struct flow *w, struct tree *t, size_t index, struct parts *p)
{
	struct split *s = flow_command(w);
	struct node *n = &t->v[index];
	int i;

	if (!opt.no_question)
		buf_add(&n->question, p->question.s, p->question.len);
	if (!buf_ok(&n->question) || !buf_ok(&p->question))
		return flow_no_memory(w);
	if (node_asks_only(&s->how, n)) {
		leaf(n, n->units.n < 2 ? "unit" : "depth");
		return 0;
	}
	if (!p->usable) {
		leaf(n, "guard");
		return 0;
	}
	if (opt.by == BY_CUT)
		return add_kids(w, t, index, split_offset(&n->units, p->cut));
	n->state = NODE_SPLIT;
	for (i = 0; i < 2; i++)
		if (tree_add_child(t, index, i, buf_cstr(&p->text[i]),
		    p->text[i].len, -1) < 0)
			return flow_no_memory(w);
	return 0;
}

static int
take(struct flow *w, struct job *job, const struct flow_reply *reply)
{
	struct tree *t = job->state;
	struct node *n = &t->v[reply->tag];
	struct split *s = flow_command(w);
	struct buf why = BUF_INIT;
	int r = 0;

	if (reply->text == NULL) {
		n->state = NODE_FAILED;
		n->code = reply->code;
		n->message = reply->message;
		n->status = reply->status;
		return 0;
	}
	if (!reply->judged) {
		parts_free(&s->parts);
		r = node_read(&s->how, n, reply, &s->parts, &why);
	}
	if (r == 0)
		r = apply(w, t, (size_t)reply->tag, &s->parts);
	buf_free(&why);
	return r != 0 ? flow_no_memory(w) : grow_all(w, job);
}

/* 1: another tree was begun; 0: enough, or no more can be done; -1. */
static int
top_up(struct flow *w, struct job *job)
{
	struct split *s = flow_command(w);
	struct tree *t = job->state;
	const struct node *root = &t->v[0];
	double want = 1.15 * (double)utf8_count(buf_cstr(&root->context),
	    root->context.len) / (double)opt.quota;
	long last;
	int failed;
	size_t have = tree_count(t, &last, &failed);

	if ((double)have >= want || !root->has_context || root->depth > 0 ||
	    utf8_count(root->context.s, root->context.len) < opt.min_length)
		return 0;
	if (!failed && (unsigned long)last < opt.max_rounds) {
		if (tree_add_round(t, 0, last + 1) < 0)
			return flow_no_memory(w);
		if (grow_all(w, job) < 0)
			return -1;
		/* A root too short to be asked about grows no tree. */
		return job->open > 0;
	}
	if (llm_opt.dry_run)
		return 0;
	if (s->short_roots++ < 3 && !filter_opt.quiet)
		warn("root %s: %zu of %.0f questions: %s", buf_cstr(&root->id),
		    have, want, failed ? "a node failed; run again over the "
		    "output" : "--max-rounds reached");
	return 0;
}

struct emit {
	struct flow *w;
	struct job *job;
};

static int
emit(void *arg, struct node *n)
{
	struct emit *e = arg;
	struct split *s = flow_command(e->w);

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
			flow_provenance(e->w, node_prompt(&s->how, n),
			    &n->rec);
		return flow_ok(e->w, e->job, &n->rec);
	}
}

static int
finish(struct flow *w, struct job *job)
{
	struct emit e = { w, job };
	struct tree *t = job->state;
	int r = 0;

	if (opt.quota > 0 && (r = top_up(w, job)) != 0)
		return r;
	r = tree_each(t, emit, &e);
	return r == -2 ? flow_no_memory(w) : r;
}

static void
free_state(void *state)
{
	tree_free(state);
	free(state);
}

/* The root that a record is of: it names one, or is one itself. */
static void
root_of(struct rec *r, struct buf *root)
{
	struct buf context = BUF_INIT;
	char hash[17];

	if (rec_text(r, "root", root) == 1 ||
	    rec_id(r, filter_opt.id_name, root) == 1)
		return;
	buf_reset(root);
	rec_text(r, filter_opt.in_name ? filter_opt.in_name : "context",
	    &context);
	sha256_hex(buf_cstr(&context), context.len, hash, 16);
	buf_str(root, hash);
	buf_free(&context);
}

/* With --quota a job is the run of adjacent lines of one root. */
static int
joins(struct flow *w, const struct job *job, struct rec *r)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	int same = 0;

	(void)w;
	if (rec_text(r, "root", &b) == 1) {
		root_of(&job->rec[0], &a);
		same = a.len == b.len && memcmp(buf_cstr(&a), buf_cstr(&b),
		    a.len) == 0;
	}
	buf_free(&a);
	buf_free(&b);
	return same;
}

static void
check_options(struct split *s)
{
	char *end;
	int local = opt.by == BY_COHESION || opt.by == BY_MIDDLE;

	if (strcmp(opt.depth, "all") != 0) {
		s->levels = strtoul(opt.depth, &end, 10);
		if (*end != '\0' || s->levels == 0 || opt.depth[0] == '-')
			die_usage("--depth: '%s' is neither a number from 1 "
			    "up nor 'all'", opt.depth);
	}
	if (opt.quota > 0 && (local || s->levels > 0))
		die_usage("--quota needs --depth all and a model that asks: "
		    "--by cut or rewrite");
	if (opt.idf != NULL && opt.by != BY_COHESION)
		die_usage("--idf goes with --by cohesion");
}

static void
load(struct split *s)
{
	static const char *const holes[] = { "context", "units", NULL };
	struct buf text = BUF_INIT, why = BUF_INIT;
	const char *name = llm_opt.prompt;

	if (opt.idf != NULL) {
		cmd_read(opt.idf, &text);
		s->idf = idf_parse(buf_cstr(&text), text.len, &why);
		if (s->idf == NULL)
			die(AC_USAGE, "%s: %s", opt.idf, buf_cstr(&why));
		buf_free(&text);
	}
	s->how.by = (enum by)opt.by;
	s->how.max_depth = opt.max_depth < LONG_MAX ? (long)opt.max_depth :
	    LONG_MAX;
	s->how.define = &llm_opt.define;
	if (name == NULL)
		name = opt.by == BY_REWRITE ? "rewrite" : "split";
	if (prompts_load(&s->how.split, name, llm_opt.lang, holes,
	    &llm_opt.define, &why) < 0 || prompts_load(&s->how.ask, "ask",
	    llm_opt.lang, holes, &llm_opt.define, &why) < 0)
		cmd_refuse(&why);
}

int
main(int argc, char **argv)
{
	struct flow_ops ops = { begin, judge, take, finish,
	    free_state, NULL };
	struct split s = { .levels = 0 };
	int first = cmd_begin(&command, argc, argv), code;

	check_options(&s);
	load(&s);
	if (opt.quota > 0)
		ops.joins = joins;
	code = flow_run(&ops, &filter_opt, &llm_opt, opt.by == BY_COHESION ||
	    opt.by == BY_MIDDLE, argv + first, (size_t)(argc - first), &s);
	if (s.short_roots > 0 && !filter_opt.quiet)
		warn("%lu roots stay short of the quota", s.short_roots);
	idf_free(s.idf);
	prompts_free(&s.how.split);
	prompts_free(&s.how.ask);
	parts_free(&s.parts);
	return code;
}
