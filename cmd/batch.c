#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"

/* Ids are a batch's own: those of a root long gone cost no memory. */
static void
new_ids(struct batch *b)
{
	vocab_free(b->words);
	vocab_free(b->roots);
	b->words = vocab_new();
	b->roots = vocab_new();
	if (b->words == NULL || b->roots == NULL)
		cmd_no_memory();
}

void
batch_init(struct batch *b)
{
	memset(b, 0, sizeof(*b));
	hold_init(&b->lines);
	new_ids(b);
}

void
batch_free(struct batch *b)
{
	hold_free(&b->lines);
	free(b->what);
	free(b->q);
	free(b->line_of);
	free(b->quota);
	tokens_free(&b->tokens);
	vocab_free(b->words);
	vocab_free(b->roots);
	tokens_free(&b->one);
	buf_free(&b->scratch);
}

void
batch_reset(struct batch *b)
{
	hold_reset(&b->lines);
	b->nq = b->tokens.n = 0;
	new_ids(b);
}

/* The line as it is now, with the rest of one over the cap. */
static int
hold(struct batch *b, struct filter *f, struct rec *r, uint32_t what)
{
	size_t n = b->lines.n;
	struct buf *line = hold_line(&b->lines);
	int left = r->cut;

	if (n >= BATCH_FAILED)
		die(AC_BUG, "more than %lu records", (unsigned long)n);
	if (line == NULL || rec_line(r, line) < 0 ||
	    mem_grow(&b->what, &b->what_cap, n + 1, sizeof(*b->what)) < 0)
		cmd_no_memory();
	b->what[n] = what;
	while (left > 0)
		left = in_rest(&f->in, line, &f->why);
	if (r->cut)
		buf_byte(line, '\n');
	return left < 0 ? -1 : hold_done(&b->lines, &f->why);
}

int
batch_pass(struct batch *b, struct filter *f, struct rec *r)
{
	f->passed++;
	return hold(b, f, r, BATCH_PASSED);
}

int
batch_fail(struct batch *b, struct filter *f, struct rec *r,
    const char *code, const char *message)
{
	filter_report(f, r, code, message, NULL);
	rec_fail(r, code, message, 0);
	return hold(b, f, r, BATCH_FAILED);
}

int
batch_is_foreign(const struct batch *b, const struct buf *root)
{
	return b->nq > 0 && vocab_find(b->roots, buf_cstr(root),
	    root->len) == UINT32_MAX;
}

static uint32_t
root_number(struct batch *b, const struct scored *s, unsigned long share)
{
	size_t n = vocab_size(b->roots);
	uint32_t id = vocab_id(b->roots, buf_cstr(&s->root), s->root.len);
	unsigned long want = 0;

	if (id == UINT32_MAX || mem_grow(&b->quota, &b->quota_cap, n + 1,
	    sizeof(*b->quota)) < 0)
		cmd_no_memory();
	if (id < n)
		return id;
	if (share > 0)
		want = (unsigned long)s->chars / share;
	b->quota[id] = want == 0 ? 1 : want > INT32_MAX ? INT32_MAX :
	    (uint32_t)want;
	return id;
}

int
batch_add(struct batch *b, struct filter *f, struct rec *r,
    const struct scored *s, unsigned long share)
{
	struct dedup_question *q;

	if (mem_grow(&b->q, &b->q_cap, b->nq + 1, sizeof(*b->q)) < 0 ||
	    mem_grow(&b->line_of, &b->line_of_cap, b->nq + 1,
	    sizeof(*b->line_of)) < 0)
		cmd_no_memory();
	q = &b->q[b->nq];
	memset(q, 0, sizeof(*q));
	q->token = b->tokens.n;
	q->score = s->score;
	q->root = root_number(b, s, share);
	b->line_of[b->nq] = (uint32_t)b->lines.n;
	return hold(b, f, r, (uint32_t)b->nq++);
}

void
batch_tokens(struct batch *b, enum token_mode mode, const struct buf *text)
{
	struct tokens *all = &b->tokens;

	if (token_ids(mode, buf_cstr(text), text->len, b->words, &b->scratch,
	    &b->one) < 0 ||
	    mem_grow(&all->v, &all->cap, all->n + b->one.n,
	    sizeof(*all->v)) < 0)
		cmd_no_memory();
	if (b->one.n > 0)
		memcpy(all->v + all->n, b->one.v,
		    b->one.n * sizeof(*all->v));
	all->n += b->one.n;
	b->q[b->nq - 1].ntokens = (uint32_t)b->one.n;
}

int
batch_record(struct batch *b, struct filter *f, size_t i, struct rec *r)
{
	const char *s;
	size_t len;
	char *copy;

	if (hold_get(&b->lines, b->line_of[i], &s, &len, &f->why) < 0)
		return -1;
	copy = mem_dup(s, len - 1);
	if (copy == NULL || rec_take(r, copy, len - 1, "-", 0) < 0)
		cmd_no_memory();
	return 0;
}
