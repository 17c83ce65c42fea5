/*
 * POST requests, many at once, on one thread: the seam between the engine
 * and the network, and the one door to libcurl.  A reply that has begun and
 * then brings nothing for a minute, or half of the timeout, has timed out.
 */
#ifndef LLM_HTTP_H
#define LLM_HTTP_H

#include <stddef.h>

#include "base/buf.h"
#include "llm/sse.h"

enum http_fault {
	HTTP_FINE,		/* there is a status and a whole body */
	HTTP_CONNECT,		/* no connection; nothing was sent */
	HTTP_LOST,		/* lost after it may have been sent */
	HTTP_TIMEOUT,		/* no reply in time */
	HTTP_GARBAGE,		/* no HTTP */
	HTTP_TOO_LARGE,		/* over our caps */
	HTTP_TLS,		/* certificate or TLS trouble: no retry */
	HTTP_PROXY,		/* the proxy refuses */
	HTTP_ONCE,		/* not sent a second time, as was asked */
	HTTP_BUG		/* a misuse of the library: ours */
};

enum { HTTP_URLS = 3 };

struct http_req {
	const char *body;	/* borrowed until it is done */
	size_t len;
	int to;			/* which of the URLs */
	void *owner;		/* the engine's */

	enum http_fault fault;
	int status;
	int code;		/* libcurl's, and */
	char error[256];	/* its words for what happened, or "" */
	unsigned long wires;	/* requests really put on the wire */
	struct buf reply;	/* owned by the request */
	struct buf headers;	/* those the engine reads, "name: value\n" */

	/* http.c's, http_reply.c's and http_list.c's. */
	void *easy;
	struct http *http;
	size_t header_bytes;
	int no_memory;
	int is_stream;		/* the reply is a stream of events */
	int is_framed;		/* its end shows: a length, chunks, HTTP/2 */
	struct sse_alive alive;
	double seen;		/* when the body last brought something */
	struct http_req *prev, *next;	/* under way, or done */
};

struct http;

struct http_opt {
	const char *url[HTTP_URLS];	/* of one server */
	const char *auth_header, *cacert;
	const char *socket;	/* path of a Unix socket, or NULL */
	double timeout, connect_timeout;	/* seconds */
	unsigned long connections, max_response;	/* bytes */
	int direct;		/* never through a proxy */
	int http2;		/* https only */
	int at_most_once;	/* no second sending by libcurl either */
};

enum { HTTP_HEADER_MAX = 64 << 10 };	/* bytes of a reply's head */

struct http *http_new(const struct http_opt *, struct buf *why);
void http_free(struct http *);

/* Starts a request; the reply and the counts are made new.  -1: no memory. */
int http_start(struct http *, struct http_req *, double timeout);

/* Drops one that is under way. */
void http_cancel(struct http *, struct http_req *);

/*
 * Waits for events, at most so many seconds.  With in_fd >= 0 also until
 * that can be read; with out_fd >= 0 also until its reader has left.
 */
void http_wait(struct http *, double seconds, int in_fd, int out_fd);

/* The next request that is done, or NULL. */
struct http_req *http_done(struct http *);

/* A header's value among req->headers (lower-case name), or NULL. */
const char *http_header(const struct http_req *, const char *name,
    size_t *len);

void http_req_free(struct http_req *);

#endif
