/*
 * Messages on stderr and the exit codes of every command.  Only files in
 * cmd/ call die(); a library function returns a status and leaves its reason
 * in the caller's buffer.
 */
#ifndef BASE_DIE_H
#define BASE_DIE_H

/* Exit codes, a closed list (augcon(7), EXIT STATUS). */
enum {
	AC_DONE = 0,		/* every record handled */
	AC_SOME = 1,		/* more records failed than --max-errors */
	AC_USAGE = 2,		/* nothing was sent: mend the command line */
	AC_BUG = 70,		/* internal error, or out of memory */
	AC_IO = 74,		/* read, write or disk */
	AC_AGAIN = 75,		/* temporary: run the same command again */
	AC_PROTO = 76,		/* the server does not speak the protocol */
	AC_DENIED = 77		/* key, money, budget */
};

/* Names the program once, from main(); messages start with it. */
void die_init(const char *name);
const char *die_name(void);

/*
 * Prints "NAME: message" as one write.  Control bytes in the message, which
 * may hold a server's text, are shown as '?'.  On a terminal the line is
 * erased first, since a progress meter may stand there.
 */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void die(int code, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* Exits without a word. */
void die_quietly(int code) __attribute__((noreturn));

/* As die(2, ...), followed by "Try 'NAME --help'." */
void die_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

#endif
