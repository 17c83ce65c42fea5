#include "verdicts.h"

#include <math.h>

#include "base/die.h"
#include "cmd.h"

void
verdicts_id(struct rec *r, const char *name, struct buf *out)
{
	const char *id;
	size_t len;

	if (rec_raw(r, name, &id, &len) == 1)
		buf_add(out, id, len);
	else
		buf_str(out, "null");
}

void
verdicts_value(const struct verdicts *v, const struct held *b, size_t i,
    struct buf *out)
{
	const struct dedup_question *q = &b->q[i];

	if (v->by_cosine) {
		buf_str(out, "\"cosine\":");
		json_number(out, round(1e6 * (double)q->cosine) / 1e6);
		return;
	}
	buf_str(out, "\"rouge\":");
	json_number(out, rouge_value(v->measure, q->lcs, q->ntokens,
	    b->q[q->of].ntokens));
}

/* The object that says why question i is dropped.  0 or -1. */
static int
say_why(const struct verdicts *v, struct filter *f, struct held *b,
    size_t i, struct buf *why)
{
	struct rec kept = REC_INIT;

	buf_fmt(why, "{\"by\":\"%s\",", die_name());
	if (b->q[i].verdict == DEDUP_FULL) {
		buf_fmt(why, "\"quota\":%lu}", (unsigned long)b->q[i].of);
		return 0;
	}
	if (held_record(b, f, b->q[i].of, &kept) < 0)
		return -1;
	buf_str(why, "\"of\":");
	verdicts_id(&kept, v->id, why);
	buf_byte(why, ',');
	verdicts_value(v, b, i, why);
	buf_byte(why, '}');
	rec_free(&kept);
	return 0;
}

static int
put_dropped(struct verdicts *v, struct filter *f, struct held *b, size_t i)
{
	struct buf why = BUF_INIT, line = BUF_INIT;
	struct rec r = REC_INIT;
	int done = -1;

	if (held_record(b, f, i, &r) == 0 &&
	    say_why(v, f, b, i, &why) == 0) {
		rec_set_raw(&r, v->member, buf_cstr(&why), why.len);
		if (!buf_ok(&why) || rec_line(&r, &line) < 0)
			cmd_no_memory();
		done = out_put(&v->dropped, line.s, line.len, &f->why);
	}
	rec_free(&r);
	buf_free(&why);
	buf_free(&line);
	return done;
}

static void
count(struct verdicts *v, struct filter *f, const struct dedup_question *q)
{
	f->ok++;
	v->kept += q->verdict == DEDUP_KEPT;
	v->close += q->verdict == DEDUP_CLOSE;
	v->full += q->verdict == DEDUP_FULL;
	v->ranked += isnan(q->score) ? 0 : 1;
	v->bare += q->ntokens == 0 && !v->by_cosine;
}

static int
put_line(struct verdicts *v, struct filter *f, struct held *b, size_t line)
{
	struct buf own = BUF_INIT;
	uint32_t what = b->what[line];

	if (what < HELD_FAILED) {
		count(v, f, &b->q[what]);
		if (b->q[what].verdict != DEDUP_KEPT)
			return v->dropped.fd < 0 ? 0 :
			    put_dropped(v, f, b, what);
	}
	if (held_line(b, f, line, &own) < 0)
		return -1;
	return filter_put(f, &own, what == HELD_FAILED);
}

int
verdicts_put(struct verdicts *v, struct filter *f, struct held *b)
{
	size_t i;

	for (i = 0; i < b->lines.n; i++) {
		if (filter_signal() != 0 || put_line(v, f, b, i) < 0)
			return -1;
		filter_tick(f);
	}
	return 0;
}
