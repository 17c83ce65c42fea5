/*
 * The progress line on a terminal, one for all the processes of a pipeline:
 * the process that holds a lock on its own open of the controlling terminal
 * draws, the next one gets it when that one ends.
 */
#ifndef REC_METER_H
#define REC_METER_H

#include "rec/filter.h"

enum meter_when { METER_AUTO, METER_ALWAYS, METER_NEVER };

void meter_open(struct filter *);
void meter_draw(struct filter *);	/* when it is due */
void meter_print(const struct filter *);	/* a whole line, now */
void meter_close(struct filter *);	/* wipes it */

#endif
