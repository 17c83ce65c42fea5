#include "embedded.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/apart.h"
#include "base/mem.h"
#include "llm/embed.h"
#include "text/line.h"

int
embedded_number(struct embedded *e, const char *context,
    const struct piece *unit, struct buf *text, size_t *number)
{
	uint32_t id;

	if (e->vocab == NULL && (e->vocab = vocab_new()) == NULL)
		return -1;
	buf_reset(text);
	line_add(text, context + unit->start, unit->len);
	if (!buf_ok(text))
		return -1;
	id = vocab_id(e->vocab, buf_cstr(text), text->len);
	if (id == UINT32_MAX)
		return -1;
	*number = id;
	if (id < e->n)
		return 0;
	if (mem_grow(&e->unit, &e->cap, e->n + 1, sizeof(*e->unit)) < 0)
		return -1;
	memset(&e->unit[e->n++], 0, sizeof(*e->unit));
	return 1;
}

int
embedded_take(struct embedded *e, size_t number, const char *json,
    struct buf *why)
{
	struct floats one = { NULL, 0, 0 };
	int r = embed_read(json, &e->dim, &one, why);

	if (r == 0) {
		free(e->unit[number].v);
		e->unit[number].v = one.v;
	} else {
		floats_free(&one);
	}
	return r;
}

/* The vectors of a context's units.  As embedded_cut(). */
static int
collect(struct embedded *e, const char *context, const struct pieces *u,
    const float **v, const struct unit **failed)
{
	struct buf text = BUF_INIT;
	size_t i, number = 0;
	int r = 0;

	for (i = 0; r == 0 && i < u->n; i++) {
		r = embedded_number(e, context, &u->v[i], &text, &number);
		if (r == 0) {
			v[i] = e->unit[number].v;
			*failed = &e->unit[number];
			r = v[i] == NULL;
		}
	}
	buf_free(&text);
	return r;
}

int
embedded_cut(struct embedded *e, const char *context, const struct pieces *u,
    size_t *cut, const struct unit **failed)
{
	const float **v = mem_new(u->n, sizeof(*v));
	int r = v == NULL ? -1 : collect(e, context, u, v, failed);

	if (r == 0)
		r = apart_cut(context, u, v, e->dim, cut);
	free(v);
	return r;
}

void
embedded_free(struct embedded *e)
{
	size_t i;

	for (i = 0; i < e->n; i++)
		free(e->unit[i].v);
	free(e->unit);
	vocab_free(e->vocab);
	memset(e, 0, sizeof(*e));
}
