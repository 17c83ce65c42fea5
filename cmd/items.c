#include "items.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "text/utf8.h"

const char *const item_kinds[] = { "instr", "fs", "both" };

/* Another one, without its record, asked for or not. */
static struct item *
begin(struct items *all, int asks)
{
	struct item *it;

	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) < 0)
		return NULL;
	it = &all->v[all->n++];
	memset(it, 0, sizeof(*it));
	it->asks = asks;
	return it;
}

/* A record of its own with its id, sample and label. */
static struct item *
add(struct items *all, const struct rec *from, int asks)
{
	struct item *it = begin(all, asks);

	return it == NULL || rec_derive(&it->rec, from) < 0 ? NULL : it;
}

/* The record itself, of which nothing else comes. */
static struct item *
keep(struct items *all, struct rec *r, int asks)
{
	struct item *it = begin(all, asks);

	if (it != NULL)
		rec_move(&it->rec, r);
	return it;
}

/* Sets the id of a derived record: the source's and a suffix. */
static void
set_id(struct rec *r, const char *id_name, const char *suffix, long k)
{
	struct buf id = BUF_INIT;

	if (rec_id(r, id_name, &id) == 1) {
		buf_str(&id, suffix);
		if (k >= 0)
			buf_fmt(&id, "%ld", k);
		rec_set_text(r, id_name, buf_cstr(&id), id.len);
	}
	if (!buf_ok(&id))
		r->edits.bad = 1;
	buf_free(&id);
}

/* The samples of a record that has none yet (ac-record(5), SAMPLES). */
static int
add_samples(struct items *all, struct rec *r, const struct item_opt *o,
    int has_question)
{
	unsigned long k = o->first_sample, end = k + o->samples;

	/* The question that is there is sample 0, wherever this run starts. */
	if (has_question && k > 0) {
		rec_set_integer(r, "sample", 0);
		if (add(all, r, 0) == NULL)
			return -1;
		rec_revert(r);
	}
	for (; k < end; k++) {
		int keep = has_question && k == 0;

		if (!keep)
			rec_drop(r, o->question);
		rec_set_integer(r, "sample", (long)k);
		if (k > 0)
			set_id(r, o->id, "+", (long)k);
		if (add(all, r, !keep) == NULL)
			return -1;
		rec_revert(r);
	}
	return 0;
}

/* A positive and one negative a kind; negatives carry the root they are of. */
static int
add_negatives(struct items *all, struct rec *r, const struct item_opt *o,
    int has_question, const char *root)
{
	char suffix[16] = "!";
	size_t i;

	rec_set_integer(r, "label", 1);
	if (add(all, r, !has_question) == NULL)
		return -1;
	rec_revert(r);
	for (i = 0; i < ITEM_GOOD; i++) {
		if (!o->kinds[i])
			continue;
		memcpy(suffix + 1, item_kinds[i], strlen(item_kinds[i]) + 1);
		set_id(r, o->id, suffix, -1);
		rec_drop(r, o->question);
		rec_drop(r, "score");
		rec_drop(r, "answer");
		rec_drop(r, "agreement");
		rec_set_integer(r, "label", 0);
		rec_set_text(r, "kind", item_kinds[i], strlen(item_kinds[i]));
		if (!rec_has(r, "root"))
			rec_set_text(r, "root", root, strlen(root));
		if (add(all, r, 1) == NULL)
			return -1;
		rec_revert(r);
	}
	return 0;
}

int
items_plan(struct items *all, struct rec *r, const struct item_opt *o,
    const struct buf *context, int there, int has_question)
{
	int negative = o->negative && !rec_has(r, "label");
	int samples = o->samples > 0 && !rec_has(r, "sample");
	struct item *it;
	char root[17];

	if (has_question && !negative && !samples)
		return keep(all, r, 0) == NULL ? -1 : 0;
	if (there != 1 || buf_is_blank(context)) {
		it = keep(all, r, 0);
		if (it != NULL)
			it->code = "missing_field";
		return it == NULL ? -1 : 0;
	}
	/* Four bytes a code point at most: a long one need not be counted. */
	if (context->len / 4 < o->min_length &&
	    utf8_count(context->s, context->len) < o->min_length)
		return keep(all, r, 0) == NULL ? -1 : 0;
	if (samples)
		return add_samples(all, r, o, has_question);
	if (negative) {
		sha256_hex(context->s, context->len, root, 16);
		return add_negatives(all, r, o, has_question, root);
	}
	return keep(all, r, 1) == NULL ? -1 : 0;
}

int
item_prompt(struct rec *r)
{
	struct buf kind = BUF_INIT;
	long label;
	int i, which = ITEM_GOOD;

	if (rec_integer(r, "label", &label) == 1 && label == 0 &&
	    rec_text(r, "kind", &kind) == 1)
		for (i = 0; i < ITEM_GOOD; i++)
			if (strcmp(buf_cstr(&kind), item_kinds[i]) == 0)
				which = i;
	if (!buf_ok(&kind))
		which = -1;
	buf_free(&kind);
	return which;
}

void
items_free(struct items *all)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		rec_free(&all->v[i].rec);
		buf_free(&all->v[i].question);
	}
	free(all->v);
	memset(all, 0, sizeof(*all));
}
