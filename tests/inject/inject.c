/*
 * A library for LD_PRELOAD that makes system calls and allocations fail.
 *
 *	INJECT=CALL:WHEN:HOW	what fails, as often as it is given (blanks
 *				between): at the WHENth call (7), from it on
 *				(7+), at every third (%3)
 *	INJECT_COUNT=FILE	how many calls there were, a line each
 *	INJECT_SKIP=LIB[,LIB]	allocations by these libraries always work
 *	INJECT_TRACE=1		where it happened, on stderr
 *
 * CALL: alloc (malloc, calloc, realloc), read, write, recv, send (the last
 * four on any descriptor but stderr), open, close, fsync, link, rename,
 * mkdir, unlink, each with its form for a folder's descriptor (openat).  HOW:
 * the name of an error, or `short` (one byte).
 * Calls made inside the C library (stdio's) are out of reach.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The C library's own, so that no look-up has to allocate. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

enum call { ALLOC, READ, WRITE, RECV, SEND, OPEN, CLOSE, FSYNC, LINK, RENAME,
	MKDIR, UNLINK, CALLS };

static const char *const names[CALLS] = { "alloc", "read", "write", "recv",
	"send", "open", "close", "fsync", "link", "rename", "mkdir",
	"unlink" };

static const struct { const char *name; int number; } errors[] = {
	{ "EINTR", EINTR }, { "EIO", EIO }, { "ENOSPC", ENOSPC },
	{ "ENOMEM", ENOMEM }, { "EACCES", EACCES }, { "EAGAIN", EAGAIN },
	{ "EPERM", EPERM }, { "EXDEV", EXDEV }, { "EMFILE", EMFILE },
	{ "ECONNRESET", ECONNRESET }
};

enum { SHORT = -1, SKIPS = 16 };

static struct {
	unsigned long n, at, every;
	int on, from_on, how;
} calls[CALLS];
static struct { const char *from, *to; } skip[SKIPS];
static size_t nskip;
static int ready, trace;

/* What happens at this call: 0 nothing, SHORT, or an error's number. */
static int
now(enum call c)
{
	void *where[24];
	unsigned long n = __atomic_add_fetch(&calls[c].n, 1, __ATOMIC_RELAXED);

	if (!ready || !calls[c].on || !(calls[c].every ?
	    n % calls[c].every == 0 : n == calls[c].at ||
	    (calls[c].from_on && n > calls[c].at)))
		return 0;
	if (trace) {
		trace = 0;
		backtrace_symbols_fd(where, backtrace(where, 24), 2);
	}
	return calls[c].how;
}

static int
fails(enum call c)
{
	int how = now(c);

	if (how > 0)
		errno = how;
	return how > 0;
}

static int
how_named(const char *s)
{
	size_t i;

	for (i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(errors[i].name, s) == 0)
			return errors[i].number;
	return SHORT;
}

static void
rule(const char *s)
{
	char name[16], when[16], how[16];
	size_t c;

	if (sscanf(s, "%15[^:]:%15[^:]:%15s", name, when, how) != 3)
		return;
	for (c = 0; c < CALLS; c++)
		if (strcmp(names[c], name) == 0)
			break;
	if (c == CALLS)
		return;
	calls[c].on = 1;
	calls[c].how = how_named(how);
	if (when[0] == '%')
		calls[c].every = strtoul(when + 1, NULL, 10);
	else
		calls[c].at = strtoul(when, NULL, 10);
	calls[c].from_on = strchr(when, '+') != NULL;
}

/* True where `at` lies in a library whose allocations always work. */
static int
is_skipped(const void *at)
{
	size_t i;

	for (i = 0; i < nskip; i++)
		if ((const char *)at >= skip[i].from &&
		    (const char *)at < skip[i].to)
			return 1;
	return 0;
}

/* Notes where the code of a library to skip lies, unless it is known. */
static int
note_library(struct dl_phdr_info *info, size_t size, void *words)
{
	char list[256], *word, *rest;
	int i;

	(void)size;
	snprintf(list, sizeof(list), "%s", (const char *)words);
	for (word = strtok_r(list, ",", &rest); word != NULL;
	    word = strtok_r(NULL, ",", &rest)) {
		if (strstr(info->dlpi_name, word) == NULL)
			continue;
		for (i = 0; i < info->dlpi_phnum && nskip < SKIPS; i++) {
			const ElfW(Phdr) *p = &info->dlpi_phdr[i];

			if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
				continue;
			skip[nskip].from = (const char *)info->dlpi_addr +
			    p->p_vaddr;
			skip[nskip].to = skip[nskip].from + p->p_memsz;
			nskip += !is_skipped(skip[nskip].from);
		}
	}
	return 0;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *rules = getenv("INJECT");
	char *words = getenv("INJECT_SKIP");
	void *warm[2];
	int c;

	trace = getenv("INJECT_TRACE") != NULL;
	if (trace)
		backtrace(warm, 2);	/* loads what it needs now */
	if (words != NULL)
		dl_iterate_phdr(note_library, words);
	while (rules != NULL && *rules != '\0') {
		rule(rules);
		rules = strchr(rules, ' ');
		rules += rules != NULL;
	}
	for (c = 0; c < CALLS; c++)
		calls[c].n = 0;
	ready = 1;
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("INJECT_COUNT");
	char line[64];
	int c, n, fd;

	ready = 0;
	fd = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path,
	    O_WRONLY | O_CREAT | O_TRUNC, 0666);
	for (c = 0; c < CALLS && fd >= 0; c++) {
		n = snprintf(line, sizeof(line), "%s %lu\n", names[c],
		    calls[c].n);
		if (syscall(SYS_write, fd, line, n) < 0)
			break;
	}
	if (fd >= 0)
		syscall(SYS_close, fd);
}

/* True when the allocation that returns to `by` is to fail. */
static int
no_memory(const void *by)
{
	return ready && !is_skipped(by) && fails(ALLOC);
}

/*
 * libcurl comes with the first request, and its code is known only then; what
 * loading it takes is the C library's.
 */
void *
dlopen(const char *path, int mode)
{
	void *(*its_own)(const char *, int), *found, *library;
	char *words = getenv("INJECT_SKIP");

	found = dlsym(RTLD_NEXT, "dlopen");
	if (found == NULL)
		return NULL;
	memcpy(&its_own, &found, sizeof(found));
	ready = 0;
	library = its_own(path, mode);
	if (words != NULL)
		dl_iterate_phdr(note_library, words);
	ready = 1;
	return library;
}

#define CALLER __builtin_return_address(0)

void *
malloc(size_t n)
{
	return no_memory(CALLER) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return no_memory(CALLER) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return no_memory(CALLER) ? NULL : __libc_realloc(p, n);
}

/* The length that is left of a transfer, or -1 for an error. */
static ssize_t
length(enum call c, int fd, size_t n)
{
	int how = fd == STDERR_FILENO || n == 0 ? 0 : now(c);

	if (how > 0) {
		errno = how;
		return -1;
	}
	return how == SHORT ? 1 : (ssize_t)n;
}

ssize_t
read(int fd, void *p, size_t n)
{
	ssize_t len = length(READ, fd, n);

	return len < 0 ? -1 : syscall(SYS_read, fd, p, (size_t)len);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t len = length(WRITE, fd, n);

	return len < 0 ? -1 : syscall(SYS_write, fd, p, (size_t)len);
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	ssize_t len = length(READ, fd, n);

	return len < 0 ? -1 : syscall(SYS_pread64, fd, p, (size_t)len, at);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	ssize_t len = length(WRITE, fd, n);

	return len < 0 ? -1 : syscall(SYS_pwrite64, fd, p, (size_t)len, at);
}

ssize_t
recv(int fd, void *p, size_t n, int flags)
{
	ssize_t len = length(RECV, fd, n);

	return len < 0 ? -1 : syscall(SYS_recvfrom, fd, p, (size_t)len,
	    flags, NULL, NULL);
}

ssize_t
send(int fd, const void *p, size_t n, int flags)
{
	ssize_t len = length(SEND, fd, n);

	return len < 0 ? -1 : syscall(SYS_sendto, fd, p, (size_t)len, flags,
	    NULL, 0);
}

int
openat(int dir, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode = 0;

	va_start(ap, flags);
	if (flags & O_CREAT)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	return fails(OPEN) ? -1 : (int)syscall(SYS_openat, dir, path, flags,
	    mode);
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode = 0;

	va_start(ap, flags);
	if (flags & O_CREAT)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	return openat(AT_FDCWD, path, flags, mode);
}

/* As Linux does it: the descriptor is gone, whatever is said. */
int
close(int fd)
{
	int bad = fd != STDERR_FILENO && fails(CLOSE), saved = errno;
	int r = (int)syscall(SYS_close, fd);

	if (bad)
		errno = saved;
	return bad ? -1 : r;
}

int
fsync(int fd)
{
	return fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
linkat(int dir, const char *from, int to_dir, const char *to, int flags)
{
	return fails(LINK) ? -1 : (int)syscall(SYS_linkat, dir, from, to_dir,
	    to, flags);
}

int
link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
renameat(int dir, const char *from, int to_dir, const char *to)
{
	return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, dir, from,
	    to_dir, to, 0);
}

int
rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int
mkdirat(int dir, const char *path, mode_t mode)
{
	return fails(MKDIR) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int
mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int
unlinkat(int dir, const char *path, int flags)
{
	return fails(UNLINK) ? -1 : (int)syscall(SYS_unlinkat, dir, path,
	    flags);
}

int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}
