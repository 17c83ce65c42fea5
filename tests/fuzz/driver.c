/*
 * Runs a fuzz target without libFuzzer: each file of the folders given, then
 * for a time seeded changes of them.
 *
 *	NAME [-t SECONDS] [-s SEED] FOLDER|FILE ...
 *
 * An input that stops the program is left in crash-NAME.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "fuzz.h"

enum { LONGEST = 8 << 10 };	/* bytes that a changed input may have */

/* What a signal handler must reach. */
static struct {
	const char *name;
	const uint8_t *s;
	size_t len;
} now;

static void
leave_input(int sig)
{
	int fd = open(now.name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd < 0 || write(fd, now.s, now.len) < 0)
		_exit(125);
	close(fd);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* A copy that ends where its memory ends, so that a checker sees one more. */
static void
try_input(const char *s, size_t len)
{
	uint8_t *copy = malloc(len > 0 ? len : 1);

	if (copy == NULL)
		exit(125);
	memcpy(copy, s, len);
	now.s = copy;
	now.len = len;
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

struct corpus {
	struct buf *v;
	size_t n, cap;
};

static void
add_file(struct corpus *c, const char *path)
{
	struct buf b = BUF_INIT;
	char part[4096];
	size_t n;
	FILE *f = fopen(path, "rb");

	if (f == NULL || mem_grow(&c->v, &c->cap, c->n + 1,
	    sizeof(*c->v)) < 0) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(125);
	}
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&b, part, n);
	fclose(f);
	buf_add(&b, "", 0);
	c->v[c->n++] = b;
}

static void
add_path(struct corpus *c, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	struct buf name = BUF_INIT;

	if (dir == NULL) {
		add_file(c, path);
		return;
	}
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_reset(&name);
		buf_fmt(&name, "%s/%s", path, e->d_name);
		add_file(c, buf_cstr(&name));
	}
	closedir(dir);
	buf_free(&name);
}

/* Bytes that mean something to one of the formats. */
static const char *const words[] = { "\"", "\\", "{", "}", "[", "]", ",", ":",
	"\n", "\r\n", "\n\n", "\\u0000", "\\ud800", "\xef\xbb\xbf",
	"\xf0\x9f\x98\x80", "\xff", "null", "1e999", "-0", "{{context}}",
	"--- user\n", "data: ", "[DONE]", "<think>", "</think>", "```",
	"\"error\":", "\"choices\":", " ", "\t", "=", "#",
	"18446744073709551616"
};

static void
change(struct buf *b, const struct buf *other, uint64_t *rng)
{
	size_t at = (size_t)rng_below(rng, b->len + 1);
	size_t from = (size_t)rng_below(rng, other->len + 1);
	size_t n = (size_t)rng_below(rng, 32);
	const char *w = words[rng_below(rng, sizeof(words) / sizeof(*words))];
	struct buf tail = BUF_INIT;

	switch (rng_below(rng, 6)) {
	case 0:		/* a bit */
		if (at < b->len)
			b->s[at] = (char)(b->s[at] ^ (1 << (n & 7)));
		return;
	case 1:		/* a byte */
		if (at < b->len)
			b->s[at] = (char)rng_below(rng, 256);
		return;
	case 2:		/* cut short */
		b->len = at;
		return;
	}
	/* The rest puts something at the place, or takes some bytes there. */
	n = n < b->len - at ? n : b->len - at;
	buf_add(&tail, buf_cstr(b) + at, b->len - at);
	b->len = at;
	switch (rng_below(rng, 3)) {
	case 0:
		buf_str(b, w);
		n = 0;
		break;
	case 1:
		buf_add(b, buf_cstr(other) + from, other->len - from);
		break;
	}
	buf_add(b, buf_cstr(&tail) + n, tail.len - n);
	buf_free(&tail);
}

static unsigned long
mutate(const struct corpus *c, double seconds, uint64_t rng)
{
	double end = clock_now() + seconds;
	struct buf b = BUF_INIT;
	unsigned long done = 0;
	size_t i;

	while (c->n > 0 && clock_now() < end) {
		const struct buf *from = &c->v[rng_below(&rng, c->n)];

		buf_reset(&b);
		buf_add(&b, buf_cstr(from), from->len);
		for (i = 1 + (size_t)rng_below(&rng, 6); i > 0; i--)
			change(&b, &c->v[rng_below(&rng, c->n)], &rng);
		if (b.len > LONGEST)
			b.len = LONGEST;
		try_input(buf_cstr(&b), b.len);
		done++;
	}
	buf_free(&b);
	return done;
}

static void
catch_crashes(const char *program)
{
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE };
	static char name[256];
	const char *base = strrchr(program, '/');
	size_t i;

	snprintf(name, sizeof(name), "crash-%s",
	    base != NULL ? base + 1 : program);
	now.name = name;
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], leave_input);
}

int
main(int argc, char **argv)
{
	struct corpus c = { NULL, 0, 0 };
	double seconds = 0;
	uint64_t seed = 1;
	unsigned long changed;
	size_t i;
	int opt;

	while ((opt = getopt(argc, argv, "t:s:")) != -1) {
		if (opt == 't')
			seconds = strtod(optarg, NULL);
		else if (opt == 's')
			seed = strtoull(optarg, NULL, 10);
		else
			return 2;
	}
	for (; optind < argc; optind++)
		add_path(&c, argv[optind]);
	catch_crashes(argv[0]);
	for (i = 0; i < c.n; i++)
		try_input(buf_cstr(&c.v[i]), c.v[i].len);
	changed = mutate(&c, seconds, seed);
	printf("%s: %zu inputs, %lu changed ones, seed %llu\n", argv[0], c.n,
	    changed, (unsigned long long)seed);
	for (i = 0; i < c.n; i++)
		buf_free(&c.v[i]);
	free(c.v);
	return 0;
}
