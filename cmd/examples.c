#include "examples.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "cmd.h"
#include "rec/in.h"
#include "rec/rec.h"

/* A text that is there and not blank, or the end. */
static void
need(struct rec *r, const char *name, struct buf *b)
{
	if (r->bad != NULL)
		die(AC_USAGE, "%s:%lu: the line is no JSON object%s%s",
		    r->file, r->line, r->why.len > 0 ? ": " : "",
		    buf_cstr(&r->why));
	if (rec_need_text(r, name, b) == 0 && buf_ok(b) && !buf_is_blank(b))
		return;
	if (!buf_ok(b) || !buf_ok(&r->why))
		cmd_no_memory();
	die(AC_USAGE, "%s:%lu: an example's '%s' is missing, blank or no text",
	    r->file, r->line, name);
}

static void
add(struct examples *all, struct rec *r, int with_answer)
{
	struct example e = { .context = BUF_INIT, .question = BUF_INIT,
	    .answer = BUF_INIT };

	need(r, "context", &e.context);
	need(r, "question", &e.question);
	if (with_answer)
		need(r, "answer", &e.answer);
	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) < 0)
		cmd_no_memory();
	all->v[all->n++] = e;
}

void
examples_read(struct examples *all, const char *name, int with_answer)
{
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;
	struct sha256 hash;
	size_t bytes = 0;
	char *path = mem_dup(name, strlen(name)), *s;
	enum in_status status;
	struct in in;
	size_t len, had = all->n;

	if (path == NULL)
		cmd_no_memory();
	if (in_open(&in, &path, 1, &why) < 0)
		cmd_refuse(&why);
	sha256_init(&hash);
	while ((status = in_line(&in, 1, &s, &len, &why)) == IN_LINE ||
	    status == IN_WAIT) {
		if (status == IN_WAIT)
			continue;
		bytes += len;
		if (bytes > EXAMPLES_MAX)
			die(AC_USAGE, "%s:%lu: the examples have more than "
			    "%d bytes", path, in.line, EXAMPLES_MAX);
		sha256_add(&hash, s, len);
		sha256_add(&hash, "\n", 1);
		if (rec_take(&r, s, len, path, in.line) < 0)
			cmd_no_memory();
		add(all, &r, with_answer);
	}
	if (status != IN_END)
		die(AC_USAGE, "%s: %s", path, why.len > 0 ? why.s :
		    "a line is too long");
	if (all->n == had)
		die(AC_USAGE, "%s: no examples in it", path);
	sha256_end_hex(&hash, all->hash, 16);
	rec_free(&r);
	in_close(&in);
	free(path);
}

void
examples_free(struct examples *all)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		buf_free(&all->v[i].context);
		buf_free(&all->v[i].question);
		buf_free(&all->v[i].answer);
	}
	free(all->v);
}
