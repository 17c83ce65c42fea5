/* What processes of one machine share: the file, its words, its slots. */
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "check.h"
#include "llm/share.h"

static char work[] = "/tmp/share.XXXXXX";
static struct share_file f, g;
static struct buf path;

static const char *
in_work(const char *name)
{
	buf_reset(&path);
	buf_fmt(&path, "%s/%s", work, name);
	return buf_cstr(&path);
}

/* The mode of the one file in folder `name`, 0: there is none. */
static unsigned
mode_within(const char *name)
{
	char command[128], line[128] = "";
	struct stat st;
	FILE *p;

	snprintf(command, sizeof(command), "ls -d %s/%s/*", work, name);
	p = popen(command, "r");
	if (p == NULL || fgets(line, sizeof(line), p) == NULL)
		line[0] = '\0';
	if (p != NULL)
		pclose(p);
	line[strcspn(line, "\n")] = '\0';
	return line[0] && stat(line, &st) == 0 ? st.st_mode & 07777 : 0;
}

static int
is_private(const struct share_file *s)
{
	return s->words == &s->own && s->fd < 0;
}

/* Opens with the folder `name` as the user's own for the run. */
static int
opens_in(const char *name)
{
	int shared;

	setenv("XDG_RUNTIME_DIR", in_work(name), 1);
	share_open(&f, "http://h/v1", NULL, 0);
	shared = !is_private(&f);
	share_close(&f);
	return shared;
}

/* Does a word say this time, to the microsecond? */
static int
reads(const _Atomic uint64_t *word, double now, double most, double want)
{
	return fabs(share_read(word, now, most) - want) < 1e-6;
}

static void
test_file(void)
{
	struct stat st;

	CHECK(mkdir(in_work("run"), 0755) == 0);
	CHECK(opens_in("run"));
	CHECK(stat(in_work("run/ac"), &st) == 0 &&
	    (st.st_mode & 07777) == 0700);
	CHECK(mode_within("run/ac") == 0600);
	/* Also with an open umask. */
	CHECK(mkdir(in_work("open"), 0755) == 0);
	umask(0);
	CHECK(opens_in("open"));
	CHECK(mode_within("open/ac") == 0600);
	umask(022);
}

static void
test_folders(void)
{
	char target[64];

	/* Without a place the words are this process's own. */
	setenv("TMPDIR", "/nonexistent", 1);
	CHECK(!opens_in("none"));
	/* A folder that others may write, a link, a file: none is taken. */
	CHECK(mkdir(in_work("wide"), 0755) == 0);
	CHECK(mkdir(in_work("wide/ac"), 0700) == 0);
	CHECK(chmod(in_work("wide/ac"), 0777) == 0);
	CHECK(!opens_in("wide"));
	CHECK(mkdir(in_work("link"), 0755) == 0);
	snprintf(target, sizeof(target), "%s/run/ac", work);
	CHECK(symlink(target, in_work("link/ac")) == 0);
	CHECK(!opens_in("link"));
	CHECK(mkdir(in_work("file"), 0755) == 0);
	CHECK(close(open(in_work("file/ac"), O_CREAT | O_WRONLY, 0600)) == 0);
	CHECK(!opens_in("file"));
	/* Another's folder; only root can make one. */
	CHECK(mkdir(in_work("theirs"), 0755) == 0);
	CHECK(mkdir(in_work("theirs/ac"), 0700) == 0);
	if (geteuid() == 0) {
		CHECK(chown(in_work("theirs/ac"), 12345, 12345) == 0);
		CHECK(!opens_in("theirs"));
	} else {
		printf("share: skipped: another's folder: only root makes "
		    "one\n");
	}
	/* Where the first place is none, the second is. */
	CHECK(mkdir(in_work("tmp"), 0755) == 0);
	setenv("TMPDIR", in_work("tmp"), 1);
	CHECK(opens_in("link"));
	unsetenv("XDG_RUNTIME_DIR");
	share_open(&f, "http://h/v1", NULL, 0);
	CHECK(!is_private(&f));
	share_close(&f);
}

/* A link in the place of the file is not followed. */
static void
test_link(void)
{
	char command[160];

	CHECK(mkdir(in_work("planted"), 0755) == 0);
	CHECK(opens_in("planted"));
	snprintf(command, sizeof(command), "cd %s/planted/ac && f=$(ls) && "
	    "mv $f ../x && ln -s ../x $f", work);
	CHECK(system(command) == 0);
	setenv("TMPDIR", "/nonexistent", 1);
	CHECK(!opens_in("planted"));
}

static void
test_words(void)
{
	int status;
	pid_t pid;

	setenv("XDG_RUNTIME_DIR", in_work("run"), 1);
	share_open(&f, "http://h/v1", "key", 0);
	share_open(&g, "http://h/v1", "key", 0);
	CHECK(!is_private(&f) && f.words != g.words);
	share_set(&f.words->pause, 123.5);
	CHECK(reads(&g.words->pause, 100, 600, 123.5));
	pid = fork();
	if (pid == 0) {
		share_open(&g, "http://h/v1", "key", 0);
		if (!reads(&g.words->pause, 100, 600, 123.5))
			_exit(1);
		share_later(&g.words->pause, 200, 100, 600);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(reads(&f.words->pause, 100, 600, 200));
	share_close(&g);
	/* Another key, another URL: other words. */
	share_open(&g, "http://h/v1", "key2", 0);
	CHECK(reads(&g.words->pause, 100, 600, 0));
	share_close(&g);
	share_open(&g, "http://h/v2", "key", 0);
	CHECK(reads(&g.words->pause, 100, 600, 0));
	share_close(&g);
	share_close(&f);
}

static void
test_times(void)
{
	_Atomic uint64_t w = 0;

	CHECK(reads(&w, 100, 10, 0));
	share_later(&w, 105, 100, 10);
	CHECK(reads(&w, 100, 10, 105));
	/* Never earlier. */
	share_later(&w, 103, 100, 10);
	CHECK(reads(&w, 100, 10, 105));
	/* Unless it lies too far ahead to be true. */
	share_set(&w, 5000);
	CHECK(reads(&w, 100, 10, 0));
	share_later(&w, 103, 100, 10);
	CHECK(reads(&w, 100, 10, 103));
	share_set(&w, -1);
	CHECK(atomic_load(&w) == 0);
}

/* The words of a machine that has been started since are cleared. */
static void
test_boot(void)
{
	uint64_t boot;

	share_open(&f, "http://boot/", NULL, 0);
	boot = atomic_load(&f.words->boot);
	if (boot == 0) {
		printf("share: skipped: boot: the system does not say\n");
	} else {
		share_set(&f.words->pause, 50);
		share_set(&f.words->requests, 50);
		share_open(&g, "http://boot/", NULL, 0);
		CHECK(reads(&g.words->pause, 40, 600, 50));
		share_close(&g);
		atomic_store(&f.words->boot, boot + 1);
		share_open(&g, "http://boot/", NULL, 0);
		CHECK(reads(&g.words->pause, 40, 600, 0));
		CHECK(atomic_load(&g.words->requests) == 0);
		CHECK(atomic_load(&g.words->boot) == boot);
		share_close(&g);
	}
	share_close(&f);
}

/* A child that takes all slots it can get and says how many, then waits. */
static pid_t
slot_taker(unsigned long most, long *got)
{
	int p[2];
	pid_t pid;
	long n = 0;

	if (pipe(p) < 0 || (pid = fork()) < 0)
		return -1;
	if (pid == 0) {
		share_open(&g, "http://slots/", NULL, most);
		while (share_enter(&g) >= 0)
			n++;
		if (write(p[1], &n, sizeof(n)) == sizeof(n))
			pause();
		_exit(0);
	}
	if (read(p[0], got, sizeof(*got)) != sizeof(*got))
		*got = -1;
	close(p[0]);
	close(p[1]);
	return pid;
}

static void
test_slots(void)
{
	long a, b, got;
	pid_t pid;

	share_open(&f, "http://slots/", NULL, 4);
	if (!share_has_slots(&f)) {
		printf("share: skipped: slots: no such locks here\n");
		share_close(&f);
		return;
	}
	a = share_enter(&f);
	b = share_enter(&f);
	CHECK(a >= 0 && b >= 0 && a != b);
	/* Two are left for another process, none for a third. */
	pid = slot_taker(4, &got);
	CHECK(got == 2);
	CHECK(share_enter(&f) == -1);
	share_leave(&f, a);
	a = share_enter(&f);
	CHECK(a >= 0);
	/* It dies, and leaves them. */
	CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
	CHECK(share_enter(&f) >= 0 && share_enter(&f) >= 0);
	CHECK(share_enter(&f) == -1);
	share_leave(&f, -1);
	CHECK(share_enter(&f) == -1);
	share_close(&f);
	/* Closed, they are all free. */
	pid = slot_taker(4, &got);
	CHECK(got == 4);
	CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
}

int
main(void)
{
	char command[64];

	if (mkdtemp(work) == NULL)
		return 1;
	umask(022);
	test_file();
	test_folders();
	test_link();
	test_words();
	test_times();
	test_boot();
	test_slots();
	snprintf(command, sizeof(command), "rm -rf %s", work);
	CHECK(system(command) == 0);
	buf_free(&path);
	return check_end("share");
}
