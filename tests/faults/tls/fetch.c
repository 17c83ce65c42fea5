/* One request to the scripted server, over a connection of its own. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tls.h"

static int
send_all(int fd, const void *p, size_t n)
{
	const char *s = p;
	ssize_t k;

	for (; n > 0; s += k, n -= (size_t)k)
		if ((k = write(fd, s, n)) <= 0)
			return -1;
	return 0;
}

static int
ask(int fd, const struct bytes *request)
{
	char head[256];
	int n = snprintf(head, sizeof head, "POST /v1/chat/completions "
	    "HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json"
	    "\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n",
	    request->n);

	return send_all(fd, head, (size_t)n) < 0 ||
	    send_all(fd, request->p, request->n) < 0 ? -1 : 0;
}

int
fetch(int port, const struct bytes *request, int *status,
    struct bytes *answer)
{
	char some[16384], *body;
	ssize_t n;
	int fd = dial(port);

	answer->n = 0;
	if (fd < 0)
		return -1;
	if (ask(fd, request) == 0)
		while ((n = read(fd, some, sizeof some)) > 0)
			bytes_add(answer, some, (size_t)n);
	close(fd);
	bytes_add(answer, "", 1);
	body = strstr((char *)answer->p, "\r\n\r\n");
	if (answer->n < 14 || body == NULL)
		return -1;
	*status = atoi((char *)answer->p + 9);
	answer->n--;
	bytes_take(answer, (size_t)(body + 4 - (char *)answer->p));
	return 0;
}
