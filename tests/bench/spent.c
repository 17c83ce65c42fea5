/*
 * Runs a command and appends a line to FILE: what it took by the clock
 * (seconds), of the processor with its children (seconds), and its largest
 * memory (kB).
 *
 *	spent FILE COMMAND [ARGUMENT...]
 *
 * As time(1), but to the microsecond.  Ends as the command does.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	double begun = clock_now(), took;
	struct rusage u;
	int status;
	pid_t pid;
	FILE *f;

	die_init("spent");
	if (argc < 3)
		die(AC_USAGE, "usage: spent FILE COMMAND [ARGUMENT...]");
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		die(AC_BUG, "cannot run %s", argv[2]);
	took = clock_now() - begun;
	getrusage(RUSAGE_CHILDREN, &u);
	f = fopen(argv[1], "a");
	if (f == NULL)
		die(AC_IO, "cannot write %s", argv[1]);
	fprintf(f, "%.6f %.6f %ld\n", took, seconds(u.ru_utime) +
	    seconds(u.ru_stime), u.ru_maxrss);
	if (fclose(f) != 0)
		die(AC_IO, "cannot write %s", argv[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
