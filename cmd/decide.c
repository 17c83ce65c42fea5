#include "decide.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd.h"
#include "rec/filter_signal.h"

enum { STOPS = 3 };

static const int stops[STOPS] = { SIGINT, SIGTERM, SIGHUP };

static void
on_stop(int sig)
{
	static const char text[] = "ac-dedup: interrupted: nothing of what "
	    "was held is written; run again\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)n;
	signal(sig, SIG_DFL);
	raise(sig);
}

/* A stop does not wait from here on, unless it is ignored. */
static void
stop_at_once(struct sigaction old[STOPS])
{
	struct sigaction now = { .sa_handler = on_stop };
	int i;

	sigemptyset(&now.sa_mask);
	for (i = 0; i < STOPS; i++)
		if (sigaction(stops[i], NULL, &old[i]) == 0 &&
		    old[i].sa_handler != SIG_IGN)
			sigaction(stops[i], &now, NULL);
}

int
decide(const struct dedup_rule *rule, int by_quota, struct held *b)
{
	/* Questions not worth a thread. */
	const size_t few = rule->vectors != NULL ? 500 : 10000;
	struct dedup_rule own = *rule;
	struct sigaction old[STOPS];
	int i, done = -1;

	if (b->nq < few)
		own.threads = 1;
	stop_at_once(old);
	if (filter_signal() == 0) {
		done = dedup_select(&own, b->tokens.v, b->q, b->nq,
		    by_quota ? b->quota : NULL, vocab_size(b->roots));
		if (done < 0)
			cmd_no_memory();
	}
	for (i = 0; i < STOPS; i++)
		sigaction(stops[i], &old[i], NULL);
	return done;
}

unsigned long
decide_threads(void)
{
	enum { ENOUGH = 8 };
	long n = 1;

#ifdef _SC_NPROCESSORS_ONLN
	n = sysconf(_SC_NPROCESSORS_ONLN);
#endif
	return n < 1 ? 1 : n > ENOUGH ? ENOUGH : (unsigned long)n;
}
