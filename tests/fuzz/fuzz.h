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

#endif
