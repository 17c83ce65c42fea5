#include "rec/out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "rec/filter_signal.h"

#ifndef PIPE_BUF
#define PIPE_BUF 512		/* the least POSIX allows */
#endif

static char *
joined(const char *a, const char *b)
{
	struct buf s = BUF_INIT;

	buf_str(&s, a);
	buf_str(&s, b);
	return buf_take(&s);
}

int
out_is_input(const char *path, char *const *inputs, size_t n)
{
	struct stat a, b;
	size_t i;

	if (stat(path, &a) < 0 || !S_ISREG(a.st_mode))
		return 0;
	for (i = 0; i < n || (i == 0 && n == 0); i++)
		if ((n == 0 || strcmp(inputs[i], "-") == 0 ?
		    fstat(STDIN_FILENO, &b) : stat(inputs[i], &b)) == 0 &&
		    a.st_dev == b.st_dev && a.st_ino == b.st_ino)
			return 1;
	return 0;
}

/* A name of a descriptor, which may be of a file: no FILE.part beside it. */
static int
is_descriptor(const char *path)
{
	return strcmp(path, "/dev/stdout") == 0 ||
	    strcmp(path, "/dev/stderr") == 0 ||
	    strncmp(path, "/dev/fd/", 8) == 0 ||
	    strncmp(path, "/proc/", 6) == 0;
}

/*
 * FILE.part, or, when that is being read (`-o FILE FILE.part`), another name
 * beside it which becomes FILE.part if the run does not succeed.
 */
static int
choose_part(struct out *o, const char *path, char *const *inputs, size_t n)
{
	char *target = realpath(path, NULL);

	o->path = target != NULL ? target : joined(path, "");
	o->keep = o->path != NULL ? joined(o->path, ".part") : NULL;
	if (o->keep == NULL)
		return -1;
	o->part = joined(o->keep, out_is_input(o->keep, inputs, n) ?
	    ".new" : "");
	return o->part == NULL ? -1 : 0;
}

int
out_open(struct out *o, const char *path, char *const *inputs, size_t n,
    struct buf *why)
{
	struct stat st;
	int device;

	memset(o, 0, sizeof(*o));
	o->fd = STDOUT_FILENO;
	o->is_stdout = path == NULL;
	if (path != NULL) {
		device = is_descriptor(path) ||
		    (stat(path, &st) == 0 && !S_ISREG(st.st_mode));
		if (!device && choose_part(o, path, inputs, n) < 0) {
			buf_str(why, "out of memory");
			o->fd = -1;
			return -1;
		}
		o->fd = device ? file_open(path, O_WRONLY | O_APPEND, 0) :
		    file_open(o->part, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (o->fd < 0) {
			buf_fmt(why, "%s: %s", device ? path : o->part,
			    strerror(errno));
			return -1;
		}
	}
	if (fstat(o->fd, &st) < 0) {
		buf_fmt(why, "stdout: %s", strerror(errno));
		return -1;
	}
	o->is_pipe = S_ISFIFO(st.st_mode);
	o->batch = o->is_pipe ? PIPE_BUF : isatty(o->fd) ? 0 : 64 << 10;
	return 0;
}

static int
write_error(const struct out *o, struct buf *why)
{
	if (errno == EPIPE && o->is_stdout)
		filter_die(SIGPIPE);
	if (errno == EINTR)
		return -1;	/* a stop, of which another will speak */
	buf_fmt(why, "write error: %s (%lu records written)", strerror(errno),
	    o->records);
	return -1;
}

/*
 * Waits until a pipe has room.  -1 with EINTR: a signal asks for a stop and
 * the reader reads nothing.
 */
static int
wait_for_room(const struct out *o)
{
	struct pollfd p = { o->fd, POLLOUT, 0 };

	while (poll(&p, 1, filter_signal() ? 0 : 1000) <= 0)
		if (filter_signal()) {
			errno = EINTR;
			return -1;
		}
	return 0;
}

static int
write_all(const struct out *o, const char *s, size_t len)
{
	const char *begin = s;
	ssize_t n;

	while (len > 0) {
		n = write(o->fd, s, len);
		if (n < 0 && errno == EAGAIN && s == begin) {
			if (wait_for_room(o) < 0)
				return -1;
			continue;
		}
		if (n < 0 && errno == EAGAIN) {
			struct pollfd p = { o->fd, POLLOUT, 0 };

			poll(&p, 1, -1);	/* a line begun is finished */
			continue;
		}
		if (n < 0 && errno == EINTR && !(o->is_pipe && s == begin &&
		    filter_signal()))
			continue;
		if (n < 0)
			return -1;
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A write to a pipe, alone among the processes that hold it. */
static int
write_locked(struct out *o, const char *s, size_t len)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int r, saved;

	if (wait_for_room(o) < 0)
		return -1;
	while (!o->no_lock && fcntl(o->fd, F_SETLKW, &lock) < 0) {
		if (errno == EINTR && filter_signal())
			return -1;
		if (errno == EINTR)
			continue;
		o->no_lock = 1;		/* some systems lock no pipes */
	}
	r = write_all(o, s, len);
	saved = errno;
	lock.l_type = F_UNLCK;
	if (!o->no_lock)
		fcntl(o->fd, F_SETLK, &lock);
	errno = saved;
	return r;
}

static int
put(struct out *o, const char *s, size_t len)
{
	/* Short ones too: they must not fall into another's long line. */
	if (o->is_pipe)
		return write_locked(o, s, len);
	return write_all(o, s, len);
}

static unsigned long
lines_in(const char *s, size_t len)
{
	unsigned long n = 0;

	for (; len > 0; len--)
		n += *s++ == '\n';
	return n;
}

/* Once a second, and at the end (`now`). */
static int
sync_file(struct out *o, int now, struct buf *why)
{
	double t = clock_now();

	if (!o->sync || (!now && t - o->synced < 1))
		return 0;
	o->synced = t;
	/* EINVAL: a pipe or a terminal, which has nothing to keep. */
	return fsync(o->fd) < 0 && errno != EINVAL && errno != EROFS ?
	    write_error(o, why) : 0;
}

int
out_flush(struct out *o, struct buf *why)
{
	if (o->fd < 0)
		return 0;
	if (o->pending.len == 0)
		return sync_file(o, 0, why);
	if (put(o, o->pending.s, o->pending.len) < 0) {
		o->records -= lines_in(o->pending.s, o->pending.len);
		buf_reset(&o->pending);
		return write_error(o, why);
	}
	buf_reset(&o->pending);
	return sync_file(o, 0, why);
}

int
out_put(struct out *o, const char *line, size_t len, struct buf *why)
{
	if (o->pending.len + len > o->batch && out_flush(o, why) < 0)
		return -1;
	o->records++;
	if (len >= o->batch) {
		if (put(o, line, len) < 0) {
			o->records--;
			return write_error(o, why);
		}
		return 0;
	}
	buf_add(&o->pending, line, len);
	if (!buf_ok(&o->pending)) {
		buf_str(why, "out of memory");
		return -1;
	}
	return 0;
}

int
out_text(struct out *o, const struct buf *lines, struct buf *why)
{
	const char *s = buf_cstr(lines), *end = s + lines->len, *nl;

	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL)
			nl = end - 1;
		if (out_put(o, s, (size_t)(nl + 1 - s), why) < 0)
			return -1;
	}
	return 0;
}

int
out_gone(const struct out *o)
{
	struct pollfd p = { o->fd, 0, 0 };

	return o->is_pipe && o->fd >= 0 && poll(&p, 1, 0) > 0 &&
	    p.revents & POLLERR;
}

static void
names_free(struct out *o)
{
	o->fd = -1;
	free(o->path);
	free(o->part);
	free(o->keep);
	o->path = o->part = o->keep = NULL;
	buf_free(&o->pending);
}

void
out_abandon(struct out *o)
{
	if (o->fd >= 0 && !o->is_stdout) {
		close(o->fd);
		if (o->part != NULL)
			unlink(o->part);
	}
	names_free(o);
}

int
out_close(struct out *o, int done, struct buf *why)
{
	int r = 0;

	if (o->fd >= 0) {
		r = out_flush(o, why);
		if (r == 0)
			r = sync_file(o, 1, why);
		if (close(o->fd) < 0 && r == 0)
			r = write_error(o, why);
		if (r == 0 && o->part != NULL &&
		    rename(o->part, done ? o->path : o->keep) < 0) {
			buf_fmt(why, "%s: cannot rename: %s", o->part,
			    strerror(errno));
			r = -1;
		}
		if (r == 0 && o->part != NULL && done &&
		    strcmp(o->part, o->keep) != 0)
			unlink(o->keep);
	}
	names_free(o);
	return r;
}

int
out_whole(const char *path, char *const *inputs, size_t n,
    const struct buf *text, struct buf *why)
{
	struct out o;
	int r;

	if (out_open(&o, path, inputs, n, why) < 0) {
		out_abandon(&o);
		return -1;
	}
	r = out_text(&o, text, why);
	return out_close(&o, r == 0, why) < 0 ? -1 : r;
}
