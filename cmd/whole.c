#include "whole.h"

#include "base/die.h"

static int
take(const struct whole *w, struct rec *r, enum in_status status,
    struct buf *why)
{
	if (status == IN_FAIL)
		return AC_IO;
	if (status == IN_LINE && r->bad == NULL)
		return w->take(w->arg, r, why);
	if (status == IN_LINE || status == IN_CUT) {
		buf_fmt(why, "%s:%lu: the line is %s", r->file, r->line,
		    status == IN_CUT ? "too long" : "no JSON object");
		return AC_USAGE;
	}
	return 0;
}

int
whole_read(const struct whole *w, struct filter *f, struct buf *why)
{
	struct rec r = REC_INIT;
	enum in_status status;
	int code = 0;

	while (code == 0 && filter_signal() == 0) {
		status = filter_read(f, 1, &r);
		if (status == IN_END)
			break;
		code = take(w, &r, status, why);
		rec_free(&r);
	}
	return code;
}
