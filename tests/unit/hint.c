/* The waits that servers ask for. */
#include <math.h>
#include <time.h>

#include "check.h"
#include "llm/hint.h"

static double
hint(const char *headers)
{
	struct http_req q = { .status = 429 };
	double x;

	buf_str(&q.headers, headers);
	x = hint_seconds(&q, 0);
	http_req_free(&q);
	return x;
}

static int
near(double a, double b)
{
	return fabs(a - b) < 1e-6;
}

#define DATE "date: Wed, 21 Oct 2015 07:28:00 GMT\n"

static void
test_none(void)
{
	static const char *const none[] = { "", "retry-after: \n",
	    "retry-after: -1\n", "retry-after: 0\n", "retry-after: NaN\n",
	    "retry-after: inf\n", "retry-after: 99999999999\n",
	    "retry-after: 0x10\n", "retry-after: 1e3\n", "retry-after: .\n",
	    "retry-after: soon\n", "retry-after: 1.2.3\n",
	    "retry-after-ms: 0\n", "retry-after-ms: -5\n",
	    DATE "retry-after: Wed, 21 Oct 2015 07:27:00 GMT\n",
	    "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\n",
	    DATE "retry-after: Wed, 21 Foo 2015 07:29:00 GMT\n",
	    DATE "retry-after: Wed, 21 anF 2015 07:29:00 GMT\n",
	    DATE "retry-after: Wed, 21 Oct 9999 07:29:00 GMT\n" };
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(*none); i++) {
		if (hint(none[i]) >= 0)
			printf("%s", none[i]);
		CHECK(hint(none[i]) < 0);
	}
}

static void
test_retry_after(void)
{
	char soon[80];
	time_t then = time(NULL) + 100;
	struct tm tm;
	double x;

	CHECK(near(hint("retry-after: 2\n"), 2));
	CHECK(near(hint("retry-after:   1.5\n"), 1.5));
	CHECK(near(hint("retry-after: 3600\n"), 3600));
	CHECK(near(hint("retry-after: 9\nretry-after-ms: 300\n"), 0.3));
	CHECK(near(hint("retry-after: 9\nretry-after-ms: x\n"), 9));
	/* A date counts against the reply's own. */
	CHECK(near(hint(DATE "retry-after: Wed, 21 Oct 2015 07:29:30 GMT\n"),
	    90));
	CHECK(near(hint("date: Tue, 28 Feb 2024 23:59:59 GMT\n"
	    "retry-after: Fri, 01 Mar 2024 00:00:00 GMT\n"), 86401));
	CHECK(near(hint("date: Sat, 31 Dec 2022 23:59:00 GMT\n"
	    "retry-after: Sun, 01 Jan 2023 00:00:00 GMT\n"), 60));
	CHECK(near(hint("date: Sun, 28 Feb 2100 00:00:00 GMT\n"
	    "retry-after: Mon, 01 Mar 2100 00:00:00 GMT\n"), 86400));
	/* Without one, against this clock: a second or two may pass. */
	if (gmtime_r(&then, &tm) != NULL && strftime(soon, sizeof(soon),
	    "retry-after: %a, %d %b %Y %H:%M:%S GMT\n", &tm) > 0) {
		x = hint(soon);
		CHECK(x > 60 && x <= 100);
	}
}

static void
test_limits(void)
{
	static const struct { const char *value; double seconds; } resets[] = {
		{ "12ms", 0.012 }, { "1s", 1 }, { "6m0s", 360 },
		{ "1h2m3.5s", 3723.5 }, { "1d", 86400 }, { "7", 7 },
		{ "2m", 120 }, { "", -1 }, { "0", -1 }, { "-1", -1 },
		{ "1x", -1 }, { "1s2", -1 }, { "ms", -1 }, { "NaN", -1 },
	};
	char headers[200];
	size_t i;

	for (i = 0; i < sizeof(resets) / sizeof(*resets); i++) {
		snprintf(headers, sizeof(headers),
		    "x-ratelimit-remaining-tokens: 0\n"
		    "x-ratelimit-reset-tokens: %s\n", resets[i].value);
		if (!near(hint(headers), resets[i].seconds))
			printf("%s", headers);
		CHECK(near(hint(headers), resets[i].seconds));
	}
	/* Only of a limit that is used up; the longest of those. */
	CHECK(hint("x-ratelimit-remaining-requests: 5\n"
	    "x-ratelimit-reset-requests: 12ms\n") < 0);
	CHECK(hint("x-ratelimit-remaining-tokens: -1\n"
	    "x-ratelimit-reset-tokens: 0\n") < 0);
	CHECK(hint("x-ratelimit-reset-requests: 12ms\n") < 0);
	CHECK(near(hint("x-ratelimit-remaining-requests: 0\n"
	    "x-ratelimit-reset-requests: 2s\n"
	    "x-ratelimit-remaining-tokens: 0\n"
	    "x-ratelimit-reset-tokens: 3s\n"), 3));
	CHECK(near(hint("retry-after: 1\nx-ratelimit-remaining-requests: 0\n"
	    "x-ratelimit-reset-requests: 2s\n"), 1));
}

static void
test_anthropic(void)
{
#define ZERO DATE "anthropic-ratelimit-tokens-remaining: 0\n" \
    "anthropic-ratelimit-tokens-reset: "
	CHECK(near(hint(ZERO "2015-10-21T07:28:30Z\n"), 30));
	CHECK(near(hint(ZERO "2015-10-21T07:28:30.25Z\n"), 30.25));
	CHECK(near(hint(ZERO "2015-10-21T09:28:30+02:00\n"), 30));
	CHECK(near(hint(ZERO "2015-10-21T05:58:30-01:30\n"), 30));
	CHECK(hint(ZERO "2015-10-21T07:27:30Z\n") < 0);
	CHECK(hint(ZERO "2015-10-21\n") < 0);
	CHECK(hint(ZERO "2015-13-21T07:28:30Z\n") < 0);
	CHECK(hint(ZERO "2015-10-21T07:28:30\n") < 0);
	CHECK(hint(DATE "anthropic-ratelimit-tokens-remaining: 900\n"
	    "anthropic-ratelimit-tokens-reset: 2015-10-21T07:28:30Z\n") < 0);
}

static void
test_info(void)
{
	struct http_req q = { .status = 429 };

	CHECK(hint_seconds(&q, 0) < 0);
	CHECK(hint_seconds(&q, -1) < 0);
	CHECK(hint_seconds(&q, 2e9) < 0);
	CHECK(hint_seconds(&q, 46) == 46);
	/* A header is nearer. */
	buf_str(&q.headers, "retry-after: 3\n");
	CHECK(hint_seconds(&q, 46) == 3);
	http_req_free(&q);
}

int
main(void)
{
	test_none();
	test_retry_after();
	test_limits();
	test_anthropic();
	test_info();
	return check_end("hint");
}
