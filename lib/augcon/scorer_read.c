/* A scorer's file, read: strictly, for it decides what is kept. */
#include <stdlib.h>
#include <string.h>

#include "augcon/scorer.h"
#include "augcon/scorer_line.h"
#include "base/mem.h"

/* What the lines of the blocks say. */
struct blocks_read {
	enum fit_kind loss;
	struct schema schema;
	size_t size[BLOCKS], n;
	double scale[BLOCKS];
	enum block last;
};

/* One line "count term" of the table. */
static int
next_term(struct line_reader *r, size_t texts, struct df_line *line)
{
	const char *term;

	if (line_next(r) < 0 || line_to_count(r, r->s, ' ', &line->count,
	    &term) < 0)
		return -1;
	line->len = r->len - (size_t)(term - r->s);
	if (line->len == 0 || line->count == 0 || line->count > texts)
		return line_refuse(r, "no term, or an impossible count");
	line->s = r->at - 1 - line->len;
	return 0;
}

static int
read_table(struct line_reader *r, struct scorer *s)
{
	struct df_line *line;
	size_t texts, n, i;
	int rc = 0;

	if (line_count(r, "texts", &texts) < 0 ||
	    line_count(r, "terms", &n) < 0)
		return -1;
	if (n > DF_TERMS)
		return line_refuse(r, "too many terms");
	line = mem_new(n, sizeof(*line));
	s->df = df_new();
	if (line == NULL || s->df == NULL)
		rc = line_refuse(r, "out of memory");
	for (i = 0; rc == 0 && i < n; i++)
		rc = next_term(r, texts, &line[i]);
	if (rc == 0 && (rc = df_read(s->df, texts, line, n)) != 0)
		rc = line_refuse(r, rc < 0 ? "out of memory" :
		    "the terms are out of order");
	free(line);
	return rc;
}

static int
read_summary(struct line_reader *r, struct scorer *s)
{
	const char *value;

	if (line_count(r, "pairs", &s->pairs) < 0 ||
	    line_count(r, "roots", &s->roots) < 0 ||
	    line_double(r, "accuracy", &s->accuracy) < 0 ||
	    line_value(r, "data", &value) < 0)
		return -1;
	if (strlen(value) != 64 ||
	    strspn(value, "0123456789abcdef") != 64)
		return line_refuse(r, "not a SHA-256");
	memcpy(s->data, value, 65);
	return 0;
}

/* "NAME VERSION SIZE HASH SCALE", a block behind those read before. */
static int
read_block(struct line_reader *r, const char *s, struct blocks_read *b)
{
	size_t len = strcspn(s, " "), version;
	enum block block = block_find(s, len);
	char hash[17];

	if (block == BLOCKS)
		return line_refuse(r, "a block of features that this program "
		    "does not have");
	if (b->n > 0 && block <= b->last)
		return line_refuse(r, "blocks out of order");
	s += len + (s[len] == ' ');
	if (line_to_count(r, s, ' ', &version, &s) < 0 ||
	    line_to_count(r, s, ' ', &b->size[block], &s) < 0)
		return -1;
	block_hash(block, hash);
	if (version != (size_t)block_version(block) ||
	    strncmp(s, hash, 16) != 0 || s[16] != ' ')
		return line_refuse(r,
		    "not this program's features of that block");
	b->schema.has[block] = 1;
	b->last = block;
	b->n++;
	return line_to_positive(r, s + 17, &b->scale[block]);
}

static int
read_model(struct line_reader *r, struct schema *s)
{
	const char *value;
	size_t len;

	if (schema_asks(s)) {
		if (line_value(r, "model", &value) < 0)
			return -1;
		len = strlen(value);
		if (len == 0 || len >= sizeof(s->model))
			return line_refuse(r, "no name of a model");
		memcpy(s->model, value, len + 1);
	}
	if (!schema_embeds(s))
		return 0;
	if (line_count(r, "dim", &s->dim) < 0)
		return -1;
	return s->dim > 0 && s->dim <= SCHEMA_DIM ? 0 :
	    line_refuse(r, "no size of an embedding");
}

static int
read_blocks(struct line_reader *r, struct blocks_read *b)
{
	unsigned i;

	memset(b, 0, sizeof(*b));
	for (;;) {
		if (line_next(r) < 0)
			return -1;
		if (strncmp(r->s, "block ", 6) != 0)
			break;
		if (read_block(r, r->s + 6, b) < 0)
			return -1;
	}
	if (b->n == 0)
		return line_refuse(r, "expected 'block'");
	r->again = 1;
	if (read_model(r, &b->schema) < 0)
		return -1;
	for (i = 0; i < BLOCKS; i++)
		if (b->size[i] != block_size(&b->schema, (enum block)i)) {
			buf_fmt(r->why, "line %lu: block %s: %zu features, "
			    "this program has %zu", r->line,
			    block_name((enum block)i), b->size[i],
			    block_size(&b->schema, (enum block)i));
			return -1;
		}
	return 0;
}

/* "weight NAME X" of one number of a part. */
static int
read_weight(struct line_reader *r, const struct part *p, size_t i, double *w)
{
	size_t n = strlen(p->name), index = i;
	const char *s;

	if (line_value(r, "weight", &s) < 0)
		return -1;
	if (strncmp(s, p->name, n) != 0 || s[n] != (p->is_vector ? '[' : ' '))
		return line_refuse(r, "not the feature expected here");
	s += n + 1;
	if (p->is_vector && line_to_count(r, s, ']', &index, &s) < 0)
		return -1;
	if (index != i || (p->is_vector && *s++ != ' '))
		return line_refuse(r, "not the feature expected here");
	return line_to_double(r, s, w);
}

static int
read_weights(struct line_reader *r, struct scorer *s)
{
	struct part p;
	size_t at, i;

	for (at = 0; schema_part(&s->schema, at, &p); at += p.n)
		for (i = 0; i < p.n; i++)
			if (read_weight(r, &p, i, &s->weight[at + i]) < 0)
				return -1;
	return 0;
}

static int
read_loss(struct line_reader *r, enum fit_kind *kind)
{
	const char *value;
	unsigned k;

	if (line_value(r, "loss", &value) < 0)
		return -1;
	for (k = 0; k < FIT_KINDS; k++)
		if (strcmp(value, fit_kinds[k]) == 0) {
			*kind = (enum fit_kind)k;
			return 0;
		}
	return line_refuse(r, "a loss that this program does not know");
}

static int
read_head(struct line_reader *r, struct blocks_read *b)
{
	const char *value;

	if (line_value(r, SCORER_MAGIC, &value) < 0)
		return -1;
	if (strcmp(value, "1") == 0)
		return line_refuse(r, "a scorer of an older program: train it "
		    "again");
	r->again = 1;
	if (line_is(r, SCORER_MAGIC, "2") < 0 ||
	    line_is(r, "tokens", "unicode") < 0 ||
	    read_loss(r, &b->loss) < 0)
		return -1;
	return read_blocks(r, b);
}

static int
read_end(struct line_reader *r)
{
	if (line_next(r) < 0)
		return -1;
	if (strcmp(r->s, "end") != 0)
		return line_refuse(r, "expected 'end'");
	if (r->at == r->end)
		return 0;
	r->line++;
	return line_refuse(r, "more text after the end");
}

static int
read_rest(struct line_reader *r, struct scorer *s)
{
	return line_positive(r, "lambda", &s->lambda) < 0 ||
	    line_positive(r, "temperature", &s->temperature) < 0 ||
	    read_summary(r, s) < 0 || read_table(r, s) < 0 ||
	    read_weights(r, s) < 0 ? -1 : read_end(r);
}

struct scorer *
scorer_read(const char *text, size_t len, struct buf *why)
{
	struct line_reader r = { .at = text, .end = text + len, .why = why };
	struct blocks_read b;
	struct scorer *s;

	if (read_head(&r, &b) < 0)
		return NULL;
	s = scorer_new(&b.schema);
	if (s == NULL) {
		buf_str(why, "out of memory");
		return NULL;
	}
	s->loss = b.loss;
	memcpy(s->scale, b.scale, sizeof(s->scale));
	if (read_rest(&r, s) < 0) {
		scorer_free(s);
		return NULL;
	}
	return s;
}
