#include "base/die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program = "augcon";

void
die_init(const char *name)
{
	program = name;
}

const char *
die_name(void)
{
	return program;
}

/* Puts one line on stderr; what does not fit is cut, never split in two. */
static void
say(const char *fmt, va_list ap)
{
	char line[2048];
	size_t len = 0, text;
	ssize_t n;
	int k;

	if (isatty(STDERR_FILENO)) {
		memcpy(line, "\r\033[K", 4);
		len = 4;
	}
	k = snprintf(line + len, sizeof(line) - len, "%s: ", program);
	if (k > 0)
		len += (size_t)k < 256 ? (size_t)k : 255;
	text = len;
	k = vsnprintf(line + len, sizeof(line) - len - 1, fmt, ap);
	if (k > 0)
		len += strlen(line + len);
	for (; text < len; text++)
		if ((unsigned char)line[text] < 0x20 || line[text] == 0x7f)
			line[text] = '?';
	line[len++] = '\n';
	do
		n = write(STDERR_FILENO, line, len);
	while (n < 0 && errno == EINTR);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
die(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(code);
}

void
die_quietly(int code)
{
	exit(code);
}

void
die_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	fprintf(stderr, "Try '%s --help'.\n", program);
	exit(AC_USAGE);
}
