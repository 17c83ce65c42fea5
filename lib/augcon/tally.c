/* Terms and the number of texts that have them. */
#include "augcon/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/term.h"
#include "text/token.h"

struct count {
	unsigned long texts;
	unsigned long last;	/* the text that was counted last */
};

struct tally {
	struct vocab *terms;
	struct count *v;	/* by term id */
	size_t cap;
	unsigned long texts;
	struct buf scratch;
};

struct tally *
tally_new(void)
{
	struct tally *t = mem_new(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->terms = vocab_new();
	if (t->terms == NULL) {
		free(t);
		return NULL;
	}
	return t;
}

void
tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	vocab_free(t->terms);
	free(t->v);
	buf_free(&t->scratch);
	free(t);
}

static int
add_term(void *arg, const char *s, size_t len)
{
	struct tally *t = arg;
	size_t n = vocab_size(t->terms);
	uint32_t id = vocab_id(t->terms, s, len);

	if (id == UINT32_MAX ||
	    mem_grow(&t->v, &t->cap, n + 1, sizeof(*t->v)) < 0)
		return -1;
	if (id == n)
		memset(&t->v[id], 0, sizeof(t->v[id]));
	if (t->v[id].last != t->texts) {
		t->v[id].last = t->texts;
		t->v[id].texts++;
	}
	return 0;
}

int
tally_add(struct tally *t, const char *text, size_t len)
{
	t->texts++;
	return term_each(text, len, &t->scratch, add_term, t);
}

struct line {
	const char *s;
	size_t len;
	unsigned long texts;
};

static int
by_bytes(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int r = memcmp(x->s, y->s, n);

	return r != 0 ? r : (x->len > y->len) - (x->len < y->len);
}

int
tally_print(const struct tally *t, struct buf *out)
{
	size_t i, n = vocab_size(t->terms);
	struct line *v = mem_new(n, sizeof(*v));

	if (v == NULL)
		return -1;
	for (i = 0; i < n; i++) {
		v[i].s = vocab_token(t->terms, (uint32_t)i, &v[i].len);
		v[i].texts = t->v[i].texts;
	}
	qsort(v, n, sizeof(*v), by_bytes);
	buf_fmt(out, "%lu\n", t->texts);
	for (i = 0; i < n; i++) {
		buf_add(out, v[i].s, v[i].len);
		buf_fmt(out, "\t%lu\n", v[i].texts);
	}
	free(v);
	return buf_ok(out) ? 0 : -1;
}
