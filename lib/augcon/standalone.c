/*
 * Standalone: the pair is read without its context, so neither question nor
 * answer may speak of a text, and the question must name what it asks of.
 * What an answer's "it" means, its question says.
 */
#include "augcon/gate_int.h"
#include "augcon/lexicon.h"

int
gate_standalone(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *q = &c->part[GATE_QUESTION];

	if (refers_en(c, GATE_QUESTION, f) ||
	    (q->words.chars > 0 && refers_zh(c, GATE_QUESTION, f)))
		return 1;
	if (q->words.chars > q->words.n / 2 ? dangles_zh(q, f) :
	    dangles_en(q, f))
		return 1;
	if (c->part[GATE_ANSWER].s == NULL)
		return 0;
	return refers_en(c, GATE_ANSWER, f) ||
	    (c->part[GATE_ANSWER].words.chars > 0 &&
	    refers_zh(c, GATE_ANSWER, f));
}
