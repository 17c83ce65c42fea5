/*
 * Does the server do what log-probabilities need?  Some take the request and
 * answer something else without a word (logprob.h), which would make scores
 * of noise.  So a run asks it first, once: the replies are cached like any.
 */
#ifndef LLM_LOGPROB_TEST_H
#define LLM_LOGPROB_TEST_H

#include "llm/flow.h"

/* What to test, each by the name under which a user can leave it out. */
struct logprob_test {
	const char *choices;	/* of LLM_CHOICES, such as "the judge", */
	const char *echo;	/* and of LLM_ECHO; NULL: not tested */
};

/*
 * Asks within the flow, before its first record (flow_ops.start, or between
 * flow_open() and flow_go()).
 *
 * Choices: to a question with one plain answer, yes or no must be among
 * them.  Echo: in a text that says a sentence twice every token must have
 * its value, and the second time be likelier by far.
 *
 * 0; AC_USAGE: the server fails, which is said, with what it lacks and what
 * to leave out; else the exit code of a run that could not ask.  With
 * --dry-run the requests are shown and nothing is tested.
 */
int logprob_test(struct flow *, const struct logprob_test *);

#endif
