/*
 * Preamble: the answer begins with words about itself or its source: "Based
 * on the context, ...", "Sure!", "Answer:" (preamble.h).
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/preamble.h"

/* Where the words end, without the marks and blanks behind them. */
static size_t
words_end(const char *s, size_t end)
{
	static const char *const wide[] = { "，", "：", "！", "。" };
	size_t i, n = sizeof(wide) / sizeof(*wide), len = strlen(wide[0]);

	for (;;) {
		while (end > 0 && strchr(" \t\r\n,:!.", s[end - 1]) != NULL)
			end--;
		for (i = 0; i < n; i++)
			if (end >= len && memcmp(s + end - len, wide[i],
			    len) == 0)
				break;
		if (i == n)
			return end;
		end -= len;
	}
}

int
gate_preamble(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[GATE_ANSWER];
	size_t end;

	if (t->words.n == 0)
		return 2;
	if (preamble_find(t->s, t->len, &end) == PREAMBLE_NONE)
		return 0;
	return gate_bad(f, "speaks of itself", GATE_ANSWER, 0,
	    words_end(t->s, end));
}
