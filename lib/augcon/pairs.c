#include "augcon/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int
pairs_init(struct pairs *p)
{
	memset(p, 0, sizeof(*p));
	p->contexts = vocab_new();
	p->questions = vocab_new();
	p->kinds = vocab_new();
	p->roots = vocab_new();
	p->groups = vocab_new();
	p->names = vocab_new();
	return p->contexts != NULL && p->questions != NULL &&
	    p->kinds != NULL && p->roots != NULL && p->groups != NULL &&
	    p->names != NULL ? 0 : -1;
}

void
pairs_free(struct pairs *p)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		terms_free(&p->line[i].terms);
	if (p->context != NULL)
		for (i = 0; i < vocab_size(p->contexts); i++)
			terms_free(&p->context[i]);
	free(p->line);
	free(p->context);
	free(p->v);
	free(p->lone);
	vocab_free(p->contexts);
	vocab_free(p->questions);
	vocab_free(p->kinds);
	vocab_free(p->roots);
	vocab_free(p->groups);
	vocab_free(p->names);
	buf_free(&p->scratch);
	buf_free(&p->key);
	memset(p, 0, sizeof(*p));
}

/* A group's or root's id: of the member, else of the context. */
static uint32_t
key_id(struct pairs *p, struct vocab *v, const struct pair_text *t,
    uint32_t context)
{
	buf_reset(&p->key);
	if (t->s != NULL) {
		buf_byte(&p->key, 'm');
		buf_add(&p->key, t->s, t->len);
	} else {
		buf_fmt(&p->key, "c%lu", (unsigned long)context);
	}
	if (!buf_ok(&p->key))
		return UINT32_MAX;
	return vocab_id(v, p->key.s, p->key.len);
}

static uint32_t
context_id(struct pairs *p, const struct pair_text *t)
{
	size_t known = vocab_size(p->contexts);
	uint32_t id = vocab_id(p->contexts, t->s, t->len);

	if (id == UINT32_MAX || id < known)
		return id;
	if (mem_grow(&p->context, &p->contexts_cap, known + 1,
	    sizeof(*p->context)) < 0)
		return UINT32_MAX;
	memset(&p->context[id], 0, sizeof(*p->context));
	if (terms_set(&p->context[id], TERMS_CONTEXT, t->s, t->len,
	    &p->scratch) < 0)
		return UINT32_MAX;
	return id;
}

/* The number of a name; UINT32_MAX for none, and without memory. */
static uint32_t
name_id(struct pairs *p, const struct pair_text *t)
{
	return t->s != NULL ? vocab_id(p->names, t->s, t->len) : UINT32_MAX;
}

static int
add_lone(struct pairs *p, uint32_t id, uint32_t root)
{
	if (mem_grow(&p->lone, &p->lone_cap, p->nlone + 1,
	    sizeof(*p->lone)) < 0)
		return -1;
	p->lone[p->nlone].id = id;
	p->lone[p->nlone++].root = root;
	return 0;
}

int
pairs_lone(struct pairs *p, const struct pair_text *id,
    const struct pair_text *root)
{
	uint32_t name = name_id(p, id), of = key_id(p, p->roots, root, 0);

	if (of == UINT32_MAX || (id->s != NULL && name == UINT32_MAX))
		return -1;
	return add_lone(p, name, of);
}

int
pairs_add(struct pairs *p, const struct pair_in *in)
{
	static const struct pair_text unnamed = { "unnamed", 7 };
	const struct pair_text *kind = in->kind.s ? &in->kind : &unnamed;
	struct pair_line *l;

	if (mem_grow(&p->line, &p->lines_cap, p->nlines + 1,
	    sizeof(*p->line)) < 0)
		return -1;
	l = &p->line[p->nlines];
	memset(l, 0, sizeof(*l));
	l->label = in->label;
	l->place = in->place;
	l->context = context_id(p, &in->context);
	l->question = vocab_id(p->questions, in->question.s,
	    in->question.len);
	l->kind = in->label ? 0 : vocab_id(p->kinds, kind->s, kind->len);
	l->root = key_id(p, p->roots, &in->root, l->context);
	l->group = key_id(p, p->groups, &in->pair, l->context);
	l->id = name_id(p, &in->id);
	if (l->context == UINT32_MAX || l->question == UINT32_MAX ||
	    l->kind == UINT32_MAX || l->root == UINT32_MAX ||
	    l->group == UINT32_MAX ||
	    (in->id.s != NULL && l->id == UINT32_MAX))
		return -1;
	p->nlines++;
	return terms_set(&l->terms, TERMS_QUESTION, in->question.s,
	    in->question.len, &p->scratch);
}

/* The lines of one group, by label, in input order. */
struct group {
	size_t n[2], at[2];	/* how many, and where in `order` */
};

static int
join_group(struct pairs *p, const struct group *g, const size_t *order)
{
	size_t i, n = g->n[0] > g->n[1] ? g->n[0] : g->n[1];
	const struct pair_line *good, *bad;
	struct pair *pair;

	if (g->n[0] == 0 || g->n[1] == 0) {
		good = &p->line[order[g->at[g->n[1] > 0]]];
		return add_lone(p, good->id, good->root);
	}
	if (mem_grow(&p->v, &p->cap, p->n + n, sizeof(*p->v)) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		pair = &p->v[p->n];
		pair->good = order[g->at[1] + i % g->n[1]];
		pair->bad = order[g->at[0] + i % g->n[0]];
		good = &p->line[pair->good];
		bad = &p->line[pair->bad];
		pair->kind = bad->kind;
		pair->root = good->root;
		if (good->question == bad->question &&
		    good->context == bad->context)
			p->same++;
		else
			p->n++;
	}
	return 0;
}

int
pairs_join(struct pairs *p)
{
	size_t groups = vocab_size(p->groups), i, k, at = 0;
	struct group *g = mem_new(groups, sizeof(*g));
	size_t *order = mem_new(p->nlines, sizeof(*order));
	int rc = g != NULL && order != NULL ? 0 : -1;

	if (rc == 0) {
		for (i = 0; i < p->nlines; i++)
			g[p->line[i].group].n[p->line[i].label]++;
		for (i = 0; i < groups; i++)
			for (k = 0; k < 2; k++) {
				g[i].at[k] = at;
				at += g[i].n[k];
			}
		for (i = 0; i < p->nlines; i++) {
			k = (size_t)p->line[i].label;
			order[g[p->line[i].group].at[k]++] = i;
		}
		for (i = 0; i < groups; i++)
			for (k = 0; k < 2; k++)
				g[i].at[k] -= g[i].n[k];
	}
	for (i = 0; rc == 0 && i < groups; i++)
		rc = join_group(p, &g[i], order);
	free(g);
	free(order);
	return rc;
}

size_t
pairs_drop(struct pairs *p, const unsigned char *marked)
{
	size_t i, n = 0, before = p->n;

	for (i = 0; i < before; i++)
		if (!marked[p->v[i].good] && !marked[p->v[i].bad])
			p->v[n++] = p->v[i];
	p->n = n;
	return before - n;
}

const char *
pairs_kind(struct pairs *p, uint32_t kind)
{
	const char *s;
	size_t len;

	s = vocab_token(p->kinds, kind, &len);
	buf_reset(&p->key);
	buf_add(&p->key, s, len);
	return buf_cstr(&p->key);
}

struct pair_text
pairs_name(const struct pairs *p, uint32_t id)
{
	struct pair_text t = { NULL, 0 };

	if (id != UINT32_MAX)
		t.s = vocab_token(p->names, id, &t.len);
	return t;
}

struct pair_text
pairs_root(const struct pairs *p, uint32_t root)
{
	struct pair_text t;

	t.s = vocab_token(p->roots, root, &t.len);
	if (*t.s != 'm')	/* named after its context by key_id() */
		return (struct pair_text){ NULL, 0 };
	t.s++;
	t.len--;
	return t;
}
