/*
 * A question, an answer and a context: the input's lines 1 and 2 and all
 * behind them; '-' alone, or no such line, is a text that is not there.
 * What a gate finds stands in the text that it names, at its characters;
 * checks are a JSON object; what was looked at before and where the texts
 * lie make no difference; the gates that see the pair alone see no context;
 * and a text is faithful to itself.
 */
#include <string.h>

#include "cmd/checks.h"
#include "rec/json.h"
#include "text/utf8.h"
#include "fuzz.h"

/* truncated sees whether a number or a word goes on in the context */
static const unsigned alone = 1u << GATE_STANDALONE | 1u << GATE_ANSWERED |
    1u << GATE_PREAMBLE;
static const unsigned all = (1u << GATES) - 1;

struct pair {
	char *s[GATE_PARTS];	/* owned; ends where its memory ends */
	size_t len[GATE_PARTS];
};

/* What a record's text may be: UTF-8 without NULs; the rest is left out. */
static void
take(struct pair *p, enum gate_part part, const char *s, size_t len)
{
	struct buf b = BUF_INIT;
	size_t n;

	if (len == 1 && *s == '-')
		return;
	for (; len > 0; s += n < len ? n + 1 : n, len -= n < len ? n + 1 : n) {
		n = utf8_valid(s, len);
		if (memchr(s, '\0', n) != NULL)
			n = strlen(s);
		buf_add(&b, s, n);
	}
	MUST(buf_ok(&b));
	p->s[part] = malloc(b.len > 0 ? b.len : 1);
	MUST(p->s[part] != NULL);
	memcpy(p->s[part], buf_cstr(&b), b.len);
	p->len[part] = b.len;
	buf_free(&b);
}

static void
read_pair(struct pair *p, const char *s, size_t len)
{
	const char *end = s + len, *nl;
	int part;

	memset(p, 0, sizeof(*p));
	for (part = 0; part < GATE_PARTS && s < end; part++, s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL || part == GATE_CONTEXT)
			nl = end;
		take(p, (enum gate_part)part, s, (size_t)(nl - s));
	}
}

static void
pair_free(struct pair *p)
{
	int i;

	for (i = 0; i < GATE_PARTS; i++)
		free(p->s[i]);
}

static void
check_finding(const struct gate_case *c, const struct gate_finding *f)
{
	const struct gate_text *t = &c->part[f->in];

	if (f->verdict != GATE_BAD)
		return;
	MUST(f->why != NULL && (int)f->in < GATE_PARTS && t->s != NULL);
	MUST(f->at <= t->len && f->len <= t->len - f->at);
	MUST(utf8_valid(t->s, f->at) == f->at);
	MUST(utf8_valid(t->s + f->at, f->len) == f->len);
	MUST(f->share >= 0 && f->share <= 1);
}

/* The member `checks` of these texts, in *out; what failed is returned. */
static unsigned
look(struct gate_case *c, const char *const s[GATE_PARTS],
    const size_t len[GATE_PARTS], unsigned gates, struct buf *out)
{
	struct json_scan scan = { .v = NULL };
	struct buf why = BUF_INIT;
	struct checks found;
	int g;

	MUST(gate_take(c, s, len) == 0);
	MUST(checks_look(&found, c, gates) == 0);
	for (g = 0; g < GATES; g++)
		check_finding(c, &found.of[g]);
	buf_reset(out);
	checks_write(&found, c, out);
	MUST(buf_ok(out));
	MUST(json_scan(&scan, out->s, out->len, &why) == 0);
	json_scan_free(&scan);
	buf_free(&why);
	return checks_failed(&found);
}

static void
same(const struct buf *a, const struct buf *b)
{
	MUST(a->len == b->len && memcmp(a->s, b->s, a->len) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gate_case used;	/* as a run has it, for all inputs */
	struct gate_case fresh = { .span = NULL };
	struct buf text = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
	const char *s[GATE_PARTS];
	struct pair p;

	buf_add(&text, data, size);
	read_pair(&p, buf_cstr(&text), text.len);
	memcpy(s, p.s, sizeof(s));
	look(&fresh, s, p.len, all, &a);
	look(&used, s, p.len, all, &b);
	same(&a, &b);
	look(&used, s, p.len, alone, &a);
	s[GATE_CONTEXT] = NULL;
	look(&used, s, p.len, alone, &b);
	same(&a, &b);
	s[GATE_ANSWER] = s[GATE_CONTEXT] = p.s[GATE_CONTEXT];
	p.len[GATE_ANSWER] = p.len[GATE_CONTEXT];
	MUST(look(&used, s, p.len, 1u << GATE_FAITHFUL, &a) == 0);
	gate_free(&fresh);
	pair_free(&p);
	buf_free(&text);
	buf_free(&a);
	buf_free(&b);
	return 0;
}
