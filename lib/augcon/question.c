#include "augcon/question.h"

#include "text/line.h"
#include "text/utf8.h"

int
question_clean(const char *text, size_t len, struct buf *out,
    struct buf *why)
{
	size_t start = out->len, n;

	line_add(out, text, len);
	if (!buf_ok(out))
		return -1;
	if (out->len == start) {
		buf_str(why, "the question is empty");
		return 1;
	}
	n = utf8_count(out->s + start, out->len - start);
	if (n < QUESTION_MIN) {
		buf_fmt(why, "the question has %zu of at least %d characters",
		    n, QUESTION_MIN);
		return 1;
	}
	return 0;
}
