/* ac-check from its first byte to its last: files opened, closed, counted. */
#include "base/die.h"
#include "check_job.h"
#include "cmd.h"
#include "side.h"

static struct flow *
open_all(struct checking *c, const struct filter_opt *fo,
    const struct llm_opt *lo, char **files, size_t n)
{
	struct buf why = BUF_INIT;
	int local = !c->ask.judge && !c->ask.rewrite, code;
	struct flow *w = flow_open(&check_ops, &c->filter, lo, local, c, &code,
	    &why);

	if (code == AC_DONE)
		code = filter_open(&c->filter, fo, files, n, &why);
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	side_begin(&c->dropped, c->dropped_path, &c->filter);
	c->filter.out.sync = c->filter.err.sync = c->dropped.sync = lo->fsync;
	return w;
}

static void
close_all(struct checking *c)
{
	int i;

	gate_free(&c->texts);
	for (i = 0; i < GATE_PARTS; i++)
		buf_free(&c->part[i]);
	buf_free(&c->json);
	check_ask_free(&c->ask);
}

int
check_run(struct checking *c, const struct filter_opt *fo,
    const struct llm_opt *lo, char **files, size_t n)
{
	struct flow *w = open_all(c, fo, lo, files, n);
	struct buf why = BUF_INIT;
	int code = flow_go(w);

	checks_stats(&c->counts, c->gates, &c->filter.stats);
	flow_close(w);
	if (c->filter.closing.len > 0)
		buf_str(&c->filter.closing, "; ");
	if (!lo->dry_run)
		checks_say(&c->counts, c->gates, &c->filter.closing);
	if (out_close(&c->dropped, code == AC_DONE, &why) < 0 &&
	    code == AC_DONE) {
		code = AC_IO;
		buf_str(&c->filter.why, buf_cstr(&why));
	}
	buf_free(&why);
	close_all(c);
	return filter_close(&c->filter, code);
}
