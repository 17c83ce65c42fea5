/* One of several answers. */
#include "augcon/choose.h"

#include <math.h>

#include "check.h"

enum { MOST = 8 };

/* Of texts that end with NULL this one is taken, and they agree so far. */
static void
takes(enum choose_how how, const char *const *texts, size_t failed,
    size_t want, double agreement)
{
	struct buf bufs[MOST] = { BUF_INIT };
	const struct buf *list[MOST] = { NULL };
	size_t n, which, i;
	double got;

	for (n = 0; texts[n] != NULL; n++) {
		buf_str(&bufs[n], texts[n]);
		list[n] = &bufs[n];
	}
	CHECK(choose_text(how, list, n, n + failed, &which, &got) == 0);
	CHECK(which == want);
	CHECK(fabs(got - agreement) < 1e-9);
	for (i = 0; i < n; i++)
		buf_free(&bufs[i]);
}

static void
test_majority(void)
{
	static const char *const one[] = { "In 1846.", NULL };
	static const char *const votes[] = { "1850", "The mill.", "a MILL",
	    "mill", NULL };
	static const char *const tie[] = { "x", "y", "y", "x", NULL };
	static const char *const letters[] = { "A", "the", "A.", NULL };
	static const char *const none[] = { "!", "?", "x", NULL };
	static const char *const zh[] = { "磨坊", "磨坊。", "風車", NULL };

	takes(CHOOSE_MAJORITY, one, 0, 0, 1);
	takes(CHOOSE_MAJORITY, one, 3, 0, 0.25);
	takes(CHOOSE_MAJORITY, votes, 0, 1, 0.75);
	takes(CHOOSE_MAJORITY, tie, 0, 0, 0.5);
	takes(CHOOSE_MAJORITY, letters, 0, 0, 2.0 / 3);
	takes(CHOOSE_MAJORITY, none, 0, 0, 2.0 / 3);
	takes(CHOOSE_MAJORITY, zh, 0, 0, 2.0 / 3);
}

static void
test_consensus(void)
{
	static const char *const one[] = { "In 1846.", NULL };
	static const char *const two[] = { "a b", "c d", NULL };
	/* F: 0-1 2*1/4, 0-2 0, 1-2 2*1/4. */
	static const char *const middle[] = { "a b", "b c", "c d", NULL };
	static const char *const equal[] = { "q", "a b c", "A, b: c!",
	    "a b c", NULL };
	static const char *const none[] = { "!", "?", NULL };

	takes(CHOOSE_CONSENSUS, one, 0, 0, 1);
	takes(CHOOSE_CONSENSUS, one, 4, 0, 0);
	takes(CHOOSE_CONSENSUS, two, 0, 0, 0);
	takes(CHOOSE_CONSENSUS, middle, 0, 1, 0.5);
	takes(CHOOSE_CONSENSUS, middle, 1, 1, 1.0 / 3);
	takes(CHOOSE_CONSENSUS, equal, 0, 1, 2.0 / 3);
	takes(CHOOSE_CONSENSUS, none, 0, 0, 1);
}

int
main(void)
{
	test_majority();
	test_consensus();
	return check_end("choose");
}
