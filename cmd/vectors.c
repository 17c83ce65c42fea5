#include "vectors.h"

#include <string.h>

#include "base/die.h"
#include "cmd.h"

/* What the functions below are called with. */
struct asking {
	struct vectors *vectors;
	struct filter *f;
	struct held *b;
};

/* Where it was read from is gone; its place in the input is not. */
static void
place(const struct asking *a, size_t i, struct rec *r)
{
	r->file = "record";
	r->line = a->vectors->base + a->b->line_of[i] + 1;
}

static int
text(void *arg, size_t i, struct buf *out, struct rec *where)
{
	struct asking *a = arg;
	struct rec r = REC_INIT;
	int done = held_record(a->b, a->f, i, &r);

	if (done == 0 && rec_text(&r, a->vectors->question, out) != 1)
		done = -1;
	rec_free(&r);
	place(a, i, where);
	return done;
}

static int
failed(void *arg, size_t i, const char *code, const char *message,
    int status, const char *detail)
{
	struct asking *a = arg;
	struct rec r = REC_INIT;

	if (a->vectors->dry_run)
		return 0;
	place(a, i, &r);
	filter_report(a->f, &r, code, message, detail);
	held_fail_later(a->b, i, code, message, status);
	return 0;
}

/* Takes the questions that have failed out of the batch. */
static void
close_ranks(struct vectors *v, struct held *b)
{
	size_t i, n = 0, size = v->dim * sizeof(*v->v.v);

	for (i = 0; i < b->nq; i++) {
		if (b->what[b->line_of[i]] == HELD_FAILED)
			continue;
		if (i > n) {
			memmove(v->v.v + n * v->dim, v->v.v + i * v->dim,
			    size);
			b->q[n] = b->q[i];
			b->line_of[n] = b->line_of[i];
			b->what[b->line_of[n]] = (uint32_t)n;
		}
		n++;
	}
	b->nq = n;
}

int
vectors_get(struct vectors *v, struct filter *f, struct held *b, int *code)
{
	struct asking a = { .vectors = v, .f = f, .b = b };
	struct embed_job job = { .n = b->nq, .text = text, .failed = failed,
	    .arg = &a };

	*code = embedder_run(v->embedder, &job, &v->dim, &v->v);
	if (*code == AC_BUG)
		cmd_no_memory();
	if (*code != AC_DONE || filter_signal() != 0)
		return -1;
	v->base += b->lines.n;
	close_ranks(v, b);
	return v->dry_run;
}

void
vectors_free(struct vectors *v)
{
	embedder_close(v->embedder);
	floats_free(&v->v);
}
