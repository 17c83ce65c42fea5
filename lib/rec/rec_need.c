#include "rec/rec.h"

int
rec_need_text(struct rec *r, const char *name, struct buf *out)
{
	int there;

	buf_reset(out);
	there = rec_text(r, name, out);
	if (there == 0) {
		buf_reset(&r->why);
		buf_fmt(&r->why, "no member '%s'", name);
	}
	if (!buf_ok(out))
		r->why.bad = 1;
	return there == 1 && buf_ok(out) ? 0 : -1;
}
