/*
 * How long a server asks to wait, in all the forms there are.
 */
#ifndef LLM_HINT_H
#define LLM_HINT_H

#include "llm/http.h"

/*
 * Seconds, or -1.  The first that can be used of: retry-after-ms (OpenAI,
 * Azure), retry-after (RFC 9110, 10.2.3: seconds, here with decimals too, or
 * a date, against the reply's own Date), `info` (Google's RetryInfo, from
 * the body; 0: none), and where nothing remains of a limit the time until it
 * is whole again: x-ratelimit-reset-* (OpenAI: "12ms", "6m0s"; Azure:
 * seconds), anthropic-ratelimit-*-reset (RFC 3339).  What is no number, not
 * above 0 or above 10^9 is none.
 */
double hint_seconds(const struct http_req *, double info);

#endif
