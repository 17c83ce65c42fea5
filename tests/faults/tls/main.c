/* actls: TLS, HTTP/2 and proxy faults in front of the scripted server. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "tls.h"

enum { CROWD = 4096, TICK_MS = 200 };

static volatile sig_atomic_t stopped;

static void
on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

static int
choose_h2(SSL *ssl, const unsigned char **out, unsigned char *n,
    const unsigned char *in, unsigned int len, void *arg)
{
	static const unsigned char h2[] = "\2h2", h1[] = "\10http/1.1";
	const struct front *f = arg;
	unsigned char *chosen = NULL;
	int r = SSL_select_next_proto(&chosen, n, f->h2 ? h2 : h1,
	    f->h2 ? 3 : 9, in, len);

	(void)ssl;
	*out = chosen;
	return r == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK :
	    SSL_TLSEXT_ERR_NOACK;
}

static void
accept_one(struct front *f, int door)
{
	struct conn *c;
	int fd = accept(door, NULL, NULL);

	if (fd < 0)
		return;
	if ((c = calloc(1, sizeof *c)) == NULL)
		fail("memory");
	prepare(fd);
	c->fd = fd;
	c->peer = -1;
	c->id = (long)++f->conns;
	c->silent = f->silent != 0;
	f->silent -= f->silent > 0;
	c->next = f->list;
	f->list = c;
}

static void
handshake(struct front *f, struct conn *c)
{
	const unsigned char *name = NULL;
	unsigned int n = 0;

	c->ssl = SSL_new(f->ctx);
	if (c->ssl == NULL || SSL_set_fd(c->ssl, c->fd) != 1 ||
	    SSL_accept(c->ssl) != 1) {
		c->dead = true;
		return;
	}
	SSL_get0_alpn_selected(c->ssl, &name, &n);
	c->h2 = n == 2;
	if (c->h2)
		h2_start(f, c);
	else
		relay_start(f, c);
}

static void
on_client(struct front *f, struct conn *c)
{
	if (f->ctx != NULL && c->ssl == NULL) {
		handshake(f, c);
		return;
	}
	conn_read(c);
	if (c->h2)
		h2_run(f, c);
	else if (c->peer >= 0)
		relay_in(c);
	else
		relay_connect(f, c);
}

static void
conn_free(struct front *f, struct conn *c)
{
	h2_free(f, c);
	SSL_free(c->ssl);
	if (c->peer >= 0)
		close(c->peer);
	close(c->fd);
	free(c->in.p);
	free(c);
}

static void
bury(struct front *f)
{
	struct conn *c, **p = &f->list;

	while ((c = *p) != NULL)
		if (c->dead) {
			*p = c->next;
			conn_free(f, c);
		} else {
			p = &c->next;
		}
}

static void
turn(struct front *f, int door)
{
	static struct pollfd fds[2 * CROWD];
	struct conn *c;
	nfds_t n = 1, i = 1;

	fds[0] = (struct pollfd){ door, POLLIN, 0 };
	for (c = f->list; c != NULL && n + 2 < 2 * CROWD; c = c->next) {
		fds[n++] = (struct pollfd){ c->silent ? -1 : c->fd, POLLIN,
		    0 };
		fds[n++] = (struct pollfd){ c->peer, POLLIN, 0 };
	}
	if (poll(fds, n, TICK_MS) <= 0)
		return;
	for (c = f->list; c != NULL && i + 1 < n; c = c->next, i += 2) {
		if (fds[i].revents != 0 && !c->dead)
			on_client(f, c);
		if (fds[i + 1].revents != 0 && !c->dead)
			relay_out(c);
	}
	bury(f);
	if (fds[0].revents != 0)
		accept_one(f, door);
}

/* Whoever sees the file can connect, so it appears whole and last. */
static void
publish(const struct front *f, int port)
{
	char tmp[4096];
	FILE *out;

	snprintf(tmp, sizeof tmp, "%s.tmp", f->urlfile);
	if ((out = fopen(tmp, "w")) == NULL || fprintf(out,
	    f->ctx != NULL ? "https://127.0.0.1:%d/v1\n" :
	    "http://127.0.0.1:%d\n", port) < 0 || fclose(out) != 0 ||
	    rename(tmp, f->urlfile) != 0)
		fail(f->urlfile);
}

static void
run(struct front *f)
{
	struct sockaddr_in a;
	socklen_t len = sizeof a;
	int door = loopback(&a, f->port), one = 1;
	time_t end = time(NULL) + f->life_s;
	pid_t parent = getppid();

	setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(door, (struct sockaddr *)&a, len) != 0 ||
	    listen(door, 1024) != 0 ||
	    getsockname(door, (struct sockaddr *)&a, &len) != 0)
		fail("listen");
	publish(f, ntohs(a.sin_port));
	while (!stopped && getppid() == parent && time(NULL) < end)
		turn(f, door);
}

static SSL_CTX *
context(struct front *f, const char *cert, const char *key)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (ctx == NULL ||
	    SSL_CTX_use_certificate_chain_file(ctx, cert) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
		fprintf(stderr, "actls: %s, %s: no certificate and key\n",
		    cert, key);
		exit(2);
	}
	SSL_CTX_set_alpn_select_cb(ctx, choose_h2, f);
	return ctx;
}

int
main(int argc, char **argv)
{
	struct front f = { .script = "ok", .max_streams = 100, .life_s = 170 };
	const char *cert = NULL, *key = NULL;
	int c;

	while ((c = getopt(argc, argv, "u:l:p:t:C:K:c:2M:H:T:")) != -1)
		switch (c) {
		case 'u': f.urlfile = optarg; break;
		case 'l': f.log = fopen(optarg, "w"); break;
		case 'p': f.port = atoi(optarg); break;
		case 't': f.target = atoi(optarg); break;
		case 'C': cert = optarg; break;
		case 'K': key = optarg; break;
		case 'c': f.script = optarg; break;
		case '2': f.h2 = true; break;
		case 'M': f.max_streams = atol(optarg); break;
		case 'H': f.silent = atol(optarg); break;
		case 'T': f.life_s = atol(optarg); break;
		default: return 2;
		}
	if (f.urlfile == NULL)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, on_signal);
	if (cert != NULL)
		f.ctx = context(&f, cert, key);
	run(&f);
	while (f.list != NULL) {
		f.list->dead = true;
		bury(&f);
	}
	SSL_CTX_free(f.ctx);
	return 0;
}
