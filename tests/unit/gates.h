/* What the tests of the gates share: a pair is looked at by one gate. */
#ifndef TESTS_GATES_H
#define TESTS_GATES_H

#include "augcon/gate.h"

#include "check.h"

static struct gate_case texts;

static struct gate_finding
look(enum gate g, const char *q, const char *a, const char *c)
{
	const char *s[GATE_PARTS] = { q, a, c };
	size_t len[GATE_PARTS] = { q ? strlen(q) : 0, a ? strlen(a) : 0,
	    c ? strlen(c) : 0 };
	struct gate_finding f;

	CHECK(gate_take(&texts, s, len) == 0);
	CHECK(gate_look(&texts, g, &f) == 0);
	return f;
}

/* Of a finding: "", "null", or what was found. */
static const char *
shown(enum gate g, const char *q, const char *a, const char *c)
{
	static char text[200];
	struct gate_finding f = look(g, q, a, c);
	const char *s = texts.part[f.in].s;

	if (f.verdict == GATE_BAD && f.len > 0)
		snprintf(text, sizeof(text), "%.*s", (int)f.len, s + f.at);
	else
		snprintf(text, sizeof(text), "%s", f.verdict == GATE_OK ? "" :
		    f.verdict == GATE_NONE ? "null" : f.why);
	return text;
}

static void
question(const char *q, const char *want)
{
	CHECK_STR(shown(GATE_STANDALONE, q, NULL, NULL), want);
}

static void
said(const char *a, const char *context, const char *want)
{
	CHECK_STR(shown(GATE_FAITHFUL, "How was it at Orle?", a, context),
	    want);
}

#endif
