/*
 * A server for measuring clients: answers every POST with the same chat
 * completion, at next to no cost of its own, and counts.
 *
 *	load [-d MS[-MS]] [-q SLOTS] [-m MAX] [-r PERCENT] [-s SEED]
 *	    [-T SECONDS] [-u FILE]
 *
 * -d is how long an answer takes, evenly between two times (0: at once).
 * With -q no more than SLOTS are worked at, and others wait in line; with -m
 * more than MAX at once are refused; -r refuses a share at random (429, at
 * once, without a hint).  The base URL goes to FILE, else to stdout.
 *
 * It listens on loopback and ends at SIGTERM, or after -T seconds (300);
 * then, and at GET /stats, it says in JSON what it has seen:
 *
 *	requests	POSTs that came whole
 *	answers, refusals	200, 429
 *	peak		most requests at once, those in line too
 *	busy		mean number worked at, from first to last request
 *	seconds		from the first request to the last
 *	span		from the first request to the last answer
 *	cpu		seconds of its own, user and system
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "load.h"

enum { EVENTS = 256, READ = 32 << 10, HEAD_MAX = 16 << 10 };

static volatile sig_atomic_t ended;

static void
on_signal(int signal)
{
	(void)signal;
	ended = 1;
}

/* Bytes of the head, its blank line too; 0: it is not whole yet. */
static size_t
head_length(const struct buf *b)
{
	const char *p = b->s, *end = b->s + b->len;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		p++;
		if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
			return (size_t)(p + 2 - b->s);
	}
	return 0;
}

static size_t
body_length(const char *head, size_t len)
{
	static const char name[] = "\ncontent-length:";
	const char *p = head, *end = head + len;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) > sizeof(name) && strncasecmp(p, name,
		    sizeof(name) - 1) == 0)
			return strtoul(p + sizeof(name) - 1, NULL, 10);
		p++;
	}
	return 0;
}

/* Takes the first request of what has come in.  0: it is not whole. */
static int
take(struct load *l, struct conn *c)
{
	size_t head = c->in.len > 0 ? head_length(&c->in) : 0, whole;

	if (head == 0) {
		if (c->in.len > HEAD_MAX)
			c->closed = 1;
		return 0;
	}
	whole = head + body_length(c->in.s, head);
	if (c->in.len < whole)
		return 0;
	if (c->in.s[0] == 'P')
		load_request(l, c);
	else
		load_send_stats(l, c);
	memmove(c->in.s, c->in.s + whole, c->in.len - whole);
	c->in.len -= whole;
	return 1;
}

static void
readable(struct load *l, struct conn *c)
{
	char *to = buf_room(&c->in, READ);
	ssize_t n = to == NULL ? 0 : recv(c->fd, to, READ, 0);

	if (n > 0)
		c->in.len += (size_t)n;
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		c->closed = 1;
	while (!c->closed && !c->asked && take(l, c))
		;
	if (!c->closed)
		return;
	epoll_ctl(l->poll, EPOLL_CTL_DEL, c->fd, NULL);
	if (!c->asked)		/* else its answer frees it */
		load_conn_free(c);
}

static void
accept_one(struct load *l)
{
	struct epoll_event e = { .events = EPOLLIN };
	struct conn *c = mem_new(1, sizeof(*c));
	int on = 1;

	if (c == NULL)
		die(AC_BUG, "out of memory");
	c->fd = accept(l->listen, NULL, NULL);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	e.data.ptr = c;
	if (c->fd < 0 || epoll_ctl(l->poll, EPOLL_CTL_ADD, c->fd, &e) < 0) {
		warn("cannot take a connection: %s", strerror(errno));
		load_conn_free(c);
	}
}

/* Waits to the nanosecond, since a late answer keeps its slot. */
static void
wait_for(struct load *l, double seconds, const sigset_t *mask)
{
	struct timespec t;
	fd_set set;

	t.tv_sec = (time_t)seconds;
	t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
	FD_ZERO(&set);
	FD_SET(l->poll, &set);
	pselect(l->poll + 1, &set, NULL, NULL, &t, mask);
}

static void
serve(struct load *l, double end, const sigset_t *mask)
{
	struct epoll_event e[EVENTS];
	double now, next;
	int i, n, full = 0;

	while (!ended && (now = clock_now()) < end) {
		next = l->due.n > 0 ? (double)l->due.v[0].major / 1e9 : end;
		if (!full && next > now)
			wait_for(l, next - now, mask);
		n = epoll_wait(l->poll, e, EVENTS, 0);
		full = n > 0 && l->high <= 0;
		for (i = 0; i < n; i++)
			if (e[i].data.ptr == NULL)
				accept_one(l);
			else
				readable(l, e[i].data.ptr);
		load_due(l, clock_now());
	}
}

static void
listen_at(struct load *l, const char *file)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	struct epoll_event e = { .events = EPOLLIN };
	socklen_t len = sizeof(a);
	FILE *out = stdout;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	l->poll = epoll_create1(EPOLL_CLOEXEC);
	l->listen = socket(AF_INET, SOCK_STREAM, 0);
	if (l->poll < 0 || l->listen < 0 ||
	    bind(l->listen, (struct sockaddr *)&a, len) < 0 ||
	    listen(l->listen, 4096) < 0 ||
	    getsockname(l->listen, (struct sockaddr *)&a, &len) < 0 ||
	    epoll_ctl(l->poll, EPOLL_CTL_ADD, l->listen, &e) < 0)
		die(AC_IO, "cannot listen: %s", strerror(errno));
	if (file != NULL && (out = fopen(file, "w")) == NULL)
		die(AC_IO, "%s: %s", file, strerror(errno));
	fprintf(out, "http://127.0.0.1:%d/v1\n", ntohs(a.sin_port));
	if (out == stdout)
		fflush(out);
	else
		fclose(out);
}

/* "50-150" or "100", in milliseconds. */
static void
delays(struct load *l, const char *s)
{
	char *end;

	l->low = l->high = strtod(s, &end) / 1000;
	if (*end == '-')
		l->high = strtod(end + 1, NULL) / 1000;
}

/* Signals come only while it waits; descriptors for as many as may be. */
static void
prepare(sigset_t *before)
{
	struct sigaction act = { .sa_handler = on_signal };
	struct rlimit limit;
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigaddset(&term, SIGINT);
	sigprocmask(SIG_BLOCK, &term, before);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int
main(int argc, char **argv)
{
	struct load l = { .rng = 1 };
	const char *url = NULL;
	struct buf out = BUF_INIT;
	double life = 300;
	sigset_t before;
	int c;

	die_init("load");
	while ((c = getopt(argc, argv, "d:q:m:r:s:T:u:")) != -1)
		switch (c) {
		case 'd': delays(&l, optarg); break;
		case 'q': l.slots = strtoul(optarg, NULL, 10); break;
		case 'm': l.most = strtoul(optarg, NULL, 10); break;
		case 'r': l.refuse = strtod(optarg, NULL) / 100; break;
		case 's': l.rng = strtoull(optarg, NULL, 10); break;
		case 'T': life = strtod(optarg, NULL); break;
		case 'u': url = optarg; break;
		default: return AC_USAGE;
		}
	l.line_end = &l.line;
	prepare(&before);
	load_prepare(&l);
	listen_at(&l, url);
	serve(&l, clock_now() + life, &before);
	load_stats(&l, &out);
	fputs(buf_cstr(&out), stdout);
	buf_free(&out);
	return fflush(stdout) == 0 ? 0 : AC_IO;
}
