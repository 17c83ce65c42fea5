#include "llm/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#ifdef __linux__
#include <sys/epoll.h>

enum { OWN = 8, PARKED = 16 };	/* beside LOOP_READ and LOOP_WRITE */

struct loop {
	int fd;
	unsigned char *own;	/* by descriptor: what the kernel knows */
	size_t cap;
};

struct loop *
loop_new(void)
{
	struct loop *l = mem_new(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->fd = epoll_create1(EPOLL_CLOEXEC);
	if (l->fd < 0) {
		free(l);
		return NULL;
	}
	return l;
}

void
loop_free(struct loop *l)
{
	if (l != NULL) {
		close(l->fd);
		free(l->own);
	}
	free(l);
}

static int
is_own(const struct loop *l, int fd)
{
	return (size_t)fd < l->cap && l->own[fd] != 0;
}

void
loop_own(struct loop *l, int fd)
{
	size_t old = l->cap;

	if (mem_grow(&l->own, &l->cap, (size_t)fd + 1, 1) < 0)
		return;		/* then it is one like the others */
	memset(l->own + old, 0, l->cap - old);
	l->own[fd] = OWN;
}

void
loop_closed(struct loop *l, int fd)
{
	if (is_own(l, fd))
		l->own[fd] = 0;
}

static int
set_own(struct loop *l, int fd, int events, struct epoll_event *e)
{
	int known = l->own[fd] & (LOOP_READ | LOOP_WRITE);

	if (events == 0) {
		l->own[fd] |= PARKED;
		return 0;
	}
	if (events != known && epoll_ctl(l->fd, known ? EPOLL_CTL_MOD :
	    EPOLL_CTL_ADD, fd, e) < 0)
		return -1;
	l->own[fd] = (unsigned char)(OWN | events);
	return 0;
}

/* An event of one that nobody waits for: now the kernel forgets it. */
static int
was_parked(struct loop *l, int fd)
{
	struct epoll_event e;

	if (!is_own(l, fd) || !(l->own[fd] & PARKED))
		return 0;
	memset(&e, 0, sizeof(e));
	epoll_ctl(l->fd, EPOLL_CTL_DEL, fd, &e);
	l->own[fd] = OWN;
	return 1;
}

int
loop_set(struct loop *l, int fd, int events)
{
	struct epoll_event e;

	memset(&e, 0, sizeof(e));
	e.data.fd = fd;
	if (events & LOOP_READ)
		e.events |= EPOLLIN;
	if (events & LOOP_WRITE)
		e.events |= EPOLLOUT;
	if (is_own(l, fd))
		return set_own(l, fd, events, &e);
	if (events == 0) {
		/* It may be closed already. */
		epoll_ctl(l->fd, EPOLL_CTL_DEL, fd, &e);
		return 0;
	}
	if (epoll_ctl(l->fd, EPOLL_CTL_MOD, fd, &e) == 0)
		return 0;
	return errno == ENOENT ? epoll_ctl(l->fd, EPOLL_CTL_ADD, fd, &e) : -1;
}

void
loop_wait(struct loop *l, int ms, void (*fn)(void *, int, int), void *arg)
{
	struct epoll_event e[64];
	int n, i, events;

	n = epoll_wait(l->fd, e, 64, ms);
	for (i = 0; i < n; i++) {
		if (was_parked(l, e[i].data.fd))
			continue;
		events = 0;
		if (e[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
			events |= LOOP_READ;
		if (e[i].events & EPOLLOUT)
			events |= LOOP_WRITE;
		if (e[i].events & (EPOLLHUP | EPOLLERR))
			events |= LOOP_HANGUP;
		fn(arg, e[i].data.fd, events);
	}
}

#else

struct loop {
	struct pollfd *v;
	size_t n, cap;
};

struct loop *
loop_new(void)
{
	return mem_new(1, sizeof(struct loop));
}

void
loop_free(struct loop *l)
{
	if (l != NULL)
		free(l->v);
	free(l);
}

void
loop_own(struct loop *l, int fd)
{
	(void)l;
	(void)fd;
}

void
loop_closed(struct loop *l, int fd)
{
	(void)l;
	(void)fd;
}

int
loop_set(struct loop *l, int fd, int events)
{
	size_t i;

	for (i = 0; i < l->n && l->v[i].fd != fd; i++)
		;
	if (events == 0) {
		if (i < l->n)
			l->v[i] = l->v[--l->n];
		return 0;
	}
	if (i == l->n) {
		if (mem_grow(&l->v, &l->cap, i + 1, sizeof(*l->v)) < 0)
			return -1;
		l->n++;
	}
	l->v[i].fd = fd;
	l->v[i].events = (short)((events & LOOP_READ ? POLLIN : 0) |
	    (events & LOOP_WRITE ? POLLOUT : 0));
	l->v[i].revents = 0;
	return 0;
}

void
loop_wait(struct loop *l, int ms, void (*fn)(void *, int, int), void *arg)
{
	struct pollfd *v;
	size_t i, n = l->n;
	int events, r;

	if (poll(l->v, (nfds_t)n, ms) <= 0)
		return;
	/* fn may change the set, so it goes over a copy. */
	v = mem_new(n, sizeof(*v));
	if (v == NULL)
		return;
	memcpy(v, l->v, n * sizeof(*v));
	for (i = 0; i < n; i++) {
		r = v[i].revents;
		events = (r & (POLLIN | POLLHUP | POLLERR) ? LOOP_READ : 0) |
		    (r & POLLOUT ? LOOP_WRITE : 0) |
		    (r & (POLLHUP | POLLERR) ? LOOP_HANGUP : 0);
		if (events != 0)
			fn(arg, v[i].fd, events);
	}
	free(v);
}

#endif
