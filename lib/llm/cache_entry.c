/* The file of one reply: checked as it is read, and written. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crc32c.h"
#include "llm/cache_int.h"
#include "rec/json.h"

enum { ENTRY_MAX = 128 << 20 };	/* bytes of a file, a bound on damage */

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

size_t
cache_entry_read(struct cache *c, const char *name, const char *key)
{
	int fd = openat(c->fd, name, O_RDONLY | O_CLOEXEC), whole;
	size_t at;

	if (fd < 0)
		return 0;
	buf_reset(&c->file);
	c->file.max = ENTRY_MAX;
	whole = read_all(fd, &c->file) == 0;
	close(fd);
	if (!whole)
		return 0;
	at = check_entry(&c->file, key);
	if (at == 0)
		unlinkat(c->fd, name, 0);	/* a put heals it */
	return at;
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

/* Writes all and closes.  -1: errno. */
static int
fill(int fd, const struct buf *b, int sync)
{
	int r = write_all(fd, b->s, b->len), saved;

	if (r == 0 && sync)
		r = fsync(fd);
	saved = errno;
	if (close(fd) < 0 && r == 0)
		return -1;
	errno = saved;
	return r;
}

int
cache_entry_write(const struct cache *c, const char *name, const char *key,
    const char *sent, const struct buf *reply)
{
	struct buf b = BUF_INIT;
	int fd, saved, r = -1;

	buf_fmt(&b, "{\"v\":1,\"key\":\"%s\",\"length\":%zu,\"crc\":%lu",
	    key, reply->len, (unsigned long)crc32c(reply->s, reply->len));
	if (sent != NULL) {
		buf_str(&b, ",\"sent\":");
		json_quote(&b, sent, strlen(sent));
	}
	buf_str(&b, "}\n");
	buf_add(&b, reply->s, reply->len);
	fd = buf_ok(&b) ? openat(c->fd, name, O_WRONLY | O_CREAT | O_EXCL |
	    O_CLOEXEC, 0600) : -1;
	if (fd >= 0 && (r = fill(fd, &b, c->sync)) < 0) {
		saved = errno;
		unlinkat(c->fd, name, 0);
		errno = saved;
	}
	buf_free(&b);
	return r;
}
