#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "llm/batch_int.h"

enum { CHUNK = 256 << 10 };	/* bytes asked of one read */

int
batch_spool(int from, struct buf *why)
{
	FILE *f = tmpfile();
	int to = f != NULL ? dup(fileno(f)) : -1;
	char *s = mem_new(CHUNK, 1);
	ssize_t n = -1, done, w = 0;

	while (to >= 0 && s != NULL && w >= 0) {
		n = read(from, s, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		for (done = 0; done < n && w >= 0; done += w > 0 ? w : 0) {
			w = write(to, s + done, (size_t)(n - done));
			if (w < 0 && errno == EINTR)
				w = 0;
		}
	}
	if (to < 0 || s == NULL || n < 0 || w < 0)
		buf_fmt(why, "a temporary copy: %s", strerror(errno));
	free(s);
	if (f != NULL)
		fclose(f);
	if (why->len > 0 && to >= 0) {
		close(to);
		to = -1;
	}
	return to;
}

/* Reads more behind what there is.  -1: *why. */
static int
fill(struct batch_reader *r, int fd, struct buf *why)
{
	ssize_t n;

	if (r->at > 0) {
		memmove(r->s, r->s + r->at, r->len - r->at);
		r->len -= r->at;
		r->at = 0;
	}
	if (mem_grow(&r->s, &r->cap, r->len + CHUNK, 1) < 0) {
		buf_str(why, "out of memory");
		return -1;
	}
	do {
		n = pread(fd, r->s + r->len, CHUNK, (off_t)(r->before +
		    r->len));
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		buf_fmt(why, "read error: %s", strerror(errno));
		return -1;
	}
	r->eof = n == 0;
	r->len += (size_t)n;
	return 0;
}

void
batch_consume(struct batch_reader *r, size_t n)
{
	r->at += n;
	r->before += n;
	r->seen = 0;
}

int
batch_next(struct batch_reader *r, int fd, size_t *len, struct buf *why)
{
	const char *from, *nl;
	size_t left;

	r->long_line = 0;
	if (r->s == NULL && fill(r, fd, why) < 0)
		return -1;
	for (;;) {
		from = r->s + r->at;
		left = r->len - r->at;
		nl = left > r->seen ? memchr(from + r->seen, '\n',
		    left - r->seen) : NULL;
		*len = nl != NULL ? (size_t)(nl - from) : left;
		if (*len > BATCH_LINE_MAX)
			r->long_line = 1;
		if (nl != NULL || (r->eof && left > 0))
			return 1;
		if (r->eof)
			return r->long_line;
		r->seen = left;
		if (r->long_line)
			batch_consume(r, left);
		if (fill(r, fd, why) < 0)
			return -1;
	}
}
