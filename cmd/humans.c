#include "humans.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "llm/flow.h"
#include "rec/json.h"
#include "rec/rec.h"
#include "whole.h"

/* A text that is there and not blank.  0, or AC_USAGE: *why. */
static int
need(struct rec *r, const char *name, struct buf *to, struct buf *why)
{
	int there = rec_need_text(r, name, to) == 0;

	if (!buf_ok(to) || !buf_ok(&r->why))
		return AC_BUG;
	if (there && !buf_is_blank(to))
		return 0;
	buf_fmt(why, "%s:%lu: '%s' is missing, blank or no text", r->file,
	    r->line, name);
	return buf_ok(why) ? AC_USAGE : AC_BUG;
}

/* What it is called in the log: its id as it stands, or its number. */
static void
name(struct human *h, struct rec *r, size_t number)
{
	struct buf id = BUF_INIT;
	unsigned long sample;

	if (rec_id(r, "id", &id) == 1)
		json_quote(&h->name, buf_cstr(&id), id.len);
	else
		buf_fmt(&h->name, "%zu", number);
	flow_identity(r, "id", h->e.context.s, h->e.context.len, &h->id,
	    &sample);
	buf_free(&id);
}

static void
human_free(struct human *h)
{
	buf_free(&h->e.context);
	buf_free(&h->e.question);
	buf_free(&h->e.answer);
	buf_free(&h->line);
	buf_free(&h->name);
	buf_free(&h->id);
}

struct reading {
	struct humans *all;
	int with_answer;
};

static int
take(void *arg, struct rec *r, struct buf *why)
{
	const struct reading *reading = arg;
	struct humans *all = reading->all;
	struct human h = { .file = r->file, .at = r->line };
	int code = 0;

	code = need(r, "context", &h.e.context, why);
	if (code == 0)
		code = need(r, "question", &h.e.question, why);
	if (code == 0 && reading->with_answer)
		code = need(r, "answer", &h.e.answer, why);
	if (code == 0) {
		name(&h, r, all->n + 1);
		buf_add(&h.line, r->s, r->len);
		buf_byte(&h.line, '\n');
		if (!buf_ok(&h.line) || !buf_ok(&h.name) || !buf_ok(&h.id) ||
		    mem_grow(&all->v, &all->cap, all->n + 1,
		    sizeof(*all->v)) < 0)
			code = AC_BUG;
	}
	if (code == 0)
		all->v[all->n++] = h;
	else
		human_free(&h);
	return code;
}

int
humans_read(struct humans *all, struct filter *f, int with_answer,
    struct buf *why)
{
	struct reading reading = { all, with_answer };
	const struct whole whole = { take, &reading };

	return whole_read(&whole, f, why);
}

void
humans_free(struct humans *all)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		human_free(&all->v[i]);
	free(all->v);
}
