/* Bytes to and from the scripted server. */
#include <string.h>
#include <unistd.h>

#include "tls.h"

void
relay_start(struct front *f, struct conn *c)
{
	c->peer = dial(f->target);
	if (c->peer < 0)
		c->dead = true;
}

/* From the client to the server. */
void
relay_in(struct conn *c)
{
	ssize_t n;

	while (c->in.n > 0) {
		n = write(c->peer, c->in.p, c->in.n);
		if (n <= 0) {
			c->dead = true;
			return;
		}
		bytes_take(&c->in, (size_t)n);
	}
}

/* From the server to the client. */
void
relay_out(struct conn *c)
{
	char some[16384];
	ssize_t n = read(c->peer, some, sizeof some);

	if (n <= 0)
		c->dead = true;
	else
		conn_write(c, some, (size_t)n);
}

/* The request's head goes to the log as it came: no key may be in it. */
void
relay_connect(struct front *f, struct conn *c)
{
	static const char yes[] = "HTTP/1.1 200 OK\r\n\r\n";

	if (c->in.n < 4 || memcmp(c->in.p + c->in.n - 4, "\r\n\r\n", 4) != 0)
		return;
	if (f->log != NULL) {
		fwrite(c->in.p, 1, c->in.n, f->log);
		fflush(f->log);
	}
	c->in.n = 0;
	relay_start(f, c);
	conn_write(c, yes, sizeof yes - 1);
}
