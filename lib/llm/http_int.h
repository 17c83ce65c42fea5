/*
 * What http.c (libcurl) shares with http_reply.c (a reply as it comes in) and
 * http_list.c (which requests are under way, which are done).
 */
#ifndef LLM_HTTP_INT_H
#define LLM_HTTP_INT_H

#include "llm/http.h"

/* Makes the reply and the counts new; a body may have `max` bytes. */
void http_reply_begin(struct http_req *, size_t max);

/*
 * A line of a reply's head as it came, its end included, not ended by NUL.
 * -1: the head is too long, or no memory.
 */
int http_reply_head(struct http_req *, const char *s, size_t len);

/* A piece of a reply's body.  -1: over the cap, or no memory (no_memory). */
int http_reply_body(struct http_req *, const char *s, size_t len);

/* The caller's requests, by their own links.  Zero it, but for `stall`. */
struct http_list {
	struct http_req *active;	/* under way */
	struct http_req *done, *last;	/* in the order they ended */
	double stall;		/* seconds that a begun reply may stand still */
	double looked;		/* when such ones were last looked for */
};

/* It is under way, is so no more, or is done (and removed before). */
void http_list_add(struct http_list *, struct http_req *);
void http_list_remove(struct http_list *, struct http_req *);
void http_list_done(struct http_list *, struct http_req *);

/* Takes the request that was done first, or NULL. */
struct http_req *http_list_take(struct http_list *);

/*
 * One under way whose reply has begun and stands still, or NULL; they are
 * looked for four times in `stall`, and until there is none left.
 */
struct http_req *http_list_stalled(struct http_list *, double now);

#endif
