/*
 * One connection: bytes in, a request served, bytes out at their pace, and
 * what follows.  A connection serves one request at a time.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

enum { GULP = 16384, BACKLOG = 1 << 22 };

enum state { READ, QUEUED, WAIT, SEND, AFTER, DEAD };

struct conn {
	int fd;
	long id;
	unsigned nth;		/* requests so far */
	enum state state;
	bool eof;		/* the client sends no more */
	bool told;		/* 100 Continue went out */
	bool last;		/* close after this reply */
	bool asked;		/* a request is in flight */
	struct buf in, chunks;
	size_t chunk_at;
	struct reply r;
	int64_t wake;		/* when to look again, 0: not by time */
	int64_t began;		/* work began, 0: not yet */
	struct conn *next;	/* in the queue for a slot */
};

struct conn *
conn_new(struct server *s, int fd)
{
	struct conn *c = must(calloc(1, sizeof *c));

	c->fd = fd;
	c->id = (long)++s->conns;
	s->open++;
	return c;
}

short
conn_events(const struct conn *c)
{
	short ev = 0;

	if (!c->eof && (c->state == READ || c->in.n < BACKLOG))
		ev |= POLLIN;
	if (c->state == SEND && c->wake == 0)
		ev |= POLLOUT;
	return ev;
}

int64_t
conn_wake(const struct conn *c)
{
	return c->wake;
}

static void
start(struct server *s, struct conn *c, int64_t now)
{
	s->running++;
	c->began = now;
	c->state = WAIT;
	pace_start(&c->r);
	c->wake = now + (int64_t)c->r.delay_ms * 1000;
}

static void
unqueue(struct server *s, struct conn *c)
{
	struct conn **p, *before = NULL;

	for (p = &s->head; *p != c; p = &(*p)->next)
		before = *p;
	*p = c->next;
	if (s->tail == c)
		s->tail = before;
}

static void
enqueue(struct server *s, struct conn *c)
{
	c->next = NULL;
	c->state = QUEUED;
	if (s->tail != NULL)
		s->tail->next = c;
	else
		s->head = c;
	s->tail = c;
}

/* The request is over; its slot goes to the one that waits longest. */
static void
finish(struct server *s, struct conn *c, int64_t now)
{
	struct conn *next = s->head;

	if (!c->asked)
		return;
	c->asked = false;
	s->inflight--;
	if (c->state == QUEUED)
		unqueue(s, c);
	if (c->began == 0)
		return;
	s->running--;
	s->busy_us += now - c->began;
	c->began = 0;
	if (next != NULL) {
		unqueue(s, next);
		start(s, next, now);
	}
}

/* False when nothing more can come of this connection. */
static bool
pull(struct conn *c)
{
	ssize_t n;
	size_t room;

	for (;;) {
		buf_room(&c->in, c->in.n > GULP ? c->in.n : GULP);
		room = c->in.cap - c->in.n;
		n = recv(c->fd, c->in.p + c->in.n, room, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK;
		if (n == 0) {
			c->eof = true;
			return c->state == READ && c->in.n > 0;
		}
		c->in.n += (size_t)n;
		if ((size_t)n < room)
			return true;
	}
}

/* Gives the bytes of the request just served back. */
static void
consume(struct conn *c, size_t n)
{
	c->in.n -= n;
	memmove(c->in.p, c->in.p + n, c->in.n);
	if (c->in.n == 0)
		buf_clear(&c->in);
	buf_clear(&c->chunks);
	c->chunk_at = 0;
	c->told = false;
}

/* 1 when a whole request was there and its reply is ready, 0 when not. */
static int
take(struct server *s, struct conn *c, int64_t now)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	static struct ask ask;
	struct slice in = buf_slice(&c->in);
	struct request q;
	size_t head = 0;
	int rc = request_head(in, &q, &head);

	if (rc == 1 && q.chunked) {
		in.p += head;
		in.n -= head;
		rc = request_chunks(in, &c->chunk_at, &c->chunks);
		q.body = buf_slice(&c->chunks);
	} else if (rc == 1) {
		q.body = (struct slice){ in.p + head, q.length };
		rc = in.n - head >= q.length;
	}
	if (rc == 0 && head > 0 && q.expect && !c->told) {
		c->told = true;
		if (send(c->fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL) < 0)
			c->eof = true;
	}
	if (rc == 0)
		return 0;
	c->asked = true;
	c->wake = 0;
	s->inflight++;
	if (rc < 0) {
		fprintf(stderr, "acserver: bytes that are no HTTP\n");
		reply_reset(&c->r);
		reply_error(&c->r, 400, "Connection: close\r\n", NULL, NULL,
		    "Not HTTP/1.1.");
		c->last = true;
		c->r.delay_ms = 0;
		consume(c, c->in.n);
	} else {
		serve(s, &ask, ask_read(&ask, &q), c->id, ++c->nth, &c->r);
		c->last = q.last;
		consume(c, head + (q.chunked ? c->chunk_at : q.length));
	}
	if (s->slots > 0 && s->running >= s->slots && c->r.delay_ms > 0)
		enqueue(s, c);
	else
		start(s, c, now);
	return 1;
}

/* What follows a reply; the connection lives on only when it is kept. */
static enum state
after(struct conn *c, int64_t now)
{
	struct linger now_or_never = { 1, 0 };

	if (c->r.after == KEEP && !c->last) {
		c->wake = c->r.after_ms > 0 ?
		    now + (int64_t)c->r.after_ms * 1000 : 0;
		return READ;
	}
	if (c->r.after == RESET)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now_or_never,
		    sizeof now_or_never);
	return DEAD;
}

static void
sent_all(struct server *s, struct conn *c, int64_t now)
{
	c->state = AFTER;
	c->wake = 0;
	if (c->r.after == SILENT)
		return;
	s->done++;
	finish(s, c, now);
	buf_clear(&c->r.wire);
	buf_clear(&c->r.body);
	buf_clear(&c->r.say.text);
	if (c->r.after != KEEP && c->r.after_ms > 0)
		c->wake = now + (int64_t)c->r.after_ms * 1000;
	else
		c->state = after(c, now);
}

/* False when the connection is over; the caller frees it then. */
bool
conn_run(struct server *s, struct conn *c, short revents, int64_t now)
{
	int rc;

	if ((revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !pull(c))
		return false;
	for (;;) {
		if (c->state == READ) {
			if (take(s, c, now) == 0)
				return !c->eof && (c->wake == 0 ||
				    c->wake > now);
		} else if (c->state == WAIT) {
			if (c->wake > now)
				return true;
			c->wake = 0;
			c->state = SEND;
		} else if (c->state == SEND) {
			if ((rc = pace_send(&c->r, c->fd, now, &c->wake)) <= 0)
				return rc == 0;
			sent_all(s, c, now);
		} else if (c->state == AFTER) {
			if (c->wake == 0 || c->wake > now)
				return true;
			c->state = after(c, now);
		} else {
			return c->state != DEAD;
		}
	}
}

void
conn_free(struct server *s, struct conn *c)
{
	finish(s, c, now_us());
	s->open--;
	close(c->fd);
	buf_free(&c->in);
	buf_free(&c->chunks);
	buf_free(&c->r.wire);
	buf_free(&c->r.body);
	buf_free(&c->r.say.text);
	free(c);
}
