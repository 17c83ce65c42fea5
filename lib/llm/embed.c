#include "llm/embed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char BLANKS[] = " \t\r\n";

/* Appends the numbers; *sum gets the sum of their squares. */
static int
read_numbers(const char *s, struct floats *out, double *sum, struct buf *why)
{
	size_t from = out->n;
	char *end;
	double x;

	do {
		s += 1 + strspn(s + 1, BLANKS);
		x = strtod(s, &end);
		if (end == s || !isfinite(x) || out->n - from == EMBED_MAX) {
			buf_fmt(why, "an embedding is 1 to %d numbers",
			    EMBED_MAX);
			return 1;
		}
		if (mem_grow(&out->v, &out->cap, out->n + 1,
		    sizeof(*out->v)) < 0)
			return -1;
		out->v[out->n++] = (float)x;
		*sum += x * x;
		s = end + strspn(end, BLANKS);
	} while (*s == ',');
	return 0;
}

int
embed_read(const char *json, size_t *dim, struct floats *out,
    struct buf *why)
{
	size_t from = out->n, i, n;
	double sum = 0, scale;
	int r = read_numbers(json, out, &sum, why);

	n = out->n - from;
	if (r == 0 && *dim != 0 && n != *dim) {
		buf_fmt(why, "an embedding of %zu numbers, not %zu as before",
		    n, *dim);
		r = 1;
	}
	if (r == 0 && !(sum > 0 && isfinite(sum))) {
		buf_str(why, "an embedding without a direction");
		r = 1;
	}
	if (r != 0) {
		out->n = from;
		return r;
	}
	scale = 1 / sqrt(sum);
	for (i = from; i < out->n; i++)
		out->v[i] = (float)(out->v[i] * scale);
	*dim = n;
	return 0;
}

void
floats_free(struct floats *f)
{
	free(f->v);
	memset(f, 0, sizeof(*f));
}
