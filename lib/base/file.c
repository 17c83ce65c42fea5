#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
file_read(const char *path, struct buf *text, struct buf *why)
{
	int std = strcmp(path, "-") == 0;
	int fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;
	char *to;

	if (text->max == 0)
		text->max = FILE_MAX;
	while (fd >= 0 && (to = buf_room(text, 16 << 10)) != NULL) {
		n = read(fd, to, 16 << 10);
		if (n > 0)
			text->len += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	if (!buf_ok(text) && text->len + (16 << 10) <= text->max)
		why->bad = 1;
	else if (!buf_ok(text))
		buf_fmt(why, "%s: larger than %d MiB", path,
		    (int)(text->max >> 20));
	else if (n < 0)
		buf_fmt(why, "%s: %s", path, strerror(errno));
	if (fd >= 0 && !std)
		close(fd);
	if (text->s != NULL)
		text->s[text->len] = '\0';
	return n < 0 || !buf_ok(text) ? -1 : 0;
}

/* The descriptor that a path names, or -1. */
static int
descriptor(const char *path)
{
	const char *digits = "0123456789";
	size_t len;

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	if (strncmp(path, "/dev/fd/", 8) == 0)
		path += 8;
	else if (strncmp(path, "/proc/self/fd/", 14) == 0)
		path += 14;
	else
		return -1;
	len = strspn(path, digits);
	return len == 0 || len > 6 || path[len] != '\0' ? -1 :
	    (int)strtol(path, NULL, 10);
}

int
file_open(const char *path, int flags, mode_t mode)
{
	int fd = descriptor(path);

	return fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) :
	    open(path, flags | O_CLOEXEC, mode);
}

int
file_take_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd < 0)
		return -1;
	return close(fd);
}
