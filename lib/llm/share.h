/*
 * What the processes of one machine know together of an endpoint: a file of
 * 64 bytes for each URL and key in $XDG_RUNTIME_DIR/ac, else in a folder of
 * the user's own in $TMPDIR or /tmp, mapped into memory.  Its words are
 * changed by atomics alone, so there is nothing to unlock when a process
 * dies.  Times are nanoseconds on the monotonic clock, which all processes
 * of a machine have in common.  Words from before the last start of the
 * machine are cleared, where the system tells one start from another; what
 * lies too far ahead is taken for none.
 */
#ifndef LLM_SHARE_H
#define LLM_SHARE_H

#include <stdatomic.h>
#include <stdint.h>

struct share {
	_Atomic uint64_t requests;	/* for rate_take(), of --rate */
	_Atomic uint64_t tokens;	/* of --tpm */
	_Atomic uint64_t pause;		/* no request before this */
	_Atomic uint64_t probe;		/* the breaker's: next one, 0: closed */
	_Atomic uint64_t outage;	/* and when it opened */
	_Atomic uint64_t boot;		/* of which start of the machine */
	_Atomic uint64_t spare[2];
};

struct share_file {
	struct share *words;	/* never NULL after share_open() */
	struct share own;	/* where there is no file */
	int fd;			/* -1: these words are this process's alone */
	unsigned long slots;	/* of --global-j; 0: no such limit */
	unsigned char *mine;	/* owned; 1 for a slot this process has */
};

/*
 * Opens the file of an endpoint, which makes it when there is none; where
 * that cannot be, the words are this process's own.
 */
void share_open(struct share_file *, const char *url, const char *key,
    unsigned long slots);
void share_close(struct share_file *);

/*
 * Takes one of the slots that all processes share, and gives it back; the
 * kernel does so for a process that dies.  The slot, from 0, or -1: none is
 * free now.
 */
long share_enter(struct share_file *);
void share_leave(struct share_file *, long slot);

/* Can slots be shared here?  Needs open file description locks. */
int share_has_slots(const struct share_file *);

/* A time in seconds as a word, and into one. */
uint64_t share_word(double seconds);
void share_set(_Atomic uint64_t *, double seconds);

/* A word as seconds; 0 when it is none or more than `most` after `now`. */
double share_read(const _Atomic uint64_t *, double now, double most);

/* Sets a word to `seconds` unless it is later already, within `most`. */
void share_later(_Atomic uint64_t *, double seconds, double now, double most);

#endif
