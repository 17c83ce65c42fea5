#include "checks.h"

#include <math.h>
#include <string.h>

#include "rec/json.h"
#include "text/utf8.h"

enum { SHOWN = 80 };		/* code points of what was found */

static int
gate_of(const char *name, size_t len)
{
	int g;

	for (g = 0; g < GATES; g++)
		if (strlen(gate_names[g]) == len &&
		    memcmp(gate_names[g], name, len) == 0)
			return g;
	return -1;
}

int
checks_gates(const char *list, unsigned *gates, struct buf *why)
{
	const char *end;
	int g;

	*gates = 0;
	for (;; list = end + 1) {
		end = list + strcspn(list, ",");
		g = gate_of(list, (size_t)(end - list));
		if (g < 0) {
			buf_fmt(why, "no gate '%.*s'; there are",
			    (int)(end - list), list);
			for (g = 0; g < GATES; g++)
				buf_fmt(why, " %s", gate_names[g]);
			return -1;
		}
		*gates |= 1u << g;
		if (*end == '\0')
			return 0;
	}
}

int
checks_look(struct checks *c, struct gate_case *texts, unsigned gates)
{
	int g;

	memset(c, 0, sizeof(*c));
	c->gates = gates;
	for (g = 0; g < GATES; g++)
		if (gates >> g & 1 &&
		    gate_look(texts, (enum gate)g, &c->of[g]) < 0)
			return -1;
	return 0;
}

unsigned
checks_failed(const struct checks *c)
{
	unsigned failed = 0;
	int g;

	for (g = 0; g < GATES; g++)
		if (c->gates >> g & 1 && c->of[g].verdict == GATE_BAD)
			failed |= 1u << g;
	return failed;
}

static void
write_bad(const struct gate_finding *f, const struct gate_case *texts,
    struct buf *out)
{
	const struct gate_text *t = &texts->part[f->in];
	size_t shown = 0, n;
	uint32_t cp;

	buf_str(out, "{\"why\":\"");
	buf_str(out, f->why);
	buf_str(out, "\",\"in\":\"");
	buf_str(out, gate_part_names[f->in]);
	buf_byte(out, '"');
	if (f->len > 0) {
		for (n = 0; n < SHOWN && shown < f->len; n++)
			shown += utf8_next(t->s + f->at + shown,
			    f->len - shown, &cp);
		buf_fmt(out, ",\"at\":%zu,\"found\":",
		    utf8_count(t->s, f->at));
		json_quote(out, t->s + f->at, shown);
	}
	if (f->share > 0) {
		buf_str(out, ",\"share\":");
		json_number(out, round(f->share * 1000) / 1000);
	}
	buf_byte(out, '}');
}

void
checks_write(const struct checks *c, const struct gate_case *texts,
    struct buf *out)
{
	const struct gate_finding *f;
	const char *before = "\"";
	int g;

	buf_byte(out, '{');
	for (g = 0; g < GATES; g++) {
		if (!(c->gates >> g & 1))
			continue;
		f = &c->of[g];
		/* No buf_fmt: of each record, for each gate. */
		buf_str(out, before);
		buf_str(out, gate_names[g]);
		buf_str(out, "\":");
		before = ",\"";
		if (f->verdict == GATE_BAD)
			write_bad(f, texts, out);
		else if (g == GATE_FAITHFUL && c->unknown)
			buf_str(out, "\"unknown\"");
		else
			buf_str(out, f->verdict == GATE_OK ? "\"ok\"" :
			    "null");
	}
	buf_byte(out, '}');
}

void
checks_count(struct check_counts *n, const struct checks *c)
{
	int g;

	for (g = 0; g < GATES; g++)
		if (c->gates >> g & 1)
			n->found[g][g == GATE_FAITHFUL && c->unknown ?
			    CHECK_UNKNOWN : (int)c->of[g].verdict]++;
}

void
checks_stats(const struct check_counts *n, unsigned gates, struct buf *out)
{
	const char *comma = "";
	int g;

	buf_fmt(out, "\"kept\":%lu,\"dropped\":%lu,\"rewritten\":%lu,"
	    "\"judged\":%lu,\"unclear\":%lu,\"gates\":{", n->kept, n->dropped,
	    n->rewritten, n->judged, n->unclear);
	for (g = 0; g < GATES; g++) {
		if (!(gates >> g & 1))
			continue;
		buf_fmt(out, "%s\"%s\":{\"ok\":%lu,\"failed\":%lu,"
		    "\"null\":%lu,\"unknown\":%lu}", comma, gate_names[g],
		    n->found[g][GATE_OK], n->found[g][GATE_BAD],
		    n->found[g][GATE_NONE], n->found[g][CHECK_UNKNOWN]);
		comma = ",";
	}
	buf_byte(out, '}');
}

void
checks_say(const struct check_counts *n, unsigned gates, struct buf *out)
{
	const char *comma = "failed";
	int g;

	if (n->dropped > 0)
		buf_fmt(out, "%lu kept, %lu dropped; ", n->kept, n->dropped);
	for (g = 0; g < GATES; g++) {
		if (!(gates >> g & 1) || n->found[g][GATE_BAD] == 0)
			continue;
		buf_fmt(out, "%s %s %lu", comma, gate_names[g],
		    n->found[g][GATE_BAD]);
		comma = ",";
	}
	if (comma[0] == 'f')
		buf_str(out, "no gate failed");
	if (n->unclear > 0)
		buf_fmt(out, "; %lu replies neither yes nor no", n->unclear);
}
