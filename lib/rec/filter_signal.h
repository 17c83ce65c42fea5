/*
 * Signals: a handler only leaves a note, which loops look at between two
 * records and before each wait.
 */
#ifndef REC_FILTER_SIGNAL_H
#define REC_FILTER_SIGNAL_H

/*
 * From now on SIGINT, SIGTERM and SIGHUP ask for a stop, SIGUSR1 for the
 * progress line, and a reader that leaves is an error of write().  What the
 * caller's shell ignores stays ignored.
 */
void filter_catch(void);

/* The signal that asked for a stop, or 0. */
int filter_signal(void);

/* 1 once after each SIGUSR1. */
int filter_show(void);

/* Ends as a signal would have it, so that the shell sees the truth. */
void filter_die(int sig);

#endif
