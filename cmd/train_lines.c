#include "train_lines.h"

#include "base/sha256.h"
#include "cmd.h"
#include "train_nodes.h"

struct lines {
	struct filter *f;
	struct pairs *pairs;
	struct report *report;
	struct train_nodes nodes;
	struct sha256 sum;		/* of all lines */
	struct buf context, question, kind, root, id;
};

/* A required text: 0, or -1 when it is not there; `why` is the record's. */
static int
need_text(struct rec *r, const char *name, struct buf *b,
    struct pair_text *t)
{
	int there = rec_need_text(r, name, b);

	if (!buf_ok(b))
		cmd_no_memory();
	t->s = buf_cstr(b);
	t->len = b->len;
	return there;
}

/* An optional text; -1 when it has another type. */
static int
may_text(struct rec *r, const char *name, struct buf *b, struct pair_text *t)
{
	int there;

	buf_reset(b);
	there = rec_text(r, name, b);
	if (!buf_ok(b))
		cmd_no_memory();
	if (there == 1) {
		t->s = buf_cstr(b);
		t->len = b->len;
	}
	return there < 0 ? -1 : 0;
}

/* What to call a line by in a list: its id, else its context's hash. */
static void
read_name(struct lines *l, struct rec *r, struct pair_in *in)
{
	char hash[17];

	buf_reset(&l->id);
	if (rec_id(r, "id", &l->id) != 1) {
		sha256_hex(in->context.s, in->context.len, hash, 16);
		buf_reset(&l->id);
		buf_str(&l->id, hash);
	}
	if (!buf_ok(&l->id))
		cmd_no_memory();
	in->id.s = buf_cstr(&l->id);
	in->id.len = l->id.len;
}

static int
take_labelled(struct lines *l, struct rec *r, long label)
{
	struct pair_in in = { .label = label == 1, .place = l->f->read };

	if (label != 0 && label != 1) {
		buf_reset(&r->why);
		buf_str(&r->why, "member 'label' is neither 1 nor 0");
		return -1;
	}
	if (need_text(r, "context", &l->context, &in.context) < 0 ||
	    need_text(r, "question", &l->question, &in.question) < 0 ||
	    may_text(r, "kind", &l->kind, &in.kind) < 0 ||
	    may_text(r, "root", &l->root, &in.root) < 0 ||
	    rec_raw(r, "pair", &in.pair.s, &in.pair.len) < 0)
		return -1;
	read_name(l, r, &in);
	if (pairs_add(l->pairs, &in) < 0)
		cmd_no_memory();
	l->f->ok++;
	l->report->good += label == 1;
	l->report->bad += label == 0;
	return 0;
}

/* 0, or -1 when the line is of no use; r->why says why. */
static int
take_line(struct lines *l, struct rec *r)
{
	long label = 0;
	int there = rec_integer(r, "label", &label);

	if (rec_foreign_error(r)) {
		l->f->passed++;
		l->report->lost_good += there == 1 && label == 1;
		l->report->lost_bad += there == 1 && label == 0;
	} else if (there == 0) {
		l->f->passed++;
		l->report->unlabelled++;
	} else {
		return there < 0 ? -1 : take_labelled(l, r, label);
	}
	return 0;
}

static void
take(struct lines *l, struct rec *r, int is_node)
{
	if (r->bad != NULL) {
		filter_report(l->f, r, r->bad, r->why.len > 0 ?
		    buf_cstr(&r->why) : "the line is no JSON object", NULL);
		l->report->broken++;
	} else if ((is_node ? train_node(&l->nodes, r) :
	    take_line(l, r)) < 0) {
		filter_report(l->f, r, "missing_field", buf_cstr(&r->why),
		    NULL);
		l->report->broken++;
	}
}

/* The rest of a line over the cap is read and dropped. */
static void
skip_rest(struct filter *f)
{
	struct buf more = BUF_INIT;

	while (in_rest(&f->in, &more, &f->why) > 0)
		buf_reset(&more);
	buf_free(&more);
}

int
train_lines(struct filter *f, const struct train_into *to, size_t plain,
    char sum[65])
{
	struct lines l = { .f = f, .pairs = to->pairs, .report = to->report,
	    .nodes = { .f = f, .siblings = to->siblings,
	    .count = &to->report->tree } };
	struct rec r = REC_INIT;
	enum in_status status;
	int is_node = 0;

	sha256_init(&l.sum);
	while ((status = filter_read(f, 1, &r)) == IN_LINE ||
	    status == IN_CUT) {
		/* The same line means something else in a tree. */
		if (!is_node && f->in.file > plain) {
			is_node = 1;
			sha256_add(&l.sum, "siblings\n", 9);
		}
		sha256_add(&l.sum, r.s, r.len);
		sha256_add(&l.sum, "\n", 1);
		take(&l, &r, is_node);
		if (status == IN_CUT)
			skip_rest(f);
		rec_free(&r);
	}
	sha256_end_hex(&l.sum, sum, 64);
	buf_free(&l.context);
	buf_free(&l.question);
	buf_free(&l.kind);
	buf_free(&l.root);
	buf_free(&l.id);
	train_nodes_free(&l.nodes);
	return status == IN_END ? 0 : -1;
}
