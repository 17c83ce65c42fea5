/*
 * Checks of a unit test.  A failed one prints where and what; the program
 * ends with one line "NAME: N passed, N failed", which tests/run adds up.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <string.h>

static unsigned long check_passed, check_failed;

static void
check_at(int ok, const char *file, int line, const char *what)
{
	if (ok) {
		check_passed++;
		return;
	}
	check_failed++;
	printf("%s:%d: failed: %s\n", file, line, what);
}

static void
check_text(const char *got, const char *want, const char *file, int line)
{
	check_at(strcmp(got, want) == 0, file, line, want);
	if (strcmp(got, want) != 0)
		printf("\tgot  %s\n\twant %s\n", got, want);
}

#define CHECK(x) check_at((x) != 0, __FILE__, __LINE__, #x)
#define CHECK_STR(got, want) check_text((got), (want), __FILE__, __LINE__)

/* The last statement of main. */
static int
check_end(const char *name)
{
	/* A test file need not use check_text. */
	(void)check_text;
	printf("%s: %lu passed, %lu failed\n", name, check_passed,
	    check_failed);
	return check_failed != 0;
}

#endif
