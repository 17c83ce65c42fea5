/*
 * Descriptors to wait on: epoll where there is one, poll elsewhere.
 */
#ifndef LLM_LOOP_H
#define LLM_LOOP_H

enum { LOOP_READ = 1, LOOP_WRITE = 2, LOOP_HANGUP = 4 };

struct loop;

struct loop *loop_new(void);
void loop_free(struct loop *);

/* Watches fd for these events; 0 forgets it.  -1: no memory. */
int loop_set(struct loop *, int fd, int events);

/*
 * A descriptor whose closing loop_closed() will tell: forgotten by
 * loop_set(), it may stay with the kernel for the next time, which is most
 * often soon.
 */
void loop_own(struct loop *, int fd);
void loop_closed(struct loop *, int fd);

/* Waits at most ms milliseconds (-1: for ever); calls fn for each event. */
void loop_wait(struct loop *, int ms, void (*fn)(void *, int fd, int events),
    void *arg);

#endif
