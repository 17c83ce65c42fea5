#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "llm/batch_int.h"

static int
is_blank(const char *s, size_t len)
{
	while (len > 0 && memchr(" \t\r", s[len - 1], 3) != NULL)
		len--;
	return len == 0;
}

static int
bad_line(struct batch *b, const char *why)
{
	if (b->bad++ == 0) {
		b->first_bad = b->lines;
		buf_str(&b->bad_why, why);
	}
	return 0;
}

/* Takes a line into the index. */
static int
index_line(struct batch *b, const struct batch_reader *r, size_t len,
    struct buf *why)
{
	const char *s = r->s + r->at;
	struct buf bad = BUF_INIT;
	struct batch_reply reply;
	struct batch_entry *e;

	if (r->long_line)
		return bad_line(b, "longer than 64 MiB");
	if (batch_read(b, s, len, &reply, &bad) < 0) {
		bad_line(b, buf_cstr(&bad));
		buf_free(&bad);
		return 0;
	}
	if (reply.unrun) {
		b->unrun++;
		return 0;
	}
	if (mem_grow(&b->v, &b->cap, b->n + 1, sizeof(*b->v)) < 0) {
		buf_str(why, "out of memory");
		return -1;
	}
	e = &b->v[b->n++];
	e->hash = hash_bytes(b->id.s, b->id.len, 0);
	e->place = r->before * 2 + !reply.ok;
	e->len = (uint32_t)len;
	return 0;
}

static int
index_all(struct batch *b, struct buf *why)
{
	struct batch_reader r = { .s = NULL };
	size_t len;
	int more, ok = 0;

	while (ok == 0 && (more = batch_next(&r, b->fd, &len,
	    why)) > 0) {
		if (b->lines == 0 && r.before == 0 && len >= 3 &&
		    memcmp(r.s, "\xef\xbb\xbf", 3) == 0) {
			batch_consume(&r, 3);
			len -= 3;
		}
		b->lines++;
		if (r.long_line || !is_blank(r.s + r.at, len))
			ok = index_line(b, &r, len, why);
		batch_consume(&r, len + (r.at + len < r.len));
	}
	free(r.s);
	return more < 0 ? -1 : ok;
}

/* By hash; of one hash replies before failures, the last line first. */
static int
by_hash(const void *p, const void *q)
{
	const struct batch_entry *a = p, *b = q;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->place % 2 != b->place % 2)
		return a->place % 2 ? 1 : -1;
	return a->place > b->place ? -1 : a->place < b->place;
}

int
batch_open(struct batch *b, const char *path, struct buf *why)
{
	struct buf what = BUF_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC), ok = -1;

	memset(b, 0, sizeof(*b));
	b->fd = fd;
	if (fd < 0) {
		buf_str(&what, strerror(errno));
	} else if (lseek(fd, 0, SEEK_SET) < 0) {
		b->fd = batch_spool(fd, &what);
		close(fd);
	}
	if (b->fd >= 0)
		ok = index_all(b, &what);
	if (ok < 0)
		buf_fmt(why, "%s: %s", path, buf_cstr(&what));
	else if (b->n > 1)
		qsort(b->v, b->n, sizeof(*b->v), by_hash);
	buf_free(&what);
	return ok;
}

void
batch_close(struct batch *b)
{
	if (b->fd >= 0)
		close(b->fd);
	free(b->v);
	buf_free(&b->bad_why);
	buf_free(&b->line);
	buf_free(&b->id);
	json_scan_free(&b->scan);
	memset(b, 0, sizeof(*b));
	b->fd = -1;
}

/* The first entry of a hash, or where it would be. */
static size_t
find(const struct batch *b, uint64_t hash)
{
	size_t lo = 0, hi = b->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (b->v[mid].hash < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Reads an entry's line into b->line.  -1: the file is not what it was. */
static int
load(struct batch *b, const struct batch_entry *e)
{
	ssize_t n;
	char *to;

	buf_reset(&b->line);
	to = buf_room(&b->line, e->len);
	while (to != NULL && b->line.len < e->len) {
		n = pread(b->fd, b->line.s + b->line.len, e->len -
		    b->line.len, (off_t)(e->place / 2 + b->line.len));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		b->line.len += (size_t)n;
	}
	if (to == NULL)
		return -1;
	b->line.s[b->line.len] = '\0';
	return 0;
}

/* Appends what a line says. */
static int
give(const struct batch_reply *r, int *status, struct buf *body)
{
	*status = r->status;
	if (r->error == NULL || r->body != NULL) {
		buf_add(body, r->body, r->body_len);
	} else if (r->wrapped) {
		buf_add(body, r->error, r->error_len);
	} else {
		buf_str(body, "{\"error\":");
		buf_add(body, r->error, r->error_len);
		buf_byte(body, '}');
	}
	return buf_ok(body) ? 1 : -1;
}

int
batch_get(struct batch *b, const char *custom_id, int *status,
    struct buf *body, struct buf *why)
{
	size_t len = strlen(custom_id), i;
	uint64_t hash = hash_bytes(custom_id, len, 0);
	struct batch_reply r;
	struct buf bad = BUF_INIT;

	for (i = find(b, hash); i < b->n && b->v[i].hash == hash; i++) {
		if (load(b, &b->v[i]) < 0 || batch_read(b, b->line.s,
		    b->line.len, &r, &bad) < 0 ||
		    hash_bytes(b->id.s, b->id.len, 0) != hash) {
			buf_free(&bad);
			buf_str(why, "the file of replies has changed, or "
			    "no memory");
			return -1;
		}
		if (b->id.len == len && memcmp(b->id.s, custom_id, len) == 0)
			return give(&r, status, body);
	}
	return 0;
}
