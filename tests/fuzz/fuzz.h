/*
 * A fuzz target is one function; it is run by libFuzzer, or by driver.c
 * where that is missing (README.md).  MUST holds or the input is a find.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static inline void
must_at(int ok, const char *file, int line, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

#define MUST(x) must_at((x) != 0, __FILE__, __LINE__, #x)

static char fuzz_path[200];

static inline void
fuzz_remove(void)
{
	unlink(fuzz_path);
}

/*
 * Writes the input to a file, for what takes none but a file.  Its path; the
 * file is gone when the program ends.
 */
static inline char *
fuzz_file(const uint8_t *data, size_t len)
{
	const char *tmp = getenv("TMPDIR");
	FILE *f;

	if (fuzz_path[0] == '\0') {
		snprintf(fuzz_path, sizeof(fuzz_path), "%s/fuzz-%ld",
		    tmp != NULL ? tmp : "/tmp", (long)getpid());
		atexit(fuzz_remove);
	}
	f = fopen(fuzz_path, "wb");
	MUST(f != NULL && fwrite(data, 1, len, f) == len);
	MUST(fclose(f) == 0);
	return fuzz_path;
}

#endif
