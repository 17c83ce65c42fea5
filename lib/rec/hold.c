#include "rec/hold.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	WINDOW = 1 << 20,	/* bytes read at once when going in order */
	SMALL = 1 << 20		/* bytes of memory kept by a reset */
};

void
hold_init(struct hold *h)
{
	memset(h, 0, sizeof(*h));
	h->max = HOLD_MEMORY;
	h->fd = -1;
}

void
hold_free(struct hold *h)
{
	buf_free(&h->text);
	buf_free(&h->window);
	buf_free(&h->one);
	free(h->at);
	if (h->fd >= 0)
		close(h->fd);
	h->at = NULL;
	h->n = h->cap = 0;
	h->stored = 0;
	h->fd = -1;
}

void
hold_reset(struct hold *h)
{
	size_t max = h->max;

	if (h->fd >= 0 || h->text.cap > SMALL) {
		hold_free(h);
		hold_init(h);
		h->max = max;
	}
	buf_reset(&h->text);
	buf_reset(&h->window);
	h->n = 0;
}

static int
open_file(struct hold *h, struct buf *why)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = BUF_INIT;

	buf_fmt(&path, "%s/ac-hold-XXXXXX",
	    dir == NULL || *dir == '\0' ? "/tmp" : dir);
	if (!buf_ok(&path)) {
		buf_str(why, "out of memory");
		return -1;
	}
	h->fd = mkstemp(path.s);
	if (h->fd < 0)
		buf_fmt(why, "%s: %s", path.s, strerror(errno));
	else
		unlink(path.s);
	buf_free(&path);
	return h->fd < 0 ? -1 : 0;
}

/* Moves what memory holds to the file. */
static int
store(struct hold *h, struct buf *why)
{
	size_t done = 0;
	ssize_t n;

	if (h->fd < 0 && open_file(h, why) < 0)
		return -1;
	while (done < h->text.len) {
		n = pwrite(h->fd, h->text.s + done, h->text.len - done,
		    (off_t)(h->stored + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			buf_fmt(why, "temporary file: %s", strerror(errno));
			return -1;
		}
		done += (size_t)n;
	}
	h->stored += done;
	buf_reset(&h->text);
	return 0;
}

struct buf *
hold_line(struct hold *h)
{
	if (mem_grow(&h->at, &h->cap, h->n + 1, sizeof(*h->at)) < 0)
		return NULL;
	h->at[h->n++] = h->stored + h->text.len;
	return &h->text;
}

int
hold_done(struct hold *h, struct buf *why)
{
	if (!buf_ok(&h->text)) {
		buf_str(why, "out of memory");
		return -1;
	}
	return h->text.len > h->max ? store(h, why) : 0;
}

/* Reads len bytes of the file, from `at` on, into b. */
static int
load(const struct hold *h, uint64_t at, size_t len, struct buf *b,
    struct buf *why)
{
	ssize_t n = 1;
	char *to;

	buf_reset(b);
	to = buf_room(b, len);
	while (to != NULL && b->len < len && n > 0) {
		n = pread(h->fd, to + b->len, len - b->len,
		    (off_t)(at + b->len));
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			b->len += (size_t)n;
	}
	if (to != NULL && b->len == len)
		return 0;
	buf_fmt(why, "temporary file: %s", to == NULL ? "out of memory" :
	    n < 0 ? strerror(errno) : "cut short");
	return -1;
}

static size_t
line_length(const struct hold *h, size_t i)
{
	uint64_t end = i + 1 < h->n ? h->at[i + 1] : h->stored + h->text.len;

	return (size_t)(end - h->at[i]);
}

int
hold_next(struct hold *h, size_t i, const char **s, size_t *len,
    struct buf *why)
{
	uint64_t at = h->at[i];
	size_t want;

	*len = line_length(h, i);
	if (at >= h->stored) {
		*s = h->text.s + (at - h->stored);
		return 0;
	}
	if (at < h->window_at ||
	    at + *len > h->window_at + h->window.len) {
		want = *len > WINDOW ? *len : WINDOW;
		if (want > h->stored - at)
			want = (size_t)(h->stored - at);
		h->window_at = at;
		if (load(h, at, want, &h->window, why) < 0)
			return -1;
	}
	*s = h->window.s + (at - h->window_at);
	return 0;
}

int
hold_get(struct hold *h, size_t i, const char **s, size_t *len,
    struct buf *why)
{
	uint64_t at = h->at[i];

	*len = line_length(h, i);
	if (at >= h->stored) {
		*s = h->text.s + (at - h->stored);
		return 0;
	}
	if (load(h, at, *len, &h->one, why) < 0)
		return -1;
	*s = h->one.s;
	return 0;
}
