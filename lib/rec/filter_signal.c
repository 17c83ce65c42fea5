#include "rec/filter_signal.h"

#include <signal.h>
#include <string.h>

/* The one thing a signal handler can reach. */
static volatile sig_atomic_t stop_signal, show_signal;

static void
on_stop(int sig)
{
	stop_signal = sig;
}

static void
on_show(int sig)
{
	show_signal = sig;
}

int
filter_signal(void)
{
	return stop_signal;
}

int
filter_show(void)
{
	int shown = show_signal != 0;

	show_signal = 0;
	return shown;
}

static void
catch(int sig, void (*handler)(int))
{
	struct sigaction now, old;

	memset(&now, 0, sizeof(now));
	now.sa_handler = handler;
	sigemptyset(&now.sa_mask);
	/* nohup and background jobs ignore some; leave it so. */
	if (sigaction(sig, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(sig, &now, NULL);
}

void
filter_catch(void)
{
	catch(SIGINT, on_stop);
	catch(SIGTERM, on_stop);
	catch(SIGHUP, on_stop);
	catch(SIGUSR1, on_show);
	signal(SIGPIPE, SIG_IGN);
}

void
filter_die(int sig)
{
	signal(sig, SIG_DFL);
	raise(sig);
}
