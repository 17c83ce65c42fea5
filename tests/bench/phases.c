/*
 * What the parts of ac-dedup take without the command: lines read and
 * scanned, questions made tokens, the selection.
 *
 *	phases [-a] [-b] [-f THRESHOLD] [-p] [-r RUNS] [-t THREADS]
 *	    [-x] FILE
 *
 * -a: scope all, else by `root`; -b: brute force; -p: precision, else F; -x:
 * reading alone.  Prints a line of JSON: `mb` read, `read` its seconds (each
 * line found, copied, scanned strictly by rec_take), `take` those of the
 * members looked up and made tokens, `select` those of dedup_select and how
 * many questions were kept; of reading and selecting the least of RUNS (3).
 * `read_cpu` and so on are of the processor, all threads together: on a
 * machine that others use they say more.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "augcon/dedup.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "rec/in.h"
#include "rec/rec.h"
#include "text/token.h"

struct set {
	struct dedup_question *q;
	size_t n, cap;
	struct tokens tokens, one;
	struct vocab *words, *roots;
	struct buf text, scratch;
};

static _Noreturn void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static void
take(struct set *s, struct rec *r)
{
	struct tokens *all = &s->tokens;
	struct dedup_question *q;

	buf_reset(&s->text);
	if (rec_text(r, "question", &s->text) != 1 ||
	    token_ids(TOKEN_UNICODE, buf_cstr(&s->text), s->text.len,
	    s->words, &s->scratch, &s->one) == -1 ||
	    mem_grow(&s->q, &s->cap, s->n + 1, sizeof(*q)) == -1 ||
	    mem_grow(&all->v, &all->cap, all->n + s->one.n,
	    sizeof(*all->v)) == -1)
		die(AC_IO, "%s:%lu: no question", r->file, r->line);
	q = &s->q[s->n++];
	memset(q, 0, sizeof(*q));
	q->token = all->n;
	q->ntokens = (uint32_t)s->one.n;
	q->score = NAN;
	if (s->one.n > 0)
		memcpy(all->v + all->n, s->one.v,
		    s->one.n * sizeof(*all->v));
	all->n += s->one.n;
	rec_number(r, "score", &q->score);
	buf_reset(&s->text);
	rec_text(r, "root", &s->text);
	q->root = vocab_id(s->roots, buf_cstr(&s->text), s->text.len);
}

/* Seconds by the clock and of the processor. */
struct took {
	double clock, cpu;
};

static struct took
now(void)
{
	return (struct took){ clock_now(),
	    (double)clock() / CLOCKS_PER_SEC };
}

/* What it took since then, when that is less than before. */
static void
least(struct took *t, struct took begun)
{
	struct took end = now();

	t->clock = fmin(t->clock, end.clock - begun.clock);
	t->cpu = fmin(t->cpu, end.cpu - begun.cpu);
}

static void
print(const char *what, struct took t)
{
	printf(",\"%s\":%.3f,\"%s_cpu\":%.3f", what, t.clock, what, t.cpu);
}

/* Reads the file, and makes questions of it with a set. */
static void
read_file(char *name, struct set *s, off_t *bytes, struct took *took)
{
	struct buf why = BUF_INIT;
	struct rec r = REC_INIT;
	struct took begun = now();
	enum in_status status;
	struct in in;
	size_t len;
	char *line;

	if (in_open(&in, &name, 1, &why) == -1)
		die(AC_IO, "%s", buf_cstr(&why));
	while ((status = in_line(&in, 1, &line, &len, &why)) == IN_LINE ||
	    status == IN_WAIT) {
		if (status == IN_WAIT)
			continue;
		if (rec_take(&r, line, len, name, in.line) == -1)
			no_memory();
		if (r.bad != NULL)
			die(AC_IO, "%s:%lu: %s", name, in.line, r.bad);
		if (s != NULL)
			take(s, &r);
	}
	if (status != IN_END)
		die(AC_IO, "%s", buf_cstr(&why));
	*bytes = in.bytes;
	rec_free(&r);
	in_close(&in);
	least(took, begun);
}

static void
select_once(const struct dedup_rule *rule, struct set *s, struct took *took)
{
	struct took begun = now();

	if (dedup_select(rule, s->tokens.v, s->q, s->n, NULL,
	    vocab_size(s->roots)) == -1)
		no_memory();
	least(took, begun);
}

static void
report(const struct dedup_rule *rule, char *name, unsigned long runs,
    int read_only)
{
	const struct took never = { INFINITY, INFINITY };
	struct took reading = never, taking = never, selecting = never;
	struct set s = { .n = 0 };
	unsigned long i, kept = 0;
	off_t bytes = 0;

	for (i = 0; i < runs; i++)
		read_file(name, NULL, &bytes, &reading);
	printf("{\"mb\":%.1f", (double)bytes / 1e6);
	print("read", reading);
	s.words = vocab_new();
	s.roots = vocab_new();
	if (s.words == NULL || s.roots == NULL)
		no_memory();
	if (!read_only) {
		read_file(name, &s, &bytes, &taking);
		taking.clock -= reading.clock;
		taking.cpu -= reading.cpu;
		print("take", taking);
		for (i = 0; i < runs; i++)
			select_once(rule, &s, &selecting);
		print("select", selecting);
		for (i = 0; i < s.n; i++)
			kept += s.q[i].verdict == DEDUP_KEPT;
		printf(",\"questions\":%zu,\"tokens\":%zu,\"words\":%zu,"
		    "\"kept\":%lu", s.n, s.tokens.n, vocab_size(s.words),
		    kept);
	}
	puts("}");
	vocab_free(s.words);
	vocab_free(s.roots);
	tokens_free(&s.tokens);
	tokens_free(&s.one);
	buf_free(&s.text);
	buf_free(&s.scratch);
	free(s.q);
}

int
main(int argc, char **argv)
{
	struct dedup_rule rule = { .threads = 1 };
	const char *threshold = "0.7";
	struct buf why = BUF_INIT;
	unsigned long runs = 3;
	int c, read_only = 0;

	die_init("phases");
	while ((c = getopt(argc, argv, "abf:pr:t:x")) != -1)
		switch (c) {
		case 'a': rule.all = 1; break;
		case 'b': rule.engine = DEDUP_BRUTE; break;
		case 'f': threshold = optarg; break;
		case 'p': rule.test.measure = ROUGE_PRECISION; break;
		case 'r': runs = strtoul(optarg, NULL, 10); break;
		case 't': rule.threads =
			(unsigned)strtoul(optarg, NULL, 10); break;
		case 'x': read_only = 1; break;
		default: return AC_USAGE;
		}
	if (optind != argc - 1 || runs == 0)
		die(AC_USAGE, "usage: phases [-abpx] [-f THRESHOLD] "
		    "[-r RUNS] [-t THREADS] FILE");
	if (rouge_threshold(&rule.test, threshold, &why) == -1)
		die(AC_USAGE, "%s", buf_cstr(&why));
	report(&rule, argv[optind], runs, read_only);
	return AC_DONE;
}
