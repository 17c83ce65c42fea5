#include "augcon/scorer_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

int
line_refuse(struct line_reader *r, const char *what)
{
	buf_fmt(r->why, "line %lu: %s", r->line, what);
	return -1;
}

int
line_next(struct line_reader *r)
{
	size_t left = (size_t)(r->end - r->at);
	const char *nl = left > 0 ? memchr(r->at, '\n', left) : NULL;

	if (r->again) {
		r->again = 0;
		return 0;
	}
	r->line++;
	if (nl == NULL)
		return line_refuse(r, left > 0 ? "cut short" :
		    "the file ends here, without its end line");
	r->len = (size_t)(nl - r->at);
	if (r->len >= sizeof(r->s))
		return line_refuse(r, "too long");
	memcpy(r->s, r->at, r->len);
	r->s[r->len] = '\0';
	r->at = nl + 1;
	if (memchr(r->s, '\0', r->len) != NULL ||
	    utf8_valid(r->s, r->len) != r->len)
		return line_refuse(r, "not text");
	return 0;
}

int
line_value(struct line_reader *r, const char *key, const char **value)
{
	size_t n = strlen(key);

	if (line_next(r) < 0)
		return -1;
	if (strncmp(r->s, key, n) != 0 || r->s[n] != ' ') {
		buf_fmt(r->why, "line %lu: expected '%s'", r->line, key);
		return -1;
	}
	*value = r->s + n + 1;
	return 0;
}

int
line_is(struct line_reader *r, const char *key, const char *want)
{
	const char *value;

	if (line_value(r, key, &value) < 0)
		return -1;
	if (strcmp(value, want) == 0)
		return 0;
	buf_fmt(r->why, "line %lu: %s '%s', this program has '%s'", r->line,
	    key, value, want);
	return -1;
}

int
line_to_double(struct line_reader *r, const char *s, double *x)
{
	char *end;

	if (strncmp(s, "0x", 2) != 0 && strncmp(s, "-0x", 3) != 0)
		return line_refuse(r, "not a hexadecimal number");
	*x = strtod(s, &end);
	if (*end != '\0' || !isfinite(*x))
		return line_refuse(r, "not a finite number");
	return 0;
}

int
line_double(struct line_reader *r, const char *key, double *x)
{
	const char *value;

	if (line_value(r, key, &value) < 0)
		return -1;
	return line_to_double(r, value, x);
}

int
line_to_positive(struct line_reader *r, const char *s, double *x)
{
	if (line_to_double(r, s, x) < 0)
		return -1;
	return *x > 0 ? 0 : line_refuse(r, "not above 0");
}

int
line_positive(struct line_reader *r, const char *key, double *x)
{
	const char *value;

	if (line_value(r, key, &value) < 0)
		return -1;
	return line_to_positive(r, value, x);
}

int
line_to_count(struct line_reader *r, const char *s, char stop, size_t *n,
    const char **rest)
{
	size_t digits = strspn(s, "0123456789");

	if (digits == 0 || digits > 12 || s[digits] != stop)
		return line_refuse(r, "not a count");
	*n = (size_t)strtoull(s, NULL, 10);
	if (rest != NULL)
		*rest = s + digits + 1;
	return 0;
}

int
line_count(struct line_reader *r, const char *key, size_t *n)
{
	const char *value;

	if (line_value(r, key, &value) < 0)
		return -1;
	return line_to_count(r, value, '\0', n, NULL);
}
