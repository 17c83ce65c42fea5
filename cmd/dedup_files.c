#include "dedup_files.h"

#include "base/die.h"

static void
open_one(struct out *o, const char *path, char *const *inputs, size_t n)
{
	struct buf why = BUF_INIT;

	o->fd = -1;
	if (path != NULL && out_open(o, path, inputs, n, &why) < 0)
		die(AC_IO, "%s", buf_cstr(&why));
}

void
dedup_files_open(const struct dedup_files *f, struct dedup_job *j,
    char *const *inputs, size_t n)
{
	open_one(&j->verdicts.dropped, f->dropped, inputs, n);
	open_one(&j->groups, f->groups, inputs, n);
	open_one(&j->short_roots.out, f->shorts, inputs, n);
}

int
dedup_files_close(struct dedup_job *j, struct buf *why)
{
	int done = out_close(&j->verdicts.dropped, 1, why);

	if (out_close(&j->groups, 1, why) < 0)
		done = -1;
	return out_close(&j->short_roots.out, 1, why) < 0 ? -1 : done;
}
