#include "groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd.h"

enum { PIECE = 64 << 10 };	/* bytes of a line to gather */

static const uint32_t NONE = UINT32_MAX;

struct groups {
	const struct verdicts *v;
	struct out *to;
	struct filter *f;
	struct held *b;
	uint32_t *first;	/* by kept question: the first dropped for it */
	uint32_t *next;		/* by dropped one */
	struct buf line;
};

/* From the last to the first, so that each list is in input order. */
static void
link_all(struct groups *g)
{
	const struct dedup_question *q = g->b->q;
	size_t i, n = g->b->nq;

	g->first = mem_new(n, sizeof(*g->first));
	g->next = mem_new(n, sizeof(*g->next));
	if (g->first == NULL || g->next == NULL)
		cmd_no_memory();
	memset(g->first, 0xff, n * sizeof(*g->first));
	for (i = n; i-- > 0; )
		if (q[i].verdict == DEDUP_CLOSE) {
			g->next[i] = g->first[q[i].of];
			g->first[q[i].of] = (uint32_t)i;
		}
}

static unsigned long
count(const struct groups *g, uint32_t i)
{
	unsigned long n = 0;

	for (; i != NONE; i = g->next[i])
		n++;
	return n;
}

/* {"id":ID,"question":TEXT, left open. */
static int
begin(struct groups *g, uint32_t i)
{
	struct rec r = REC_INIT;
	const char *text;
	size_t len;

	if (held_record(g->b, g->f, i, &r) < 0)
		return -1;
	buf_str(&g->line, "{\"id\":");
	verdicts_id(&r, g->v->id, &g->line);
	buf_str(&g->line, ",\"question\":");
	if (rec_raw(&r, g->v->question, &text, &len) == 1)
		buf_add(&g->line, text, len);
	rec_free(&r);
	return 0;
}

/* What is gathered goes out; the pieces of a line count once. */
static int
put(struct groups *g, int is_end)
{
	int done;

	if (!buf_ok(&g->line))
		cmd_no_memory();
	done = out_put(g->to, g->line.s, g->line.len, &g->f->why);
	buf_reset(&g->line);
	g->to->records -= !is_end;
	return done;
}

static int
put_group(struct groups *g, uint32_t kept)
{
	uint32_t i = g->first[kept];

	if (begin(g, kept) < 0)
		return -1;
	buf_fmt(&g->line, ",\"size\":%lu,\"dropped\":[", 1 + count(g, i));
	for (; i != NONE; i = g->next[i]) {
		if (filter_signal() != 0 || begin(g, i) < 0)
			return -1;
		buf_byte(&g->line, ',');
		verdicts_value(g->v, g->b, i, &g->line);
		buf_byte(&g->line, '}');
		if (g->next[i] != NONE)
			buf_byte(&g->line, ',');
		if (g->line.len > PIECE && put(g, 0) < 0)
			return -1;
	}
	buf_str(&g->line, "]}\n");
	return put(g, 1);
}

int
groups_put(const struct verdicts *v, struct out *to, struct filter *f,
    struct held *b)
{
	struct groups g = { .v = v, .to = to, .f = f, .b = b };
	size_t i;
	int done = 0;

	link_all(&g);
	for (i = 0; i < b->nq && done == 0; i++)
		if (g.first[i] != NONE)
			done = put_group(&g, (uint32_t)i);
	free(g.first);
	free(g.next);
	buf_free(&g.line);
	return done;
}
