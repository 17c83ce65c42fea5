#include "held.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "cmd.h"

/* Ids are a batch's own: those of a root long gone cost no memory. */
static void
new_ids(struct held *b)
{
	vocab_free(b->words);
	vocab_free(b->roots);
	b->words = vocab_new();
	b->roots = vocab_new();
	if (b->words == NULL || b->roots == NULL)
		cmd_no_memory();
}

void
held_init(struct held *b)
{
	memset(b, 0, sizeof(*b));
	hold_init(&b->lines);
	new_ids(b);
}

void
held_free(struct held *b)
{
	hold_free(&b->lines);
	free(b->what);
	free(b->late);
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
held_reset(struct held *b)
{
	hold_reset(&b->lines);
	free(b->late);
	b->late = NULL;
	b->nq = b->tokens.n = 0;
	new_ids(b);
}

/* The line as it is now, with the rest of one over the cap. */
static int
hold(struct held *b, struct filter *f, struct rec *r, uint32_t what)
{
	size_t n = b->lines.n;
	struct buf *line = hold_line(&b->lines);
	int left = r->cut;

	if (n >= HELD_FAILED)
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
held_pass(struct held *b, struct filter *f, struct rec *r)
{
	f->passed++;
	return hold(b, f, r, HELD_PASSED);
}

int
held_fail(struct held *b, struct filter *f, struct rec *r,
    const char *code, const char *message)
{
	filter_report(f, r, code, message, NULL);
	rec_fail(r, code, message, 0);
	return hold(b, f, r, HELD_FAILED);
}

void
held_fail_later(struct held *b, size_t i, const char *code,
    const char *message, int status)
{
	uint32_t line = b->line_of[i];

	if (b->late == NULL)
		b->late = mem_new(b->lines.n, sizeof(*b->late));
	if (b->late == NULL)
		cmd_no_memory();
	b->late[line] = (struct held_fault){ code, message, status };
	b->what[line] = HELD_FAILED;
}

int
held_is_foreign(const struct held *b, const struct buf *root)
{
	return b->nq > 0 && vocab_find(b->roots, buf_cstr(root),
	    root->len) == UINT32_MAX;
}

static uint32_t
root_number(struct held *b, const struct scored *s, unsigned long share)
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
held_add(struct held *b, struct filter *f, struct rec *r,
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
held_tokens(struct held *b, enum token_mode mode, const struct buf *text)
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

/* A copy of a held line as a record, to be freed by the caller. */
static void
parse(const char *s, size_t len, struct rec *r)
{
	char *copy = mem_dup(s, len - 1);

	if (copy == NULL || rec_take(r, copy, len - 1, "-", 0) < 0)
		cmd_no_memory();
}

int
held_record(struct held *b, struct filter *f, size_t i, struct rec *r)
{
	const char *s;
	size_t len;

	if (hold_get(&b->lines, b->line_of[i], &s, &len, &f->why) < 0)
		return -1;
	parse(s, len, r);
	return 0;
}

int
held_line(struct held *b, struct filter *f, size_t i, struct buf *line)
{
	struct held_fault *late = b->late != NULL ? &b->late[i] : NULL;
	struct rec r = REC_INIT;
	const char *s;
	size_t len;

	if (hold_next(&b->lines, i, &s, &len, &f->why) < 0)
		return -1;
	if (late == NULL || late->code == NULL) {
		line->s = (char *)(uintptr_t)s;	/* only looked at */
		line->len = len;
		return 0;
	}
	parse(s, len, &r);
	rec_fail(&r, late->code, late->message, late->status);
	buf_reset(&b->scratch);
	if (rec_line(&r, &b->scratch) < 0)
		cmd_no_memory();
	rec_free(&r);
	*line = b->scratch;
	return 0;
}
