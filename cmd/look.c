#include "look.h"

#include <stdlib.h>
#include <string.h>

#include "augcon/features.h"
#include "base/mem.h"
#include "cmd.h"

void
look_init(struct look *l, const struct scorer *s)
{
	size_t n = schema_size(&s->schema);

	memset(l, 0, sizeof(*l));
	l->row = mem_new(n, sizeof(*l->row));
	l->part = mem_new(n, sizeof(*l->part));
	l->match = match_work_new();
	if (l->row == NULL || l->part == NULL || l->match == NULL)
		cmd_no_memory();
}

void
look_free(struct look *l)
{
	free(l->row);
	free(l->part);
	match_work_free(l->match);
	terms_free(&l->context);
	terms_free(&l->question);
	buf_free(&l->text);
	buf_free(&l->scratch);
}

/* Questions of one context mostly follow each other: its terms are kept. */
static int
set_context(struct look *l, const struct buf *context)
{
	if (l->ready && l->text.len == context->len &&
	    memcmp(buf_cstr(&l->text), buf_cstr(context), context->len) == 0)
		return 0;
	l->ready = 0;
	buf_reset(&l->text);
	buf_add(&l->text, buf_cstr(context), context->len);
	if (!buf_ok(&l->text) || terms_set(&l->context, TERMS_CONTEXT,
	    buf_cstr(&l->text), l->text.len, &l->scratch) < 0)
		return -1;
	l->ready = 1;
	return 0;
}

static int
set_words(struct look *l, const struct scorer *s, const struct buf *context,
    const struct buf *question)
{
	if (set_context(l, context) < 0 ||
	    terms_set(&l->question, TERMS_QUESTION, buf_cstr(question),
	    question->len, &l->scratch) < 0)
		return -1;
	return features_get(l->row, &l->context, &l->question, s->df,
	    l->match);
}

int
look_score(struct look *l, const struct scorer *s,
    const struct buf *context, const struct buf *question,
    const float *const given[GIVEN], double *score)
{
	const struct schema *schema = &s->schema;

	if (schema->has[BLOCK_LEXICAL] &&
	    set_words(l, s, context, question) < 0)
		return -1;
	if (schema_asks(schema))
		given_row(schema, given, l->row + block_size(schema,
		    BLOCK_LEXICAL));
	*score = scorer_score(s, l->row, l->part);
	return 0;
}

void
look_explain(const struct look *l, const struct scorer *s, struct buf *b)
{
	struct part p;
	size_t at, i;

	buf_byte(b, '{');
	for (at = 0; schema_part(&s->schema, at, &p); at += p.n) {
		buf_fmt(b, "%s\"%s\":%s", at > 0 ? "," : "", p.name,
		    p.is_vector ? "[" : "");
		for (i = at; i < at + p.n; i++)
			buf_fmt(b, "%s%.17g", i > at ? "," : "",
			    l->part[i] + 0.0);
		if (p.is_vector)
			buf_byte(b, ']');
	}
	buf_byte(b, '}');
}
