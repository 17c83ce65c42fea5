#include "llm/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A port behind a host: nothing, or ":" and 1 to 65535. */
static int
port_ok(const char *s, size_t len)
{
	size_t digits = len > 0 ? strspn(s + 1, "0123456789") : 0;
	long port = len > 0 ? strtol(s + 1, NULL, 10) : 1;

	return len == 0 || (*s == ':' && digits == len - 1 && port > 0 &&
	    port <= 65535);
}

static int
has_blank(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s <= 0x20 || *s == 0x7f)
			return 1;
	return 0;
}

/* Appends text with its %XX undone.  -1: a % that is none, or a NUL. */
static int
unescape(const char *s, size_t len, struct buf *out)
{
	char hex[3] = "";
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] != '%') {
			buf_byte(out, s[i]);
			continue;
		}
		if (len - i < 3 || strspn(s + i + 1, "0123456789abcdefABCDEF")
		    < 2)
			return -1;
		memcpy(hex, s + i + 1, 2);
		if (strcmp(hex, "00") == 0)
			return -1;
		buf_byte(out, (int)strtol(hex, NULL, 16));
		i += 2;
	}
	return 0;
}

/*
 * What follows "unix:": the socket's absolute path up to ":/", where the
 * path of the URL begins; "///" before it is "/".
 */
static int
split_plain(const char *s, struct url *u)
{
	const char *end = s + strcspn(s, "?#"), *p;

	if (strncmp(s, "///", 3) == 0)
		s += 2;
	u->query = u->path = end;
	for (p = s; p < end; p++)	/* the last one: a path may have some */
		if (p[0] == ':' && p[1] == '/')
			u->path = p + 1;
	if (*s != '/' || (s[1] == '/' && s + 1 < end))
		return -1;
	buf_add(&u->socket, s, (size_t)((u->path < end ? u->path - 1 : end) -
	    s));
	return 0;
}

/* What follows "http+unix://". */
static int
split_escaped(const char *s, struct url *u)
{
	size_t len = strcspn(s, "/?#");

	if (*s == '/')			/* not escaped, as after "unix:" */
		return split_plain(s, u);
	u->path = s + len;
	u->query = u->path + strcspn(u->path, "?#");
	if (unescape(s, len, &u->socket) < 0)
		return -1;
	return u->socket.len > 0 && *u->socket.s == '/' ? 0 : -1;
}

static int
split_host(const char *s, struct url *u)
{
	const char *authority, *colon;

	u->https = strncmp(s, "https://", 8) == 0;
	if (!u->https && strncmp(s, "http://", 7) != 0)
		return -1;
	u->scheme_len = u->https ? 8 : 7;
	authority = s + u->scheme_len;
	u->authority_len = strcspn(authority, "/?#");
	u->host = authority;
	if (*authority == '[') {
		u->host_len = strcspn(authority, "]") + 1;
	} else {
		colon = memchr(authority, ':', u->authority_len);
		u->host_len = colon != NULL ? (size_t)(colon - authority) :
		    u->authority_len;
	}
	u->path = authority + u->authority_len;
	u->query = u->path + strcspn(u->path, "?#");
	if (u->host_len == 0 || u->host_len > u->authority_len)
		return -1;
	/* With a user before the host the colon is not the port's. */
	return memchr(authority, '@', u->authority_len) != NULL ||
	    port_ok(u->host + u->host_len, u->authority_len - u->host_len) ?
	    0 : -1;
}

int
url_split(const char *s, struct url *u)
{
	int r;

	memset(u, 0, sizeof(*u));
	if (has_blank(s))
		return -1;
	u->host = s;
	if (strncmp(s, "unix:", 5) == 0)
		r = split_plain(s + 5, u);
	else if (strncmp(s, "http+unix://", 12) == 0)
		r = split_escaped(s + 12, u);
	else
		r = split_host(s, u);
	if (r < 0 || !buf_ok(&u->socket)) {
		url_free(u);
		return -1;
	}
	return 0;
}

void
url_free(struct url *u)
{
	buf_free(&u->socket);
}

int
url_host_is(const struct url *u, const char *name)
{
	return strlen(name) == u->host_len &&
	    strncasecmp(u->host, name, u->host_len) == 0;
}

int
url_is_loopback(const struct url *u)
{
	return u->socket.len > 0 || url_host_is(u, "localhost") ||
	    url_host_is(u, "[::1]") ||
	    (u->host_len > 4 && strncmp(u->host, "127.", 4) == 0 &&
	    strspn(u->host, "0123456789.") >= u->host_len);
}
