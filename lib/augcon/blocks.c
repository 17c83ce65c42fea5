#include "augcon/blocks.h"

#include <string.h>

#include "augcon/features.h"
#include "base/sha256.h"

static const struct {
	const char *name;
	int version;
} blocks[BLOCKS] = {
	[BLOCK_LEXICAL] = { "lexical", FEATURES_VERSION },
	[BLOCK_EMBED] = { "embed", 1 },
	[BLOCK_STATE] = { "state", 1 },
	[BLOCK_LOGPROB] = { "logprob", 1 },
	[BLOCK_JUDGE] = { "judge", 1 },
};

/* The parts of all blocks but the lexical one, which has its own list. */
static const struct {
	enum block block;
	const char *name;
	int is_vector, blind;
} parts[] = {
	{ BLOCK_EMBED, "embed_q", 1, 1 },
	{ BLOCK_EMBED, "embed_product", 1, 0 },
	{ BLOCK_EMBED, "embed_apart", 1, 0 },
	{ BLOCK_EMBED, "embed_cosine", 0, 0 },
	{ BLOCK_STATE, "state", 1, 0 },
	{ BLOCK_LOGPROB, "logprob", 0, 0 },
	{ BLOCK_LOGPROB, "logprob_alone", 0, 1 },
	{ BLOCK_LOGPROB, "logprob_gain", 0, 0 },
	{ BLOCK_LOGPROB, "logprob_least", 0, 0 },
	{ BLOCK_JUDGE, "judge", 0, 0 },
};

enum { PARTS = sizeof(parts) / sizeof(*parts) };

const char *
block_name(enum block b)
{
	return blocks[b].name;
}

int
block_version(enum block b)
{
	return blocks[b].version;
}

enum block
block_find(const char *name, size_t len)
{
	unsigned b;

	for (b = 0; b < BLOCKS; b++)
		if (strlen(blocks[b].name) == len &&
		    memcmp(blocks[b].name, name, len) == 0)
			break;
	return (enum block)b;
}

int
schema_parse(struct schema *s, const char *list, struct buf *why)
{
	size_t len;
	enum block b;

	memset(s, 0, sizeof(*s));
	for (;; list += len + 1) {
		len = strcspn(list, ",");
		b = block_find(list, len);
		if (b == BLOCKS) {
			buf_fmt(why, "no block of features '%.*s' (lexical, "
			    "embed, state, logprob, judge)",
			    (int)(len < 80 ? len : 80), list);
			return -1;
		}
		if (s->has[b]) {
			buf_fmt(why, "'%s' is there twice", blocks[b].name);
			return -1;
		}
		s->has[b] = 1;
		if (list[len] == '\0')
			return 0;
	}
}

int
schema_embeds(const struct schema *s)
{
	return s->has[BLOCK_EMBED] || s->has[BLOCK_STATE];
}

int
schema_asks(const struct schema *s)
{
	return schema_embeds(s) || s->has[BLOCK_LOGPROB] ||
	    s->has[BLOCK_JUDGE];
}

size_t
block_size(const struct schema *s, enum block b)
{
	size_t i, n = 0;

	if (!s->has[b])
		return 0;
	if (b == BLOCK_LEXICAL)
		return FEATURES;
	for (i = 0; i < PARTS; i++)
		if (parts[i].block == b)
			n += parts[i].is_vector ? s->dim : 1;
	return n;
}

size_t
block_at(const struct schema *s, enum block b)
{
	size_t at = 0;
	unsigned i;

	for (i = 0; i < b; i++)
		at += block_size(s, (enum block)i);
	return at;
}

size_t
schema_size(const struct schema *s)
{
	return block_at(s, BLOCKS);
}

static int
lexical_part(size_t at, struct part *p)
{
	p->block = BLOCK_LEXICAL;
	p->name = features_name(at);
	p->at = at;
	p->n = 1;
	p->is_vector = 0;
	p->blind = features_blind(at);
	return 1;
}

int
schema_part(const struct schema *s, size_t at, struct part *p)
{
	size_t here = block_size(s, BLOCK_LEXICAL), i;

	if (at < here)
		return lexical_part(at, p);
	for (i = 0; i < PARTS; i++) {
		if (!s->has[parts[i].block])
			continue;
		p->n = parts[i].is_vector ? s->dim : 1;
		if (here == at && p->n > 0) {
			p->block = parts[i].block;
			p->name = parts[i].name;
			p->at = at;
			p->is_vector = parts[i].is_vector;
			p->blind = parts[i].blind;
			return 1;
		}
		here += p->n;
	}
	return 0;
}

void
block_hash(enum block b, char out[17])
{
	struct schema s = { .dim = 1 };
	unsigned char version = (unsigned char)blocks[b].version;
	struct sha256 h;
	struct part p;
	size_t at;

	s.has[b] = 1;
	sha256_init(&h);
	sha256_add(&h, blocks[b].name, strlen(blocks[b].name) + 1);
	sha256_add(&h, &version, 1);
	for (at = 0; schema_part(&s, at, &p); at += p.n) {
		sha256_add(&h, p.name, strlen(p.name) + 1);
		sha256_add(&h, p.is_vector ? "v" : "n", 1);
	}
	sha256_end_hex(&h, out, 16);
}
