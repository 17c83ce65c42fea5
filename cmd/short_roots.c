#include "short_roots.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmd.h"

static int
put(struct short_roots *s, struct filter *f, const struct held *b,
    uint32_t root, unsigned long have, unsigned long alike)
{
	struct buf line = BUF_INIT;
	unsigned long want = b->quota[root];
	const char *name;
	size_t len;
	int done;

	s->nshort++;
	s->missing += want - have;
	s->alike += alike;
	if (s->out.fd < 0)
		return 0;
	name = vocab_token(b->roots, root, &len);
	buf_str(&line, "{\"root\":");
	if (len == 1 && name[0] == '\0')
		buf_str(&line, "null");
	else
		json_quote(&line, name, len);
	buf_fmt(&line, ",\"have\":%lu,\"want\":%lu,\"dropped\":%lu}\n", have,
	    want, alike);
	if (!buf_ok(&line))
		cmd_no_memory();
	done = out_put(&s->out, line.s, line.len, &f->why);
	buf_free(&line);
	return done;
}

int
short_roots_put(struct short_roots *s, struct filter *f,
    const struct held *b)
{
	size_t nroots = vocab_size(b->roots), i;
	uint32_t *have = mem_new(nroots, sizeof(*have));
	uint32_t *alike = mem_new(nroots, sizeof(*alike));
	int done = 0;

	if (have == NULL || alike == NULL)
		cmd_no_memory();
	for (i = 0; i < b->nq; i++) {
		have[b->q[i].root] += b->q[i].verdict == DEDUP_KEPT;
		alike[b->q[i].root] += b->q[i].verdict == DEDUP_CLOSE;
	}
	for (i = 0; i < nroots && done == 0; i++)
		if (have[i] < b->quota[i])
			done = put(s, f, b, (uint32_t)i, have[i], alike[i]);
	s->nroots += nroots;
	free(have);
	free(alike);
	return done;
}
