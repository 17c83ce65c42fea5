#include "rec/filter.h"

enum in_status
filter_bytes(struct filter *f, const char **s, size_t *len)
{
	enum in_status status = in_bytes(&f->in, 0, s, len, &f->why);

	while (status == IN_WAIT && !filter_signal()) {
		if (out_flush(&f->out, &f->why) < 0)
			return IN_FAIL;
		status = in_bytes(&f->in, 1, s, len, &f->why);
	}
	filter_tick(f);
	return status;
}
