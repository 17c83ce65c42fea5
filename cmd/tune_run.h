/* The search of ac-tune from its records to its winner. */
#ifndef CMD_TUNE_RUN_H
#define CMD_TUNE_RUN_H

#include "tune.h"

/*
 * Reads the records and deals them.  Ends with 2 and the reason, before
 * anything is written, where they are of no use.
 */
void tune_read(struct tune *);

/* Searches, says and writes.  The exit code. */
int tune_run(struct tune *);

#endif
