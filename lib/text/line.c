#include "text/line.h"

#include "text/uni.h"
#include "text/utf8.h"

static int
is_blank(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
	    uni_class(cp) == UNI_SPACE;
}

void
line_add(struct buf *out, const char *text, size_t len)
{
	size_t i, n;
	uint32_t cp;
	int any = 0, gap = 0;

	for (i = 0; i < len; i += n) {
		n = utf8_next(text + i, len - i, &cp);
		if (is_blank(cp)) {
			gap = any;
			continue;
		}
		if (gap)
			buf_byte(out, ' ');
		buf_add(out, text + i, n);
		any = 1;
		gap = 0;
	}
}
