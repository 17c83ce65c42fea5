#include "side.h"

#include <string.h>

#include "base/die.h"

void
side_begin(struct out *o, const char *path, struct filter *f)
{
	struct buf why = BUF_INIT;

	memset(o, 0, sizeof(*o));
	o->fd = -1;
	if (path == NULL ||
	    out_open(o, path, f->in.files, f->in.nfiles, &why) == 0)
		return;
	out_abandon(&f->out);
	die(AC_IO, "%s", buf_cstr(&why));
}

int
side_end(struct out *o, const struct buf *lines, struct filter *f)
{
	int r;

	if (o->fd < 0)
		return 0;
	r = out_text(o, lines, &f->why);
	return out_close(o, r == 0, &f->why) < 0 ? -1 : r;
}
