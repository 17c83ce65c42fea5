/* A quote, a bracket or a code fence that stays open. */
#include "augcon/gate_int.h"
#include "text/utf8.h"

struct pair {
	uint32_t open, close;
};

static const struct pair pairs[] = {
	{ '(', ')' }, { '[', ']' }, { '{', '}' }, { 0xff08, 0xff09 },
	{ 0x201c, 0x201d }, { 0x300a, 0x300b }, { 0x300c, 0x300d },
	{ 0x300e, 0x300f }, { 0x3010, 0x3011 }, { 0xab, 0xbb }
};

enum { PAIRS = sizeof(pairs) / sizeof(pairs[0]) };

struct open {
	long depth[PAIRS];
	size_t at[PAIRS], quote;	/* where the last one opened */
	int quotes, fences;
};

/* Most characters are, and nothing that opens or closes is. */
static int
is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || cp == ' ' ||
	    (cp >= 0x4e00 && cp <= 0x9fff);
}

static void
count(struct open *o, uint32_t cp, size_t at)
{
	size_t i;

	/* [0, 10) and (0, 10] are whole. */
	if (cp == ')' && o->depth[0] == 0 && o->depth[1] > 0)
		cp = ']';
	else if (cp == ']' && o->depth[1] == 0 && o->depth[0] > 0)
		cp = ')';
	for (i = 0; i < PAIRS; i++) {
		if (cp == pairs[i].open && o->depth[i]++ == 0)
			o->at[i] = at;
		else if (cp == pairs[i].close && o->depth[i] > 0)
			o->depth[i]--;
	}
}

/* Code has quotes and brackets of its own kind. */
static void
scan(const struct gate_text *t, struct open *o, size_t *fence)
{
	size_t at, n;
	uint32_t cp;

	for (at = 0; at < t->len; at += n) {
		n = utf8_next(t->s + at, t->len - at, &cp);
		if (is_letter(cp))
			continue;
		if (cp == '`' && gate_starts(t, at, "```")) {
			o->fences++;
			*fence = at;
			n = 3;
		} else if (o->fences % 2 == 1) {
			continue;
		} else if (cp == '"') {
			/* 5" is a length */
			if (at > 0 && t->s[at - 1] >= '0' &&
			    t->s[at - 1] <= '9' && o->quotes % 2 == 0)
				continue;
			o->quotes++;
			o->quote = at;
		} else {
			count(o, cp, at);
		}
	}
}

int
truncated_open(const struct gate_text *t, struct gate_finding *f)
{
	static const char why[] = "left open";
	struct open o = { .quotes = 0 };
	size_t fence = 0, i;

	scan(t, &o, &fence);
	if (o.fences % 2 == 1)
		return gate_bad(f, why, GATE_ANSWER, fence, 3);
	if (o.quotes % 2 == 1)
		return gate_bad(f, why, GATE_ANSWER, o.quote, 1);
	for (i = 0; i < PAIRS; i++)
		if (o.depth[i] > 0)
			return gate_bad(f, why, GATE_ANSWER, o.at[i],
			    utf8_next(t->s + o.at[i], t->len - o.at[i],
			    &(uint32_t){ 0 }));
	return 0;
}
