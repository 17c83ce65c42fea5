/*
 * replay FILE SCRIPT: plays the server's side of a conversation, bytes
 * as they are written, on a free port of 127.0.0.1.  FILE gets the URL.
 *
 *	# a comment, before an exchange
 *	> POST /v1/chat/completions	the request must begin so,
 *	> Authorization: Bearer KEY	have this header,
 *	> !api-key			not have that one,
 *	> +"seed":1			have this in its body,
 *	> -"stream"			and not that
 *	< HTTP/1.1 200 OK		the head of the reply,
 *	< Content-Type: text/plain	Content-Length is added where it
 *	{"choices":[...			says nothing of one; then the body
 *
 * Exchanges follow each other in any number.  What a request lacks is said
 * on stderr, and the last line there is "played N of M"; it ends at SIGTERM,
 * with its parent, or after three minutes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNS = 32, REQUEST_MAX = 1 << 20, LIFE = 180 };

static volatile sig_atomic_t stopped;
static char *script, *place;		/* what is to be played yet */
static size_t played, exchanges;

static void
on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

static void
fail(const char *what)
{
	fprintf(stderr, "replay: %s: %s\n", what, strerror(errno));
	exit(74);
}

static void
complain(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "replay: request %zu: ", played + 1);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static char *
read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	char *s = malloc(REQUEST_MAX + 1);
	size_t n;

	if (f == NULL || s == NULL)
		fail(path);
	n = fread(s, 1, REQUEST_MAX, f);
	if (ferror(f) || n == REQUEST_MAX)
		fail(path);
	fclose(f);
	s[n] = '\0';
	return s;
}

/* Cuts the line at *p off and returns it; *p is the next one. */
static char *
cut_line(char **p)
{
	char *line = *p;

	*p += strcspn(*p, "\n");
	if (**p == '\n')
		*(*p)++ = '\0';
	return line;
}

static void
count(void)
{
	const char *s, *last = "";

	for (s = script; *s != '\0'; s += strcspn(s, "\n"), s += *s == '\n') {
		if (*s == '>' && *last != '>')
			exchanges++;
		last = s;
	}
}

/* The value of a header of the request's head, cut out in `value`, or 0. */
static int
header(const char *head, const char *name, size_t len, char value[4096])
{
	const char *s = strstr(head, "\r\n");
	size_t n;

	while (s != NULL && s[2] != '\r') {
		s += 2;
		if (strncasecmp(s, name, len) == 0 && s[len] == ':') {
			s += len + 1;
			s += strspn(s, " ");
			n = strcspn(s, "\r");
			if (n >= 4096)
				n = 4095;
			memcpy(value, s, n);
			value[n] = '\0';
			return 1;
		}
		s = strstr(s, "\r\n");
	}
	return 0;
}

/* One line of what a request must be. */
static void
demand(const char *d, const char *head, const char *body)
{
	static char value[4096];
	size_t len = strcspn(d, ":");

	if (*d == '+') {
		if (strstr(body, d + 1) == NULL)
			complain("the body lacks %s", d + 1);
	} else if (*d == '-') {
		if (strstr(body, d + 1) != NULL)
			complain("the body has %s", d + 1);
	} else if (*d == '!') {
		if (header(head, d + 1, strlen(d + 1), value))
			complain("there is a header %s", d + 1);
	} else if (strncmp(d, "POST ", 5) == 0) {
		len = strlen(d);
		if (strncmp(head, d, len) != 0 || head[len] != ' ')
			complain("%.*s, not %s", (int)strcspn(head, "\r"),
			    head, d);
	} else if (!header(head, d, len, value)) {
		complain("no header %.*s", (int)len, d);
	} else if (strcmp(value, d + len + 1 + strspn(d + len + 1, " ")) != 0)
		complain("%.*s: %s, not%s", (int)len, d, value, d + len + 1);
}

static void
send_all(int fd, const char *s, size_t n)
{
	ssize_t m;

	while (n > 0 && (m = send(fd, s, n, MSG_NOSIGNAL)) > 0) {
		s += m;
		n -= (size_t)m;
	}
}

/* Sends the head and body at `place`; 0 when the connection is to close. */
static int
reply(int fd)
{
	static char head[8192];
	size_t n = 0, len;
	int length = 1, keep = 1;
	char *line, *body;

	while (place[0] == '<' && place[1] == ' ') {
		line = cut_line(&place) + 2;
		if (strncasecmp(line, "content-length:", 15) == 0 ||
		    strncasecmp(line, "transfer-encoding:", 18) == 0)
			length = 0;
		if (strcasecmp(line, "connection: close") == 0)
			length = keep = 0;
		n += (size_t)snprintf(head + n, sizeof(head) - n, "%s\r\n",
		    line);
	}
	body = place;
	while (*place != '\0' && *place != '>' && *place != '#')
		place += strcspn(place, "\n") + (place[strcspn(place, "\n")] ==
		    '\n');
	len = (size_t)(place - body);
	if (length)
		n += (size_t)snprintf(head + n, sizeof(head) - n,
		    "Content-Length: %zu\r\n", len);
	n += (size_t)snprintf(head + n, sizeof(head) - n, "\r\n");
	send_all(fd, head, n);
	send_all(fd, body, len);
	return keep;
}

/* Plays the next exchange.  0 when the connection is to close. */
static int
play(int fd, const char *head, const char *body)
{
	char *line;
	int keep;

	while (*place == '#' || *place == '\n')
		cut_line(&place);
	if (*place == '\0') {
		complain("nobody expects it: %.*s", (int)strcspn(head, "\r"),
		    head);
		send_all(fd, "HTTP/1.1 418 I'm a teapot\r\n"
		    "Content-Length: 0\r\n\r\n", 48);
		return 0;
	}
	while (*place == '>') {
		line = cut_line(&place) + 1;
		demand(line + (*line == ' '), head, body);
	}
	keep = reply(fd);
	played++;
	return keep;
}

/* Reads a request and plays the reply.  0 when the connection is over. */
static int
serve(int fd)
{
	static char in[REQUEST_MAX + 1], value[4096];
	size_t n = 0, want = 0;
	char *body = NULL;
	ssize_t m;

	while (body == NULL || n < want) {
		m = recv(fd, in + n, REQUEST_MAX - n, 0);
		if (m <= 0)
			return 0;
		n += (size_t)m;
		in[n] = '\0';
		if (body == NULL && (body = strstr(in, "\r\n\r\n")) != NULL) {
			body += 4;
			want = (size_t)(body - in) + (header(in,
			    "content-length", 14, value) ?
			    strtoul(value, NULL, 10) : 0);
		}
	}
	return play(fd, in, body);
}

static int
open_door(const char *url_file)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char part[4096];
	FILE *f;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    listen(fd, 16) < 0 || getsockname(fd, (struct sockaddr *)&a,
	    &len) < 0)
		fail("listen");
	snprintf(part, sizeof(part), "%s.part", url_file);
	f = fopen(part, "w");
	if (f == NULL || fprintf(f, "http://127.0.0.1:%d\n",
	    ntohs(a.sin_port)) < 0 || fclose(f) != 0 ||
	    rename(part, url_file) != 0)
		fail(url_file);
	return fd;
}

int
main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal };
	struct pollfd fds[CONNS];
	nfds_t n = 1, i;
	pid_t parent = getppid();
	time_t end = time(NULL) + LIFE;

	if (argc != 3) {
		fputs("usage: replay URLFILE SCRIPT\n", stderr);
		return 2;
	}
	sigaction(SIGTERM, &act, NULL);
	place = script = read_all(argv[2]);
	count();
	fds[0] = (struct pollfd){ open_door(argv[1]), POLLIN, 0 };
	while (!stopped && getppid() == parent && time(NULL) < end) {
		fds[0].events = n < CONNS ? POLLIN : 0;
		if (poll(fds, n, 200) <= 0)
			continue;
		for (i = n; i-- > 1; )
			if (fds[i].revents != 0 && !serve(fds[i].fd)) {
				close(fds[i].fd);
				fds[i] = fds[--n];
			}
		if (fds[0].revents & POLLIN)
			fds[n++] = (struct pollfd){ accept(fds[0].fd, NULL,
			    NULL), POLLIN, 0 };
	}
	fprintf(stderr, "played %zu of %zu\n", played, exchanges);
	return 0;
}
