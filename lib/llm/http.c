/* libcurl: its handles and their options, its callbacks, its verdict. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "llm/http_curl.h"
#include "llm/http_int.h"
#include "llm/loop.h"

static const double STALL = 60;	/* seconds that a begun reply may stand still */

struct http {
	struct curl curl;
	CURLM *multi;
	struct loop *loop;
	struct http_opt opt;
	struct curl_slist *headers;
	CURLU *url[HTTP_URLS];	/* parsed once */
	CURL **idle;		/* handles to use again */
	size_t nidle, idle_cap;
	struct http_list list;
	double timer;		/* when libcurl wants to be called, or -1 */
	int in_fd, out_fd;	/* watched, or -1 */
	int running;
};

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *per)
{
	struct http *h = arg;
	int events = what == CURL_POLL_IN ? LOOP_READ :
	    what == CURL_POLL_OUT ? LOOP_WRITE :
	    what == CURL_POLL_INOUT ? LOOP_READ | LOOP_WRITE : 0;

	(void)easy;
	(void)per;
	loop_set(h->loop, fd, events);
	return 0;
}

/* libcurl opens and closes a connection. */
static int
on_open(void *arg, curl_socket_t fd, curlsocktype purpose)
{
	struct http *h = arg;

	(void)purpose;
	loop_own(h->loop, fd);
	return CURL_SOCKOPT_OK;
}

static int
on_close(void *arg, curl_socket_t fd)
{
	struct http *h = arg;

	loop_closed(h->loop, fd);
	return close(fd);
}

static int
on_timer(CURLM *multi, long ms, void *arg)
{
	struct http *h = arg;

	(void)multi;
	h->timer = ms < 0 ? -1 : clock_now() + (double)ms / 1000;
	return 0;
}

static size_t
on_header(char *s, size_t size, size_t n, void *arg)
{
	return http_reply_head(arg, s, size * n) < 0 ? 0 : size * n;
}

static size_t
on_body(char *s, size_t size, size_t n, void *arg)
{
	return http_reply_body(arg, s, size * n) < 0 ? 0 : size * n;
}

/* Called for each request about to go on the wire, hidden ones too. */
static int
on_wire(void *arg, char *ip, char *local_ip, int port, int local_port)
{
	struct http_req *r = arg;

	(void)ip;
	(void)local_ip;
	(void)port;
	(void)local_port;
	if (r->wires > 0 && r->http->opt.at_most_once)
		return CURL_PREREQFUNC_ABORT;
	r->wires++;
	return CURL_PREREQFUNC_OK;
}

/* Seconds as libcurl wants them, from a millisecond to eleven days. */
static long
milliseconds(double seconds)
{
	if (seconds > 1e6)
		return 1000000000;
	return seconds > 0.001 ? (long)(seconds * 1000) : 1;
}

static void
set_protocols(CURL *c, struct http *h)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	h->curl.easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	h->curl.easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
	h->curl.easy_setopt(c, CURLOPT_PROTOCOLS,
	    (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
	h->curl.easy_setopt(c, CURLOPT_REDIR_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
}

/*
 * What every request of every run has in common.  No redirects, no netrc, no
 * cookies: a redirect would carry an api-key header to another host.
 */
static const struct {
	CURLoption option;
	long value;
} always[] = {
	{ CURLOPT_HEADEROPT, CURLHEADER_SEPARATE },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	{ CURLOPT_HTTP09_ALLOWED, 0 },
	{ CURLOPT_NOSIGNAL, 1 },
#if LIBCURL_VERSION_NUM >= 0x075700
	/* The end does not wait for a resolver that hangs. */
	{ CURLOPT_QUICK_EXIT, 1 },
#endif
	/* Replies are short: 16 kB for each in flight would be dear. */
	{ CURLOPT_BUFFERSIZE, 4096 },
	{ CURLOPT_TCP_KEEPALIVE, 1 },
	{ CURLOPT_TCP_KEEPIDLE, 60 },
	{ CURLOPT_TCP_KEEPINTVL, 30 },
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 }
};

/* What the requests of this run have in common. */
static void
set_run(CURL *c, struct http *h)
{
	/* A key may go to loopback in the clear: no proxy must see it. */
	if (h->opt.direct)
		h->curl.easy_setopt(c, CURLOPT_NOPROXY, "*");
	h->curl.easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
	/* Never in the clear: 7.88 fails every second transfer there. */
	h->curl.easy_setopt(c, CURLOPT_HTTP_VERSION, h->opt.http2 ?
	    (long)CURL_HTTP_VERSION_2TLS : (long)CURL_HTTP_VERSION_1_1);
	h->curl.easy_setopt(c, CURLOPT_PIPEWAIT, h->opt.http2 ? 1L : 0L);
	if (h->opt.socket != NULL)
		h->curl.easy_setopt(c, CURLOPT_UNIX_SOCKET_PATH, h->opt.socket);
	/* Below the idle limits of servers, so that none closes first. */
	h->curl.easy_setopt(c, CURLOPT_MAXAGE_CONN,
	    strncmp(h->opt.url[0], "https:", 6) == 0 ? 55L : 4L);
	/* libcurl reads SSL_CERT_FILE only in its own command. */
	if (h->opt.cacert == NULL)
		h->opt.cacert = getenv("SSL_CERT_FILE");
	if (h->opt.cacert != NULL)
		h->curl.easy_setopt(c, CURLOPT_CAINFO, h->opt.cacert);
	h->curl.easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
	    milliseconds(h->opt.connect_timeout));
}

static CURL *
new_handle(struct http *h)
{
	CURL *c = h->curl.easy_init();
	size_t i;

	if (c == NULL)
		return NULL;
	for (i = 0; i < sizeof(always) / sizeof(*always); i++)
		h->curl.easy_setopt(c, always[i].option, always[i].value);
	set_protocols(c, h);
	set_run(c, h);
	h->curl.easy_setopt(c, CURLOPT_SOCKOPTFUNCTION, on_open);
	h->curl.easy_setopt(c, CURLOPT_SOCKOPTDATA, h);
	h->curl.easy_setopt(c, CURLOPT_CLOSESOCKETFUNCTION, on_close);
	h->curl.easy_setopt(c, CURLOPT_CLOSESOCKETDATA, h);
	h->curl.easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	h->curl.easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	h->curl.easy_setopt(c, CURLOPT_PREREQFUNCTION, on_wire);
	return c;
}

static int
add_header(struct http *h, const char *line)
{
	struct curl_slist *more = h->curl.slist_append(h->headers, line);

	if (more != NULL)
		h->headers = more;
	return more == NULL ? -1 : 0;
}

/* A URL of the options that is there is parsed here. */
static int
set_urls(struct http *h)
{
	int i;

	for (i = 0; i < HTTP_URLS; i++) {
		h->url[i] = h->curl.url();
		if (h->url[i] == NULL || (h->opt.url[i] != NULL &&
		    h->curl.url_set(h->url[i], CURLUPART_URL, h->opt.url[i],
		    0) != CURLUE_OK))
			return -1;
	}
	return 0;
}

struct http *
http_new(const struct http_opt *opt, struct buf *why)
{
	struct http *h = mem_new(1, sizeof(*h));

	if (h == NULL || curl_load(&h->curl, why) < 0 ||
	    h->curl.global_init(CURL_GLOBAL_DEFAULT) != 0)
		goto fail;
	h->opt = *opt;
	h->timer = -1;
	h->in_fd = h->out_fd = -1;
	h->list.stall = opt->timeout / 2 < STALL ? opt->timeout / 2 : STALL;
	h->loop = loop_new();
	h->multi = h->curl.multi_init();
	if (h->loop == NULL || h->multi == NULL || set_urls(h) < 0 ||
	    add_header(h, "Content-Type: application/json") < 0 ||
	    add_header(h, "Expect:") < 0 || (opt->auth_header != NULL &&
	    add_header(h, opt->auth_header) < 0))
		goto fail;
	h->curl.multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	h->curl.multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
	h->curl.multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	h->curl.multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
	h->curl.multi_setopt(h->multi, CURLMOPT_MAXCONNECTS,
	    (long)opt->connections + 8);
	return h;
fail:
	if (why->len == 0)
		buf_str(why, "cannot start libcurl: out of memory or "
		    "descriptors");
	http_free(h);
	return NULL;
}

void
http_free(struct http *h)
{
	int i;

	if (h == NULL)
		return;
	if (h->curl.url_cleanup == NULL) {	/* the last one loaded */
		free(h);
		return;
	}
	while (h->nidle > 0)
		h->curl.easy_cleanup(h->idle[--h->nidle]);
	free(h->idle);
	if (h->multi != NULL)
		h->curl.multi_cleanup(h->multi);
	h->curl.slist_free_all(h->headers);
	for (i = 0; i < HTTP_URLS; i++)
		h->curl.url_cleanup(h->url[i]);
	loop_free(h->loop);
	h->curl.global_cleanup();
	free(h);
}

int
http_start(struct http *h, struct http_req *r, double timeout)
{
	CURL *c = h->nidle > 0 ? h->idle[--h->nidle] : new_handle(h);
	double limit = timeout < h->opt.timeout ? timeout : h->opt.timeout;

	if (c == NULL)
		return -1;
	http_reply_begin(r, h->opt.max_response);
	r->http = h;
	r->easy = c;
	h->curl.easy_setopt(c, CURLOPT_CURLU, h->url[r->to]);
	h->curl.easy_setopt(c, CURLOPT_PRIVATE, r);
	h->curl.easy_setopt(c, CURLOPT_ERRORBUFFER, r->error);
	h->curl.easy_setopt(c, CURLOPT_POSTFIELDS, r->body);
	h->curl.easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->len);
	h->curl.easy_setopt(c, CURLOPT_WRITEDATA, r);
	h->curl.easy_setopt(c, CURLOPT_HEADERDATA, r);
	h->curl.easy_setopt(c, CURLOPT_PREREQDATA, r);
	h->curl.easy_setopt(c, CURLOPT_TIMEOUT_MS, milliseconds(limit));
	if (h->curl.multi_add_handle(h->multi, c) != CURLM_OK) {
		h->curl.easy_cleanup(c);
		r->easy = NULL;
		return -1;
	}
	http_list_add(&h->list, r);
	return 0;
}

/* Takes a request off the multi and keeps its handle for the next one. */
static void
release(struct http *h, struct http_req *r)
{
	CURL *c = r->easy;

	h->curl.multi_remove_handle(h->multi, c);
	/* It may be freed before the handle is used again. */
	h->curl.easy_setopt(c, CURLOPT_ERRORBUFFER, NULL);
	r->easy = NULL;
	http_list_remove(&h->list, r);
	if (mem_grow(&h->idle, &h->idle_cap, h->nidle + 1,
	    sizeof(*h->idle)) == 0)
		h->idle[h->nidle++] = c;
	else
		h->curl.easy_cleanup(c);
}

void
http_cancel(struct http *h, struct http_req *r)
{
	if (r->easy != NULL)
		release(h, r);
}

static void
finish(struct http *h, struct http_req *r)
{
	release(h, r);
	http_list_done(&h->list, r);
}

/* Ends replies that have begun and stand still. */
static void
end_stalled(struct http *h)
{
	struct http_req *r;
	double now = clock_now();

	while ((r = http_list_stalled(&h->list, now)) != NULL) {
		r->fault = HTTP_TIMEOUT;
		r->code = CURLE_OPERATION_TIMEDOUT;
		snprintf(r->error, sizeof(r->error), "the reply stands still");
		finish(h, r);
	}
}

/* libcurl's verdict in the engine's words (its codes are measured facts). */
static enum http_fault
fault_of(const struct http *h, const struct http_req *r, CURLcode code)
{
	long tunnel = 0;

	h->curl.easy_getinfo(r->easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
	if (r->no_memory)
		return HTTP_BUG;
	if (tunnel != 0 && tunnel / 100 != 2)
		return HTTP_PROXY;
	switch (code) {
	case CURLE_OK:
		return HTTP_FINE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
		return HTTP_CONNECT;
	case CURLE_OPERATION_TIMEDOUT:
		return r->wires > 0 ? HTTP_TIMEOUT : HTTP_CONNECT;
	case CURLE_ABORTED_BY_CALLBACK:
		return HTTP_ONCE;		/* by on_wire */
	case CURLE_UNSUPPORTED_PROTOCOL:	/* random bytes, HTTP/0.9 */
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_OUT_OF_MEMORY:		/* a header line of a MiB */
	case CURLE_BAD_CONTENT_ENCODING:
		return HTTP_GARBAGE;
	case CURLE_WRITE_ERROR:
	case CURLE_FILESIZE_EXCEEDED:
		return HTTP_TOO_LARGE;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CRL_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_USE_SSL_FAILED:
		return HTTP_TLS;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY:
		return HTTP_PROXY;
	case CURLE_FAILED_INIT:
	case CURLE_URL_MALFORMAT:
	case CURLE_NOT_BUILT_IN:
	case CURLE_BAD_FUNCTION_ARGUMENT:
	case CURLE_UNKNOWN_OPTION:
		return HTTP_BUG;
	default:	/* nothing got, a part only, not sent to its end */
		return HTTP_LOST;
	}
}

static void
collect(struct http *h)
{
	struct http_req *r;
	CURLMsg *m;
	CURLcode code;
	long status;
	int left;

	while ((m = h->curl.multi_info_read(h->multi, &left)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		code = m->data.result;
		h->curl.easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &r);
		h->curl.easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE,
		    &status);
		r->status = (int)status;
		r->code = (int)code;
		r->fault = fault_of(h, r, code);
		if (code != CURLE_OK && r->error[0] == '\0')
			snprintf(r->error, sizeof(r->error), "%s",
			    h->curl.easy_strerror(code));
		finish(h, r);
	}
}

struct http_req *
http_done(struct http *h)
{
	return http_list_take(&h->list);
}

static void
on_event(void *arg, int fd, int events)
{
	struct http *h = arg;

	if (fd == h->in_fd || fd == h->out_fd)
		return;		/* it woke us, which is all */
	h->curl.multi_socket_action(h->multi, fd,
	    (events & LOOP_READ ? CURL_CSELECT_IN : 0) |
	    (events & LOOP_WRITE ? CURL_CSELECT_OUT : 0) |
	    (events & LOOP_HANGUP ? CURL_CSELECT_ERR : 0), &h->running);
}

/* Watches another descriptor in the place of the old one. */
static void
watch(struct http *h, int *old, int fd, int events)
{
	if (*old >= 0 && *old != fd)
		loop_set(h->loop, *old, 0);
	*old = fd;
	/* Set anew each time: the next input may have got the same number. */
	if (fd >= 0 && loop_set(h->loop, fd, events) < 0)
		*old = -1;
}

void
http_wait(struct http *h, double seconds, int in_fd, int out_fd)
{
	double now = clock_now(), left;
	int ms;

	watch(h, &h->in_fd, in_fd, LOOP_READ);
	/* Asking for nothing still tells when the reader has left. */
	watch(h, &h->out_fd, out_fd, LOOP_HANGUP);
	if (h->timer >= 0 && h->timer - now < seconds)
		seconds = h->timer - now;
	left = seconds * 1000;
	ms = left <= 0 ? 0 : left > 60000 ? 60000 : (int)left + 1;
	loop_wait(h->loop, ms, on_event, h);
	if (h->timer >= 0 && clock_now() >= h->timer) {
		h->timer = -1;
		h->curl.multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0,
		    &h->running);
	}
	collect(h);
	end_stalled(h);
}
