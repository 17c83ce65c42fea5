#include "llm/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc32c.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "rec/json.h"

enum { ENTRY_MAX = 128 << 20 };	/* bytes of a file, a bound on damage */

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
	if (make_dirs(path.s) < 0) {
		buf_fmt(why, "cache %s: %s", path.s, strerror(errno));
		buf_free(&path);
		return -1;
	}
	c->fd = open(path.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->fd < 0) {
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

static void
add_length(struct sha256 *sum, size_t len)
{
	unsigned char size[8];
	unsigned i;

	for (i = 0; i < 8; i++)
		size[i] = (unsigned char)((unsigned long long)len >>
		    (8 * (7 - i)));
	sha256_add(sum, size, sizeof(size));
}

/* How many bytes the last body and this one begin with alike, in blocks. */
static size_t
alike(const struct buf *last, const char *body, size_t len)
{
	size_t n = 0, most = last->len < len ? last->len : len;

	while (n + 64 <= most && memcmp(last->s + n, body + n, 64) == 0)
		n += 64;
	return n;
}

/* The sum over version, space and body. */
static struct sha256
sum_body(struct cache *c, const char *space, const char *body, size_t len)
{
	size_t same = alike(&c->last, body, len);
	struct sha256 sum;

	if (same < c->same || c->same == 0) {
		sha256_init(&c->begun);
		sha256_add(&c->begun, "augcon 2", 8);
		sha256_add(&c->begun, space, strlen(space));
		c->same = 0;
	}
	sha256_add(&c->begun, body + c->same, same - c->same);
	c->same = same;
	buf_reset(&c->last);
	buf_add(&c->last, body, len);
	sum = c->begun;
	sha256_add(&sum, body + same, len - same);
	return sum;
}

void
cache_key(struct cache *c, const char *space, const char *body, size_t len,
    unsigned long sample, char key[CACHE_KEY + 1])
{
	static const char hex[] = "0123456789abcdef";
	struct sha256 sum = sum_body(c, space, body, len);
	unsigned char digest[32];
	char number[24];
	unsigned i;

	snprintf(number, sizeof(number), "%lu", sample);
	sha256_add(&sum, number, strlen(number));
	/* The lengths last: they differ where bodies begin alike. */
	add_length(&sum, strlen(space));
	add_length(&sum, len);
	add_length(&sum, strlen(number));
	sha256_end(&sum, digest);
	for (i = 0; i < 32; i++) {
		key[2 * i] = hex[digest[i] >> 4];
		key[2 * i + 1] = hex[digest[i] & 15];
	}
	key[CACHE_KEY] = '\0';
}

/* ab/cdef..., in the folder. */
static void
entry_name(const char *key, char name[CACHE_KEY + 2])
{
	memcpy(name, key, 2);
	name[2] = '/';
	memcpy(name + 3, key + 2, CACHE_KEY - 1);
}

/* To the end, which a short read of a file is; damage shows in its sum. */
static int
read_all(int fd, struct buf *out)
{
	const ssize_t size = 16 << 10;
	ssize_t n;
	char *to;

	do {
		to = buf_room(out, (size_t)size);
		if (to == NULL)
			return -1;
		n = read(fd, to, (size_t)size);
		if (n > 0)
			out->len += (size_t)n;
	} while (n == size || (n < 0 && errno == EINTR));
	return n < 0 ? -1 : 0;
}

/* The number after "name": in a header line, or -1. */
static long long
header_number(const char *line, const char *name)
{
	const char *p = strstr(line, name);

	return p == NULL ? -1 : strtoll(p + strlen(name), NULL, 10);
}

/* Where the reply begins in a whole file; 0 when the file is damaged. */
static size_t
check_entry(struct buf *file, const char *key)
{
	char *nl = file->len > 0 ? memchr(file->s, '\n', file->len) : NULL;
	size_t at;

	if (nl == NULL)
		return 0;
	at = (size_t)(nl - file->s) + 1;
	*nl = '\0';
	if (strncmp(file->s, "{\"v\":1,\"key\":\"", 14) != 0 ||
	    strncmp(file->s + 14, key, CACHE_KEY) != 0 ||
	    header_number(file->s, "\"length\":") !=
	    (long long)(file->len - at) ||
	    header_number(file->s, "\"crc\":") !=
	    (long long)crc32c(file->s + at, file->len - at))
		return 0;
	return at;
}

int
cache_get(struct cache *c, const char *key, struct buf *out)
{
	struct buf *file = &c->file;
	char name[CACHE_KEY + 2];
	size_t at = 0;
	int fd;

	if (c->dir == NULL)
		return 0;
	entry_name(key, name);
	buf_reset(file);
	file->max = ENTRY_MAX;
	fd = openat(c->fd, name, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		int whole = read_all(fd, file) == 0;

		close(fd);
		if (whole)
			at = check_entry(file, key);
		if (at > 0)
			buf_add(out, file->s + at, file->len - at);
		else if (whole)
			unlinkat(c->fd, name, 0);	/* a put heals it */
	}
	if (file->cap > 1 << 20)
		buf_free(file);		/* once a large one: not for ever */
	return at > 0 && buf_ok(out);
}

static int
write_all(int fd, const char *s, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(fd, s, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
write_entry(const struct cache *c, const char *name, const char *key,
    const char *sent, const struct buf *reply)
{
	struct buf head = BUF_INIT;
	int fd, r = -1;

	buf_fmt(&head, "{\"v\":1,\"key\":\"%s\",\"length\":%zu,\"crc\":%lu",
	    key, reply->len, (unsigned long)crc32c(reply->s, reply->len));
	if (sent != NULL) {
		buf_str(&head, ",\"sent\":");
		json_quote(&head, sent, strlen(sent));
	}
	buf_str(&head, "}\n");
	buf_add(&head, reply->s, reply->len);
	fd = buf_ok(&head) ? openat(c->fd, name, O_WRONLY | O_CREAT |
	    O_EXCL | O_CLOEXEC, 0600) : -1;
	if (fd >= 0) {
		int saved;

		r = write_all(fd, head.s, head.len);
		if (r == 0 && c->sync)
			r = fsync(fd);
		saved = errno;
		if (close(fd) < 0 && r == 0) {
			saved = errno;
			r = -1;
		}
		if (r < 0) {
			unlinkat(c->fd, name, 0);
			errno = saved;
		}
	}
	buf_free(&head);
	return r;
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
		r = write_entry(c, tmp->s, key, sent, reply);
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
	int found;

	entry_name(key, name);
	if (replace)
		return renameat(c->fd, tmp, c->fd, name);
	if (linkat(c->fd, tmp, c->fd, name, 0) == 0) {
		unlinkat(c->fd, tmp, 0);
		return 0;
	}
	if (errno == EEXIST) {
		found = cache_get(c, key, &other);
		if (found) {
			unlinkat(c->fd, tmp, 0);
			buf_reset(reply);
			buf_add(reply, other.s, other.len);
			buf_free(&other);
			return buf_ok(reply) ? 1 : -1;
		}
		buf_free(&other);
	}
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
