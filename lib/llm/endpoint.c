#include "llm/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "llm/url.h"

/* The first line of a key file. */
static char *
read_key(const char *path, struct buf *why)
{
	char text[4096 + 1], *key;
	struct stat st;
	ssize_t n;
	size_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		buf_fmt(why, "key file %s: %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_mode & (S_IRGRP | S_IROTH))
		warn("key file %s can be read by others: chmod 600 it", path);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n < 0) {
		buf_fmt(why, "key file %s: %s", path, strerror(errno));
		return NULL;
	}
	text[n] = '\0';
	len = strcspn(text, "\r\n");
	key = mem_dup(text, len);
	if (key == NULL || len == 0 || len == sizeof(text) - 1) {
		buf_fmt(why, "key file %s: no key in its first line", path);
		free(key);
		return NULL;
	}
	return key;
}

/* OPENAI_API_KEY is for OpenAI, or for the server in OPENAI_BASE_URL. */
static int
openai_may_go_to(const struct url *u)
{
	const char *home = getenv("OPENAI_BASE_URL");
	struct url h;
	int same;

	if (url_host_is(u, "api.openai.com"))
		return 1;
	if (home == NULL || url_split(home, &h) < 0)
		return 0;
	if (u->socket.len > 0)
		same = strcmp(buf_cstr(&h.socket), u->socket.s) == 0;
	else
		same = h.authority_len == u->authority_len &&
		    strncasecmp(h.host, u->host, u->authority_len) == 0;
	url_free(&h);
	return same;
}

/* 1: e->key is set; 0: there is none; -1: *why. */
static int
find_key(struct endpoint *e, const struct llm_opt *opt, const struct url *u,
    struct buf *why)
{
	const char *s = getenv("AC_API_KEY");

	if (opt->key_file != NULL) {
		e->key = read_key(opt->key_file, why);
		return e->key == NULL ? -1 : 1;
	}
	if (s == NULL || *s == '\0') {
		s = getenv("OPENAI_API_KEY");
		if (s != NULL && *s != '\0' && !openai_may_go_to(u)) {
			if (!e->loopback)
				warn("OPENAI_API_KEY is not sent to %.*s; if "
				    "it is that server's key, set AC_API_KEY",
				    (int)u->host_len, u->host);
			return 0;
		}
	}
	if (s == NULL || *s == '\0')
		return 0;
	e->key = mem_dup(s, strlen(s));
	if (e->key == NULL) {
		buf_str(why, "out of memory");
		return -1;
	}
	return 1;
}

static int
check_key(const struct endpoint *e, const struct url *u, struct buf *why)
{
	const char *s;

	for (s = e->key; *s != '\0'; s++)
		if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7f) {
			buf_str(why, "the API key holds a blank or control "
			    "byte");
			return -1;
		}
	if (!u->https && !e->loopback) {
		buf_fmt(why, "no key goes over plain http to %.*s: use https",
		    (int)u->host_len, u->host);
		return -1;
	}
	return 0;
}

/* The URL of a POST, but for what may be secret behind its path. */
static void
add_url(const char *base, const struct url *u, const char *what,
    struct buf *url)
{
	const char *from = u->socket.len > 0 ? u->path : base;
	size_t len = (size_t)(u->query - from);

	while (len > 0 && from[len - 1] == '/')
		len--;
	if (u->socket.len > 0)
		buf_str(url, "http://localhost");
	buf_add(url, from, len);
	buf_str(url, what);
}

/* The URLs, and what stands for the server in cache keys. */
static void
build(const struct endpoint *e, const struct llm_opt *opt, const char *base,
    const struct url *u, struct buf url[3], struct buf *space)
{
	const char *path[3] = { opt->api == LLM_COMPLETIONS ? "/completions" :
	    "/chat/completions", "/embeddings", "/completions" };
	size_t i;

	for (i = 0; i < 3; i++)
		add_url(base, u, path[i], &url[i]);
	if (opt->cache_ns != NULL) {
		buf_fmt(space, "ns:%s", opt->cache_ns);
	} else {
		if (e->socket != NULL)
			buf_fmt(space, "unix:%s:", e->socket);
		buf_str(space, buf_cstr(&url[0]));
		if (opt->api == LLM_AZURE)
			buf_str(space, u->query);
	}
	for (i = 0; i < 3; i++)
		buf_str(&url[i], u->query);
}

static int
fill(struct endpoint *e, const struct llm_opt *opt, const char *base,
    const struct url *u)
{
	struct buf url[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct buf space = BUF_INIT, header = BUF_INIT;
	int ok = 1, i;

	if (u->socket.len > 0) {
		e->socket = mem_dup(u->socket.s, u->socket.len);
		ok = e->socket != NULL;
	}
	build(e, opt, base, u, url, &space);
	for (i = 0; i < 3; i++)
		ok = (e->url[i] = buf_take(&url[i])) != NULL && ok;
	e->space = buf_take(&space);
	if (e->key != NULL) {
		buf_fmt(&header, "%s%s", opt->api == LLM_AZURE ? "api-key: " :
		    "Authorization: Bearer ", e->key);
		e->header = buf_take(&header);
		ok = ok && e->header != NULL;
	}
	return ok && e->space != NULL ? 0 : -1;
}

/* Says what is wrong with a URL.  0: nothing. */
static int
check_url(const char *base, struct url *u, struct buf *why)
{
	struct sockaddr_un address;

	if (url_split(base, u) < 0) {
		buf_fmt(why, "base URL '%s': must be http://HOST[:PORT]..., "
		    "https://... or unix:PATH[:/...]", base);
		return -1;
	}
	if (memchr(u->host, '@', u->authority_len) != NULL)
		buf_str(why, "the base URL holds user:password; use "
		    "--key-file");
	else if (u->socket.len >= sizeof(address.sun_path))
		buf_fmt(why, "base URL '%s': the socket's name is longer than "
		    "%zu bytes", base, sizeof(address.sun_path) - 1);
	else
		return 0;
	url_free(u);
	return -1;
}

int
endpoint_open(struct endpoint *e, const struct llm_opt *opt, struct buf *why)
{
	const char *base = opt->base_url;
	struct url u;
	int r = -1;

	memset(e, 0, sizeof(*e));
	if (base == NULL)
		base = getenv("OPENAI_BASE_URL");
	if (base == NULL || *base == '\0') {
		buf_str(why, "no endpoint: give --base-url URL (-u), or set "
		    "AC_BASE_URL or OPENAI_BASE_URL");
		return -1;
	}
	if (check_url(base, &u, why) < 0)
		return -1;
	e->loopback = url_is_loopback(&u);
	if (find_key(e, opt, &u, why) >= 0 &&
	    (e->key == NULL || check_key(e, &u, why) == 0)) {
		r = fill(e, opt, base, &u);
		if (r < 0)
			buf_str(why, "out of memory");
	}
	url_free(&u);
	if (r < 0)
		endpoint_close(e);
	return r;
}

static void
wipe(char *s)
{
	volatile char *p = s;

	while (p != NULL && *p != '\0')
		*p++ = '\0';
	free(s);
}

void
endpoint_close(struct endpoint *e)
{
	int i;

	for (i = 0; i < 3; i++)
		free(e->url[i]);
	free(e->socket);
	free(e->space);
	wipe(e->header);
	wipe(e->key);
	memset(e, 0, sizeof(*e));
}

static int
key_like(int c)
{
	return c != '\0' && strchr("abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_*.+/=~", c) != NULL;
}

/* How many bytes two texts have in common at their beginning. */
static size_t
common(const char *a, size_t len, const char *b)
{
	size_t i = 0;

	while (i < len && b[i] != '\0' && a[i] == b[i])
		i++;
	return i;
}

void
endpoint_redact(const struct endpoint *e, const char *text, size_t len,
    struct buf *out)
{
	size_t n = e->key != NULL ? strlen(e->key) : 0, i = 0, same;

	if (n > 8)
		n = 8;		/* servers echo a key with its middle starred */
	while (i < len) {
		/* What is so short is no secret, but a word in our texts. */
		same = n >= 4 ? common(text + i, len - i, e->key) : 0;
		if (same < n || same == 0) {
			buf_byte(out, text[i++]);
			continue;
		}
		buf_str(out, "[key]");
		for (i += same; i < len && key_like(text[i]); i++)
			;
	}
}
