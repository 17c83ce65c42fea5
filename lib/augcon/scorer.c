#include "augcon/scorer.h"

#include <stdlib.h>

#include "base/mem.h"

struct scorer *
scorer_new(const struct schema *schema)
{
	struct scorer *s = mem_new(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->schema = *schema;
	s->weight = mem_new(schema_size(schema) + 1, sizeof(*s->weight));
	if (s->weight == NULL) {
		free(s);
		return NULL;
	}
	return s;
}

void
scorer_free(struct scorer *s)
{
	if (s == NULL)
		return;
	df_free(s->df);
	free(s->weight);
	free(s);
}

double
scorer_score(const struct scorer *s, const double *row, double *part)
{
	double sum = 0, add;
	size_t i = 0, end;
	unsigned b;

	for (b = 0; b < BLOCKS; b++) {
		end = i + block_size(&s->schema, (enum block)b);
		for (; i < end; i++) {
			add = s->weight[i] * s->scale[b] * row[i];
			sum += add;
			if (part != NULL)
				part[i] = add;
		}
	}
	return sum;
}

static void
write_blocks(const struct scorer *s, struct buf *out)
{
	char hash[17];
	unsigned i;

	for (i = 0; i < BLOCKS; i++) {
		enum block b = (enum block)i;

		if (!s->schema.has[b])
			continue;
		block_hash(b, hash);
		buf_fmt(out, "block %s %d %zu %s %a\n", block_name(b),
		    block_version(b), block_size(&s->schema, b), hash,
		    s->scale[b]);
	}
	if (schema_asks(&s->schema))
		buf_fmt(out, "model %s\n", s->schema.model);
	if (schema_embeds(&s->schema))
		buf_fmt(out, "dim %zu\n", s->schema.dim);
}

/* How common words are is of use to the lexical block alone. */
static void
write_table(const struct scorer *s, struct buf *out)
{
	int has = s->schema.has[BLOCK_LEXICAL];
	size_t n = has ? df_size(s->df) : 0, i, len, count;
	const char *term;

	buf_fmt(out, "texts %zu\nterms %zu\n", has ? df_texts(s->df) : 0, n);
	for (i = 0; i < n; i++) {
		term = df_term(s->df, i, &len, &count);
		buf_fmt(out, "%zu ", count);
		buf_add(out, term, len);
		buf_byte(out, '\n');
	}
}

static void
write_weights(const struct scorer *s, struct buf *out)
{
	struct part p;
	size_t at, i;

	for (at = 0; schema_part(&s->schema, at, &p); at += p.n)
		for (i = 0; i < p.n; i++) {
			buf_fmt(out, "weight %s", p.name);
			if (p.is_vector)
				buf_fmt(out, "[%zu]", i);
			buf_fmt(out, " %a\n", s->weight[at + i]);
		}
}

int
scorer_write(const struct scorer *s, struct buf *out)
{
	buf_fmt(out, SCORER_MAGIC " %d\n", SCORER_VERSION);
	buf_fmt(out, "tokens unicode\nloss %s\n", fit_kinds[s->loss]);
	write_blocks(s, out);
	buf_fmt(out, "lambda %a\ntemperature %a\n", s->lambda,
	    s->temperature);
	buf_fmt(out, "pairs %zu\nroots %zu\naccuracy %a\ndata %s\n",
	    s->pairs, s->roots, s->accuracy, s->data);
	write_table(s, out);
	write_weights(s, out);
	buf_str(out, "end\n");
	return buf_ok(out) ? 0 : -1;
}
