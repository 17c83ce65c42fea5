/*
 * Grows many questions that look distinct from a few real ones.
 *
 *	questions-grow [-c] [-g GROUP] [-m MORE] [-n N] [-s SEED] FILE
 *
 * FILE has a question a line; -c: units are characters, else words between
 * blanks.  Question i depends on the seed and on i alone.  Half of them are
 * the beginning of one real question and the end of another, half a whole
 * one.  Then one to four edits (with -c two to six): half replace a unit,
 * the others insert one, take one out or swap two neighbours.  New units
 * come from the place of a random line of MORE (else of FILE), so that
 * common ones are common; with -c they are runs of one to four characters.
 * A fifth of the new words are coined, a year or a name of one to four
 * syllables whose frequency falls as Zipf's law says, so that the vocabulary
 * grows with the questions as a real one does.  One in 16 is instead an
 * earlier question after one edit.
 *
 * Writes NDJSON with `id`, `root` (GROUP, 60, adjacent questions share one),
 * `question` and `score` (four decimals in [0, 1], so some are equal).
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/rng.h"
#include "rec/in.h"
#include "rec/json.h"
#include "text/utf8.h"

enum { MOST = 48, NAMES = 1 << 22, SYLLABLES = 80 };

/* A word or a character, borrowed or coined. */
struct unit {
	const char *s;
	size_t len;
};

/* The units of all lines of a file, one after the other. */
struct lines {
	struct unit *unit;
	size_t n, cap;
	size_t *from;		/* where each line starts; n at the end */
	size_t nlines, from_cap;
};

struct grow {
	struct lines real, more;
	int by_char;
	uint64_t seed;
};

struct question {
	struct unit v[MOST];
	size_t n;
	char coined[8 * 16];	/* bytes of coined words */
	size_t ncoined;
};

static _Noreturn void
no_memory(void)
{
	die(AC_BUG, "out of memory");
}

static void
add_unit(struct lines *l, const char *s, size_t len)
{
	if (mem_grow(&l->unit, &l->cap, l->n + 1, sizeof(*l->unit)) == -1)
		no_memory();
	l->unit[l->n].s = s;
	l->unit[l->n++].len = len;
}

/* The line's bytes stay allocated: its units borrow them. */
static void
add_line(struct lines *l, const char *s, size_t len, int by_char)
{
	size_t i, n;
	uint32_t cp;

	if (mem_grow(&l->from, &l->from_cap, l->nlines + 2,
	    sizeof(*l->from)) == -1)
		no_memory();
	l->from[l->nlines] = l->n;
	for (i = 0; i < len; i += n) {
		n = by_char ? utf8_next(s + i, len - i, &cp) :
		    strcspn(s + i, " ");
		if (n == 0)
			n = 1;
		else
			add_unit(l, s + i, n);
	}
	if (l->n > l->from[l->nlines])
		l->from[++l->nlines] = l->n;
}

static void
read_lines(struct lines *l, char *name, int by_char)
{
	struct buf why = BUF_INIT;
	enum in_status status;
	struct in in;
	size_t len;
	char *s;

	if (in_open(&in, &name, 1, &why) == -1)
		die(AC_IO, "%s", buf_cstr(&why));
	while ((status = in_line(&in, 1, &s, &len, &why)) == IN_LINE)
		add_line(l, s, len, by_char);
	if (status != IN_END)
		die(AC_IO, "%s", buf_cstr(&why));
	if (l->nlines == 0)
		die(AC_IO, "%s: no line", name);
	in_close(&in);
}

static size_t
below(uint64_t *seed, size_t n)
{
	return (size_t)rng_below(seed, n);
}

/* A year, or a name whose number falls off as 1/rank. */
static struct unit
coin(struct question *q, uint64_t *seed)
{
	static const char onset[] = "bdfghjklmnprstvz", nucleus[] = "aeiou";
	char *s = q->coined + q->ncoined;
	unsigned name, n = 0;

	if (below(seed, 4) == 0) {
		name = 1000 + (unsigned)below(seed, 1030);
		for (n = 4; n > 0; name /= 10)
			s[--n] = (char)('0' + name % 10);
		n = 4;
	} else {
		name = (unsigned)exp(rng_unit(seed) * log(NAMES)) + SYLLABLES;
		for (; name > 0; name /= SYLLABLES) {
			s[n++] = onset[name % SYLLABLES / 5];
			s[n++] = nucleus[name % 5];
		}
	}
	q->ncoined += n;
	return (struct unit){ s, n };
}

/* Up to `most` units from a random place; returns how many. */
static size_t
draw(const struct grow *g, struct question *q, uint64_t *seed,
    struct unit *to)
{
	const struct lines *l = g->more.nlines > 0 ? &g->more : &g->real;
	size_t line = below(seed, l->nlines), n, at, i, want = 1;

	if (!g->by_char && below(seed, 5) == 0 &&
	    q->ncoined + 16 <= sizeof(q->coined)) {
		to[0] = coin(q, seed);
		return 1;
	}
	n = l->from[line + 1] - l->from[line];
	at = below(seed, n);
	if (g->by_char)
		want = 1 + below(seed, 4);
	for (i = 0; i < want && at + i < n; i++)
		to[i] = l->unit[l->from[line] + at + i];
	return i;
}

/* Puts n units in the place of `old` ones at `at`, as far as there is room. */
static void
put(struct question *q, size_t at, size_t old, const struct unit *v, size_t n)
{
	if (at + old > q->n)
		old = q->n - at;
	if (q->n - old + n > MOST)
		return;
	memmove(q->v + at + n, q->v + at + old,
	    (q->n - at - old) * sizeof(*v));
	memcpy(q->v + at, v, n * sizeof(*v));
	q->n = q->n - old + n;
}

static void
edit(const struct grow *g, struct question *q, uint64_t *seed)
{
	struct unit v[4], swap;
	size_t at = below(seed, q->n), n, kind = below(seed, 6);

	if (kind < 3) {
		n = draw(g, q, seed, v);
		put(q, at, n, v, n);
	} else if (kind == 3) {
		n = draw(g, q, seed, v);
		put(q, at, 0, v, n);
	} else if (kind == 4 && q->n > 3) {
		put(q, at, 1, v, 0);
	} else if (at + 1 < q->n) {
		swap = q->v[at];
		q->v[at] = q->v[at + 1];
		q->v[at + 1] = swap;
	}
}

/* Units from..end of a real question, behind what there is. */
static void
take(const struct lines *l, struct question *q, size_t from, size_t end)
{
	for (; from < end && q->n < MOST; from++)
		q->v[q->n++] = l->unit[from];
}

static void
grow(const struct grow *g, struct question *q, uint64_t i)
{
	uint64_t seed = rng_mix(g->seed, i);
	const struct lines *l = &g->real;
	size_t a = below(&seed, l->nlines), b = below(&seed, l->nlines);
	size_t n = l->from[a + 1] - l->from[a], edits;

	q->n = q->ncoined = 0;
	if (below(&seed, 2) == 0) {
		take(l, q, l->from[a], l->from[a + 1]);
	} else {
		take(l, q, l->from[a], l->from[a] + 1 + below(&seed, n));
		n = l->from[b + 1] - l->from[b];
		take(l, q, l->from[b] + below(&seed, n), l->from[b + 1]);
	}
	edits = g->by_char ? 2 + below(&seed, 5) : 1 + below(&seed, 4);
	while (edits-- > 0)
		edit(g, q, &seed);
}

static void
print(const struct grow *g, const struct question *q, uint64_t i,
    unsigned long group, uint64_t *seed)
{
	struct buf text = BUF_INIT, line = BUF_INIT;
	size_t j;

	for (j = 0; j < q->n; j++) {
		if (j > 0 && !g->by_char)
			buf_byte(&text, ' ');
		buf_add(&text, q->v[j].s, q->v[j].len);
	}
	buf_fmt(&line, "{\"id\":\"q%07llu\",\"root\":\"r%llu\","
	    "\"question\":", (unsigned long long)i,
	    (unsigned long long)(i / group));
	json_quote(&line, buf_cstr(&text), text.len);
	buf_fmt(&line, ",\"score\":%.4f}\n", rng_unit(seed));
	if (!buf_ok(&text) || !buf_ok(&line))
		no_memory();
	fwrite(line.s, 1, line.len, stdout);
	buf_free(&text);
	buf_free(&line);
}

static unsigned long
number(const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0')
		die(AC_USAGE, "%s is no number", s);
	return n;
}

int
main(int argc, char **argv)
{
	struct grow g = { .seed = 1 };
	unsigned long n = 1000, group = 60, i;
	char *more = NULL;
	struct question q;
	uint64_t seed;
	int c;

	die_init("questions-grow");
	while ((c = getopt(argc, argv, "cg:m:n:s:")) != -1)
		switch (c) {
		case 'c': g.by_char = 1; break;
		case 'g': group = number(optarg); break;
		case 'm': more = optarg; break;
		case 'n': n = number(optarg); break;
		case 's': g.seed = number(optarg); break;
		default: return AC_USAGE;
		}
	if (optind != argc - 1 || group == 0)
		die(AC_USAGE, "usage: questions-grow [-c] [-g GROUP] "
		    "[-m MORE] [-n N] [-s SEED] FILE");
	read_lines(&g.real, argv[optind], g.by_char);
	if (more != NULL)
		read_lines(&g.more, more, g.by_char);
	for (i = 0; i < n; i++) {
		seed = rng_mix(~g.seed, i);
		if (i > 0 && below(&seed, 16) == 0) {
			grow(&g, &q, below(&seed, i));
			edit(&g, &q, &seed);
		} else {
			grow(&g, &q, i);
		}
		print(&g, &q, i, group, &seed);
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		die(AC_IO, "cannot write");
	return AC_DONE;
}
