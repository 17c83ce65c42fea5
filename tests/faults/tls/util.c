/* Bytes, sockets, the script and the log. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tls.h"

enum { PATIENCE_S = 5 };

void
fail(const char *what)
{
	fprintf(stderr, "actls: %s: %s\n", what, strerror(errno));
	exit(74);
}

void
bytes_add(struct bytes *b, const void *p, size_t n)
{
	if (b->n + n > b->cap) {
		b->cap = (b->n + n) * 2;
		if ((b->p = realloc(b->p, b->cap)) == NULL)
			fail("memory");
	}
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
bytes_take(struct bytes *b, size_t n)
{
	b->n -= n;
	memmove(b->p, b->p + n, b->n);
}

void
conn_write(struct conn *c, const void *p, size_t n)
{
	const char *s = p;
	ssize_t k;

	for (; n > 0 && !c->dead; s += k, n -= (size_t)k) {
		k = c->ssl != NULL ? SSL_write(c->ssl, s, (int)n) :
		    write(c->fd, s, n);
		if (k <= 0) {
			c->dead = true;
			return;
		}
	}
}

void
conn_read(struct conn *c)
{
	char some[16384];
	ssize_t n;

	do {
		n = c->ssl != NULL ? SSL_read(c->ssl, some, sizeof some) :
		    read(c->fd, some, sizeof some);
		if (n > 0)
			bytes_add(&c->in, some, (size_t)n);
		else
			c->dead = true;
	} while (n > 0 && c->ssl != NULL && SSL_pending(c->ssl) > 0);
}

/* Nobody may hold this single thread up for long. */
void
prepare(int fd)
{
	struct timeval t = { PATIENCE_S, 0 };
	int one = 1;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

int
loopback(struct sockaddr_in *a, int port)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	memset(a, 0, sizeof *a);
	a->sin_family = AF_INET;
	a->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a->sin_port = htons((uint16_t)port);
	if (fd < 0)
		fail("socket");
	prepare(fd);
	return fd;
}

int
dial(int port)
{
	struct sockaddr_in a;
	int fd = loopback(&a, port);

	if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
		return fd;
	close(fd);
	return -1;
}

void
script_pick(const char *script, unsigned long k, char out[32])
{
	size_t n;
	unsigned long times;
	const char *star;

	for (;; script += n + 1) {
		n = strcspn(script, ",");
		star = memchr(script, '*', n);
		times = star != NULL ? strtoul(star + 1, NULL, 10) : 1;
		if (k < times || script[n] == '\0')
			break;
		k -= times;
	}
	if (star != NULL)
		n = (size_t)(star - script);
	snprintf(out, 32, "%.*s", (int)n, script);
}

void
log_request(struct front *f, const struct conn *c, uint32_t stream,
    const char *fault)
{
	f->requests++;
	if (f->log == NULL)
		return;
	fprintf(f->log, "{\"n\":%lu,\"conn\":%ld,\"stream\":%u,\"method\":"
	    "\"POST\",\"inflight\":%ld,\"do\":\"%s\"}\n", f->requests, c->id,
	    stream, f->inflight, fault);
	fflush(f->log);
}
