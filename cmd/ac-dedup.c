/* ac-dedup: keeps the best questions and drops what is too close to them. */
#include <math.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "augcon/dedup.h"
#include "cmd.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/opt.h"
#include "rec/filter.h"
#include "rec/hold.h"
#include "text/sent.h"
#include "text/token.h"

enum { SCOPE_ROOT, SCOPE_ALL };

static struct options {
	const char *by, *threshold, *dropped, *shorts;
	int measure, scope, tokens, engine, compat, grouped;
	unsigned long keep, quota, threads;
} opt = { .tokens = -1, .compat = -1 };	/* -1: no choice made */

static struct filter_opt filter_opt;

#define AT(field) offsetof(struct options, field)

static const struct opt own[] = {
	{ "by", 0, OPT_TEXT, OPT_TOP, "NAME", "score", AT(by), 0,
	    "the number to rank by, highest first" },
	{ "threshold", 0, OPT_TEXT, OPT_TOP, "T", NULL, AT(threshold), 0,
	    "too close is above T (0.7; with --scope all 0.85)" },
	{ "measure", 0, OPT_CHOICE, OPT_TOP, "f|precision", "f", AT(measure),
	    0, "ROUGE-L F above T, or precision from T up" },
	{ "scope", 0, OPT_CHOICE, OPT_TOP, "root|all", "root", AT(scope), 0,
	    "compare inside each root, or across roots" },
	{ "tokens", 0, OPT_CHOICE, OPT_TOP, "unicode|google|space", NULL,
	    AT(tokens), 0, "how texts become tokens (unicode)" },
	{ "keep", 0, OPT_COUNT, OPT_TOP, "N", NULL, AT(keep), 1,
	    "keep at most N questions of a root, or of all" },
	{ "quota", 0, OPT_COUNT, OPT_TOP, "CHARS", NULL, AT(quota), 1,
	    "keep one question per CHARS code points of a root" },
	{ "dropped", 0, OPT_TEXT, OPT_ONCE | OPT_TOP, "FILE", NULL,
	    AT(dropped), 0, "write the dropped records to FILE, with why" },
	{ "short", 0, OPT_TEXT, OPT_ONCE, "FILE", NULL, AT(shorts), 0,
	    "list in FILE the roots that miss their quota" },
	{ "grouped", 0, OPT_FLAG, OPT_TOP, NULL, NULL, AT(grouped), 0,
	    "a root's records are adjacent: hold one root" },
	{ "compat", 0, OPT_CHOICE, 0, "augcon", NULL, AT(compat), 0,
	    "preset: as AugCon's published code decides" },
	{ "engine", 0, OPT_CHOICE, 0, "index|brute", "index", AT(engine), 0,
	    "how to compare; brute is the slow oracle" },
	{ "threads", 0, OPT_COUNT, OPT_ENV, "N", NULL, AT(threads), 1,
	    "use N threads (as many as processors, at most 8)" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static const struct opt_group groups[] = {
	{ own, &opt }, { record_opts, &filter_opt },
	{ filter_opts, &filter_opt }, { NULL, NULL }
};

static const struct opt_command command = {
	"ac-dedup",
	"keep the best questions, drop those too close to them",
	"[FILE ...]",
	"ac-dedup --quota 35 scored.ndjson > kept.ndjson",
	groups
};

/* What a held line is; else the number of its question. */
static const uint32_t PASSED = UINT32_MAX, FAILED = UINT32_MAX - 1;

/* The lines read and not yet written: one root's with --grouped, or all. */
struct batch {
	struct hold lines;
	uint32_t *what;		/* each line is */
	size_t what_cap;
	struct dedup_question *q;
	uint32_t *line_of;	/* by question */
	size_t nq, q_cap, line_of_cap;
	struct tokens tokens;	/* of all questions */
	struct vocab *words, *roots;
	uint32_t *quota;	/* by root */
	size_t quota_cap;
};

struct job {
	struct filter f;
	struct dedup_rule rule;
	enum token_mode mode;
	struct out dropped, shorts;
	struct batch b;
	struct tokens one;	/* scratch: one question's */
	struct buf text, scratch, root;
	unsigned long kept, close, full, empty;
	unsigned long nroots, nshort, missing, alike;
};

static void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static void
batch_words(struct batch *b)
{
	vocab_free(b->words);
	vocab_free(b->roots);
	b->words = vocab_new();
	b->roots = vocab_new();
	if (b->words == NULL || b->roots == NULL)
		no_memory();
}

static void
batch_free(struct batch *b)
{
	hold_free(&b->lines);
	free(b->what);
	free(b->q);
	free(b->line_of);
	free(b->quota);
	tokens_free(&b->tokens);
	vocab_free(b->words);
	vocab_free(b->roots);
}

static void
stop(struct job *j)
{
	exit(filter_close(&j->f, AC_IO));
}

/* The record of line i again, to be freed by the caller. */
static void
line_record(struct job *j, size_t i, struct rec *r)
{
	const char *s;
	size_t len;
	char *copy;

	if (hold_get(&j->b.lines, i, &s, &len, &j->f.why) == -1)
		stop(j);
	copy = mem_dup(s, len - 1);
	if (copy == NULL || rec_take(r, copy, len - 1, "-", 0) == -1)
		no_memory();
}

static void
hold(struct job *j, struct rec *r, uint32_t what)
{
	struct batch *b = &j->b;
	size_t n = b->lines.n;
	struct buf *line = hold_line(&b->lines);
	int left = r->cut;

	if (n >= FAILED)
		die(AC_BUG, "more than %lu records", (unsigned long)n);
	if (line == NULL || rec_line(r, line) == -1 ||
	    mem_grow(&b->what, &b->what_cap, n + 1, sizeof(*b->what)) == -1)
		no_memory();
	b->what[n] = what;
	while (left > 0)
		left = in_rest(&j->f.in, line, &j->f.why);
	if (r->cut)
		buf_byte(line, '\n');
	if (left == -1 || hold_done(&b->lines, &j->f.why) == -1)
		stop(j);
}

static void
hold_failed(struct job *j, struct rec *r, const char *code,
    const char *message)
{
	filter_report(&j->f, r, code, message, NULL);
	rec_fail(r, code, message, 0);
	hold(j, r, FAILED);
}

/* The member that a look-up did not find, or what is wrong with it. */
static void
hold_missing(struct job *j, struct rec *r, int there, const char *name)
{
	struct buf message = BUF_INIT;

	if (there == 0)
		buf_fmt(&message, "no member '%s'", name);
	else
		buf_str(&message, buf_cstr(&r->why));
	if (!buf_ok(&message))
		no_memory();
	hold_failed(j, r, "missing_field", buf_cstr(&message));
	buf_free(&message);
}

static void
hold_blank(struct job *j, struct rec *r, const char *name)
{
	buf_reset(&r->why);
	buf_fmt(&r->why, "member '%s' is blank", name);
	hold_missing(j, r, -1, name);
}

/*
 * The root's number.  The first record of a root says how long its context
 * is.  No text holds a NUL, so one can stand for the nameless root.
 */
static uint32_t
root_number(struct batch *b, const struct buf *root, long chars)
{
	size_t n = vocab_size(b->roots);
	uint32_t id = vocab_id(b->roots, buf_cstr(root), root->len);
	unsigned long want = 0;

	if (id == UINT32_MAX || mem_grow(&b->quota, &b->quota_cap, n + 1,
	    sizeof(*b->quota)) == -1)
		no_memory();
	if (id < n)
		return id;
	if (opt.quota > 0)
		want = (unsigned long)chars / opt.quota;
	b->quota[id] = want == 0 ? 1 : want > INT32_MAX ? INT32_MAX :
	    (uint32_t)want;
	return id;
}

static void
hold_question(struct job *j, struct rec *r, double score, long chars)
{
	struct batch *b = &j->b;
	struct dedup_question *q;
	struct tokens *all = &b->tokens;

	if (token_ids(j->mode, buf_cstr(&j->text), j->text.len, b->words,
	    &j->scratch, &j->one) == -1 ||
	    mem_grow(&b->q, &b->q_cap, b->nq + 1, sizeof(*b->q)) == -1 ||
	    mem_grow(&b->line_of, &b->line_of_cap, b->nq + 1,
	    sizeof(*b->line_of)) == -1 ||
	    mem_grow(&all->v, &all->cap, all->n + j->one.n,
	    sizeof(*all->v)) == -1)
		no_memory();
	q = &b->q[b->nq];
	memset(q, 0, sizeof(*q));
	q->token = all->n;
	q->ntokens = (uint32_t)j->one.n;
	q->score = score;
	q->root = root_number(b, &j->root, chars);
	if (j->one.n > 0)
		memcpy(all->v + all->n, j->one.v, j->one.n * sizeof(*all->v));
	all->n += j->one.n;
	j->empty += j->one.n == 0;
	b->line_of[b->nq] = (uint32_t)b->lines.n;
	hold(j, r, (uint32_t)b->nq++);
}

static void flush(struct job *);

/* Holds a record back, as a question if it is one. */
static void
take(struct job *j, struct rec *r, const char *in_name)
{
	double score = NAN;
	long chars = 0;
	int there;

	buf_reset(&j->text);
	buf_reset(&j->root);
	there = rec_text(r, in_name, &j->text);
	if (there == 0 && rec_has(r, "state")) {
		j->f.passed++;
		hold(j, r, PASSED);
		return;
	}
	if (there != 1) {
		hold_missing(j, r, there, in_name);
		return;
	}
	if (sent_blank_start(buf_cstr(&j->text), j->text.len) ==
	    j->text.len) {
		hold_blank(j, r, in_name);
		return;
	}
	if (rec_number(r, opt.by, &score) == -1) {
		hold_missing(j, r, -1, opt.by);
		return;
	}
	if (opt.scope == SCOPE_ROOT || opt.quota > 0) {
		there = rec_text(r, "root", &j->root);
		if (there == -1) {
			hold_missing(j, r, there, "root");
			return;
		}
		if (there == 0)
			buf_byte(&j->root, '\0');
	}
	there = opt.quota > 0 ? rec_integer(r, "root_chars", &chars) : 1;
	if (there != 1) {
		hold_missing(j, r, there, "root_chars");
		return;
	}
	if (chars < 0) {
		hold_failed(j, r, "missing_field",
		    "member 'root_chars' is negative");
		return;
	}
	if (!buf_ok(&j->text) || !buf_ok(&j->root))
		no_memory();
	if (opt.grouped && j->b.nq > 0 && vocab_find(j->b.roots,
	    buf_cstr(&j->root), j->root.len) == UINT32_MAX)
		flush(j);
	hold_question(j, r, score, chars);
}

static void
put_dropped(struct job *j, size_t i, const struct dedup_question *q)
{
	const struct batch *b = &j->b;
	struct buf why = BUF_INIT, line = BUF_INIT;
	struct rec r = REC_INIT, kept = REC_INIT;
	const char *id = "null", *name;
	size_t len = 4;

	line_record(j, i, &r);
	if (q->verdict == DEDUP_FULL) {
		buf_fmt(&why, "{\"by\":\"%s\",\"quota\":%lu}", die_name(),
		    (unsigned long)q->of);
	} else {
		line_record(j, b->line_of[q->of], &kept);
		if (rec_raw(&kept, filter_opt.id_name, &id, &len) != 1)
			len = 4;
		buf_fmt(&why, "{\"by\":\"%s\",\"of\":", die_name());
		buf_add(&why, id, len);
		buf_str(&why, ",\"rouge\":");
		json_number(&why, rouge_value(j->rule.test.measure, q->lcs,
		    q->ntokens, b->q[q->of].ntokens));
		buf_byte(&why, '}');
	}
	name = filter_opt.out_name;
	rec_set_raw(&r, name == NULL ? "dropped" : name, buf_cstr(&why),
	    why.len);
	if (!buf_ok(&why) || rec_line(&r, &line) == -1)
		no_memory();
	if (out_put(&j->dropped, line.s, line.len, &j->f.why) == -1)
		stop(j);
	rec_free(&r);
	rec_free(&kept);
	buf_free(&why);
	buf_free(&line);
}

/* Writes line i as what it has turned out to be. */
static void
put_line(struct job *j, size_t i)
{
	const struct dedup_question *q = NULL;
	struct buf line = BUF_INIT;
	uint32_t what = j->b.what[i];
	const char *s;

	if (what < FAILED) {
		q = &j->b.q[what];
		j->f.ok++;
		j->kept += q->verdict == DEDUP_KEPT;
		j->close += q->verdict == DEDUP_CLOSE;
		j->full += q->verdict == DEDUP_FULL;
	}
	if (q != NULL && q->verdict != DEDUP_KEPT) {
		if (opt.dropped != NULL)
			put_dropped(j, i, q);
		return;
	}
	if (hold_next(&j->b.lines, i, &s, &line.len, &j->f.why) == -1)
		stop(j);
	line.s = (char *)(uintptr_t)s;	/* only looked at */
	if (filter_put(&j->f, &line, what == FAILED) == -1)
		stop(j);
}

static void
put_short(struct job *j, uint32_t root, unsigned long have,
    unsigned long alike)
{
	struct buf line = BUF_INIT;
	unsigned long want = j->b.quota[root];
	const char *name;
	size_t len;

	j->nshort++;
	j->missing += want - have;
	j->alike += alike;
	if (opt.shorts == NULL)
		return;
	name = vocab_token(j->b.roots, root, &len);
	buf_str(&line, "{\"root\":");
	if (len == 1 && name[0] == '\0')
		buf_str(&line, "null");
	else
		json_quote(&line, name, len);
	buf_fmt(&line, ",\"have\":%lu,\"want\":%lu,\"dropped\":%lu}\n", have,
	    want, alike);
	if (!buf_ok(&line))
		no_memory();
	if (out_put(&j->shorts, line.s, line.len, &j->f.why) == -1)
		stop(j);
	buf_free(&line);
}

/* Lists the roots whose quota is not filled, in the order they came. */
static void
list_short(struct job *j)
{
	struct batch *b = &j->b;
	size_t nroots = vocab_size(b->roots), i;
	uint32_t *have = mem_new(nroots, sizeof(*have));
	uint32_t *alike = mem_new(nroots, sizeof(*alike));

	if (have == NULL || alike == NULL)
		no_memory();
	for (i = 0; i < b->nq; i++) {
		have[b->q[i].root] += b->q[i].verdict == DEDUP_KEPT;
		alike[b->q[i].root] += b->q[i].verdict == DEDUP_CLOSE;
	}
	for (i = 0; i < nroots; i++)
		if (have[i] < b->quota[i])
			put_short(j, (uint32_t)i, have[i], alike[i]);
	j->nroots += nroots;
	free(have);
	free(alike);
}

/* Nothing of the batch is written yet, so there is nothing to finish. */
static void
on_stop(int sig)
{
	static const char text[] = "ac-dedup: interrupted: nothing of what "
	    "was held is written; run again\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)n;
	signal(sig, SIG_DFL);
	raise(sig);
}

/* Decides.  That may take a while, and a stop does not wait for it. */
static int
decide(struct job *j)
{
	static const int stops[] = { SIGINT, SIGTERM, SIGHUP };
	enum { N = sizeof(stops) / sizeof(stops[0]) };
	struct sigaction now = { .sa_handler = on_stop }, old[N];
	struct batch *b = &j->b;
	size_t i;
	int ret;

	sigemptyset(&now.sa_mask);
	for (i = 0; i < N; i++)
		if (sigaction(stops[i], NULL, &old[i]) == 0 &&
		    old[i].sa_handler != SIG_IGN)
			sigaction(stops[i], &now, NULL);
	if (filter_signal() != 0)
		stop(j);
	ret = dedup_select(&j->rule, b->tokens.v, b->q, b->nq,
	    opt.quota > 0 ? b->quota : NULL, vocab_size(b->roots));
	for (i = 0; i < N; i++)
		sigaction(stops[i], &old[i], NULL);
	return ret;
}

/* Decides the batch, writes it and forgets it. */
static void
flush(struct job *j)
{
	enum { FEW = 10000 };	/* questions not worth a thread */
	struct batch *b = &j->b;
	size_t i;

	j->rule.threads = b->nq < FEW ? 1 : (unsigned)opt.threads;
	if (decide(j) == -1)
		no_memory();
	for (i = 0; i < b->lines.n; i++) {
		if (filter_signal() != 0)
			stop(j);
		put_line(j, i);
	}
	if (opt.quota > 0)
		list_short(j);
	hold_reset(&b->lines);
	b->nq = b->tokens.n = 0;
	batch_words(b);
}

static void
read_all(struct job *j)
{
	const char *name = filter_opt.in_name;
	enum in_status status;
	struct rec r = REC_INIT;
	struct buf why = BUF_INIT;

	while ((status = filter_read(&j->f, 1, &r)) == IN_LINE ||
	    status == IN_CUT) {
		if (r.bad != NULL) {
			buf_reset(&why);
			buf_str(&why, r.bad[0] == 'n' ?
			    "the line is no JSON object" : buf_cstr(&r.why));
			hold_failed(j, &r, r.bad, buf_cstr(&why));
		} else if (rec_foreign_error(&r)) {
			j->f.passed++;
			hold(j, &r, PASSED);
		} else {
			take(j, &r, name == NULL ? "question" : name);
		}
		if (opt.grouped && j->b.nq == 0)
			flush(j);
	}
	rec_free(&r);
	buf_free(&why);
	if (status != IN_END)
		stop(j);
	flush(j);
}

static unsigned long
processors(void)
{
	enum { ENOUGH = 8 };
	long n = 1;

#ifdef _SC_NPROCESSORS_ONLN
	n = sysconf(_SC_NPROCESSORS_ONLN);
#endif
	return n < 1 ? 1 : n > ENOUGH ? ENOUGH : (unsigned long)n;
}

/* Presets and defaults that depend on other options. */
static void
settle(struct job *j)
{
	const char *threshold = opt.threshold;
	struct buf why = BUF_INIT;

	if (opt.grouped && opt.scope == SCOPE_ALL)
		die_usage("--grouped goes by root, --scope all does not");
	if (opt.shorts != NULL && opt.quota == 0)
		die_usage("--short needs --quota");
	if (threshold == NULL)
		threshold = opt.scope == SCOPE_ALL && opt.compat == -1 ?
		    "0.85" : "0.7";
	j->rule.test.measure = opt.measure == 0 ? ROUGE_F : ROUGE_PRECISION;
	if (rouge_threshold(&j->rule.test, threshold, &why) == -1)
		die_usage("--threshold: %s", buf_cstr(&why));
	j->mode = opt.tokens != -1 ? (enum token_mode)opt.tokens :
	    opt.compat != -1 ? TOKEN_AUGCON : TOKEN_UNICODE;
	j->rule.engine = opt.engine == 0 ? DEDUP_INDEX : DEDUP_BRUTE;
	j->rule.all = opt.scope == SCOPE_ALL;
	j->rule.keep = opt.keep > INT32_MAX ? INT32_MAX : (uint32_t)opt.keep;
	if (opt.threads == 0)
		opt.threads = processors();
	if (opt.threads > INT32_MAX)
		opt.threads = INT32_MAX;
}

static void
open_all(struct job *j, char **files, size_t n)
{
	struct buf why = BUF_INIT;
	int code = filter_open(&j->f, &filter_opt, files, n, &why);

	if (code == AC_USAGE)
		die_usage("%s", buf_cstr(&why));
	if (code != AC_DONE)
		die(code, "%s", buf_cstr(&why));
	if ((opt.dropped != NULL &&
	    out_open(&j->dropped, opt.dropped, files, n, &why) == -1) ||
	    (opt.shorts != NULL &&
	    out_open(&j->shorts, opt.shorts, files, n, &why) == -1))
		die(AC_IO, "%s", buf_cstr(&why));
	hold_init(&j->b.lines);
	batch_words(&j->b);
}

static void
tell(struct job *j)
{
	int quiet = filter_opt.quiet;

	if (j->empty > 0 && j->mode == TOKEN_GOOGLE && !quiet)
		warn("%lu questions have no tokens: --tokens google knows "
		    "ASCII letters and digits only", j->empty);
	if (j->nshort > 0 && !quiet)
		warn("%lu of %lu roots stay short, by %lu questions (%lu of "
		    "theirs were dropped as too close)", j->nshort, j->nroots,
		    j->missing, j->alike);
	if (filter_opt.verbose > 0 && !quiet)
		warn("%lu kept, %lu too close, %lu over the quota", j->kept,
		    j->close, j->full);
	buf_fmt(&j->f.stats, "\"kept\":%lu,\"close\":%lu,\"full\":%lu,"
	    "\"short\":%lu", j->kept, j->close, j->full, j->nshort);
}

int
main(int argc, char **argv)
{
	static struct job j = { .dropped.fd = -1, .shorts.fd = -1 };
	int first = cmd_begin(&command, argc, argv), code = AC_DONE;

	settle(&j);
	open_all(&j, argv + first, (size_t)(argc - first));
	read_all(&j);
	tell(&j);
	if (out_close(&j.dropped, 1, &j.f.why) == -1 ||
	    out_close(&j.shorts, 1, &j.f.why) == -1)
		code = AC_IO;
	batch_free(&j.b);
	tokens_free(&j.one);
	buf_free(&j.text);
	buf_free(&j.scratch);
	buf_free(&j.root);
	return filter_close(&j.f, code);
}
