/*
 * acrun [-t SECONDS] [-m FILE] COMMAND...: runs a command, kills it after so
 * many seconds (exit 124), writes the most memory that it had, in kB, to a
 * file.  Else its exit code is the command's, 128 + N after signal N.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t expired;
static pid_t child;

static void
on_alarm(int sig)
{
	(void)sig;
	expired = 1;
	kill(child, SIGKILL);
}

static void
on_signal(int sig)
{
	kill(child, sig);
}

static void
fail(const char *what)
{
	fprintf(stderr, "acrun: %s: %s\n", what, strerror(errno));
	exit(127);
}

static void
start(char **argv)
{
	child = fork();
	if (child < 0)
		fail("fork");
	if (child > 0)
		return;
	execvp(argv[0], argv);
	fail(argv[0]);
}

static void
write_memory(const char *path)
{
	struct rusage u;
	FILE *f = fopen(path, "w");

	if (f == NULL || getrusage(RUSAGE_CHILDREN, &u) != 0 ||
	    fprintf(f, "%ld\n", u.ru_maxrss) < 0 || fclose(f) != 0)
		fail(path);
}

int
main(int argc, char **argv)
{
	const char *memory = NULL;
	unsigned seconds = 0;
	int c, status;

	/* The command's own options come after its name. */
	while ((c = getopt(argc, argv, "+t:m:")) != -1)
		if (c == 't')
			seconds = (unsigned)atoi(optarg);
		else if (c == 'm')
			memory = optarg;
		else
			return 127;
	if (optind == argc)
		return 127;
	start(argv + optind);
	signal(SIGALRM, on_alarm);
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	alarm(seconds);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fail("wait");
	if (memory != NULL)
		write_memory(memory);
	if (expired)
		return 124;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
	    WEXITSTATUS(status);
}
