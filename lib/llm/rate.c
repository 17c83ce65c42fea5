#include "llm/rate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double BURST = 1;		/* seconds' worth */

/* A word further ahead than this is from before the machine's last start. */
static const double HORIZON = 3600;

double
rate_take(_Atomic uint64_t *word, double per_second, double amount,
    double now)
{
	double cost = amount / per_second, due, next;
	uint64_t old = atomic_load(word);

	do {
		due = (double)old * 1e-9;
		if (due > now + fmax(HORIZON, 2 * cost))
			due = 0;
		if (due < now)
			due = now;
		next = due + cost;
		if (due > now && next - now > BURST)
			return fmin(next - now - BURST, due - now);
	} while (!atomic_compare_exchange_weak(word, &old,
	    (uint64_t)(next * 1e9)));
	return 0;
}

void
rate_give(_Atomic uint64_t *word, double per_second, double amount,
    double now)
{
	double cost = amount / per_second, next;
	uint64_t old = atomic_load(word);

	do {
		next = (double)old * 1e-9;
		/* More is owed from now on, not from when nothing was owed. */
		if (cost < 0 && next < now)
			next = now;
		next -= cost;
	} while (!atomic_compare_exchange_weak(word, &old,
	    next > 0 ? (uint64_t)(next * 1e9) : 0));
}

double
rate_parse(const char *s)
{
	const char *end = s + strspn(s, "0123456789.");
	char *read;
	double x = strtod(s, &read);

	if (end == s || read != end || !isfinite(x) || x <= 0)
		return -1;
	if (strcmp(end, "/s") == 0)
		return x;
	if (strcmp(end, "/m") == 0)
		return x / 60;
	return strcmp(end, "/h") == 0 ? x / 3600 : -1;
}
