/* acserver: a scripted fake of an OpenAI-compatible server for the tests. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "server.h"

enum { DOORS = 2, TICK_MS = 200 };

/* Descriptors to poll: the doors first, then one a connection. */
struct crowd {
	struct pollfd *fds;
	struct conn **conns;	/* conns[i] belongs to fds[i] */
	size_t n, cap;
};

static volatile sig_atomic_t stopped;

static void
on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

static void
fail(const char *what)
{
	fprintf(stderr, "acserver: %s: %s\n", what, strerror(errno));
	exit(74);
}

static void
usage(void)
{
	fputs("usage: acserver [-B] [-u URLFILE] [-l LOG] [-k KEY] "
	    "[-d MS[-MS]] [-m MAX]\n"
	    "       [-q SLOTS] [-c SCRIPT] [-b SECONDS:DIRECTIVE] "
	    "[-r PERCENT:DIRECTIVE]\n"
	    "       [-x N] [-X SECONDS] [-p PORT] [-s SOCKET] [-T SECONDS] "
	    "[-P PID]\n",
	    stderr);
	exit(2);
}

static void
options(struct server *s, int argc, char **argv)
{
	static const char letters[] = "u:l:Bk:d:m:q:c:b:r:x:X:p:s:T:P:";
	int c;
	char *dash;

	while ((c = getopt(argc, argv, letters)) != -1)
		switch (c) {
		case 'u': s->urlfile = optarg; break;
		case 'l':
			if ((s->log = fopen(optarg, "w")) == NULL)
				fail(optarg);
			break;
		case 'B': s->log_body = true; break;
		case 'k': s->key = optarg; break;
		case 'd':
			s->delay_lo = s->delay_hi = atol(optarg);
			if ((dash = strchr(optarg, '-')) != NULL)
				s->delay_hi = atol(dash + 1);
			break;
		case 'm': s->max_inflight = atol(optarg); break;
		case 'q': s->slots = atol(optarg); break;
		case 'c': s->script = optarg; break;
		case 'b': s->early = optarg; break;
		case 'r': s->chance = optarg; break;
		case 'x': s->drop = atol(optarg); break;
		case 'X': s->hole_s = atol(optarg); break;
		case 'p': s->port = atoi(optarg); break;
		case 's': s->unixpath = optarg; break;
		case 'T': s->life_s = atol(optarg); break;
		case 'P': s->parent = atol(optarg); break;
		default: usage();
		}
	if (optind < argc || s->delay_lo < 0 || s->delay_hi < s->delay_lo)
		usage();
}

static void
prepare(int fd)
{
	int one = 1;

	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static int
listen_tcp(struct server *s)
{
	struct sockaddr_in a;
	socklen_t len = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	memset(&a, 0, sizeof a);
	a.sin_family = AF_INET;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)s->port);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one,
	    sizeof one) != 0 || bind(fd, (struct sockaddr *)&a, len) != 0 ||
	    listen(fd, 4096) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) != 0)
		fail("listen");
	s->port = ntohs(a.sin_port);
	prepare(fd);
	return fd;
}

static int
listen_unix(const char *path)
{
	struct sockaddr_un a;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memset(&a, 0, sizeof a);
	a.sun_family = AF_UNIX;
	if (strlen(path) >= sizeof a.sun_path) {
		errno = ENAMETOOLONG;
		fail(path);
	}
	memcpy(a.sun_path, path, strlen(path));
	unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(fd, 4096) != 0)
		fail(path);
	prepare(fd);
	return fd;
}

/* Whoever sees the file can connect, so it appears whole and last. */
static void
publish(const struct server *s)
{
	char tmp[4096];
	FILE *f;

	if (s->urlfile == NULL) {
		printf("http://127.0.0.1:%d/v1\n", s->port);
		fflush(stdout);
		return;
	}
	if ((size_t)snprintf(tmp, sizeof tmp, "%s.tmp", s->urlfile) >=
	    sizeof tmp)
		usage();
	if ((f = fopen(tmp, "w")) == NULL ||
	    fprintf(f, "http://127.0.0.1:%d/v1\n", s->port) < 0 ||
	    fclose(f) != 0 || rename(tmp, s->urlfile) != 0)
		fail(s->urlfile);
}

static void
crowd_add(struct crowd *w, int fd, struct conn *c)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 64;
		w->fds = must(realloc(w->fds, w->cap * sizeof *w->fds));
		w->conns = must(realloc(w->conns, w->cap * sizeof *w->conns));
	}
	w->fds[w->n] = (struct pollfd){ fd, POLLIN, 0 };
	w->conns[w->n++] = c;
}

static void
accept_all(struct server *s, struct crowd *w, int door)
{
	int fd = -1, i;

	for (i = 0; i < 256 && (fd = accept(door, NULL, NULL)) >= 0; i++) {
		if (s->drop == 0) {
			prepare(fd);
			crowd_add(w, fd, conn_new(s, fd));
			continue;
		}
		s->drop -= s->drop > 0;
		close(fd);
	}
	if (fd < 0 && (errno == EMFILE || errno == ENFILE))
		poll(NULL, 0, 10);	/* rather than spin */
}

/* Milliseconds until a connection wants to be looked at. */
static int
patience(const struct crowd *w, int64_t now)
{
	int64_t least = (int64_t)TICK_MS * 1000, wake;
	size_t i;

	for (i = DOORS; i < w->n; i++) {
		wake = conn_wake(w->conns[i]);
		if (wake > 0 && wake - now < least)
			least = wake - now;
	}
	return least <= 0 ? 0 : (int)((least + 999) / 1000);
}

static void
run_all(struct server *s, struct crowd *w, int64_t now)
{
	size_t i;
	int64_t wake;

	for (i = w->n; i-- > DOORS; ) {
		wake = conn_wake(w->conns[i]);
		if (w->fds[i].revents == 0 && (wake == 0 || wake > now))
			continue;
		if (!conn_run(s, w->conns[i], w->fds[i].revents, now)) {
			conn_free(s, w->conns[i]);
			w->n--;
			w->fds[i] = w->fds[w->n];
			w->conns[i] = w->conns[w->n];
			continue;
		}
		w->fds[i].events = conn_events(w->conns[i]);
	}
}

static bool
alive(const struct server *s, long ppid, int64_t now)
{
	if (stopped || now - s->start > (int64_t)s->life_s * 1000000)
		return false;
	if (s->parent > 0)
		return kill((pid_t)s->parent, 0) == 0 || errno == EPERM;
	return getppid() == ppid;
}

static void
loop(struct server *s, struct crowd *w)
{
	long ppid = getppid();
	int64_t now = now_us();
	int door = w->fds[0].fd;
	size_t i;

	while (alive(s, ppid, now)) {
		w->fds[0].fd = hole_watch(s, door, now);
		if (poll(w->fds, (nfds_t)w->n, patience(w, now)) < 0 &&
		    errno != EINTR)
			fail("poll");
		now = now_us();
		run_all(s, w, now);
		for (i = 0; i < DOORS; i++)
			if (w->fds[i].fd >= 0 && w->fds[i].revents != 0)
				accept_all(s, w, w->fds[i].fd);
	}
	for (i = DOORS; i < w->n; i++)
		conn_free(s, w->conns[i]);
}

int
main(int argc, char **argv)
{
	struct server s;
	struct crowd w;
	struct rlimit lim;
	struct sigaction sa;

	memset(&s, 0, sizeof s);
	memset(&w, 0, sizeof w);
	memset(&sa, 0, sizeof sa);
	s.life_s = 300;
	s.start = now_us();
	options(&s, argc, argv);
	sa.sa_handler = on_signal;
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0) {
		lim.rlim_cur = lim.rlim_max;
		setrlimit(RLIMIT_NOFILE, &lim);
	}
	crowd_add(&w, listen_tcp(&s), NULL);
	crowd_add(&w, s.unixpath ? listen_unix(s.unixpath) : -1, NULL);
	if (s.hole_s > 0)
		hole_open(w.fds[0].fd);
	publish(&s);
	loop(&s, &w);
	free(w.fds);
	free(w.conns);
	if (s.log != NULL && fclose(s.log) != 0)
		fail("log");
	return 0;
}
