#define _GNU_SOURCE		/* F_OFD_SETLK */
#include "llm/share.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"

enum { SLOT_AT = 4096 };	/* offset of the locks, behind the words */

/* A folder that is this user's and closed to others.  0 or -1. */
static int
own_folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return -1;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
	    st.st_uid == geteuid() && (st.st_mode & 022) == 0 ? 0 : -1;
}

static int
folder(struct buf *path)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");

	if (dir != NULL && *dir == '/') {
		buf_fmt(path, "%s/ac", dir);
		if (buf_ok(path) && own_folder(path->s) == 0)
			return 0;
		buf_reset(path);
	}
	dir = getenv("TMPDIR");
	buf_fmt(path, "%s/ac-%lu", dir != NULL && *dir == '/' ? dir : "/tmp",
	    (unsigned long)geteuid());
	return buf_ok(path) ? own_folder(path->s) : -1;
}

/*
 * A number for this start of the machine, 0: the system does not say.  The
 * file, of 36 hexadecimal digits and dashes: random(4).
 */
static uint64_t
this_boot(void)
{
	char id[37] = "", hash[17];
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, id, sizeof(id) - 1) : -1;

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	sha256_hex(id, (size_t)n, hash, 16);
	return strtoull(hash, NULL, 16);
}

/* Times of another start of the machine mean nothing on this clock. */
static void
forget_old(struct share *s)
{
	uint64_t boot = this_boot(), old = atomic_load(&s->boot);

	if (boot == 0 || old == boot ||
	    !atomic_compare_exchange_strong(&s->boot, &old, boot))
		return;
	atomic_store(&s->requests, 0);
	atomic_store(&s->tokens, 0);
	atomic_store(&s->pause, 0);
	atomic_store(&s->probe, 0);
	atomic_store(&s->outage, 0);
}

/*
 * Long enough for the words.  Its blocks must be there: a write to memory
 * mapped from a hole of a full disk ends the process.
 */
static int
make_room(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return -1;
	return (size_t)st.st_size >= sizeof(struct share) ||
	    posix_fallocate(fd, 0, (off_t)sizeof(struct share)) == 0 ? 0 : -1;
}

/* The descriptor of the endpoint's file, at least as long as its words. */
static int
open_file(const char *url, const char *key)
{
	struct buf path = BUF_INIT, name = BUF_INIT;
	char hash[33];
	int fd = -1;

	buf_fmt(&name, "%s %s", url, key != NULL ? key : "");
	if (buf_ok(&name) && folder(&path) == 0) {
		sha256_hex(name.s, name.len, hash, 32);
		buf_fmt(&path, "/%s", hash);
		if (buf_ok(&path))
			fd = open(path.s, O_RDWR | O_CREAT | O_CLOEXEC |
			    O_NOFOLLOW, 0600);
	}
	buf_free(&name);
	buf_free(&path);
	if (fd >= 0 && make_room(fd) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void
share_open(struct share_file *f, const char *url, const char *key,
    unsigned long slots)
{
	void *p;

	memset(f, 0, sizeof(*f));
	f->words = &f->own;
	f->fd = open_file(url, key);
	if (f->fd < 0)
		return;
	f->mine = slots > 0 ? mem_new(slots, 1) : NULL;
	f->slots = f->mine != NULL ? slots : 0;
	p = mmap(NULL, sizeof(struct share), PROT_READ | PROT_WRITE,
	    MAP_SHARED, f->fd, 0);
	if (p != MAP_FAILED) {
		f->words = p;
		forget_old(f->words);
		return;
	}
	close(f->fd);
	f->fd = -1;
}

void
share_close(struct share_file *f)
{
	if (f->words != NULL && f->words != &f->own)
		munmap(f->words, sizeof(struct share));
	if (f->words != NULL && f->fd >= 0)
		close(f->fd);
	free(f->mine);
	f->mine = NULL;
	f->words = NULL;
	f->fd = -1;
}

#ifdef F_OFD_SETLK

static int
lock(const struct share_file *f, short type, long slot)
{
	struct flock l;

	memset(&l, 0, sizeof(l));
	l.l_type = type;
	l.l_whence = SEEK_SET;
	l.l_start = (off_t)SLOT_AT + slot;
	l.l_len = 1;
	return fcntl(f->fd, F_OFD_SETLK, &l);
}

int
share_has_slots(const struct share_file *f)
{
	return f->fd >= 0 && f->slots > 0;
}

#else

static int
lock(const struct share_file *f, short type, long slot)
{
	(void)f;
	(void)type;
	(void)slot;
	return -1;
}

int
share_has_slots(const struct share_file *f)
{
	(void)f;
	return 0;
}

#endif

/*
 * A lock belongs to the open file and not to a slot's user: a slot that this
 * process has would be given to it again.
 */
long
share_enter(struct share_file *f)
{
	unsigned long slot;

	for (slot = 0; slot < f->slots; slot++) {
		if (f->mine[slot] || lock(f, F_WRLCK, (long)slot) < 0)
			continue;
		f->mine[slot] = 1;
		return (long)slot;
	}
	return -1;
}

void
share_leave(struct share_file *f, long slot)
{
	if (slot < 0)
		return;
	lock(f, F_UNLCK, slot);
	f->mine[slot] = 0;
}

uint64_t
share_word(double seconds)
{
	return seconds > 0 ? (uint64_t)(seconds * 1e9) : 0;
}

void
share_set(_Atomic uint64_t *word, double seconds)
{
	atomic_store(word, share_word(seconds));
}

double
share_read(const _Atomic uint64_t *word, double now, double most)
{
	double t = (double)atomic_load(word) * 1e-9;

	return t > now + most ? 0 : t;
}

void
share_later(_Atomic uint64_t *word, double seconds, double now, double most)
{
	uint64_t old = atomic_load(word), next = share_word(seconds);

	while ((old < next || (double)old * 1e-9 > now + most) &&
	    !atomic_compare_exchange_weak(word, &old, next))
		;
}
