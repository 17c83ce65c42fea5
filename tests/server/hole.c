/*
 * A port that answers no SYN: it listens with the least backlog, filled by
 * connections of our own.  Linux drops what comes then; elsewhere a
 * connection may be made and nothing more.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

enum { FILL = 8 };

static int fillers[FILL];
static int nfillers;

/* True when the connection was made: there was room for it. */
static bool
connects(int fd, const struct sockaddr_in *a)
{
	struct pollfd p = { fd, POLLOUT, 0 };

	fcntl(fd, F_SETFL, O_NONBLOCK);
	if (connect(fd, (const struct sockaddr *)a, sizeof *a) == 0)
		return true;
	return poll(&p, 1, 100) == 1;
}

/* Fills the queue of a listening socket. */
void
hole_open(int door)
{
	struct sockaddr_in a;
	socklen_t len = sizeof a;
	bool room = true;

	listen(door, 0);
	if (getsockname(door, (struct sockaddr *)&a, &len) != 0)
		return;
	while (room && nfillers < FILL) {
		fillers[nfillers] = socket(AF_INET, SOCK_STREAM, 0);
		room = connects(fillers[nfillers++], &a);
	}
}

/* The door to poll now, -1 as long as it stays shut. */
int
hole_watch(struct server *s, int door, int64_t now)
{
	if (s->hole_s == 0)
		return door;
	if (now - s->start < (int64_t)s->hole_s * 1000000)
		return -1;
	s->hole_s = 0;
	while (nfillers > 0)
		close(fillers[--nfillers]);
	listen(door, 4096);
	return door;
}
