#include "text/line.h"

#include <string.h>

#include "text/uni.h"
#include "text/utf8.h"

static int
is_blank(uint32_t cp)
{
	if (cp < 0x7f)
		return cp <= 0x20;
	return cp < 0xa0 ||
	    uni_class(cp) == UNI_SPACE;
}

/* An ASCII character that is seen. */
static int
is_word(char c)
{
	return c > 0x20 && c < 0x7f;
}

void
line_add(struct buf *out, const char *text, size_t len)
{
	size_t i = 0, n, from;
	char *begin = buf_room(out, len), *to = begin;
	uint32_t cp;

	if (begin == NULL)
		return;
	while (i < len) {
		n = utf8_next(text + i, len - i, &cp);
		if (is_blank(cp)) {
			i += n;
			continue;
		}
		from = i;
		do {
			i += n;
			while (i < len && (is_word(text[i]) ||
			    (text[i] == ' ' && i + 1 < len &&
			    is_word(text[i + 1]))))
				i++;
			if (i < len)
				n = utf8_next(text + i, len - i, &cp);
		} while (i < len && !is_blank(cp));
		if (to > begin)
			*to++ = ' ';
		memcpy(to, text + from, i - from);
		to += i - from;
	}
	*to = '\0';
	out->len += (size_t)(to - begin);
}
