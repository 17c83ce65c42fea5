#include "llm/hint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VALUE_MAX = 64 };	/* bytes of a header that are looked at */

/* A number of seconds that is worth believing, else -1. */
static double
believable(double x)
{
	return isfinite(x) && x > 0 && x <= 1e9 ? x : -1;
}

/* A header's value as a string; "" when there is none, or one too long. */
static const char *
value(const struct http_req *r, const char *name, char text[VALUE_MAX])
{
	size_t len = 0;
	const char *s = http_header(r, name, &len);

	if (s == NULL || len >= VALUE_MAX)
		len = 0;
	memcpy(text, s != NULL ? s : "", len);
	text[len] = '\0';
	return text;
}

/* Digits with at most one point, no sign, no exponent; -1: something else. */
static double
decimal(const char *s, const char **end)
{
	size_t n = strspn(s, "0123456789.");
	char *stop;
	double x;

	*end = s;
	if (n == 0 || n >= VALUE_MAX)
		return -1;
	x = strtod(s, &stop);
	if (stop != s + n)
		return -1;
	*end = stop;
	return x;
}

static double
number(const char *s)
{
	const char *end;
	double x = decimal(s, &end);

	return *end == '\0' ? believable(x) : -1;
}

/* "12ms", "1s", "6m0s", "1h2m3.5s", "1d", and plain seconds; -1. */
static double
duration(const char *s)
{
	static const struct { const char *unit; double seconds; } units[] = {
		{ "ms", 0.001 }, { "s", 1 }, { "m", 60 }, { "h", 3600 },
		{ "d", 86400 }
	};
	double x, sum = 0;
	const char *end;
	size_t i;

	if (number(s) > 0)
		return number(s);
	while (*s != '\0') {
		x = decimal(s, &end);
		for (i = 0; i < 5; i++)
			if (strncmp(end, units[i].unit,
			    strlen(units[i].unit)) == 0)
				break;
		if (x < 0 || i == 5)
			return -1;
		sum += x * units[i].seconds;
		s = end + strlen(units[i].unit);
	}
	return believable(sum);
}

/* Days from 1970-01-01 to a date (year >= 1970, month from 0, day from 1). */
static long
days_since_1970(int year, int month, int day)
{
	static const int before[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
	    273, 304, 334 };
	/* Leap years up to the last February that is over. */
	long last = month > 1 ? year : year - 1;

	return (year - 1970) * 365L + (last / 4 - last / 100 + last / 400) -
	    (1969 / 4 - 1969 / 100 + 1969 / 400) + before[month] + day - 1;
}

static double
moment(int year, int month, int day, int hour, int minute, double second)
{
	if (year < 1970 || month < 0 || month > 11 || day < 1 || day > 31)
		return -1;
	return (double)days_since_1970(year, month, day) * 86400 +
	    hour * 3600 + minute * 60 + second;
}

/* An IMF-fixdate (RFC 9110, 5.6.7) in seconds; -1 when it is none. */
static double
http_date(const char *s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int day, year, hour, minute, second;
	const char *month;
	char name[4];

	if (strlen(s) < 29 || sscanf(s, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT",
	    &day, name, &year, &hour, &minute, &second) != 6)
		return -1;
	month = strstr(names, name);
	if (month == NULL || strlen(name) != 3 || (month - names) % 3 != 0)
		return -1;
	return moment(year, (int)(month - names) / 3, day, hour, minute,
	    second);
}

/* A date and time of RFC 3339 in seconds; -1 when it is none. */
static double
rfc3339(const char *s)
{
	int year, month, day, hour, minute, h = 0, m = 0, n = 0;
	double second, offset = 0;
	char sign = 'Z';

	if (sscanf(s, "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%n", &year, &month, &day,
	    &hour, &minute, &n) != 5 || n == 0)
		return -1;
	second = decimal(s + n, &s);
	if (second < 0)
		return -1;
	if (*s != 'Z' && *s != 'z') {
		if (sscanf(s, "%c%2d:%2d", &sign, &h, &m) != 3 ||
		    (sign != '+' && sign != '-'))
			return -1;
		offset = (h * 60 + m) * (sign == '-' ? -60 : 60);
	}
	return moment(year, month - 1, day, hour, minute, second - offset);
}

/* From the server's own clock to a moment on it; ours may be wrong. */
static double
until(const struct http_req *r, double then)
{
	char text[VALUE_MAX];
	double now;

	if (then < 0)
		return -1;
	now = http_date(value(r, "date", text));
	return believable(then - (now > 0 ? now : (double)time(NULL)));
}

/* When a limit of which nothing remains will be whole again. */
static double
of_limits(const struct http_req *r)
{
	static const struct { const char *remaining, *reset; } limits[] = {
		{ "x-ratelimit-remaining-requests",
		    "x-ratelimit-reset-requests" },
		{ "x-ratelimit-remaining-tokens",
		    "x-ratelimit-reset-tokens" },
		{ "anthropic-ratelimit-requests-remaining",
		    "anthropic-ratelimit-requests-reset" },
		{ "anthropic-ratelimit-tokens-remaining",
		    "anthropic-ratelimit-tokens-reset" },
		{ "anthropic-ratelimit-input-tokens-remaining",
		    "anthropic-ratelimit-input-tokens-reset" },
		{ "anthropic-ratelimit-output-tokens-remaining",
		    "anthropic-ratelimit-output-tokens-reset" },
	};
	char text[VALUE_MAX];
	double x, most = -1;
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		if (strcmp(value(r, limits[i].remaining, text), "0") != 0)
			continue;
		x = duration(value(r, limits[i].reset, text));
		if (x < 0)
			x = until(r, rfc3339(text));
		if (x > most)
			most = x;
	}
	return most;
}

double
hint_seconds(const struct http_req *r, double info)
{
	char text[VALUE_MAX];
	double x;

	/* Mostly nothing is said, which two looks tell. */
	if (strstr(buf_cstr(&r->headers), "retry-after") == NULL &&
	    strstr(buf_cstr(&r->headers), "ratelimit") == NULL)
		return believable(info);
	x = number(value(r, "retry-after-ms", text));
	if (x > 0)
		return x / 1000;
	x = duration(value(r, "retry-after", text));
	if (x > 0)
		return x;
	x = until(r, http_date(text));
	if (x > 0)
		return x;
	x = believable(info);
	return x > 0 ? x : of_limits(r);
}
