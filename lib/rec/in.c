#include "rec/in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { CHUNK = 128 << 10 };	/* bytes asked of one read */

int
in_open(struct in *in, char **files, size_t n, struct buf *why)
{
	struct stat st;
	size_t i;

	memset(in, 0, sizeof(*in));
	in->files = files;
	in->nfiles = n;
	in->fd = -1;
	in->name = "-";
	for (i = 0; i < n; i++) {
		if (strcmp(files[i], "-") == 0) {
			in->total = -1;
			continue;
		}
		if (access(files[i], R_OK) < 0 || stat(files[i], &st) < 0) {
			buf_fmt(why, "%s: %s", files[i], strerror(errno));
			return -1;
		}
		if (S_ISDIR(st.st_mode)) {
			buf_fmt(why, "%s: %s", files[i], strerror(EISDIR));
			return -1;
		}
		if (!S_ISREG(st.st_mode))
			in->total = -1;
		else if (in->total >= 0)
			in->total += st.st_size;
	}
	if (n == 0)
		in->total = fstat(STDIN_FILENO, &st) == 0 &&
		    S_ISREG(st.st_mode) ? st.st_size : -1;
	return 0;
}

void
in_close(struct in *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	free(in->s);
	in->s = NULL;
	in->at = in->len = in->cap = 0;
}

int
in_next(struct in *in, struct buf *why)
{
	size_t files = in->nfiles > 0 ? in->nfiles : 1;

	in->at = in->len = in->seen = 0;
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	if (in->file == files)
		return 0;
	in->name = in->nfiles > 0 ? in->files[in->file] : "-";
	in->file++;
	in->line = 0;
	in->eof = 0;
	if (strcmp(in->name, "-") == 0) {
		in->fd = STDIN_FILENO;
		return 1;
	}
	in->fd = open(in->name, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0) {
		buf_fmt(why, "%s: %s", in->name, strerror(errno));
		return -1;
	}
	return 1;
}

/* Reads more behind what there is.  1, 0: would wait or a signal, -1. */
static int
more(struct in *in, int block, struct buf *why)
{
	struct pollfd p = { in->fd, POLLIN, 0 };
	ssize_t n;

	/* A signal just before the wait would else be heeded after it. */
	if (poll(&p, 1, block ? 1000 : 0) <= 0)
		return 0;
	if (in->at > 0 && in->len + CHUNK > in->cap) {
		memmove(in->s, in->s + in->at, in->len - in->at);
		in->len -= in->at;
		in->at = 0;
	}
	if (mem_grow(&in->s, &in->cap, in->len + CHUNK, 1) < 0) {
		buf_fmt(why, "%s: out of memory", in->name);
		return -1;
	}
	n = read(in->fd, in->s + in->len, in->cap - in->len);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (n < 0) {
		buf_fmt(why, "%s: read error: %s", in->name, strerror(errno));
		return -1;
	}
	if (n == 0)
		in->eof = 1;
	in->len += (size_t)n;
	return 1;
}

/*
 * Finds the end of the line that begins at in->at: its length without the
 * newline, or -1 when it is not all there yet.
 */
static long
line_end(struct in *in)
{
	char *from = in->s + in->at + in->seen, *nl;
	size_t left = in->len - in->at - in->seen;

	nl = left > 0 ? memchr(from, '\n', left) : NULL;
	if (nl != NULL)
		return nl - (in->s + in->at);
	in->seen = in->len - in->at;
	return in->eof ? (long)in->seen : -1;
}

static void
skip_bom(struct in *in)
{
	if (in->line == 0 && in->len - in->at >= 3 &&
	    memcmp(in->s + in->at, "\xef\xbb\xbf", 3) == 0) {
		in->at += 3;
		in->seen = 0;
	}
}

static int
is_blank(const char *s, size_t len)
{
	while (len > 0 && (s[len - 1] == '\r' || s[len - 1] == ' ' ||
	    s[len - 1] == '\t'))
		len--;
	return len == 0;
}

/* Hands out the line of len bytes at in->at, `skip` more are its end. */
static enum in_status
hand_out(struct in *in, size_t len, size_t skip, char **s, size_t *outlen,
    struct buf *why)
{
	*s = mem_dup(in->s + in->at, len);
	if (*s == NULL) {
		buf_fmt(why, "%s: out of memory", in->name);
		return IN_FAIL;
	}
	*outlen = len;
	in->at += len + skip;
	in->seen = 0;
	return IN_LINE;
}

enum in_status
in_line(struct in *in, int block, char **s, size_t *len, struct buf *why)
{
	long n;
	int r;

	for (;;) {
		if (in->fd < 0 || (in->eof && in->at == in->len)) {
			r = in->stay ? 0 : in_next(in, why);
			if (r <= 0)
				return r == 0 ? IN_END : IN_FAIL;
		}
		if (in->seen < 3)	/* it may come in pieces */
			skip_bom(in);
		n = line_end(in);
		/* However much of it a read happened to bring. */
		if (n > IN_LINE_MAX || (n < 0 && in->seen > IN_LINE_MAX)) {
			in->line++;
			in->bytes += IN_LINE_MAX;
			in->rest = 1;
			return hand_out(in, IN_LINE_MAX, 0, s, len, why) ==
			    IN_LINE ? IN_CUT : IN_FAIL;
		}
		if (n < 0) {
			r = more(in, block, why);
			if (r <= 0)
				return r == 0 ? IN_WAIT : IN_FAIL;
			continue;
		}
		r = in->at + (size_t)n < in->len;	/* a newline ends it */
		in->line += (unsigned)(n > 0 || r);
		in->bytes += n + r;
		if (!is_blank(in->s + in->at, (size_t)n))
			return hand_out(in, (size_t)n, (size_t)r, s, len, why);
		in->at += (size_t)n + (size_t)r;
		in->seen = 0;
	}
}

int
in_rest(struct in *in, struct buf *out, struct buf *why)
{
	long n;

	if (!in->rest)
		return 0;
	if (in->at == in->len && !in->eof) {
		in->at = in->len = in->seen = 0;
		if (more(in, 1, why) < 0)
			return -1;
	}
	in->seen = 0;
	n = line_end(in);
	if (n >= 0)
		in->rest = 0;
	else
		n = (long)(in->len - in->at);
	buf_add(out, in->s + in->at, (size_t)n);
	in->at += (size_t)n;
	in->bytes += n;
	if (!in->rest && in->at < in->len)
		in->at++;
	in->seen = 0;
	return in->rest;
}

enum in_status
in_bytes(struct in *in, int block, const char **s, size_t *len,
    struct buf *why)
{
	int r;

	if (in->fd < 0)
		return IN_END;
	if (in->at == in->len && !in->eof) {
		in->at = in->len = 0;
		r = more(in, block, why);
		if (r <= 0)
			return r == 0 ? IN_WAIT : IN_FAIL;
	}
	*s = in->s + in->at;
	*len = in->len - in->at;
	in->at = in->len;
	in->bytes += (off_t)*len;
	return *len > 0 || !in->eof ? IN_LINE : IN_END;
}

int
in_poll_fd(const struct in *in)
{
	struct stat st;

	if (in->fd < 0 || fstat(in->fd, &st) < 0 || S_ISREG(st.st_mode))
		return -1;
	return in->fd;
}
