/* The folder of replies: found, read, and shared with other writers. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "llm/cache_int.h"

/* Makes a folder and its parents. */
static int
make_dirs(char *path)
{
	char *p;
	int r;

	for (p = path + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		r = mkdir(path, 0777);
		*p = '/';
		if (r < 0 && errno != EEXIST && errno != EROFS &&
		    errno != EACCES)
			return -1;
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

int
cache_open(struct cache *c, const char *dir, struct buf *why)
{
	const char *home;
	struct buf path = BUF_INIT;

	memset(c, 0, sizeof(*c));
	if (dir != NULL) {
		buf_str(&path, dir);
	} else if ((home = getenv("XDG_CACHE_HOME")) != NULL && *home == '/') {
		buf_fmt(&path, "%s/ac", home);
	} else if ((home = getenv("HOME")) != NULL && *home == '/') {
		buf_fmt(&path, "%s/.cache/ac", home);
	}
	if (!buf_ok(&path)) {
		buf_str(why, "out of memory");
		return -1;
	}
	if (path.len == 0) {
		buf_free(&path);
		return 0;
	}
	if (make_dirs(path.s) < 0 || (c->fd = open(path.s, O_RDONLY |
	    O_DIRECTORY | O_CLOEXEC)) < 0) {
		buf_fmt(why, "cache %s: %s", path.s, strerror(errno));
		buf_free(&path);
		return -1;
	}
	c->dir = buf_take(&path);
	return 0;
}

void
cache_close(struct cache *c)
{
	if (c->dir != NULL)
		close(c->fd);
	free(c->dir);
	c->dir = NULL;
	buf_free(&c->file);
	buf_free(&c->last);
	c->same = 0;
}

/* ab/cdef..., in the folder. */
static void
entry_name(const char *key, char name[CACHE_KEY + 2])
{
	memcpy(name, key, 2);
	name[2] = '/';
	memcpy(name + 3, key + 2, CACHE_KEY - 1);
}

int
cache_get(struct cache *c, const char *key, struct buf *out)
{
	char name[CACHE_KEY + 2];
	size_t at;

	if (c->dir == NULL)
		return 0;
	entry_name(key, name);
	at = cache_entry_read(c, name, key);
	if (at > 0)
		buf_add(out, c->file.s + at, c->file.len - at);
	if (c->file.cap > 1 << 20)
		buf_free(&c->file);	/* once a large one: not for ever */
	return at > 0 && buf_ok(out);
}

/*
 * Writes an entry under a temporary name, which *tmp gets.  Another host may
 * have taken the name, with the same process number; it is left alone.
 */
static int
write_new(struct cache *c, const char *key, const char *sent,
    const struct buf *reply, struct buf *tmp)
{
	const char dir[] = { key[0], key[1], '\0' };
	int tries, r = -1;

	for (tries = 0; r < 0 && tries < 8; tries++) {
		buf_reset(tmp);
		buf_fmt(tmp, "%s/.new-%ld-%lu-%.8s", dir, (long)getpid(),
		    c->n++, key);
		if (!buf_ok(tmp))
			break;
		r = cache_entry_write(c, tmp->s, key, sent, reply);
		if (r < 0 && errno == ENOENT && mkdirat(c->fd, dir, 0700) < 0 &&
		    errno != EEXIST)
			break;
		if (r < 0 && errno != ENOENT && errno != EEXIST)
			break;
	}
	return r;
}

/* Gives the temporary file its name.  1: another was first. */
static int
publish(struct cache *c, const char *tmp, const char *key, struct buf *reply,
    int replace)
{
	char name[CACHE_KEY + 2];
	struct buf other = BUF_INIT;

	entry_name(key, name);
	if (replace)
		return renameat(c->fd, tmp, c->fd, name);
	if (linkat(c->fd, tmp, c->fd, name, 0) == 0) {
		unlinkat(c->fd, tmp, 0);
		return 0;
	}
	if (errno == EEXIST && cache_get(c, key, &other)) {
		unlinkat(c->fd, tmp, 0);
		buf_reset(reply);
		buf_add(reply, other.s, other.len);
		buf_free(&other);
		return buf_ok(reply) ? 1 : -1;
	}
	buf_free(&other);
	/* A file system without hard links, or a damaged entry. */
	return renameat(c->fd, tmp, c->fd, name);
}

/* A name survives a loss of power when its folder is on the disk. */
static int
sync_folder(const struct cache *c, const char *key)
{
	const char dir[] = { key[0], key[1], '\0' };
	int fd = openat(c->fd, dir, O_RDONLY | O_CLOEXEC), r = -1;

	if (fd >= 0) {
		r = fsync(fd);
		close(fd);
	}
	return r;
}

int
cache_put(struct cache *c, const char *key, const char *sent,
    struct buf *reply, int replace, struct buf *why)
{
	struct buf tmp = BUF_INIT;
	int r;

	if (c->dir == NULL)
		return 0;
	r = write_new(c, key, sent, reply, &tmp);
	if (r == 0) {
		r = publish(c, tmp.s, key, reply, replace);
		if (r >= 0 && c->sync && sync_folder(c, key) < 0)
			r = -1;
		if (r < 0) {
			int saved = errno;

			unlinkat(c->fd, tmp.s, 0);
			errno = saved;
		}
	}
	if (r < 0)
		buf_fmt(why, "cache %s: %s", c->dir, strerror(errno));
	buf_free(&tmp);
	return r;
}
