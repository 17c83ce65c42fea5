#include "dedup_files.h"

enum { FILES = 3 };

static void
all(struct dedup_job *j, struct out *o[FILES])
{
	o[0] = &j->verdicts.dropped;
	o[1] = &j->groups;
	o[2] = &j->short_roots.out;
}

int
dedup_files_open(const struct dedup_files *f, struct dedup_job *j,
    char *const *inputs, size_t n, struct buf *why)
{
	const char *const path[FILES] = { f->dropped, f->groups, f->shorts };
	struct out *o[FILES];
	int i, done = 0;

	all(j, o);
	for (i = 0; i < FILES; i++)
		o[i]->fd = -1;
	for (i = 0; i < FILES && done == 0; i++)
		if (path[i] != NULL)
			done = out_open(o[i], path[i], inputs, n, why);
	for (i = 0; i < FILES && done < 0; i++)
		out_abandon(o[i]);
	return done;
}

int
dedup_files_close(struct dedup_job *j, int done, struct buf *why)
{
	struct buf more = BUF_INIT;
	struct out *o[FILES];
	int i, ret = 0;

	all(j, o);
	for (i = 0; i < FILES; i++)
		if (out_close(o[i], done, ret == 0 ? why : &more) < 0)
			ret = -1;
	buf_free(&more);
	return ret;
}
