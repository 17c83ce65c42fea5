/*
 * Loaded before libc: names and clocks that fail, for the fault matrix.
 *
 *	FAULT_NAME=KIND   what becomes of host names that end in .invalid:
 *		none	there is no such name
 *		hang	no answer comes for a minute
 *		later:FILE	none until FILE is there, then 127.0.0.1
 *		two	127.0.0.2 and then 127.0.0.1
 *	FAULT_CLOCK=1     the wall clock is a day ahead or behind, in turn,
 *		a second each; the monotonic clock is left alone
 */
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef int (*getaddrinfo_fn)(const char *, const char *,
    const struct addrinfo *, struct addrinfo **);
typedef int (*clock_fn)(clockid_t, struct timespec *);

static int
ends_in(const char *s, const char *end)
{
	size_t n = s != NULL ? strlen(s) : 0, k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

/* ISO C has no cast from dlsym's pointer to a function. */
static getaddrinfo_fn
real_getaddrinfo(void)
{
	void *p = dlsym(RTLD_NEXT, "getaddrinfo");
	getaddrinfo_fn fn;

	memcpy(&fn, &p, sizeof fn);
	return fn;
}

static int
two(const char *port, const struct addrinfo *hints, struct addrinfo **out)
{
	struct addrinfo *second = NULL, *p;
	int r = real_getaddrinfo()("127.0.0.2", port, hints, out);

	if (r == 0)
		r = real_getaddrinfo()("127.0.0.1", port, hints, &second);
	if (r != 0)
		return r;
	for (p = *out; p->ai_next != NULL; p = p->ai_next)
		;
	p->ai_next = second;
	return 0;
}

int
getaddrinfo(const char *name, const char *port, const struct addrinfo *hints,
    struct addrinfo **out)
{
	const char *kind = getenv("FAULT_NAME");

	if (kind == NULL || !ends_in(name, ".invalid"))
		return real_getaddrinfo()(name, port, hints, out);
	if (strcmp(kind, "two") == 0)
		return two(port, hints, out);
	if (strcmp(kind, "hang") == 0)
		sleep(60);
	if (strncmp(kind, "later:", 6) == 0 && access(kind + 6, F_OK) == 0)
		return real_getaddrinfo()("127.0.0.1", port, hints, out);
	return EAI_NONAME;
}

static clock_fn
real_clock(void)
{
	static clock_fn fn;
	void *p;

	if (fn == NULL) {
		p = dlsym(RTLD_NEXT, "clock_gettime");
		memcpy(&fn, &p, sizeof fn);
	}
	return fn;
}

int
clock_gettime(clockid_t id, struct timespec *t)
{
	int r = real_clock()(id, t);

	if (r == 0 && id == CLOCK_REALTIME && getenv("FAULT_CLOCK") != NULL)
		t->tv_sec += t->tv_sec % 2 != 0 ? 86400 : -86400;
	return r;
}

time_t
time(time_t *out)
{
	struct timespec t = { 0, 0 };

	clock_gettime(CLOCK_REALTIME, &t);
	if (out != NULL)
		*out = t.tv_sec;
	return t.tv_sec;
}

int
gettimeofday(struct timeval *restrict t, void *restrict zone)
{
	struct timespec now = { 0, 0 };

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	t->tv_sec = now.tv_sec;
	t->tv_usec = now.tv_nsec / 1000;
	return 0;
}
