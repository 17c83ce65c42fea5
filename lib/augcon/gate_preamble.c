/*
 * Preamble: the answer begins with words about itself or its source: "Based
 * on the context, ...", "Sure!", "Answer:" (preamble.h).
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/preamble.h"

int
gate_preamble(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[GATE_ANSWER];
	size_t end;

	if (t->words.n == 0)
		return 2;
	if (preamble_find(t->s, t->len, &end) == PREAMBLE_NONE)
		return 0;
	while (end > 0 && strchr(" \t\r\n,:", t->s[end - 1]) != NULL)
		end--;
	return gate_bad(f, "speaks of itself", GATE_ANSWER, 0, end);
}
