/*
 * The least that a libcurl client can do, as a yardstick: N requests of one
 * body, J in flight, replies read and thrown away; no JSON, no retries.
 *
 *	bare URL BODY N J
 *
 * Loop and options are those of lib/llm/http.c as far as they shape what
 * goes over the wire and when: curl_multi_socket_action over epoll, handles
 * and connections used again, HTTP/1.1, limits of time.  With N 0 it starts
 * libcurl and ends.  Says on stderr how many were not answered with 200.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "base/mem.h"

enum { EVENTS = 256 };

struct bare {
	CURLM *multi;
	struct curl_slist *headers;
	int poll, running;
	double timer;		/* when libcurl wants to be called, or -1 */
	unsigned long left, bad, flying;
	size_t bytes;		/* of replies */
};

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *per)
{
	struct bare *b = arg;
	struct epoll_event e = { .data.fd = fd };

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(b->poll, EPOLL_CTL_DEL, fd, &e);
		return 0;
	}
	e.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) |
	    (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
	epoll_ctl(b->poll, per == NULL ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
	    &e);
	curl_multi_assign(b->multi, fd, b);
	return 0;
}

static int
on_timer(CURLM *multi, long ms, void *arg)
{
	struct bare *b = arg;

	(void)multi;
	b->timer = ms < 0 ? -1 : clock_now() + (double)ms / 1000;
	return 0;
}

static size_t
on_body(char *s, size_t size, size_t n, void *arg)
{
	struct bare *b = arg;

	(void)s;
	b->bytes += size * n;
	return size * n;
}

static CURL *
handle(struct bare *b, const char *url, const struct buf *body)
{
	CURL *c = curl_easy_init();

	if (c == NULL)
		die(AC_BUG, "out of memory");
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, b->headers);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, 10000L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, 600000L);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, body->s);
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)body->len);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, b);
	return c;
}

static void
start(struct bare *b, CURL *c)
{
	if (curl_multi_add_handle(b->multi, c) != CURLM_OK)
		die(AC_BUG, "curl_multi_add_handle");
	b->left--;
	b->flying++;
}

static void
collect(struct bare *b)
{
	CURLMsg *m;
	CURL *c;
	long status;
	int more;

	while ((m = curl_multi_info_read(b->multi, &more)) != NULL) {
		c = m->easy_handle;
		curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
		if (m->data.result != CURLE_OK || status != 200)
			b->bad++;
		curl_multi_remove_handle(b->multi, c);
		b->flying--;
		if (b->left > 0)
			start(b, c);
		else
			curl_easy_cleanup(c);
	}
}

static void
run(struct bare *b)
{
	struct epoll_event e[EVENTS];
	double left;
	int i, n, ms;

	while (b->flying > 0) {
		left = b->timer < 0 ? 1000 : (b->timer - clock_now()) * 1000;
		ms = left <= 0 ? 0 : left > 1000 ? 1000 : (int)left + 1;
		n = epoll_wait(b->poll, e, EVENTS, ms);
		for (i = 0; i < n; i++)
			curl_multi_socket_action(b->multi, e[i].data.fd,
			    (e[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
			    (e[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
			    (e[i].events & (EPOLLERR | EPOLLHUP) ?
			    CURL_CSELECT_ERR : 0), &b->running);
		if (b->timer >= 0 && clock_now() >= b->timer) {
			b->timer = -1;
			curl_multi_socket_action(b->multi,
			    CURL_SOCKET_TIMEOUT, 0, &b->running);
		}
		collect(b);
	}
}

int
main(int argc, char **argv)
{
	struct bare b = { .timer = -1 };
	struct buf body = BUF_INIT, why = BUF_INIT;
	unsigned long jobs, i;

	die_init("bare");
	if (argc != 5)
		die(AC_USAGE, "usage: bare URL BODY N J");
	if (file_read(argv[2], &body, &why) < 0)
		die(AC_USAGE, "%s", buf_cstr(&why));
	b.left = strtoul(argv[3], NULL, 10);
	jobs = strtoul(argv[4], NULL, 10);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		die(AC_BUG, "cannot start libcurl");
	b.poll = epoll_create1(EPOLL_CLOEXEC);
	b.multi = curl_multi_init();
	b.headers = curl_slist_append(b.headers,
	    "Content-Type: application/json");
	b.headers = curl_slist_append(b.headers, "Expect:");
	curl_multi_setopt(b.multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(b.multi, CURLMOPT_SOCKETDATA, &b);
	curl_multi_setopt(b.multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(b.multi, CURLMOPT_TIMERDATA, &b);
	curl_multi_setopt(b.multi, CURLMOPT_MAXCONNECTS, (long)jobs + 8);
	for (i = 0; i < jobs && b.left > 0; i++)
		start(&b, handle(&b, argv[1], &body));
	run(&b);
	curl_multi_cleanup(b.multi);
	curl_slist_free_all(b.headers);
	curl_global_cleanup();
	if (b.bad > 0)
		warn("%lu requests without a good reply", b.bad);
	buf_free(&body);
	return b.bad > 0;
}
