/* Sends a reply at its own pace. */
#include <errno.h>
#include <sys/socket.h>

#include "server.h"

enum { BUDGET = 1 << 18 };	/* bytes before others get their turn */

/* All that may go went; says what may go next.  False at the end. */
static bool
pace(struct reply *r, int64_t now, int64_t *wake)
{
	if (r->sent == r->wire.n) {
		if (r->loop_at == NONE)
			return false;
		r->sent = r->loop_at;
		r->allow = r->step > 0 ? r->sent : r->wire.n;
	}
	if (r->sent < r->allow)
		return true;
	if (r->sent >= r->drip_end) {
		r->allow = r->wire.n;
		return true;
	}
	r->allow = r->drip_end - r->sent < r->step ? r->drip_end :
	    r->sent + r->step;
	*wake = now + (int64_t)r->step_ms * 1000;
	return true;
}

void
pace_start(struct reply *r)
{
	r->sent = 0;
	r->allow = r->burst < r->wire.n ? r->burst : r->wire.n;
}

/* 1 all sent, 0 later (*wake says when, 0: when fd takes more), -1 gone. */
int
pace_send(struct reply *r, int fd, int64_t now, int64_t *wake)
{
	size_t budget = BUDGET;
	ssize_t n;

	while (*wake <= now && budget > 0) {
		*wake = 0;
		if (r->sent == r->allow && !pace(r, now, wake))
			return 1;
		if (*wake > now)
			return 0;
		n = send(fd, r->wire.p + r->sent, r->allow - r->sent,
		    MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK ?
			    0 : -1;
		r->sent += (size_t)n;
		budget -= (size_t)n < budget ? (size_t)n : budget;
	}
	return 0;
}
