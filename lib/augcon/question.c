#include "augcon/question.h"

#include <string.h>

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

/* A mark that ends a sentence, or what closes behind one. */
static int
is_mark(uint32_t cp)
{
	static const char marks[] = ".?!\"')]";

	return (cp < 0x80 && strchr(marks, (int)cp) != NULL) ||
	    cp == 0x2026 || cp == 0x2019 || cp == 0x201d || cp == 0xff1f ||
	    cp == 0x3002 || cp == 0xff01;
}

int
question_is_cut(const char *text, size_t len, struct buf *why)
{
	size_t n = len;
	uint32_t last;

	while (n > 0 && text[n - 1] == ' ')
		n--;
	if (n == 0 || n == len)
		return 0;
	utf8_prev(text, n, &last);
	if (is_mark(last))
		return 0;
	buf_str(why, "the question stops before its end");
	return 1;
}
