/*
 * The parts of an endpoint's URL (RFC 3986), which may also name a Unix
 * socket: unix:PATH, unix:PATH:/BASE (as nginx and got write them), or
 * http+unix://PATH-PERCENT-ENCODED/BASE (as docker's and other clients do).
 */
#ifndef LLM_URL_H
#define LLM_URL_H

#include <stddef.h>

#include "base/buf.h"

struct url {
	/* Into the text that was split. */
	const char *host, *path, *query;	/* query: at '?' or the end */
	size_t scheme_len, host_len, authority_len;
	int https;
	/* Of a socket, which has no host: "" else. */
	struct buf socket;
};

/*
 * 0, or -1: none that a request could go to.  The texts stay the caller's;
 * url_free() frees the socket's name.
 */
int url_split(const char *, struct url *);
void url_free(struct url *);

int url_host_is(const struct url *, const char *name);

/* Does a request stay on this machine? */
int url_is_loopback(const struct url *);

#endif
